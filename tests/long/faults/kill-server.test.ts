import '../../faults/kill-server.test.ts';
