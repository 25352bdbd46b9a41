import '../../database/ready-made.test.ts';
