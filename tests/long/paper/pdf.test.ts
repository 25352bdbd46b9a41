import '../../paper/pdf.test.ts';
