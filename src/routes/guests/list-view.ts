import { yesesOf } from '../../actions/guests/seats.ts';
import { comingBySide, freeSeats, type Side, takenBySide } from '../../domain/guests/waiting-list.ts';
import type { Event } from '../../store/events/events.ts';
import type * as rsvps from '../../store/guests/rsvps.ts';
import type { Words } from '../../words.ts';

/** Returns the title of the list, the name of its second column, and its filters. */
export function listWords(
  { t }: Words,
  event: Event,
  isPast: boolean,
  invitees: rsvps.Invitee[],
  show: 'coming' | 'declined' | 'list',
) {
  const base = `/events/${event.id}/people`;
  const count = (state: string) => invitees.filter((one) => one.state === state).length;
  const titles = {
    coming: isPast ? t('Said yes') : t('Coming'),
    declined: t('Can’t come'),
    list: t('On the list'),
  };
  const second = { coming: t('Said yes'), declined: t('Why'), list: t('Department') };
  const chips = [
    { href: base, text: titles.coming, count: count('coming'), current: show === 'coming' },
    { href: `${base}#open`, text: t('No answer'), count: count('invited') },
    { href: `${base}#open`, text: t('Not sure'), count: count('maybe') },
    {
      href: `${base}?show=declined`,
      text: titles.declined,
      count: count('declined'),
      current: show === 'declined',
    },
    { href: `${base}#waiting`, text: t('Waiting'), count: count('waiting') },
  ];
  return {
    listTitle: titles[show],
    secondColumn: second[show],
    chips: chips.filter(
      (chip) =>
        (chip.count > 0 || chip.current === true) &&
        !(event.state === 'cancelled' && chip.href.includes('#')),
    ),
  };
}

/** Returns a line about somebody: their title, table, and whom they replace. */
export function noteOf({ t }: Words, one: rsvps.Invitee, table: number | null, inPlaceOf: string): string {
  return [
    one.jobTitle,
    table ? t('hosts table {n}', { n: table }) : '',
    inPlaceOf ? t('in place of {name}', { name: inPlaceOf }) : '',
    one.cameAt ? t('came') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Seats of each side: taken, kept, free and waited for. */
export function roomWords(words: Words, event: Event, invitees: rsvps.Invitee[]) {
  const { tn } = words;
  const yeses = yesesOf(invitees);
  const [coming, taken] = [comingBySide(yeses), takenBySide(yeses)];
  const room = {
    capacity: event.capacity,
    bySide: { senior: event.seniorCapacity, talent: event.talentCapacity },
  };
  const side = (name: Side) => ({
    coming: coming[name],
    of: room.bySide[name],
    free: freeSeats(room, yeses, name),
    rest: restOf(words, {
      of: room.bySide[name],
      kept: taken[name] - coming[name],
      free: freeSeats(room, yeses, name),
      waiting: yeses.filter((yes) => yes.state === 'waiting' && yes.side === name).length,
    }),
  });
  const [senior, talent] = [side('senior'), side('talent')];
  return {
    coming: coming.senior + coming.talent,
    of: event.capacity,
    senior,
    talent,
    sides: [
      { ...senior, words: tn(coming.senior, '{n} senior manager', '{n} senior managers'), kind: 's' },
      { ...talent, words: tn(coming.talent, '{n} young talent', '{n} young talents'), kind: 't' },
    ],
  };
}

/** Says how many seats of a side are kept and free, and how many people wait for one. */
function restOf(
  { t, tn }: Words,
  { of, kept, free, waiting }: Record<'of' | 'kept' | 'free' | 'waiting', number>,
): string {
  const isFull = of > 0 ? t('Full') : '';
  return [
    kept ? tn(kept, 'One kept for a substitute', '{n} kept for substitutes') : '',
    free ? tn(free, '{n} seat free', '{n} seats free') : isFull,
    waiting ? t('{n} waiting', { n: waiting }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}
