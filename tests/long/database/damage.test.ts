import '../../database/damage.test.ts';
