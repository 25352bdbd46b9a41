import '../main.test.ts';
