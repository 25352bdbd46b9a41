import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import type { LetterFacts } from '../../src/domain/letters/facts.ts';
import { renderLetter } from '../../src/mail/letter.ts';
import type { Words } from '../../src/words.ts';
import { bracketed, forgetting, OwnWords, outside, stringsIn, textsOf } from '../support/pages/brackets.ts';
import { unplainIn } from '../support/pages/plain-words.ts';
import { english } from '../support/words.ts';
import { theLine } from './calendar/reading.ts';
import { bare, event, letters, stretched } from './letters-on-the-desk.ts';

// what people read

const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };

function letterOf<Kind extends LetterFacts['kind']>(
  kind: Kind,
  changes: Partial<Extract<LetterFacts, { kind: Kind }>> = {},
) {
  const facts = letters.find((letter) => letter.kind === kind);
  return renderLetter({ ...facts, ...changes } as LetterFacts, margareta, english);
}

/** Returns the text a person sees in the HTML, in one line. */
const seen = (html: string) => oneLine(load(html)('body').text());
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const heading = (html: string) => load(html)('h1').text();
const buttons = (html: string) =>
  load(html)('a.primary, a.second')
    .toArray()
    .map((link) => [load(link).text(), link.attribs.href]);

describe.each(['letters', 'stretched', 'bare'] as const)('%s', (desk) => {
  const all = { letters, stretched, bare }[desk];

  test.each(all.map((facts) => [facts.kind, facts] as const))(
    '%s says the same in HTML and in plain text',
    (_, facts) => {
      const { html, text, subject } = renderLetter(facts, margareta, english);
      const flat = oneLine(text);
      const paragraphs = load(html.replaceAll('<br>', ' '))('h1, p')
        .toArray()
        .map((node) => oneLine(load(node).text()));
      // Only how to get to the page differs: one presses in HTML and opens in plain text.
      const shared = paragraphs.filter(
        (paragraph) => !paragraph.startsWith('In the browser where you asked'),
      );
      const sentences = shared
        .flatMap((paragraph) => paragraph.split(/(?<=[.”]) /))
        .map((said) => said.replace(/\.$/, ''));
      expect(sentences.filter((said) => !flat.includes(said))).toEqual([]);
      expect(subject).not.toMatch(/[\r\n]|undefined/);
      expect(`${html}${text}`).not.toMatch(/undefined|\[object|NaN|\{\w+\}/);
      expect(unplainIn(`${subject} ${seen(html)} ${text}`)).toEqual([]);
    },
  );

  test.each(all.map((facts) => [facts.kind, facts] as const))(
    '%s needs nothing from elsewhere',
    (_, facts) => {
      const $ = load(renderLetter(facts, margareta, english).html);
      expect($('img, script, link, iframe, form, input, object, video').length).toBe(0);
      expect($.html()).not.toMatch(/url\(|@import|src=/);
      const links = $('a')
        .toArray()
        .map((link) => new URL(link.attribs.href ?? '').host);
      expect(new Set([...links, 'flipside.example'])).toEqual(new Set(['flipside.example']));
    },
  );
});

test('Margareta is told that a seat is kept for her', () => {
  const { subject, html } = letterOf('invitation');
  expect(subject).toBe('A seat is kept for you: Perspective Challenger, winter round, 10 December');
  expect(heading(html)).toBe('Margareta, a seat is kept for you');
  expect(seen(html)).toContain(
    'Thursday 10 December 2026, 16:00–18:15 (Europe/Oslo) The Atrium, level 9, Storgata 12',
  );
  expect(seen(html)).toContain(
    'Claire, Rolf, Ingrid and 12 others have said yes. Please answer by Thursday 3 December 2026.',
  );
  expect(seen(html)).toContain('Sent by Ida Nordby for Halden Group. Just reply to write back.');
});

test('both answers lead to her own page, where the press is made', () => {
  for (const kind of ['invitation', 'invitation-host', 'moved'] as const) {
    expect(buttons(letterOf(kind).html)).toEqual([
      ['I’ll be there', 'https://flipside.example/i/p4nRk2vTqW8sLmX0?answer=yes'],
      ['I can’t come', 'https://flipside.example/i/p4nRk2vTqW8sLmX0?answer=no'],
    ]);
  }
});

test('who is coming is said in as few words as it takes', () => {
  const coming = (names: string[], count: number) =>
    seen(letterOf('invitation', { coming: { names, count } }).html);
  expect(coming(['Claire Dubois'], 1)).toContain('Claire has said yes.');
  expect(coming(['Claire Dubois', 'Rolf Aas'], 2)).toContain('Claire and Rolf have said yes.');
  expect(coming(['Claire Dubois', 'Rolf Aas', 'Bo Li'], 3)).toContain('Claire, Rolf and Bo have said yes.');
  expect(coming(['Claire Dubois', 'Rolf Aas', 'Bo Li'], 4)).toContain(
    'Claire, Rolf, Bo and 1 other have said yes.',
  );
  expect(coming([], 7)).toContain('7 people have said yes.');
  expect(coming([], 0)).not.toContain('said yes');
});

test('no letter promises what is not there yet: answers by calendar, questions without a name', () => {
  for (const facts of letters) {
    const { html, text } = renderLetter(facts, margareta, english);
    expect(`${html}${text}`).not.toMatch(/both count|in the calendar counts|without your name|anonym/i);
  }
});

test('the key for asking without a name stands at the foot, below who sent it', () => {
  const key = '14ce 8a02';
  for (const kind of ['invitation', 'invitation-host'] as const) {
    const { html, text } = letterOf(kind, { namelessKey: key });
    expect(text.indexOf(key)).toBeGreaterThan(text.indexOf('Just reply to write back.'));
    expect(seen(html).indexOf(key)).toBeGreaterThan(seen(html).indexOf('Just reply to write back.'));
  }
});

test('“Ask yours ahead” opens the question box', () => {
  for (const kind of ['invitation', 'confirmed'] as const) {
    const $ = load(letterOf(kind).html);
    const ask = $('a.link')
      .toArray()
      .find((link) => /Ask yours ahead|Add yours/.test($(link).text()));
    expect(ask?.attribs.href).toBe('https://flipside.example/i/p4nRk2vTqW8sLmX0#ask');
  }
});

test('nothing shouts', () => {
  for (const facts of [...letters, ...bare]) {
    const { subject, html, text } = renderLetter(facts, margareta, english);
    expect(`${subject}${seen(html)}${text}`).not.toContain('!');
  }
});

test('Amina hears what her task is, by the shape of the event', () => {
  const told = (['tables', 'room', 'panel', 'pair'] as const).map((shape) =>
    heading(letterOf('invitation-host', { shape }).html),
  );
  expect(told).toEqual([
    'Amina, you host a table',
    'Amina, you report to the room',
    'Amina, you are on the panel',
    'Amina, you are the mentor',
  ]);
});

describe('when an event changes', () => {
  const unchanged = {
    name: event.name,
    start: event.start,
    minutes: event.minutes,
    timeZone: event.timeZone,
    place: event.place,
  };
  const moved = (before: Partial<typeof unchanged>) =>
    letterOf('moved', { before: { ...unchanged, ...before } });

  test('old and new stand side by side', () => {
    const { html } = moved({ start: '2026-12-03T15:00', place: 'Room 4.12' });
    expect(heading(html)).toBe('Margareta, the time and the place have changed');
    expect(
      load(html)('.change')
        .toArray()
        .map((change) => seen(load(change).html())),
    ).toEqual([
      'TimeThursday 10 December 2026, 16:00–18:15 (Europe/Oslo)Before: Thursday 3 December 2026, 15:00–17:15 (Europe/Oslo)',
      'PlaceThe Atrium, level 9, Storgata 12Before: Room 4.12',
    ]);
  });

  test('the heading names what changed', () => {
    expect(heading(moved({ start: '2026-12-03T15:00' }).html)).toBe('Margareta, the time has changed');
    expect(heading(moved({ timeZone: 'Europe/Helsinki' }).html)).toBe('Margareta, the time has changed');
    expect(heading(moved({ place: '' }).html)).toBe('Margareta, the place has changed');
    expect(heading(moved({ name: 'Another' }).html)).toBe('Margareta, this event has changed');
    expect(seen(moved({}).html)).toContain('The link to join is a new one. You find it on your page.');
  });

  test('it says what becomes of the answer already given', () => {
    const still = (answer: 'coming' | 'waiting' | 'maybe' | 'invited' | 'declined') =>
      seen(letterOf('moved', { answer }).html);
    expect(still('coming')).toContain('Your seat is still yours.');
    expect(still('waiting')).toContain('You keep your place on the waiting list.');
    expect(still('declined')).toContain('You could not come before.');
  });
});

test('an address on the web is left to the personal page', () => {
  const online = { ...event, place: 'https://meet.evil.example/x', online: true };
  const { html, text } = letterOf('invitation', { event: online });
  expect(`${html}${text}`).not.toContain('evil');
  expect(seen(html)).toContain('Online: the link to join is on your page');
});

describe('what people type stays text', () => {
  const hostile =
    '<b>x</b> <a href="https://evil.example">y</a> https://evil.example www.evil.example evil.example a@evil.example "onload=\' &amp;';
  function poisoned(letter: LetterFacts): LetterFacts {
    const typed = [
      'name',
      'organisation',
      'organiser',
      'place',
      'headline',
      'lede',
      'topQuestion',
      'trend',
      'team',
      'reason',
    ];
    const poison = (value: unknown, key = ''): unknown => {
      if (typeof value === 'string')
        return typed.includes(key) ? `${hostile}\r\nBcc: all@evil.example` : value;
      if (Array.isArray(value)) return value.map((item) => poison(item, key));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          name === 'calendar' ? undefined : poison(item, name),
        ]),
      );
    };
    return poison(letter) as LetterFacts;
  }

  test.each(letters.map((letter) => [letter.kind, poisoned(letter)] as const))(
    '%s: no markup, no link, no second line in the subject',
    (_, letter) => {
      const { subject, html, text } = renderLetter(letter, margareta, english);
      const $ = load(html);
      const hosts = $('a')
        .toArray()
        .map((link) => new URL(link.attribs.href ?? '').host);
      expect(new Set(hosts.concat('flipside.example'))).toEqual(new Set(['flipside.example']));
      expect($('b').length).toBe(0);
      expect($('[onload]').length).toBe(0);
      expect(subject).not.toMatch(/[\r\n]/);
      // No mail program finds an address in it: the marks that make one are followed by a zero-width space.
      for (const words of [
        $('body').text(),
        text
          .replace(/^https:\/\/flipside\.example\/\S+$/gm, '')
          .replace(/: https:\/\/flipside\.example\/\S+$/gm, ''),
      ]) {
        expect(words).toContain('evil.\u200bexample');
        expect(words).not.toMatch(/:\/\/|\.example|@\w/);
      }
    },
  );
});

test('a link that is none is never printed', () => {
  expect(() => letterOf('invitation', { personalUrl: 'javascript:alert(1)' })).toThrow(RangeError);
  expect(() => letterOf('sign-in', { link: 'flipside' })).toThrow(TypeError);
});

test('a missing fact stops the letter rather than leaving a hole', () => {
  const { code: _, ...withoutCode } = letters[0] as Extract<LetterFacts, { kind: 'sign-in' }>;
  expect(() => renderLetter(withoutCode as LetterFacts, margareta, english)).toThrow('undefined');
});

describe('answering in the calendar', () => {
  test('is said not to reach anybody, first of all, where nobody reads what comes back', () => {
    const asks = ['invitation', 'invitation-host', 'moved', 'back-in-calendar', 'several-things'];
    const sentence = 'Answer with the buttons in this e-mail: your calendar’s own do not reach us.';
    // Meetings of a team are answered on its page: the next test.
    for (const facts of letters.filter(({ kind }) => kind !== 'team-meeting')) {
      const opens = (more: object) => {
        const { text, html, calendar } = renderLetter(
          { ...facts, ...more } as LetterFacts,
          margareta,
          english,
        );
        const inCalendar = calendar?.method === 'REQUEST' && theLine(calendar.content, 'DESCRIPTION');
        const isFirst = inCalendar ? inCalendar.startsWith(`:${sentence}`) : null;
        return [text.startsWith(sentence), html.includes(sentence), isFirst];
      };
      const [said, brings] = [asks.includes(facts.kind), part(facts)?.[0] === 'REQUEST'];
      expect([facts.kind, ...opens({})]).toEqual([facts.kind, said, said, brings ? true : null]);
      expect([facts.kind, ...opens({ bothCount: true })]).toEqual([
        facts.kind,
        false,
        false,
        brings ? false : null,
      ]);
    }
  });

  test('about a meeting of a team counts where replies are read; its e-mail and its entry say first of all where to answer', () => {
    const sentences = [
      [false, 'Answer on your team’s page: your calendar’s own buttons do not reach us.'],
      [true, 'Answer in your calendar, or on your team’s page: the others see it there.'],
    ] as const;
    for (const facts of letters.filter(({ kind }) => kind === 'team-meeting'))
      for (const [bothCount, sentence] of sentences) {
        const { text, calendar } = renderLetter({ ...facts, bothCount } as LetterFacts, margareta, english);
        expect(text.replace(/\s+/g, ' ')).toContain(sentence);
        const line = theLine(calendar!.content, 'DESCRIPTION');
        expect(line.startsWith(`:${sentence.replace(',', '\\,')}`)).toBe(true);
      }
  });

  test('whoever comes reads that deleting the entry gives no seat back', () => {
    const { text } = renderLetter(letters.find(({ kind }) => kind === 'confirmed')!, margareta, english);
    expect(text).toContain('Deleting it from your calendar doesn’t give your seat back');
  });

  const says = (facts: LetterFacts) => {
    const { text, html } = renderLetter(facts, margareta, english);
    return [text, html].map((words) => words.includes('Press here, or answer in your calendar: both count.'));
  };

  test('is offered only where somebody reads what comes back, and only where an answer is asked', () => {
    for (const facts of letters) {
      const asks = ['invitation', 'invitation-host', 'moved', 'back-in-calendar'].includes(facts.kind);
      expect([facts.kind, says({ ...facts, bothCount: true } as LetterFacts)]).toEqual([
        facts.kind,
        [asks, asks],
      ]);
      expect([facts.kind, says(facts)]).toEqual([facts.kind, [false, false]]);
    }
  });
});

const part = (facts: LetterFacts) => {
  const { calendar } = renderLetter(facts, margareta, english);
  if (!calendar) return undefined;
  const partstat = /PARTSTAT=([A-Z-]+)/.exec(theLine(calendar.content, 'ATTENDEE'))?.[1];
  return [calendar.method, theLine(calendar.content, 'METHOD').slice(1), partstat];
};

test('from a room to online and back, the letter names both places', () => {
  const moved = letters.find(({ kind }) => kind === 'moved') as Extract<LetterFacts, { kind: 'moved' }>;
  const { event } = moved;
  const room = { ...event, place: 'The Atrium', online: false };
  const link = { ...event, place: '', online: true };
  const said = (before: typeof event, after: typeof event) =>
    renderLetter({ ...moved, before, event: after }, margareta, english).text;
  const online = 'Online: the link to join is on your page';
  for (const text of [said(room, link), said(link, room)]) {
    expect(text).toContain('The Atrium');
    expect(text).toContain(online);
    expect(text).not.toContain('Not yet known');
  }
});

describe('the calendar goes along', () => {
  test('C3 and C6: each letter carries its method and the answer as it stands', () => {
    expect(Object.fromEntries(letters.map((facts) => [facts.kind, part(facts)]))).toEqual({
      'sign-in': undefined,
      'address-changed': undefined,
      'ground-rules': undefined,
      'choose-dates': undefined,
      'several-things': ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      'voting-reopened': undefined,
      'last-day': undefined,
      'team-news': undefined,
      'team-meeting': ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      'team-meeting-off': ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      'place-offered': undefined,
      reminder: undefined,
      preparation: undefined,
      'host-table': undefined,
      'table-changed': undefined,
      'see-you-soon': undefined,
      today: undefined,
      invitation: ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      'invitation-host': ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      moved: ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      cancelled: ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      waiting: ['REQUEST', 'REQUEST', 'NEEDS-ACTION'],
      'seat-free': ['REQUEST', 'REQUEST', 'ACCEPTED'],
      'seat-offer': undefined,
      'seat-gone': undefined,
      'organiser-news': undefined,
      'organiser-day': undefined,
      confirmed: ['REQUEST', 'REQUEST', 'ACCEPTED'],
      'new-link': ['REQUEST', 'REQUEST', 'ACCEPTED'],
      'seat-given-back': ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      'back-in-calendar': ['REQUEST', 'REQUEST', 'TENTATIVE'],
      uninvited: ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      'no-seat': ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      'other-address': ['CANCEL', 'CANCEL', 'NEEDS-ACTION'],
      'answer-question': undefined,
      'answer-not-counted': undefined,
      proposal: undefined,
    });
  });

  test('C6: another place keeps the answer, another time asks again', () => {
    const moved = letters.find(({ kind }) => kind === 'moved') as Extract<LetterFacts, { kind: 'moved' }>;
    const elsewhere = { ...moved, before: { ...event, place: 'Room 4.12' } };
    expect(part(moved)).toEqual(['REQUEST', 'REQUEST', 'NEEDS-ACTION']);
    expect(part(elsewhere)).toEqual(['REQUEST', 'REQUEST', 'ACCEPTED']);
    expect(part({ ...elsewhere, answer: 'declined' })).toEqual(['REQUEST', 'REQUEST', 'DECLINED']);
  });

  test('facts that were stored as JSON make the same letter', () => {
    for (const facts of letters) {
      expect(renderLetter(JSON.parse(JSON.stringify(facts)), margareta, english)).toEqual(
        renderLetter(facts, margareta, english),
      );
    }
  });
});

describe('in a language whose every sentence is in brackets', () => {
  /** Lists what a letter says outside the brackets, with its calendar, that is not in its facts. */
  function unsaid(facts: LetterFacts, words: Words): string[] {
    const { subject, html, text, calendar } = renderLetter(facts, margareta, words);
    const own = new OwnWords(stringsIn(facts));
    return [
      subject,
      ...textsOf(html, 'text/html'),
      ...textsOf(text, 'text/plain'),
      ...(calendar ? textsOf(calendar.content, 'text/calendar') : []),
    ]
      .flatMap(outside)
      .flatMap((one) => own.without(one));
  }

  test('a sentence that is not looked up is found in HTML and in plain text', () => {
    const facts = letters.find(({ kind }) => kind === 'invitation')!;
    const found = unsaid(facts, forgetting('{name}, a seat is kept for you'));
    expect(found.filter((one) => one === 'a seat is kept for you')).toHaveLength(2);
  });

  test.each([...letters, ...stretched, ...bare].map((facts) => [facts.kind, facts] as const))(
    '%s says nothing outside them but its facts, in subject, HTML, text and calendar',
    (_, facts) => expect(unsaid(facts, bracketed)).toEqual([]),
  );

  test('days and months are of that language too', () => {
    const invitation = letters.find(({ kind }) => kind === 'invitation')!;
    const { html, text } = renderLetter(invitation, margareta, { ...bracketed, language: 'nl' });
    expect(load(html)('html').attr('lang')).toBe('nl');
    expect(text).toContain('donderdag 10 december 2026');
  });
});

test('no template prints raw values', () => {
  const folder = new URL('../../views/letters/mail/', import.meta.url);
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const);
  expect(templates.length).toBeGreaterThan(20);
  expect(templates.filter(([, source]) => /<%[-_]?\s*~/.test(source)).map(([file]) => file)).toEqual([]);
});
