import { formatDay } from '../../domain/events/wall-time.ts';
import type { Warning } from '../../domain/guests/warnings.ts';
import { warningsOf } from '../../domain/guests/warnings.ts';
import { formatFactsOf } from '../../domain/run-of-show/event-format.ts';
import { withoutPerson } from '../../domain/run-of-show/led-by.ts';
import { publicHolidayOn } from '../../planning/dates/holidays.ts';
import type { EventPage, SharedPage } from '../../store/events/page.ts';
import { comingElsewhere } from '../../store/guests/elsewhere.ts';
import type { Visit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { countsOf } from './page-view.ts';

/** Returns what an organiser may have overlooked in an event, each with the press that mends it. */
export async function warningsFor({ ctx, words }: Visit, page: EventPage) {
  const { event, topics, invitees } = page;
  const format = formatFactsOf(event);
  const mayCome = invitees.filter(({ state }) => state !== 'declined');
  const elsewhere = await comingElsewhere(
    ctx.db,
    event,
    mayCome.map(({ id }) => id),
  );
  const warnings = warningsOf(
    {
      startsAt: event.startsAt,
      timeZone: event.timeZone,
      seats: { senior: event.seniorCapacity, talent: event.talentCapacity },
      quorum: { senior: event.seniorQuorum, talent: event.talentQuorum },
      invited: countsOf(page).invited,
      wanted: { senior: format?.seniors.least ?? 0, talent: format?.talents.least ?? 0 },
      tables: event.shape === 'tables' ? topics : [],
      elsewhere,
      holiday: await publicHolidayOn(event.startsAt.slice(0, 10), event.timeZone, words.language),
    },
    ctx.now(),
  );
  const base = `/events/${event.id}`;
  const unled = unledText(words, page);
  const run = { text: unled, mend: { href: `${base}/run`, label: words.t('Name a person') } };
  return [...warnings.map((warning) => inWords(words, warning, base)), ...(unled ? [run] : [])];
}

/** Names the blocks of the run of show without a person; empty where each has one. */
export function unledText(words: Words, { event, blocks, topics, invitees }: SharedPage): string {
  const hosts =
    topics.some((topic) => topic.hosts.length > 0) ||
    invitees.some(({ side, state }) => side === 'talent' && state !== 'declined');
  const titles = withoutPerson(blocks, { ...event, hosts }).map(({ title }) => title);
  if (titles.length === 0) return '';
  return words.tn(titles.length, 'Nobody leads {blocks} yet.', 'Nobody leads these blocks yet: {blocks}.', {
    blocks: listed(titles, words),
  });
}

const fields = {
  senior: { seats: 'seniors', quorum: 'leastSeniors' },
  talent: { seats: 'talents', quorum: 'leastTalents' },
} as const;

function inWords(words: Words, warning: Warning, base: string) {
  const edit = (field: string, label: string) => ({ href: `${base}/edit#${field}`, label });
  return { text: textOf(words, warning), mend: mendOf(words, warning, base, edit) };
}

type Of<Kind> = Extract<Warning, { kind: Kind }>;

function textOf(words: Words, warning: Warning): string {
  switch (warning.kind) {
    case 'no-seats':
      return warning.side === 'senior'
        ? words.t('There is no seat for senior managers.')
        : words.t('There is no seat for young talents.');
    case 'few-seats':
      return fewSeats(words, warning);
    case 'quorum':
      return tooFewInvited(words, warning);
    case 'elsewhere':
      return comingElsewhereText(words, warning);
    case 'short-notice':
      return shortNotice(words, warning);
    case 'two-tables': {
      const tables = listed(warning.tables.map(String), words);
      return words.t('{name} hosts tables {tables} at the same time.', { name: warning.name, tables });
    }
    case 'odd-hour':
      return words.t('It starts at {time}.', { time: warning.time });
    case 'holiday': {
      const day = formatDay(warning.day, localeOf(words));
      return words.t('{day} is a public holiday: {name}.', { day, name: warning.name });
    }
    case 'weekend':
      return words.t('{day} is at the weekend.', { day: formatDay(warning.day, localeOf(words)) });
  }
}

function fewSeats({ tn }: Words, { side, invited, seats }: Of<'few-seats'>): string {
  return side === 'senior'
    ? tn(
        seats,
        '{invited} senior managers are invited for {n} seat.',
        '{invited} senior managers are invited for {n} seats.',
        { invited },
      )
    : tn(
        seats,
        '{invited} young talents are invited for {n} seat.',
        '{invited} young talents are invited for {n} seats.',
        { invited },
      );
}

function tooFewInvited({ tn }: Words, { side, least, invited }: Of<'quorum'>): string {
  return side === 'senior'
    ? tn(
        invited,
        'At least {least} senior managers should come, and {n} is invited.',
        'At least {least} senior managers should come, and {n} are invited.',
        { least },
      )
    : tn(
        invited,
        'At least {least} young talents should come, and {n} is invited.',
        'At least {least} young talents should come, and {n} are invited.',
        { least },
      );
}

function comingElsewhereText({ t, tn }: Words, { name, event, others }: Of<'elsewhere'>): string {
  if (others === 0) return t('{name} is coming to {event} at that time.', { name, event });
  return tn(
    others,
    '{name} and {n} other person are coming to another event at that time.',
    '{name} and {n} other people are coming to another event at that time.',
    { name },
  );
}

function shortNotice({ t, tn }: Words, { days }: Of<'short-notice'>): string {
  if (days === 0) return t('It is today, so hardly anyone can plan for it.');
  return tn(
    days,
    'It is tomorrow, so hardly anyone can plan for it.',
    'It is in {n} days, so few people can plan for it.',
  );
}

function mendOf(
  { t }: Words,
  warning: Warning,
  base: string,
  edit: (field: string, label: string) => { href: string; label: string },
) {
  switch (warning.kind) {
    case 'no-seats':
    case 'few-seats':
      return edit(fields[warning.side].seats, t('Change the seats'));
    case 'quorum':
      return edit(fields[warning.side].quorum, t('Ask for fewer'));
    case 'two-tables':
      return edit('teams', t('Choose other teams'));
    case 'elsewhere':
      return { href: `${base}/people`, label: t('See who is invited') };
    case 'odd-hour':
      return edit('start', t('Change the time'));
    default:
      return edit('date', t('Choose another day'));
  }
}
