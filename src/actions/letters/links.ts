import type { Context } from '../../context.ts';
import { type CalendarFacts, type LetterFacts, lettersWithStop } from '../../domain/letters/facts.ts';
import { spelledCode } from '../../domain/sign-in/sign-in.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { signInCode, signInToken } from '../sign-in/letter-keys.ts';
import { personalUrl } from '../sign-in/personal-links.ts';
import { derived } from '../sign-in/secrets.ts';

type World = Pick<Context, 'secret' | 'baseUrl'>;

/** Facts as they are stored: without the links that open something, but for what they are derived from. */
export type StoredFacts = Record<string, unknown> & {
  kind: LetterFacts['kind'];
  /** A random number from which this one letter's links are derived. */
  number?: string;
};

/** Fills in the links and codes of a stored letter, derived from the secret, so that it can be drawn; the same each time. */
export function withLinks(ctx: World, letter: Letter): Letter {
  const { number, ...facts } = letter.facts as StoredFacts;
  if (facts.kind === 'sign-in') return { ...letter, facts: { ...facts, ...signInLinks(ctx, number) } };
  const { eventId, personId } = letter;
  if (eventId === null || personId === null) return { ...letter, facts };
  const own = personalUrl(ctx, eventId, personId);
  const hasStop = lettersWithStop.some((kind) => kind === facts.kind);
  return {
    ...letter,
    facts: {
      personalUrl: own,
      ...(hasStop && { stopUrl: `${own}/reminders` }),
      ...(number !== undefined && { confirmUrl: `${ctx.baseUrl}/r/${confirmToken(ctx, number)}` }),
      ...facts,
      ...('calendar' in facts && { calendar: calendarWith(own, facts.calendar as CalendarFacts) }),
    },
  };
}

function signInLinks(ctx: World, number = '') {
  return {
    link: `${ctx.baseUrl}/sign-in/link/${signInToken(ctx, number)}`,
    code: spelledCode(signInCode(ctx, number)),
  };
}

/** Derives the token of the link that asks whether an answer from a calendar was this person's. */
export function confirmToken(ctx: Pick<Context, 'secret'>, number: string): string {
  return derived(ctx, `calendar-reply:${number}`, 20).toString('base64url');
}

/** Puts the reader's own page into a calendar entry, as its address and as the last line of its text. */
function calendarWith(url: string, calendar: CalendarFacts): CalendarFacts {
  return { ...calendar, url, description: [calendar.description, url].filter(Boolean).join('\n\n') };
}
