import { cancelHeldBack, sendFromHere, waitingSinceChange } from '../../actions/letters/other-addresses.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { otherOrganisers } from '../../store/letters/addresses.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** E-mails that wait since MAIL_FROM or BASE_URL changed: an organiser sends them or cancels them. */
export function waitingSinceChangeRoutes(at: Pages): void {
  at.post('/mailbox/waiting/sending', 'organiser', send);
  at.post('/mailbox/waiting/cancellation', 'organiser', leave);
}

/** Messages of the mailbox page after the choice. */
export const messagesOfWaiting = {
  'sent-from-here': 'The e-mails that waited are on their way. Those about events that are over stay here.',
  'not-sent': 'The e-mails that waited won’t be sent.',
  'taken-back': 'Undone. Nobody was told.',
  'nothing-to-send': 'No e-mail waited any more.',
};

async function send({ ctx, viewer }: SignedInVisit) {
  const sent = await sendFromHere(ctx, viewer.id);
  return `/mailbox?said=${sent === 0 ? 'nothing-to-send' : 'sent-from-here'}`;
}

async function leave({ ctx, viewer }: SignedInVisit) {
  const left = await cancelHeldBack(ctx, viewer.id);
  return `/mailbox?said=${left === 0 ? 'nothing-to-send' : 'not-sent'}`;
}

/** The notice for organisers while e-mails wait for their choice; null where none does. */
export async function sinceChangeNotice({ ctx, words: { t, tn } }: Visit) {
  const waiting = await waitingSinceChange(ctx);
  if (!waiting) return null;
  const { n, from, sites, now } = waiting;
  const text = [
    from.length > 0 &&
      t('They were written to come from {before}. E-mails now come from {now}.', {
        before: from.join(', '),
        now: now.from,
      }),
    sites.length > 0 &&
      t('Their links were to lead to {before}. Flipside is now at {now}.', {
        before: sites.join(', '),
        now: now.site,
      }),
  ];
  return {
    strong: tn(
      n,
      '{n} e-mail waits because Flipside’s address changed.',
      '{n} e-mails wait because Flipside’s address changed.',
    ),
    text: text.filter(Boolean).join(' '),
    send:
      from.length > 0
        ? tn(n, 'Send it from {now}', 'Send them from {now}', { now: now.from })
        : tn(n, 'Send it with links to {now}', 'Send them with links to {now}', { now: now.site }),
    leave: tn(n, 'Don’t send it', 'Don’t send them'),
  };
}

/** Says which addresses guests' calendars still answer to, and until when they have to be read. */
export async function formerAddresses({ ctx, words }: Visit): Promise<string[]> {
  const since = begunEverywhereBefore(ctx.now());
  const others = await otherOrganisers(ctx.db, ctx.mail.from, since);
  return others.map(({ address, until }) =>
    words.t(
      'Calendars of guests who were invited before still answer to {address}. Have it forwarded to {now} until {day}.',
      { address, now: ctx.mail.from, day: formatDay(until, localeOf(words)) },
    ),
  );
}
