import '../../faults/mail.test.ts';
