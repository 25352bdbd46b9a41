import '../../model/two-processes.test.ts';
