import '../../browser/offers.test.ts';
