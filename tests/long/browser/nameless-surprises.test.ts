import '../../browser/nameless-surprises.test.ts';
