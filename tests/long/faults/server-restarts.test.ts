import '../../faults/server-restarts.test.ts';
