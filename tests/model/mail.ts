// A mail server that takes letters, is busy, refuses for good, or takes one and loses the line, and what came of it.

import { addressesOf } from '../../src/actions/letters/addresses.ts';
import { withLinks } from '../../src/actions/letters/links.ts';
import type { Context } from '../../src/context.ts';
import type { CalendarFacts } from '../../src/domain/letters/facts.ts';
import { deliverLetter, type Post } from '../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import { stranded } from '../../src/store/letters/delivery.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { type Entry, received } from './calendars.ts';

/** Server's mood for the next letter; 'lost': it takes the letter, and the process dies before it is noted. */
export type Mood = 'takes' | 'busy' | 'refuses' | 'lost';

export interface Mail {
  calendars: Map<number, Entry>;
  /** Guests a letter could never reach: their calendar cannot be right. */
  unreachable: Set<number>;
  wrong: string[];
  deliver(moods: Mood[]): Promise<number>;
}

class LineLost extends Error {}

/** `check` hears of each letter that the server takes, at that moment. */
export function mailOf(
  ctx: Context,
  check: (letter: letters.Letter) => Promise<string[]>,
  { rendered }: { rendered: boolean },
): Mail {
  const taken = new Map<number, { bytes: string; times: number; lost: number }>();
  const mail: Mail = { calendars: new Map(), unreachable: new Set(), wrong: [], deliver };

  async function take(letter: letters.Letter, bytes: Buffer, lost: boolean) {
    const before = taken.get(letter.id);
    const text = bytes.toString('latin1');
    if (before && before.bytes !== text)
      mail.wrong.push(`I6: letter ${letter.key} went out with other bytes`);
    const now = { bytes: text, times: (before?.times ?? 0) + 1, lost: (before?.lost ?? 0) + (lost ? 1 : 0) };
    taken.set(letter.id, now);
    if (now.times - 1 > (before?.lost ?? 0)) mail.wrong.push(`I6: letter ${letter.key} went out twice`);
    mail.wrong.push(...(await check(letter)));
    // An e-mail of several things brings the entry of one of them.
    const { calendar } = withLinks(ctx, letter).facts as { calendar?: CalendarFacts };
    if (calendar && letter.personId !== null)
      mail.calendars.set(
        letter.personId,
        received(mail.calendars.get(letter.personId), letter.kind, calendar),
      );
  }

  async function deliver(moods: Mood[]): Promise<number> {
    const ids = (await stranded(ctx.db, ctx.now(), addressesOf(ctx))).map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      await deliverLetter(ctx, postIn(moods[index % moods.length]!), id).catch((error) => {
        if (!(error instanceof LineLost)) throw error;
      });
      const letter = await letters.find(ctx.db, id);
      if (letter?.state === 'dead' && letter.personId !== null) mail.unreachable.add(letter.personId);
    }
    return ids.length;
  }

  function postIn(mood: Mood): Post {
    return {
      render: (letter) => (rendered ? letterBytes(ctx.mail.from, letter, ctx.words) : briefly(letter)),
      send: async (letter, bytes) => {
        if (mood === 'takes' || mood === 'lost') await take(letter, bytes, mood === 'lost');
        if (mood === 'lost') throw new LineLost();
        return {
          kind: mood === 'busy' ? 'temporary' : mood === 'refuses' ? 'permanent' : 'sent',
          reply: mood,
        };
      },
      print: () => {},
    };
  }
  return mail;
}

async function briefly(letter: letters.Letter) {
  const bytes = Buffer.from(
    `Message-ID: ${letter.messageId}\r\n\r\n${letter.kind} ${JSON.stringify(letter.facts)}`,
  );
  return { subject: letter.kind, bytes };
}
