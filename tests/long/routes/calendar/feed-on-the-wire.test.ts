import '../../../routes/calendar/feed-on-the-wire.test.ts';
