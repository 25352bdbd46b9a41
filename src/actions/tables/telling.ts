// E-mails about tables: to hosts, who sits with them; after a change, to those it touches.
import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { greetingName } from '../../domain/people/names.ts';
import { type Attendee, hostedIn } from '../../domain/tables/attendance.ts';
import type { Seats } from '../../domain/tables/plan.ts';
import type { CompanyInRound, TableInRound } from '../../domain/tables/telling.ts';
import { companyOf, isSameCompany, sitAlike } from '../../domain/tables/telling.ts';
import type * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as aboutTables from '../../store/letters/about-tables.ts';
import * as letters from '../../store/letters/letters.ts';
import { type EventFacts, factsOf, sendEventLetter } from '../letters/about-event.ts';
import { plansOf, startsOfRounds, type TablesOfEvent, tablesOf } from './evening.ts';

const kinds = ['host-table', 'table-changed'];

/** A published plan with all that its e-mails say. */
interface Told {
  event: events.Event;
  tables: TablesOfEvent;
  seats: Seats;
  starts: string[];
}

const firstName = ({ name }: { name: string }) => greetingName(name) || name;

function companyRounds({ tables, seats, starts }: Told, personId: number): CompanyInRound[] {
  const company = companyOf(tables.people, seats, personId);
  return tables.schedule.map(({ number, title }, round) => ({
    number,
    title,
    at: starts[round] ?? '',
    table: seats.get(personId)?.[round] ?? 0,
    people: (company[round] ?? []).map(firstName),
  }));
}

function tableRounds({ tables, seats, starts }: Told, personId: number, known: readonly number[]) {
  const topic = new Map(tables.topics.map(({ number, sentence }) => [number, sentence]));
  return tables.schedule.map(({ number, title }, round): TableInRound => {
    const table = seats.get(personId)?.[round] ?? 0;
    const hosts = tables.people.filter(
      (one) => hostedIn(one, number) === table && seats.get(one.id)?.[round] === table,
    );
    return {
      number,
      title,
      at: starts[round] ?? '',
      table,
      before: known[round] ?? 0,
      topic: topic.get(table) ?? '',
      hosts: hosts.map(firstName),
    };
  });
}

const hasSeat = ({ seats }: Told, { id }: Attendee) => seats.get(id)?.some((table) => table > 0) === true;

/** Rounds of an e-mail to a host. */
export type HostRounds = Map<number, { rounds: CompanyInRound[]; isChanged: boolean }>;

/** Hosts of the published plan who sit with others than their last e-mail said, each with their rounds. */
export async function hostsToTell(db: Db, event: events.Event): Promise<HostRounds> {
  const tables = await tablesOf(db, event);
  const { publishedSeats: seats } = await plansOf(db, event.id, tables);
  const told = { event, tables, seats, starts: startsOfRounds(event, tables.schedule) };
  return hostsUntold(db, told, () => true);
}

async function hostsUntold(db: Db, told: Told, isAsked: (personId: number) => boolean): Promise<HostRounds> {
  const last = await aboutTables.lastFactsByPerson(db, told.event.id, 'host-table');
  const found: HostRounds = new Map();
  for (const person of told.tables.people) {
    if (person.host === null || !hasSeat(told, person) || !isAsked(person.id)) continue;
    const rounds = companyRounds(told, person.id);
    const before = last.get(person.id)?.rounds as CompanyInRound[] | undefined;
    if (!before || !isSameCompany(before, rounds))
      found.set(person.id, { rounds, isChanged: before !== undefined });
  }
  return found;
}

/** Writes to one host who sits at their table. */
export async function tellHost(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: rsvps.Invitee,
  said: { rounds: CompanyInRound[]; isChanged: boolean },
  key: string,
): Promise<void> {
  const answer = to.state === 'maybe' ? 'maybe' : 'coming';
  await sendEventLetter(ctx, tx, facts, to, { kind: 'host-table', answer, ...said }, { key });
}

/**
 * Tells those whom a published change touches: guests who sit elsewhere than they knew, hosts who sit with others. The
 * e-mails wait while the change can be taken back. Those of a change just before that have not left are cancelled, and what
 * was known before them counts. Returns the cancelled ones.
 */
export async function tellOfChange(
  ctx: Context,
  tx: Tx,
  {
    event,
    tables,
    before,
    after,
  }: { event: events.Event; tables: TablesOfEvent; before: Seats; after: Seats },
  until: Temporal.Instant,
): Promise<number[]> {
  if (event.state !== 'published') return [];
  const cancelled = (await letters.cancelUnsent(tx, event.id, kinds)).filter(({ tried }) => !tried);
  const known = await knownBefore(tx, cancelled, before);
  const told = { event, tables, seats: after, starts: startsOfRounds(event, tables.schedule) };
  const facts = { ...(await factsOf(tx, event)), hold: { id: null, until } };
  const invited = new Map((await rsvps.invitees(tx, event.id)).map((one) => [one.personId, one]));
  const keyOf = (kind: string, id: number) => `${kind}:${event.id}:${id}:${until.epochMilliseconds}`;
  const again = new Set(cancelled.map(({ personId }) => personId));
  const sitsWithOthers = (id: number) => {
    const [was, is] = [before, after].map((seats) => companyOf(tables.people, seats, id));
    return JSON.stringify(was) !== JSON.stringify(is) || !sitAlike(before.get(id), after.get(id));
  };
  const hosts = await hostsUntold(tx, told, (id) => again.has(id) || sitsWithOthers(id));
  for (const [id, { rounds }] of hosts) {
    const to = invited.get(id);
    if (to && to.remindersOffAt === null)
      await tellHost(ctx, tx, facts, to, { rounds, isChanged: true }, keyOf('host-table', id));
  }
  for (const { id, host } of tables.people) {
    const [to, was] = [invited.get(id), known.get(id)];
    if (!to || host !== null || sitAlike(was, after.get(id))) continue;
    const rounds = tableRounds(told, id, was ?? []);
    const key = keyOf('table-changed', id);
    await sendEventLetter(ctx, tx, facts, to, { kind: 'table-changed', rounds }, { key });
  }
  return cancelled.map(({ id }) => id);
}

/** Tables as guests know them: those of e-mails that did not leave were never known. */
async function knownBefore(tx: Tx, cancelled: readonly letters.Cancelled[], before: Seats): Promise<Seats> {
  const known = new Map(before);
  const facts = await aboutTables.factsById(
    tx,
    cancelled.map(({ id }) => id),
  );
  for (const { id, personId } of cancelled) {
    const { kind, rounds } = facts.get(id) ?? {};
    if (kind === 'table-changed')
      known.set(
        personId,
        (rounds as TableInRound[]).map(({ before: table }) => table),
      );
  }
  return known;
}

/** Deletes the e-mails of a publication that is taken back, and lets those leave again that it had cancelled. */
export async function untellChange(
  ctx: Context,
  tx: Tx,
  eventId: number,
  publishedAt: Temporal.Instant,
  cancelled: readonly number[],
): Promise<void> {
  await aboutTables.removeUnsentSince(tx, eventId, kinds, publishedAt);
  await letters.requeue(tx, [...cancelled]);
  for (const letterId of cancelled) await ctx.queue(tx, 'deliver-letter', { letterId });
}
