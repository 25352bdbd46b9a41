import '../../database/lost-connections.test.ts';
