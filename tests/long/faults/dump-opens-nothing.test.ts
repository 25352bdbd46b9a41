import '../../faults/dump-opens-nothing.test.ts';
