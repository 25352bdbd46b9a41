// The parts of an event's page that everyone sees alike: the programme, the facts, and the form for a question.
import { isHost } from '../../domain/access.ts';
import { mapLink } from '../../domain/calendar/add-links.ts';
import { formatFactsOf, formatNameOf } from '../../domain/run-of-show/event-format.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { cached, cachedFragment, slot } from '../../web/fragments.ts';
import type { Words } from '../../words.ts';
import { type NamelessAt, namelessAt, namelessIn } from '../questions/nameless-view.ts';
import { rulesInWords } from '../settings/programme-view.ts';
import { countsOf, dayIn, firstNames, firstParagraph, showOf, whenIn } from './page-view.ts';
import { addressesFor, type GuestVisit } from './visitor.ts';

/** The programme in fragments, of the event's shared page. */
export const programme = cachedFragment(
  (
    shared: SharedPage,
    { base, year, showsPeople }: { base: string; year: number; showsPeople: boolean },
    words,
  ) => ({
    event: shared.event,
    organiser: shared.organiser,
    show: showOf(shared),
    rules: rulesInWords(words, shared.programme.groundRules),
    howItRuns: formatFactsOf(shared.event)?.howItRuns ?? '',
    topics: shared.topics.map((topic) => ({
      ...topic,
      words: firstParagraph(topic.detail),
      names: firstNames(words, topic.hosts),
    })),
    people: showsPeople ? comingOf(shared) : null,
    base,
    ...factsOf(shared, { year }, words),
  }),
);

/** Guests who come, seniors first. */
export const comingOf = cached((shared: SharedPage) =>
  seniorsFirst(shared.invitees.filter(({ state }) => state === 'coming')),
);

/** Guests look for their peers; the hosts stand with their tables already. */
function seniorsFirst<P extends { side: string }>(people: P[]): P[] {
  return [
    ...people.filter(({ side }) => side === 'senior'),
    ...people.filter(({ side }) => side !== 'senior'),
  ];
}

/** The form for a question, cached but for what is its reader's own: their address, their name and the key of the form. */
export function askingFor({ ctx, guest, words }: GuestVisit, named: boolean, formKey: string) {
  const { page, me } = guest;
  const { base, fill } = addressesFor(guest);
  // Hosts have a page of their own at `base`: the form is on the one that shows them what guests see.
  const plain = isHost(me, page.event, page.mine !== null) ? `${base}/as-guests` : base;
  const variant = { ...namelessAt(page.shared, ctx), base, plain, named, isOnlooker: page.mine === null };
  return asking(page.shared, variant, words, { ...fill, formKey, name: me.name });
}

const asking = cachedFragment(
  (
    shared: SharedPage,
    {
      base,
      plain,
      named,
      isOnlooker,
      live,
      keeps,
    }: NamelessAt & { base: string; plain: string; named: boolean; isOnlooker: boolean },
    words,
  ) => ({
    mine: isOnlooker ? null : 'invited',
    nameless: namelessIn(shared, { live, keeps }, words),
    named,
    topics: shared.topics,
    event: shared.event,
    questions: shared.questions,
    errors: [],
    typed: {},
    base,
    plain,
    formKey: slot('formKey'),
    me: { name: slot('name') },
  }),
);

/** Milliseconds of the finest step of a time zone: the year on the wall there changes at one of them. */
const quarter = 900_000;

const yearIn = cached(
  ({ event }: SharedPage, at: { quarter: number }) =>
    Temporal.Instant.fromEpochMilliseconds(at.quarter * quarter).toZonedDateTimeISO(event.timeZone).year,
);

/** Facts of the page: when and where, and how many are invited. */
export const factsOf = cached((shared: SharedPage, { year }: { year: number }, words: Words) => {
  const { event, invitees } = shared;
  const seniors = invitees.filter(({ side }) => side === 'senior');
  return {
    format: formatNameOf(event),
    when: whenIn(words, event, year),
    map: mapLink(event.place),
    answers: countsOf(shared),
    departments: new Set(seniors.map(({ department }) => department)).size,
    answerBy: event.answerBy === null ? null : dayIn(words, event.answerBy, year),
  };
});

/** The year on the wall there, as dates leave out the present one. */
export const yearAt = (shared: SharedPage, now: Temporal.Instant): number =>
  yearIn(shared, { quarter: Math.floor(now.epochMilliseconds / quarter) });
