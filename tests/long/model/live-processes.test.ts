import '../../model/live-processes.test.ts';
