import '../../faults/held-row.test.ts';
