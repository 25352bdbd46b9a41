import '../../cli/demo.test.ts';
