import { pageOfSide } from '../../actions/offers/offers.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { freePlaces, hoursToConfirm, type OfferSide, takesOffers } from '../../domain/offers/offers.ts';
import { orNotFound } from '../../refusal.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import { messageFor } from '../../web/forms.ts';
import { addressWith, pageOf, pagerFor } from '../../web/paging.ts';
import { type Mistakes, savedMeanwhile } from '../../web/submit.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { sideWords } from '../people/form.ts';
import { timeText, topicTexts } from './offer-words.ts';

type ListState = 'waiting' | 'accepted' | 'reserve' | 'declined';

/** Side, filter and page of the list. */
export interface Shown {
  side: OfferSide;
  show: ListState;
  page: number;
}

const perPage = 20;

const messages = {
  opened: 'Saved. The link is open.',
  closed: 'Closed. Offers on their way can still be confirmed.',
  'taken-back': 'Undone. Nobody was e-mailed.',
};

/** Collects everything on the organisers' list; the number of queries is the same at any length. */
export async function listData(visit: SignedInVisit, shown: Shown, mistakes: Mistakes) {
  const { ctx, words } = visit;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const of = { programmeId: programme.id, side: shown.side };
  const round = await rounds.find(ctx.db, programme.id, shown.side);
  const counts = await offers.counts(ctx.db, of, ctx.now().subtract({ hours: hoursToConfirm }));
  const at = pageOf(shown.page, counts[shown.show], perPage);
  const rows = await offers.list(ctx.db, of, shown.show, at);
  const address = (change: Partial<Shown>) => addressOf({ ...shown, page: 1, ...change });
  const free = round && freePlaces(round, counts.accepted);
  return {
    title: words.t('Offers'),
    side: shown.side,
    show: shown.show,
    counts,
    waiting: await offers.countWaiting(ctx.db, programme.id),
    chips: chipsFor(words, shown, counts),
    rows: rows.map((row) => rowOf(words, row)),
    pager: pagerFor(at, (page) => address({ page })),
    exportHref: addressOf({ ...shown, page: 1 }, '/people/offers/export.csv'),
    other: addressOf({ side: shown.side === 'talent' ? 'senior' : 'talent', show: 'waiting', page: 1 }),
    round: round && roundOf(visit, programme, round),
    standing: standing(words, counts.waiting, free),
    isAllPossible: counts.waiting > 0 && (free === null || counts.waiting <= free),
    undo: await undoOf(visit, of),
    endsOn: programme.endsOn === null ? '' : formatDay(programme.endsOn, localeOf(words)),
    message: messageFor(visit, messages),
    ...formOf(visit, programme, round, mistakes),
  };
}

function addressOf({ side, show, page }: Shown, path = '/people/offers'): string {
  return addressWith(path, {
    side: side === 'talent' ? '' : side,
    show: show === 'waiting' ? '' : show,
    page,
  });
}

function chipsFor({ t }: Words, shown: Shown, counts: offers.OfferCounts) {
  const chip = (text: string, show: ListState) => ({
    text,
    href: addressOf({ ...shown, page: 1, show }),
    count: counts[show],
    current: shown.show === show,
  });
  return [
    chip(t('Waiting'), 'waiting'),
    chip(t('Accepted'), 'accepted'),
    chip(t('Reserve list'), 'reserve'),
    chip(t('Not taken'), 'declined'),
  ];
}

function rowOf(words: Words, offer: offers.ListedOffer) {
  const { id, name, email, jobTitle, department, why, known, state } = offer;
  return {
    id,
    name,
    email,
    state,
    what: [jobTitle, department].filter(Boolean).join(', '),
    why,
    tags: [...topicTexts(words, offer.topics, offer.other), timeText(words, offer.side, offer.time)],
    known: state === 'accepted' ? '' : knownText(words, offer),
    href: known ? `/people/${known.id}` : '',
  };
}

/** Says that the address is somebody's here already, and what accepting does then; '' where it is nobody's. */
function knownText(words: Words, { known, side }: offers.ListedOffer): string {
  const { t } = words;
  if (!known) return '';
  if (known.isDisabled)
    return t('{name} is in the programme already, but deactivated. Reactivate them first.', {
      name: known.name,
    });
  if (known.onlyOrganises || known.side === side)
    return t('{name} is in the programme already. Accepting adds the topics.', { name: known.name });
  const word = sideWords(words)[known.side];
  return t('{name} is in the programme already ({side}) and stays so. Accepting adds the topics.', {
    name: known.name,
    side: word,
  });
}

function roundOf({ ctx, words }: SignedInVisit, programme: Programme, round: rounds.Round) {
  const { side, closesOn, answerBy, places } = round;
  const nearDay = (day: string) => formatNearDay(day, localeOf(words));
  const address = `${ctx.baseUrl}${pageOfSide(side)}`;
  return {
    isOpen: takesOffers(round, ctx.now(), programme.timeZone),
    closesOn: nearDay(closesOn),
    answerBy: nearDay(answerBy),
    places,
    address,
    poster: addressWith('/people/offers/poster', { side: side === 'talent' ? '' : side }),
  };
}

/** Says how many wait and how many places are free, and what can be done. */
function standing({ t, tn }: Words, waiting: number, free: number | null) {
  const heading =
    free === null
      ? tn(waiting, '{n} offer', '{n} offers')
      : t('{offers}, and {places} free', {
          offers: tn(waiting, '{n} offer', '{n} offers'),
          places: tn(free, '{n} place', '{n} places'),
        });
  const isEnough = free === null || waiting <= free;
  const text = isEnough
    ? t('You can take them all. Each gets an e-mail.')
    : t('Choose some, or open more places. You can put the others on the reserve list.');
  return { heading, text };
}

async function undoOf({ ctx, words }: SignedInVisit, of: offers.SideOfSeason) {
  const { t, tn } = words;
  const now = ctx.now();
  const answered = await offers.undoable(ctx.db, of, now);
  const [first] = answered;
  if (!first) return null;
  const left = first.pressEnds!.epochMilliseconds - now.epochMilliseconds;
  const seconds = Math.max(1, Math.ceil(left / 1000));
  const said = {
    accepted: t('{name} is in.', { name: first.name }),
    reserve: t('{name} is on the reserve list.', { name: first.name }),
    declined: t('{name} is not taken.', { name: first.name }),
  };
  const done =
    answered.length > 1
      ? tn(answered.length, '{n} offer accepted.', '{n} offers accepted.')
      : said[first.state as keyof typeof said];
  const leaves = tn(
    answered.length,
    'The e-mail goes out in {seconds} seconds.',
    'The e-mails go out in {seconds} seconds.',
    { seconds },
  );
  return { press: first.press!, text: `${done} ${leaves}` };
}

/** The form of days and places, as it is stored or as it came back. */
function formOf(
  { ctx, words }: SignedInVisit,
  programme: Programme,
  round: rounds.Round | null,
  mistakes: Mistakes,
) {
  const { t } = words;
  const labels = {
    closesOn: t('Last day for offers'),
    answerBy: t('Everyone has an answer by'),
    places: t('Places'),
  };
  const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate();
  const stored = {
    closesOn: round?.closesOn ?? today.add({ weeks: 3 }).toString(),
    answerBy: round?.answerBy ?? today.add({ weeks: 4 }).toString(),
    places: round?.places == null ? '' : String(round.places),
  };
  const isBack = 'closesOn' in mistakes.typed;
  const inWords = (name: string, value: string) =>
    name === 'places' || value === '' ? value : formatDay(value, localeOf(words));
  return {
    ...mistakes,
    labels,
    meanwhile: savedMeanwhile(mistakes, labels, inWords),
    typed: isBack ? mistakes.typed : stored,
    seen: mistakes.stored || !isBack ? (round?.revision ?? -1) : Number(mistakes.typed.seen),
    isFormOpen: isBack,
  };
}

/** Columns of the downloaded list. */
export const listHeader = ({ t }: Words) => [
  t('Name'),
  t('E-mail'),
  t('What you do'),
  t('Department'),
  t('Why you'),
  t('Topics'),
  t('Time'),
];

export const offerCells = (words: Words, row: offers.ListedOffer) => [
  row.name,
  row.email,
  row.jobTitle,
  row.department,
  row.why,
  topicTexts(words, row.topics, row.other).join(' | '),
  timeText(words, row.side, row.time),
];
