import '../main-hindered.test.ts';
