// Everything that is planned to ask people for something, person by person.
import type { Context } from '../../context.ts';
import type { LetterKind } from '../../domain/letters/facts.ts';
import { purposes } from '../../domain/letters/kinds.ts';
import { isMeantFor, isTooLate, letterKindOf, mayBeAsked } from '../../domain/letters/reminders.ts';
import * as events from '../../store/events/events.ts';
import * as plan from '../../store/letters/asking-plan.ts';
import { planOf } from './planned.ts';

/** One thing that one person will be asked, as it stands now. */
export interface PlannedAsk {
  personId: number;
  name: string;
  email: string;
  kind: LetterKind;
  /** Null where it is about the programme. */
  event: { id: number; name: string } | null;
  /** When it leaves at the earliest: what else asks the same person that day joins it, or waits. */
  at: Temporal.Instant;
  /** `waits`: it is written and was put off to its turn; `written`: it leaves in a moment; `planned`: it is written then. */
  state: 'waits' | 'written' | 'planned';
}

/** Lists all that is planned to ask people, or one person, the next first. */
export async function asksPlanned(
  ctx: Pick<Context, 'db' | 'now'>,
  personId?: number,
): Promise<PlannedAsk[]> {
  const waiting = (await plan.waitingToAsk(ctx.db, personId)).map(
    ({ kind, dueAt, turnAt, event, eventId, ...reader }): PlannedAsk => ({
      ...reader,
      kind: kind as LetterKind,
      event: eventId === null ? null : { id: eventId, name: event ?? '' },
      at: dueAt,
      state: turnAt === null ? 'written' : 'waits',
    }),
  );
  const ahead = await remindersAhead(ctx, personId);
  return [...waiting, ...ahead].toSorted(
    (a, b) => Temporal.Instant.compare(a.at, b.at) || a.name.localeCompare(b.name) || a.personId - b.personId,
  );
}

async function remindersAhead({ db, now }: Pick<Context, 'db' | 'now'>, personId?: number) {
  const asks: PlannedAsk[] = [];
  const ahead = await events.publishedAhead(db, now());
  const known = await plan.remindersOf(
    db,
    ahead.map(({ id }) => id),
    personId,
  );
  for (const event of ahead) {
    const { guests, decided, hosts, asked } = known(event.id);
    for (const { kind, at, ...planned } of await planOf(event)) {
      const letter = letterKindOf(kind);
      const isDecided = decided.some(
        (one) => one.kind === kind && (one.state === 'stopped' || one.dueAt.equals(at)),
      );
      if (purposes[letter] !== 'asks' || isDecided || isTooLate({ kind, at, ...planned }, now())) continue;
      for (const { eventId: _, state, isOff, ...reader } of guests) {
        const times = (asked.get(reader.personId) ?? []).map((one) => one.at);
        if (isOff !== null || !isMeantFor(kind, state, hosts.has(reader.personId))) continue;
        if (letter === 'reminder' && !mayBeAsked(times, at)) continue;
        asks.push({
          ...reader,
          kind: letter,
          event: { id: event.id, name: event.name },
          at,
          state: 'planned',
        });
      }
    }
  }
  return asks;
}
