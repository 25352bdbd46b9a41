import '../../soak/soak.test.ts';
