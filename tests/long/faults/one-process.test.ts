import '../../faults/one-process.test.ts';
