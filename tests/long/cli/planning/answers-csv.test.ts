import '../../../cli/planning/answers-csv.test.ts';
