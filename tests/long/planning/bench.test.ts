import '../../planning/bench.test.ts';
