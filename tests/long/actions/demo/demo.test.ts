import '../../../actions/demo/demo.test.ts';
