import '../../faults/linkage.test.ts';
