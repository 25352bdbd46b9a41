import '../../../faults/live/killed-in-a-block.test.ts';
