import '../../faults/mail-processes.test.ts';
