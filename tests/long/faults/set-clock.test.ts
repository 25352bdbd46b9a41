import '../../faults/set-clock.test.ts';
