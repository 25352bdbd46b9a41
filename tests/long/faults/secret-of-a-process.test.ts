import '../../faults/secret-of-a-process.test.ts';
