import '../../faults/dumps-beside-asks.test.ts';
