import '../../browser/guest-walks.test.ts';
