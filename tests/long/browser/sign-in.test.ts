import '../../browser/sign-in.test.ts';
