import '../../browser/nameless-waiting.test.ts';
