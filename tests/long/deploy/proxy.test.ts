import '../../deploy/proxy.test.ts';
