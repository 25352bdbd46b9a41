import '../../store/kept-sources.test.ts';
