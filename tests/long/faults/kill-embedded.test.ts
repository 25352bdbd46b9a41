import '../../faults/kill-embedded.test.ts';
