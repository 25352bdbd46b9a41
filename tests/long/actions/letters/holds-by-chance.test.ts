import '../../../actions/letters/holds-by-chance.test.ts';
