import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('print-objects.ts', import.meta.url));

function objectsWrittenIn(zone: string) {
  const printed = execFileSync(process.execPath, [script], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  const [winter, spring, offset] = JSON.parse(printed);
  return { objects: { winter, spring }, offset };
}

test('A4, A5, D4: a server in New York and one in Kolkata write the same bytes as one in UTC', () => {
  const [here, newYork, kolkata] = ['UTC', 'America/New_York', 'Asia/Kolkata'].map(objectsWrittenIn);
  expect([here?.offset, newYork?.offset, kolkata?.offset]).toEqual([0, 300, -330]);
  expect(here?.objects.winter.request).toContain('DTSTART;TZID=Europe/Oslo:20261210T160000');
  expect(here?.objects.spring.seriesOtherwise).toContain(
    'RECURRENCE-ID;TZID=Europe/Brussels:20270302T140000',
  );
  expect(newYork?.objects).toEqual(here?.objects);
  expect(kolkata?.objects).toEqual(here?.objects);
});
