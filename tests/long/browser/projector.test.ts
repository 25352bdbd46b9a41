import '../../browser/projector.test.ts';
