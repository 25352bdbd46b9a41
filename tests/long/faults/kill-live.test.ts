import '../../faults/kill-live.test.ts';
