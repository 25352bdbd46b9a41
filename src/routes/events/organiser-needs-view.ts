// Tasks that wait for an organiser, all events together: the first thing on their first page.
import { addressesOf } from '../../actions/letters/addresses.ts';
import { todayIn } from '../../actions/teams/late-places.ts';
import { begunEverywhereBefore, formatNearDay } from '../../domain/events/coming.ts';
import { daysToDraft, draftsUntil } from '../../domain/events/drafts.ts';
import { isToBeDecided } from '../../domain/guests/quorum.ts';
import { countPutAside } from '../../store/calendar/replies.ts';
import * as needs from '../../store/events/organiser-needs.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as latePlaces from '../../store/teams/late-places.ts';
import * as rounds from '../../store/teams/rounds.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** A thing to do, and the link to where it is done. */
export interface Need {
  text: string;
  note: string;
  href: string;
  label: string;
}

/** Things of one kind that are listed at most; behind them is a page with all. */
const mostOfAKind = 5;
/** Days for which a file that was read, or an e-mail about no event, is mentioned. */
const daysMentioned = 7;

/** Lists what waits for an organiser, what has a date first. */
export async function organiserNeeds(visit: SignedInVisit): Promise<Need[]> {
  const now = visit.ctx.now();
  const since = now.subtract({ hours: 24 * daysMentioned });
  return [
    ...(await toDecide(visit, now)),
    ...(await undelivered(visit, now, since)),
    ...(await putAside(visit)),
    ...(await drafts(visit, now)),
    ...(await teamsWithTooFew(visit, now)),
    ...(await waitingFiles(visit, since)),
  ];
}

async function toDecide({ ctx, words }: SignedInVisit, now: Temporal.Instant): Promise<Need[]> {
  const { t } = words;
  const until = now.add({ hours: 24 }).toString().slice(0, 10);
  const found = await needs.toDecide(ctx.db, { from: begunEverywhereBefore(now), until }, 4 * mostOfAKind);
  return found
    .filter((event) => isToBeDecided(event, now))
    .slice(0, mostOfAKind)
    .map(({ id, name, startsAt }) => ({
      text: t('Go or no go: {name}', { name }),
      note: t('It is on {day}. Confirm it, move it or cancel it.', {
        day: formatNearDay(startsAt, localeOf(words)),
      }),
      href: `/events/${id}#decide`,
      label: t('Decide'),
    }));
}

async function undelivered(
  { ctx, words: { t, tn } }: SignedInVisit,
  now: Temporal.Instant,
  since: Temporal.Instant,
): Promise<Need[]> {
  const from = begunEverywhereBefore(now);
  const found = await needs.undelivered(ctx.db, addressesOf(ctx), { from, since }, mostOfAKind);
  return found.map(({ eventId, name, n }) => ({
    text: tn(n, '{n} e-mail did not arrive', '{n} e-mails did not arrive'),
    note: name ?? t('Written to a group of people.'),
    href: eventId === null ? '/mailbox' : `/events/${eventId}/invitations#failed`,
    label: t('See whose'),
  }));
}

async function putAside({ ctx, words: { t, tn } }: SignedInVisit): Promise<Need[]> {
  const n = await countPutAside(ctx.db);
  const need = {
    text: tn(n, '{n} reply was put aside', '{n} replies were put aside'),
    note: t('We could not read an answer in it. A person should have a look.'),
    href: '/mailbox/put-aside',
    label: t('Read them'),
  };
  return n === 0 ? [] : [need];
}

async function drafts({ ctx, words }: SignedInVisit, now: Temporal.Instant): Promise<Need[]> {
  const { t, tn } = words;
  const found = await needs.nearDrafts(ctx.db, draftsUntil(now), 4 * mostOfAKind);
  return found
    .flatMap((event) => {
      const days = daysToDraft(event, now);
      return days === null ? [] : [{ ...event, days }];
    })
    .slice(0, mostOfAKind)
    .reverse()
    .map(({ id, name, startsAt, days }) => {
      const day = formatNearDay(startsAt, localeOf(words));
      const isPast = days < 0;
      return {
        text: t('{name} is still a draft', { name }),
        note: isPast
          ? t('Its date, {day}, has passed. Choose another, or delete it.', { day })
          : tn(
              days,
              'It is tomorrow, {day}, and nobody is invited.',
              'It is in {n} days, on {day}, and nobody is invited.',
              { day },
            ),
        href: isPast ? `/events/${id}/edit#date` : `/events/${id}/review`,
        label: isPast ? t('Choose a day') : t('Review and send'),
      };
    });
}

/** Teams at work with fewer members than their least, and talents in no team once the teams are published. */
async function teamsWithTooFew(
  { ctx, words: { t, tn } }: SignedInVisit,
  now: Temporal.Instant,
): Promise<Need[]> {
  const programme = await programmes.current(ctx.db);
  if (!programme) return [];
  const found = await latePlaces.shortTeams(ctx.db, programme.id, todayIn(programme, now), mostOfAKind);
  const teams = found.map(({ id, name, members, least, asked }) => ({
    text: t('{team} has too few people', { team: name }),
    note: asked
      ? t('Someone on the reserve list has been asked.')
      : tn(members, 'It has {n} person of at least {least}.', 'It has {n} people of at least {least}.', {
          least,
        }),
    href: `/teams/${id}#place`,
    label: t('Place someone'),
  }));
  const published = (await rounds.find(ctx.db, programme.id))?.publishedAt ?? null;
  const late = published === null ? 0 : await latePlaces.countLate(ctx.db, programme.id);
  if (late === 0) return teams;
  const everyone = {
    text: tn(late, '{n} young talent has no team', '{n} young talents have no team'),
    note: t('The teams are published. Place them where there is room: nobody else moves.'),
    href: '/teams/late',
    label: t('Place them'),
  };
  return [...teams, everyone];
}

async function waitingFiles(
  { ctx, words: { t, tn } }: SignedInVisit,
  since: Temporal.Instant,
): Promise<Need[]> {
  const found = await needs.waitingImports(ctx.db, since, mostOfAKind);
  return found.map(({ id, kind, fileName, total }) => ({
    text: t('{file} waits to be imported', { file: fileName }),
    note: tn(
      total,
      '{n} row was read, and nothing is saved yet.',
      '{n} rows were read, and nothing is saved yet.',
    ),
    href: `/${kind}/import/${id}`,
    label: t('Look at it'),
  }));
}
