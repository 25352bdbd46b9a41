import type { Context } from '../../context.ts';
import type { CalendarFacts, LetterFacts } from '../../domain/letters/facts.ts';
import { lettersWithStop } from '../../domain/letters/kinds.ts';
import { dayNumber } from '../../domain/letters/season-links.ts';
import type { StoredPart } from '../../domain/letters/several-facts.ts';
import { spelledCode } from '../../domain/sign-in/sign-in.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { signInCode, signInToken } from '../sign-in/letter-keys.ts';
import { personalUrl } from '../sign-in/personal-links.ts';
import { derived, derivedLink } from '../sign-in/secrets.ts';

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
  if (facts.kind === 'several-things') return { ...letter, facts: { ...facts, ...thingsOf(ctx, letter) } };
  if (isAboutSeason(facts.kind) && personId !== null)
    return { ...letter, facts: { ...facts, ...seasonUrl(ctx, facts.kind, facts, personId, letter) } };
  const aboutNoEvent = linkAboutNoEvent(ctx, facts, number, personId);
  if (aboutNoEvent) return { ...letter, facts: { ...facts, ...aboutNoEvent } };
  if (facts.kind === 'choose-dates' && eventId !== null && personId !== null) {
    const token = datesToken(ctx, eventId, personId, dayNumber(letter.createdAt));
    return { ...letter, facts: { ...facts, datesUrl: `${ctx.baseUrl}/dates/${token}` } };
  }
  if (facts.kind === 'trend-given') {
    const path = facts.teamId ? `/teams/${facts.teamId}` : '/ranking';
    return { ...letter, facts: { ...facts, teamUrl: `${ctx.baseUrl}${path}` } };
  }
  if (eventId === null || personId === null) return { ...letter, facts };
  // An address that is theirs no longer gets no link of theirs.
  if (facts.kind === 'other-address') return { ...letter, facts: { personalUrl: '', ...facts } };
  const own = personalUrl(ctx, eventId, personId);
  const hasStop = lettersWithStop.some((kind) => kind === facts.kind);
  return {
    ...letter,
    facts: {
      personalUrl: own,
      ...(hasStop && { stopUrl: `${own}/reminders` }),
      ...(isInvitation(facts.kind) && { stopUrl: `${own}/no-more` }),
      ...(number !== undefined && { confirmUrl: `${ctx.baseUrl}/r/${confirmToken(ctx, number)}` }),
      ...facts,
      ...('calendar' in facts && { calendar: calendarWith(own, facts.calendar as CalendarFacts) }),
    },
  };
}

/** Fills in the links of each letter that leaves in this one, and takes over the calendar entry that one of them has. */
function thingsOf(ctx: World, letter: Letter) {
  const parts = letter.facts.parts as StoredPart[];
  const things = parts.map(({ eventId, createdAt, facts }) => {
    const part = { ...letter, eventId, facts, createdAt: Temporal.Instant.from(createdAt) };
    return withLinks(ctx, part).facts;
  });
  const { calendar, bothCount } = things.find((thing) => thing.calendar) ?? {};
  return { things, ...(calendar !== undefined && { calendar }), ...(bothCount === true && { bothCount }) };
}

/** The link of an e-mail about an offer, a place or a pair; null for all others. */
function linkAboutNoEvent(ctx: World, facts: StoredFacts, number = '', personId: number | null = null) {
  const { kind } = facts;
  if (kind === 'offer-confirm' || kind === 'offer-answer')
    return { offerUrl: `${ctx.baseUrl}/offer/${offerToken(ctx, Number(facts.offerId), number)}` };
  if (kind === 'place-offered')
    return { placeUrl: `${ctx.baseUrl}/place/${placeToken(ctx, Number(facts.askId), number)}` };
  const pairId = Number(facts.pairId);
  if (kind === 'pair-news') return { pairUrl: `${ctx.baseUrl}/pairs/${pairId}` };
  if (kind === 'pair-proposed' && personId !== null)
    return { pairUrl: `${ctx.baseUrl}/partner/${pairToken(ctx, pairId, personId)}` };
  if (kind === 'pair-meeting' || kind === 'pair-meeting-off')
    return { meetingUrl: `${ctx.baseUrl}/pairs/${pairId}#meetings-panel` };
  return null;
}

const isInvitation = (kind: LetterFacts['kind']) => kind === 'invitation' || kind === 'invitation-host';

function signInLinks(ctx: World, number = '') {
  return {
    link: `${ctx.baseUrl}/sign-in/link/${signInToken(ctx, number)}`,
    code: spelledCode(signInCode(ctx, number)),
  };
}

/** Derives the token of the link that asks whether an answer from a calendar was this person's. */
export function confirmToken(ctx: Pick<Context, 'secret'>, number: string): string {
  return derivedLink(ctx, `calendar-reply:${number}`);
}

/** Derives the secret of the link with which the sender of an offer confirms, changes and withdraws it. */
export function offerToken(ctx: Pick<Context, 'secret'>, offerId: number, number: string): string {
  return `${offerId}-${derived(ctx, `offer:${offerId}:${number}`, 20).toString('hex')}`;
}

/** Derives the secret of the link at which a person of the reserve list takes a place they are offered, or leaves it. */
export function placeToken(ctx: Pick<Context, 'secret'>, askId: number, number: string): string {
  return `${askId}-${derived(ctx, `place:${askId}:${number}`, 20).toString('hex')}`;
}

/** E-mails about a season whose link opens something for one person: the ground rules to accept, the trends to rank, wishes for a partner. */
export type SeasonLink = keyof typeof seasonLinks;

/** The fact that holds such a link, and where it leads. */
const seasonLinks = {
  'ground-rules': ['rulesUrl', 'rules'],
  'rank-trends': ['rankUrl', 'rank'],
  'pair-wishes': ['wishesUrl', 'wishes'],
} as const;

const isAboutSeason = (kind: string): kind is SeasonLink => kind in seasonLinks;

/** Makes the link of one person in such an e-mail, as it is written on this day. */
export function seasonToken(
  ctx: Pick<Context, 'secret'>,
  kind: SeasonLink,
  programmeId: number,
  personId: number,
  day: number,
): string {
  const seal = derived(ctx, `${kind}:${programmeId}:${personId}:${day}`, 20).toString('hex');
  return `${personId}-${day}-${seal}`;
}

/** Makes the link at which one person says yes or no thank you to a partner; it works until the answers close. */
export function pairToken(ctx: Pick<Context, 'secret'>, pairId: number, personId: number): string {
  return `${pairId}-${personId}-${derived(ctx, `pair-proposed:${pairId}:${personId}`, 20).toString('hex')}`;
}

/** Makes the link at which one person says when they can come to an event, as it is written on this day. */
export function datesToken(
  ctx: Pick<Context, 'secret'>,
  eventId: number,
  personId: number,
  day: number,
): string {
  const seal = derived(ctx, `choose-dates:${eventId}:${personId}:${day}`, 20).toString('hex');
  return `${eventId}-${personId}-${day}-${seal}`;
}

function seasonUrl(
  ctx: World,
  kind: SeasonLink,
  { programmeId }: StoredFacts,
  personId: number,
  { createdAt }: Pick<Letter, 'createdAt'>,
) {
  const token = seasonToken(ctx, kind, Number(programmeId), personId, dayNumber(createdAt));
  const [fact, path] = seasonLinks[kind];
  return { [fact]: `${ctx.baseUrl}/${path}/${token}` };
}

/** Puts the reader's own page into a calendar entry, as its address and as the last line of its text. */
function calendarWith(url: string, calendar: CalendarFacts): CalendarFacts {
  return { ...calendar, url, description: [calendar.description, url].filter(Boolean).join('\n\n') };
}
