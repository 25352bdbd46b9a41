import '../../faults/rush.test.ts';
