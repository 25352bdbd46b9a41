import { describe, expect, test } from 'vitest';
import { minutesToWait, networkOf, windowStart } from '../../../src/domain/sign-in/sign-in-limits.ts';

const limit = { most: 5, minutes: 15 };
const at = (time: string) => Temporal.Instant.from(`2026-11-09T${time}Z`);

describe('how often one may try', () => {
  test('Access 3: the fifth try is free, the sixth waits until the window is over', () => {
    expect(minutesToWait(limit, 5, at('08:07:00'))).toBe(0);
    expect(minutesToWait(limit, 6, at('08:07:00'))).toBe(8);
  });

  test('nobody is told to wait 0 minutes', () => {
    expect(minutesToWait(limit, 6, at('08:14:59.9'))).toBe(1);
  });

  test('Access 3: every process counts in the same windows, one after the other', () => {
    expect(windowStart(limit, at('08:00:00')).toString()).toBe('2026-11-09T08:00:00Z');
    expect(windowStart(limit, at('08:14:59.999')).toString()).toBe('2026-11-09T08:00:00Z');
    expect(windowStart(limit, at('08:15:00')).toString()).toBe('2026-11-09T08:15:00Z');
  });
});

describe('what counts as one network', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::', '2001:db8:1:2'],
    ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('Access 3: %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
