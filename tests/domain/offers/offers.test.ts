import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canAnswer,
  freePlaces,
  isSeasonOver,
  offerLinkWorks,
  roundMistake,
  takesOffers,
} from '../../../src/domain/offers/offers.ts';

const oslo = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Oslo').toInstant();
const round = { closesOn: '2026-10-09', answerBy: '2026-10-16', places: 16, closedAt: null };

test.each([
  ['2026-10-09T23:59', true],
  ['2026-10-10T00:00', false],
])('at %s of the programme’s clock offers are taken: %s', (at, taken) =>
  expect(takesOffers(round, oslo(at), 'Europe/Oslo')).toBe(taken),
);

test('nobody can put themselves forward before the page is opened, nor once an organiser has closed it', () => {
  const now = oslo('2026-10-01T12:00');
  expect(takesOffers(null, now, 'Europe/Oslo')).toBe(false);
  expect(takesOffers({ ...round, closedAt: now }, now, 'Europe/Oslo')).toBe(false);
});

const season = { endsOn: '2027-06-30', endedAt: null, timeZone: 'Europe/Oslo' };

test('a link confirms for 48 hours to the second, and then works until the season’s last day is over', () => {
  const createdAt = oslo('2026-10-01T12:00');
  const at = (hours: number, seconds = 0) => createdAt.add({ hours }).add({ seconds });
  const works = (state: 'unconfirmed' | 'declined', now: Temporal.Instant) =>
    offerLinkWorks({ state, createdAt }, season, now);
  expect([works('unconfirmed', at(48, -1)), works('unconfirmed', at(48))]).toEqual([true, false]);
  expect([works('declined', at(48)), works('declined', oslo('2027-06-30T23:59'))]).toEqual([true, true]);
  expect(works('declined', oslo('2027-07-01T00:00'))).toBe(false);
});

test('a season without a last day is over when the next one was started', () => {
  const open = { ...season, endsOn: null };
  expect(isSeasonOver(open, oslo('2040-01-01T00:00'))).toBe(false);
  expect(isSeasonOver({ ...open, endedAt: oslo('2026-10-02T00:00') }, oslo('2026-10-02T00:00'))).toBe(true);
});

test('places that are free are never fewer than none, and any number where there is no limit', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), (places, accepted) => {
      const free = freePlaces({ places }, accepted)!;
      expect(free).toBe(places > accepted ? places - accepted : 0);
    }),
  );
  expect(freePlaces({ places: null }, 9)).toBeNull();
});

test('what is not confirmed, or accepted already, is answered no more; the same answer is given once', () => {
  const answers = ['accepted', 'reserve', 'declined'] as const;
  const possible = (state: Parameters<typeof canAnswer>[0]) =>
    answers.filter((answer) => canAnswer(state, answer));
  expect(possible('unconfirmed')).toEqual([]);
  expect(possible('accepted')).toEqual([]);
  expect(possible('waiting')).toEqual(answers);
  expect(possible('reserve')).toEqual(['accepted', 'declined']);
  expect(possible('declined')).toEqual(['accepted', 'reserve']);
});

test('days follow each other: today, the last day, the answer, the end of the season; and no place is lost', () => {
  const day = fc
    .integer({ min: 0, max: 40 })
    .map((n) => Temporal.PlainDate.from('2026-10-01').add({ days: n }).toString());
  fc.assert(
    fc.property(
      day,
      day,
      day,
      day,
      fc.nat(5),
      fc.nat(5),
      (today, closesOn, answerBy, endsOn, places, accepted) => {
        const wrong = roundMistake({ closesOn, answerBy, places }, { today, endsOn, accepted });
        const right = today <= closesOn && closesOn <= answerBy && answerBy <= endsOn && accepted <= places;
        expect(wrong === null).toBe(right);
      },
    ),
  );
});
