import '../../database/transport.test.ts';
