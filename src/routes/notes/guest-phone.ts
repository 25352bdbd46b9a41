import { z } from 'zod';
import { keepSentence, sentenceOf } from '../../actions/notes/own-sentence.ts';
import { isHost } from '../../domain/access.ts';
import { isOver } from '../../domain/events/times.ts';
import { canKeepSentence, mostInSentence } from '../../domain/notes/own-sentence.ts';
import { Refusal } from '../../refusal.ts';
import { wall } from '../../store/questions/wall.ts';
import { newSeatsOf } from '../../store/tables/day.ts';
import { lineField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { nowOf } from '../questions/live-view.ts';
import { roundsOfGuest } from '../tables/seat-view.ts';
import { type Evening, eveningOf } from './evening-view.ts';
import { guestCard } from './guest-card.ts';
import { harvestNow } from './harvest-view.ts';

/** A guest's phone during the evening: what is on, their table, when to move, and one sentence for themselves. */
export function guestPhoneRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/now', (visit) => show(visit));
  atBoth.post('/now/sentence', keep);
}

const query = z.object({ write: z.literal('1').optional().catch(undefined) });
const messages = { kept: 'Kept, for you alone.', taken: 'Taken away.' };

/** People on the list who have not said no; to everybody else the page does not exist. */
function refuseOthers({ page: { mine, event }, isOrganiser }: GuestVisit['guest']): void {
  const comes = mine !== null && mine.state !== 'declined';
  if (event.state !== 'published' || !(comes || isOrganiser))
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
}

async function show(visit: GuestVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, guest, words } = visit;
  refuseOthers(guest);
  const { shared, event, mine } = guest.page;
  const evening = eveningOf(words, shared, ctx.now());
  const rounds = shared.hasTables ? await roundsOfGuest(visit) : null;
  const harvest = evening.kind === 'harvest' ? await harvestNow(ctx.db, shared) : null;
  const isWriting = readQuery(request, query).write === '1' || mistakes !== noMistakes;
  return page(visit, 'notes/guest-phone', {
    ...guestData(visit),
    status: mistakes.status,
    errors: mistakes.errors,
    evening,
    card: guestCard(words, { evening, rounds, event, speaker: harvest?.now ?? null }),
    changed: rounds ? await changedFor(visit, evening) : null,
    now: nowOf(shared, await wall(ctx.db, guest.page), ctx.now()),
    sentence: mine?.state === 'coming' ? await sentenceData(visit, evening, mistakes) : null,
    isHosting: isHost(guest.me, event, mine !== null),
    title: evening.heading,
    writes: isWriting,
    refresh: isWriting ? undefined : 30,
    message: messageFor(visit, messages),
    at: guest.page.revision,
    clockAt: ctx.now().epochMilliseconds,
    follows: !isOver(event, ctx.now()),
  });
}

/** Blocks in which one may write down a sentence for oneself; it stays there until the end. */
const isForSentence = ({ kind, upNext, phase }: Evening) =>
  phase === 'after' || kind === 'harvest' || (phase === 'on' && upNext === null);

async function sentenceData({ ctx, guest }: GuestVisit, evening: Evening, { typed }: Mistakes) {
  const { event } = guest.page;
  const stored = await sentenceOf(ctx, event.id, guest.me.id);
  if (!canKeepSentence(event, ctx.now()) || !(stored !== null || isForSentence(evening))) return null;
  return { text: String(typed.sentence ?? stored ?? ''), isKept: stored !== null };
}

/** New seats in the round to come, as they were accepted on the day. */
async function changedFor({ ctx, guest, words }: GuestVisit, { next }: Evening) {
  if (!next) return null;
  const found = await newSeatsOf(ctx.db, guest.page.event.id, guest.me.id);
  const hop = found?.hops.find(({ round }) => round === next.round);
  if (!hop) return null;
  return hop.from > 0
    ? words.t('Changed: table {to} instead of table {from}', { to: hop.to, from: hop.from })
    : words.t('Changed: table {to}', { to: hop.to });
}

const form = z.object({
  sentence: lineField(mostInSentence, 'One sentence of 200 characters at most.'),
});

async function keep(visit: GuestVisit) {
  const { ctx, guest } = visit;
  return submit(visit, form, {
    act: async ({ sentence }) => {
      await keepSentence(ctx, guest.page.event.id, guest.me.id, sentence);
      return `${guest.base}/now?said=${sentence === '' ? 'taken' : 'kept'}#mine`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'sentence',
  });
}
