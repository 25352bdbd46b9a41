// Voting on trends closes on its last day or with a press, and may be opened again: then those who have voted hear of it.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { votingIn } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { removeHeldPress } from '../../store/letters/presses.ts';
import * as people from '../../store/people/people.ts';
import * as voting from '../../store/trends/voting.ts';
import { note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/** Voting as its form shows it. */
export function votingFields(programme: programmes.Programme, now: Temporal.Instant) {
  return { votingClosesOn: programme.votingClosesOn ?? '', voting: votingIn(programme, now) };
}

/**
 * Sets the last day of voting; with a later day, or none, closed voting opens again and its voters hear. Returns whether
 * it did. Refuses a day that is over where voting is closed, and a form whose reader saw other days.
 */
export async function setLastDay(
  ctx: Context,
  by: number,
  { closesOn, seen }: { closesOn: string | null; seen?: string | undefined },
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    const now = ctx.now();
    refuseOutdated(programme.name, seen, votingFields(programme, now));
    const wasClosed = votingIn(programme, now) === 'closed';
    const next = { ...programme, votingClosesOn: closesOn, votingClosedAt: null };
    const isClosed = votingIn(next, now) === 'closed';
    if (wasClosed && isClosed) {
      const sentence = 'That day is over. Choose today or a later day, or leave it empty.';
      throw new Refusal('invalid', sentence, {}, 'votingClosesOn');
    }
    const opensAgain = wasClosed && !isClosed;
    await voting.changeVoting(tx, programme.id, {
      votingClosesOn: closesOn,
      votingClosedAt: null,
      ...(opensAgain && { votingReopenedAt: now }),
    });
    if (opensAgain) await tellVoters(ctx, tx, by, next);
    const act = opensAgain ? 'reopened-voting' : 'set-voting-day';
    await note(ctx, tx, { by, act, about: programme.name });
    return opensAgain;
  });
}

/** Closes voting now; closed already, it stays so. E-mails that it is open again and have not left yet do not leave. */
export async function closeVoting(ctx: Context, by: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    const now = ctx.now();
    if (votingIn(programme, now) === 'closed') return;
    await voting.changeVoting(tx, programme.id, { votingClosedAt: now });
    const { votingReopenedAt: at } = programme;
    if (at !== null) await removeHeldPress(tx, 'voting-reopened', pressOf(programme.id, at), now);
    await note(ctx, tx, { by, act: 'closed-voting', about: programme.name });
  });
}

const pressOf = (programmeId: number, at: Temporal.Instant) =>
  `voting-reopened:${programmeId}:${at.epochMilliseconds}`;

/** Writes to everyone who has voted; the e-mails wait ten seconds, in which closing takes them back. */
async function tellVoters(ctx: Context, tx: Tx, by: number, programme: programmes.Programme): Promise<void> {
  const now = ctx.now();
  const organiser = orNotFound(await people.find(tx, by), 'person');
  const hold = { id: null, until: undoEnds(now) };
  for (const to of await voting.voters(tx, programme.id)) {
    if (to.id === by) continue;
    await sendLetter(ctx, tx, {
      key: `${pressOf(programme.id, now)}:${to.id}`,
      kind: 'voting-reopened',
      to,
      hold,
      facts: {
        kind: 'voting-reopened',
        ...seasonFacts(programme, organiser, to.name),
        closesOn: programme.votingClosesOn,
        trendsUrl: `${ctx.baseUrl}/trends`,
      },
    });
  }
}
