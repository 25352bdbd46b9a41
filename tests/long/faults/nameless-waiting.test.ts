import '../../faults/nameless-waiting.test.ts';
