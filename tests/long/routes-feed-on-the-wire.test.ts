import '../routes/feed-on-the-wire.test.ts';
