import '../../faults/kill-import.test.ts';
