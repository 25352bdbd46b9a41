import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { holderOfWishesLink } from '../../actions/pairs/asking.ts';
import { saveWish, wishFields, wishOf } from '../../actions/pairs/wishes.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import {
  mannerLength,
  mannerLines,
  mostPairs,
  mostTopics,
  type Topic,
  topicLength,
  workingDays,
} from '../../domain/pairs/wishes.ts';
import { greetingName } from '../../domain/people/names.ts';
import { orNotFound } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as trends from '../../store/trends/trends.ts';
import { idIn, messageFor, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

/** Door at which somebody says what they wish of a partner: signed in, at the link of an e-mail, or an organiser in their place. */
interface Door {
  person: Pick<people.Person, 'id' | 'name' | 'side'>;
  base: string;
  isOrganiser: boolean;
}

/** Registers saying what one wishes of a partner, at its three doors. */
export function pairWishRoutes(at: Pages): void {
  at.get('/pairs/wishes', 'signed-in', (visit) => show(visit, ownDoor(visit)));
  at.post('/pairs/wishes', 'signed-in', (visit) => save(visit, ownDoor(visit)));
  at.get('/wishes/:token', 'link', async (visit) => show(visit, await linkDoor(visit)));
  at.post('/wishes/:token', 'link', async (visit) => save(visit, await linkDoor(visit)));
  at.get('/people/:id/wishes', 'organiser', async (visit) => show(visit, await organisersDoor(visit)));
  at.post('/people/:id/wishes', 'organiser', async (visit) => save(visit, await organisersDoor(visit)));
}

const ownDoor = ({ viewer }: SignedInVisit): Door => ({
  person: viewer,
  base: '/pairs/wishes',
  isOrganiser: false,
});

async function linkDoor({ ctx, request }: Visit): Promise<Door> {
  const { token } = request.params as { token: string };
  const { holder } = await holderOfWishesLink(ctx, token);
  return { person: holder, base: `/wishes/${token}`, isOrganiser: false };
}

async function organisersDoor({ ctx, request }: Visit): Promise<Door> {
  const person = orNotFound(await people.find(ctx.db, idIn(request)), 'person');
  return { person, base: `/people/${person.id}/wishes`, isOrganiser: true };
}

/** Trends that are offered while somebody writes a topic, at most. */
const mostOffered = 200;

const messages = { saved: 'Saved. You can change it until the last day.', out: 'Noted: not this time.' };

async function show(visit: Visit, door: Door, back: Mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const mine = await wishOf(ctx, door.person.id);
  const locale = localeOf(words);
  const stored = mine && wishFields({ ...mine.wish, topics: mine.topics });
  const isAtLink = door.base.startsWith('/wishes/');
  return page(visit, 'pairs/wish', {
    title: words.t('Whom would you like to meet?'),
    tab: 'pairs',
    base: door.base,
    forWhom: door.isOrganiser ? door.person.name : '',
    name: greetingName(door.person.name),
    side: door.person.side ?? 'senior',
    mine: mine && {
      isOpen: door.isOrganiser ? mine.round.endedAt === null : mine.isOpen,
      hasAnswered: mine.wish.answeredOn !== null,
      takesPart: mine.wish.takesPart,
      until: formatNearDay(mine.round.wishesUntil, locale),
      meetings: mine.round.meetings,
      minutes: mine.round.minutes,
      months: mine.round.months,
    },
    fields: fieldsFor(words, mine, back),
    offered: mine ? await trends.open(ctx.db, mostOffered) : [],
    mostPairs,
    seen: stored ? (seenIn({ stored: back.stored, typed: back.typed }) ?? editionOf(stored)) : '',
    message: messageFor(visit, messages),
    ...(isAtLink && { layout: 'bare', organisation: mine?.programme.organisation ?? '' }),
    ...back,
  });
}

type Mine = Awaited<ReturnType<typeof wishOf>>;

/** The form's fields with what was typed, else what is stored. */
function fieldsFor({ t }: Words, mine: Mine, { typed }: Mistakes) {
  const isTyped = 'topic0' in typed;
  const days = isTyped ? [typed.day].flat().map(Number) : (mine?.wish.days ?? []);
  const questions = [
    t('Where do you like to meet?'),
    t('How do you like to prepare?'),
    t('What should the other one know about how you talk?'),
    t('Anything else'),
  ];
  return {
    topics: Array.from({ length: mostTopics }, (_, n) => mine?.topics[n]?.label ?? ''),
    manner: questions.slice(0, mannerLines).map((label, n) => ({ label, value: mine?.wish.manner[n] ?? '' })),
    days: workingDays.map((day) => ({
      day,
      label: [t('Mon'), t('Tue'), t('Wed'), t('Thu'), t('Fri')][day - 1]!,
      isChosen: days.includes(day),
    })),
    most: String(isTyped ? typed.most : (mine?.wish.most ?? 1)),
  };
}

const topicField = z
  .string()
  .trim()
  .max(400, 'Write at most 80 characters, or choose a trend from the list.')
  .default('');
const lineOfManner = z.string().trim().max(mannerLength, 'Write at most 160 characters.').default('');
const dayField = z.coerce.number().int().min(1).max(5);

const wishForm = z.object({
  topic0: topicField,
  topic1: topicField,
  topic2: topicField,
  manner0: lineOfManner,
  manner1: lineOfManner,
  manner2: lineOfManner,
  manner3: lineOfManner,
  day: z
    .union([dayField, z.array(dayField)])
    .optional()
    .transform((days) => (days === undefined ? [] : [days].flat())),
  most: z.coerce.number().int().min(1).max(mostPairs).default(1),
  seen: seenField,
  part: z.enum(['yes', 'no']),
});

const save = (visit: Visit, door: Door) =>
  submit(visit, wishForm, {
    act: async (values) => {
      const offered = await trends.open(visit.ctx.db);
      const bySentence = new Map(offered.map(({ id, sentence }) => [sentence.trim().toLowerCase(), id]));
      const written = [values.topic0, values.topic1, values.topic2];
      const long = written.findIndex(
        (text) => text.length > topicLength && !bySentence.has(text.toLowerCase()),
      );
      if (long >= 0)
        return [
          { field: `topic${long}`, message: 'Write at most 80 characters, or choose a trend from the list.' },
        ];
      const topics = written.filter(Boolean).map((text): Topic => {
        const trendId = bySentence.get(text.toLowerCase()) ?? null;
        return trendId === null ? { trendId, words: text } : { trendId, words: null };
      });
      const answer = {
        takesPart: values.part === 'yes',
        topics,
        manner: [values.manner0, values.manner1, values.manner2, values.manner3],
        days: values.day,
        most: values.most,
      };
      await saveWish(visit.ctx, door.person.id, answer, values.seen, { byOrganiser: door.isOrganiser });
      if (door.isOrganiser) return '/pairs/asked?said=noted';
      return `${door.base}?said=${answer.takesPart ? 'saved' : 'out'}`;
    },
    again: (mistakes) => show(visit, door, inOurWords(mistakes)),
    field: 'topic0',
  });

function inOurWords(mistakes: Mistakes): Mistakes {
  const errors = mistakes.errors.map((one) => (one.field === 'topics' ? { ...one, field: 'topic0' } : one));
  if (!mistakes.stored) return { ...mistakes, errors };
  const message = 'This was changed in another place in the meantime. Compare the two, then save one.';
  return { ...mistakes, errors: [{ field: 'topic0', message }] };
}
