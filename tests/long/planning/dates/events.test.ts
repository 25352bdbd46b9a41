import '../../../planning/dates/events.test.ts';
