import '../../cli/flipside.test.ts';
