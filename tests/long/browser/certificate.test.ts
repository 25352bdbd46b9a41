import '../../browser/certificate.test.ts';
