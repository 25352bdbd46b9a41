import '../../browser/question-desk.test.ts';
