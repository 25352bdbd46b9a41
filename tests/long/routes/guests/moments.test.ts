import '../../../routes/guests/moments.test.ts';
