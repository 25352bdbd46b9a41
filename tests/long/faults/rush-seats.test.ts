import '../../faults/rush-seats.test.ts';
