import { describe, expect, test } from 'vitest';
import {
  aboutWhom,
  answerIn,
  isAbout,
  isNewer,
  type ReceivedReply,
  sameAddress,
  verdictOn,
} from '../../../src/domain/calendar/replies.ts';

const at = (time: string) => Temporal.Instant.from(`2026-11-10T${time}:00Z`);
const ada = 'ada@halden.example';
const bo = 'bo@halden.example';

const reply = (
  guests: [address: string, partstat: string][],
  method: 'REPLY' | 'COUNTER' = 'REPLY',
): ReceivedReply => ({
  method,
  uid: 'a@b',
  sequence: 0,
  stamp: at('10:00'),
  recurrenceAt: null,
  attendees: guests.map(([address, partstat]) => ({ address, partstat, delegatedTo: [] })),
  start: null,
  end: null,
  words: '',
});

const whose = (guests: [string, string][], writer: string, proved: boolean, method?: 'COUNTER') => {
  const about = aboutWhom(reply(guests, method), { address: writer, proved }, [ada, bo]);
  return about && [about.address, about.proved];
};

describe('E3: whose answer it is', () => {
  test('the proved writer’s, wherever in the list they stand', () => {
    expect(
      whose(
        [
          [bo, 'NEEDS-ACTION'],
          [ada, 'ACCEPTED'],
        ],
        ada,
        true,
      ),
    ).toEqual([ada, true]);
    expect(
      whose(
        [
          [bo, 'DECLINED'],
          [ada, 'ACCEPTED'],
        ],
        ada,
        true,
      ),
    ).toEqual([ada, true]);
  });

  test('nobody’s, where only NEEDS-ACTION is said or nobody invited is named', () => {
    expect(whose([[ada, 'NEEDS-ACTION']], ada, true)).toBeNull();
    expect(whose([['eve@evil.example', 'ACCEPTED']], 'eve@evil.example', true)).toBeNull();
    expect(whose([], ada, true)).toBeNull();
  });

  test('a delegation and a proposal are the writer’s too', () => {
    expect(whose([[ada, 'DELEGATED']], ada, true)).toEqual([ada, true]);
    expect(whose([[ada, 'NEEDS-ACTION']], ada, true, 'COUNTER')).toEqual([ada, true]);
  });
});

describe('E8, E9: who is not proved is asked', () => {
  test('where nobody proved who wrote', () => {
    expect(whose([[ada, 'DECLINED']], ada, false)).toEqual([ada, false]);
  });

  test('where somebody proved writes for somebody else, as from an alias', () => {
    expect(whose([[ada, 'ACCEPTED']], 'ada.private@mail.example', true)).toEqual([ada, false]);
    expect(whose([[ada, 'DECLINED']], bo, true)).toEqual([ada, false]);
  });

  test('and nobody is asked where several are named', () => {
    expect(
      whose(
        [
          [ada, 'DECLINED'],
          [bo, 'DECLINED'],
        ],
        'eve@evil.example',
        true,
      ),
    ).toBeNull();
  });
});

describe('E5: which of two answers is the newer one', () => {
  const order = (sequence: number, time: string) => ({ sequence, stamp: at(time) });

  test('the higher SEQUENCE, then the later DTSTAMP', () => {
    expect(isNewer(order(1, '09:00'), [order(0, '10:00')])).toBe(true);
    expect(isNewer(order(0, '11:00'), [order(1, '10:00')])).toBe(false);
    expect(isNewer(order(1, '10:01'), [order(1, '10:00')])).toBe(true);
    expect(isNewer(order(1, '10:00'), [order(1, '10:00')])).toBe(false);
    expect(isNewer(order(0, '10:00'), [])).toBe(true);
  });

  const known = { timeSequence: 0, before: [], answeredAt: null, receivedAt: at('10:00') };

  test('an answer to an earlier time does not count; one before a mere change of place does', () => {
    expect(verdictOn(order(1, '10:00'), { ...known, timeSequence: 2 })).toBe('earlier-time');
    expect(verdictOn(order(2, '10:00'), { ...known, timeSequence: 2 })).toBe('counts');
    expect(verdictOn(order(0, '10:00'), known)).toBe('counts');
  });

  test('E11: whatever reached us last counts, from the page or from the calendar', () => {
    expect(verdictOn(order(0, '10:00'), { ...known, answeredAt: at('09:59') })).toBe('counts');
    expect(verdictOn(order(0, '10:00'), { ...known, answeredAt: at('10:01') })).toBe('older');
  });
});

test('E6: the meeting is compared as a moment', () => {
  const start = Temporal.Instant.from('2026-12-10T15:00:00Z');
  expect(isAbout({ recurrenceAt: null }, start)).toBe(true);
  expect(isAbout({ recurrenceAt: Temporal.Instant.from('2026-12-10T16:00:00+01:00') }, start)).toBe(true);
  expect(isAbout({ recurrenceAt: Temporal.Instant.from('2026-12-10T16:00:00Z') }, start)).toBe(false);
});

test('E3: addresses are the same without mailto:, in any case, and with their domain in any script', () => {
  expect(sameAddress('MAILTO:Ada@Halden.Example')).toBe('ada@halden.example');
  expect(sameAddress('mailto:ada@bücher.example')).toBe('ada@xn--bcher-kva.example');
  expect(sameAddress(' ada@xn--bcher-kva.example ')).toBe('ada@xn--bcher-kva.example');
  expect(sameAddress('nobody')).toBe('nobody');
});

test('E3: an answer is yes, maybe or no; everything else is none', () => {
  expect(['ACCEPTED', 'TENTATIVE', 'DECLINED', 'NEEDS-ACTION', 'DELEGATED', '', 'x'].map(answerIn)).toEqual([
    'yes',
    'maybe',
    'no',
    null,
    null,
    null,
    null,
  ]);
});
