import '../../mail/letters-in-a-browser.test.ts';
