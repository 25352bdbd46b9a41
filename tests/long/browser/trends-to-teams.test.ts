import '../../browser/trends-to-teams.test.ts';
