import '../../browser/hard-to-fit.test.ts';
