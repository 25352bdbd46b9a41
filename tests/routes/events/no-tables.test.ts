// Panels and lunches have no tables: no page, e-mail, calendar entry or print of theirs says a word about one.
import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { pressRun } from '../../../src/actions/live/press.ts';
import { ask } from '../../../src/actions/questions/ask.ts';
import { builtInFormat } from '../../../src/domain/run-of-show/built-in-formats.ts';
import { sendReminders } from '../../../src/jobs/send-reminders.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import type { Browser, Shown } from '../../support/browser.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { follow } from '../../support/pages/crawl.ts';
import { english } from '../../support/words.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
/** A question is “on the table” wherever it is discussed, at a lunch as well. */
const aTable = /.{0,50}(?<!on the )\btables?\b.{0,50}/gi;
const spoken = ['aria-label', 'title', 'alt', 'placeholder'];

/** Words a person reads or hears on this page, or all of a file. */
function wordsOf({ headers, body }: Shown): string {
  const type = String(headers['content-type']);
  if (/pdf|image|event-stream|json/.test(type)) return '';
  if (!type.startsWith('text/html')) return body;
  const $ = load(body);
  $('script, style').remove();
  const heard = $('body *')
    .get()
    .flatMap((one) => spoken.flatMap((name) => $(one).attr(name) ?? []));
  return [$('title').text(), $('body').text(), ...heard].join(' | ').replace(/\s+/g, ' ');
}

/** Finds each phrase about tables on the pages of this event that somebody comes to; `pages` counts what was looked at. */
async function saidTo(who: string, browser: Browser, starts: string[], found: Found): Promise<void> {
  const ofEvent = (address: string) => starts.some((start) => address.replace(/[?].*/, '').startsWith(start));
  const { seen } = await follow(who, browser, starts, undefined, { most: 3, numbered: 3, within: ofEvent });
  for (const [address, shown] of seen) {
    if (shown.statusCode === 200) found.pages += 1;
    for (const [words] of wordsOf(shown).matchAll(aTable)) found.said.add(`${who}, ${address}: ${words}`);
  }
}

interface Found {
  pages: number;
  said: Set<string>;
}

test.each(['discussion-panel', 'lunch-and-learn'])('%s: nobody reads a word about tables', async (slug) => {
  const { shape, blocks } = builtInFormat(slug)!;
  const amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent' });
  const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
  const topic = await teamOf(world, 'Agents doing office work', [amina]);
  const event = await published(world, [amina, ada, bo], {
    ...{ format: slug, shape, blocks, topics: [topic], joinUrl: 'https://meet.halden.example/flipside' },
  });
  const found: Found = { pages: 0, said: new Set() };
  const look = async () => {
    const own = [`/events/${event.id}`, `/e/${event.slug}`];
    await saidTo('organiser', await world.browserOf(world.organiser), own, found);
    await saidTo('host', await world.browserOf(amina), own, found);
    for (const [who, person] of Object.entries({ host: amina, guest: ada, undecided: bo })) {
      const link = linkOf(world, event, person);
      const unlinked = ['/hosting', '/hosting?said=kept', '/seat'].map((path) => `${link}${path}`);
      await saidTo(who, world.newBrowser(), [link, ...unlinked], found);
    }
    const screen = `/events/${event.id}/live/screen`;
    await saidTo('projector', await world.browserOf(world.organiser), [screen], found);
  };
  await look();
  for (const { id } of [amina, ada]) await answer(world.ctx, event.id, id, 'yes');
  const text = 'Who signs?';
  await ask(world.ctx, {
    eventId: event.id,
    authorId: ada.id,
    topicId: null,
    text,
    formKey: crypto.randomUUID(),
  });
  await look();
  // Each morning until the event, with its reminders.
  const start = Temporal.Instant.from('2026-12-10T15:00:00Z');
  while (Temporal.Instant.compare(world.clock.now.add({ hours: 24 }), start) < 0) {
    world.clock.advance({ hours: 24 });
    await sendReminders(world.ctx);
  }
  world.clock.now = start;
  await pressAtDoor(world.ctx, event.id, ada.id, { here: true });
  const presses = [
    { kind: 'start', ends: 'later' },
    ...blocks.map((_, from) => ({ kind: 'next' as const, from })),
  ] as const;
  for (const press of presses) {
    const key = crypto.randomUUID();
    await pressRun(world.ctx, event.id, press, { byId: world.organiser.id, key, secondsAgo: 0 });
    await look();
  }
  world.clock.advance({ hours: 20 });
  await sendReminders(world.ctx);
  await look();
  const letters = await allLetters(world);
  for (const { kind, facts, recipientName: name, recipientEmail: email } of letters) {
    const { subject, text, html, calendar } = renderLetter(facts as never, { name, email }, english);
    const entry = calendar?.content.replace(/\r\n[ \t]/g, '') ?? '';
    const read = wordsOf({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: html });
    for (const [words] of [subject, text, read, entry].join('\n').matchAll(aTable))
      found.said.add(`${kind} to ${name}: ${words}`);
  }
  expect(letters.length).toBeGreaterThan(6);
  expect(found.pages).toBeGreaterThan(80);
  expect([...found.said]).toEqual([]);
});
