import '../every-word.test.ts';
