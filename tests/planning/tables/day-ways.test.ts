// Each way that is offered for a change on the day, on evenings drawn by chance: the past stays, everyone who is there has a seat,
// nobody sits at a dropped table or, unless it says so, at one without a host.
import { expect, test } from 'vitest';
import type { Attendee } from '../../../src/domain/tables/attendance.ts';
import { type DayChange, nothingDiffers } from '../../../src/domain/tables/day.ts';
import { type DayOption, inOrder, optionOf } from '../../../src/domain/tables/day-options.ts';
import { type Asked, type Way, waysFor } from '../../../src/domain/tables/day-questions.ts';
import { type Evening, questionOf, seatsIn } from '../../../src/domain/tables/wishes.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { seatEach } from '../../../src/planning/tables/each.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import { byLength } from '../../support/length.ts';

/** An evening by chance, its plan, and a change. */
function drawn(seed: number): Asked {
  const random = randomFrom(seed);
  const { below } = random;
  const chance = () => below(1000) / 1000;
  const [tables, rounds] = [3 + below(3), 3];
  const people: Attendee[] = [];
  const add = (values: Partial<Attendee>) =>
    people.push({
      id: people.length + 1,
      name: `Person ${people.length + 1}`,
      side: 'senior',
      department: `D${below(3)}`,
      managerId: null,
      host: null,
      hasSaidYes: true,
      absence: 0.1,
      mayNotCome: false,
      isHere: chance() < 0.8,
      ...values,
    });
  for (let table = 1; table <= tables; table += 1)
    for (let n = 0; n <= below(2); n += 1) add({ side: 'talent', host: table });
  for (let n = 0; n < tables * 4; n += 1)
    add({
      side: chance() < 0.25 ? 'talent' : 'senior',
      managerId: chance() < 0.15 ? 1 + below(people.length) : null,
    });
  const evening: Evening = {
    people,
    rounds,
    tables,
    mostSeats: null,
    wishes: [],
    met: new Map(),
    dropped: [],
  };
  const plan = seatEveryone(
    { ...questionOf(evening), absence: undefined, anyway: true },
    { seed, iterations: 300 },
  );
  const held = below(rounds);
  const someone = people[below(people.length)]!.id;
  const back = chance() < 0.3 && held + 2 <= rounds ? held + 2 : null;
  const changes: DayChange[] = [
    { kind: 'missing', person: people[below(tables)]!.id, back },
    { kind: 'missing', person: someone, back },
    { kind: 'named', name: 'Nils', side: 'senior', until: null },
    { kind: 'dropped', table: 1 + below(tables), from: 1 + below(rounds) },
    { kind: 'here', away: people.filter(({ isHere }) => !isHere).map(({ id }) => id), back: [] },
  ];
  const change = changes[below(changes.length)]!;
  const newcomer = { ...people[0]!, id: 0, side: 'senior' as const, host: null, managerId: null };
  const everyone = change.kind === 'named' ? [...people, newcomer] : people;
  const known = seatsIn(plan.rounds);
  return { evening: { ...evening, people: everyone, held }, facts: nothingDiffers, known, change };
}

function optionsOf(asked: Asked): [Way, DayOption][] {
  const ways = waysFor(asked);
  const planned = ways.filter(({ question }) => question);
  const answers = seatEach(
    { questions: planned.map(({ question }) => question!) },
    { seed: 1, iterations: 200 },
  );
  return ways.flatMap((way): [Way, DayOption][] => {
    const answer = answers[planned.indexOf(way)];
    const seats = way.seats ?? (answer && 'rounds' in answer ? seatsIn(answer.rounds) : undefined);
    return seats ? [[way, optionOf(way.name, way.evening, asked.known, seats, way)]] : [];
  });
}

/** Everything wrong with an option, read from its rows alone. */
function wrongIn({ known, change, evening }: Asked, way: Way, option: DayOption): string[] {
  const wrong: string[] = [];
  const held = evening.held ?? 0;
  const rows = new Map([...known, ...option.rows]);
  const dropped = way.evening.dropped ?? [];
  const isLate = change.kind === 'missing' && change.back !== null;
  for (const [id, row] of option.rows)
    for (let round = 0; round < held; round += 1)
      if (row[round] !== (known.get(id)?.[round] ?? 0))
        wrong.push(`${id} moved in round ${round + 1}, which has begun`);
  for (let round = held + 1; round <= evening.rounds; round += 1) {
    const used = new Set<number>();
    for (const { id, from = 1, until = 99 } of way.evening.people) {
      const table = rows.get(id)?.[round - 1] ?? 0;
      if ((round >= from && round <= until) !== table > 0) wrong.push(`${id} at ${table} in round ${round}`);
      if (dropped.some((one) => one.table === table && round >= one.from))
        wrong.push(`${id} at a dropped table`);
      if (table > 0) used.add(table);
    }
    for (const table of used) {
      const hosts = way.evening.people.filter(
        ({ id, host }) => host === table && rows.get(id)?.[round - 1] === table,
      );
      const isSaid = option.hostless.includes(table) && (isLate || way.name !== 'still');
      if (hosts.length === 0 && !isSaid)
        wrong.push(`table ${table} has no host in round ${round} (${way.name})`);
      if (hosts.length === 0 && way.name !== 'still')
        wrong.push(`${way.name} leaves table ${table} without a host`);
    }
  }
  return wrong;
}

test('over drawn evenings every way that is offered keeps what must hold, and the first breaks the least', () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= byLength(40, 600); seed += 1) {
    const asked = drawn(seed);
    const options = optionsOf(asked);
    expect(options.length, `evening ${seed}: ${JSON.stringify(asked.change)}`).toBeGreaterThan(0);
    for (const [way, option] of options) {
      expect(
        wrongIn(asked, way, option),
        `evening ${seed}, ${way.name}: ${JSON.stringify(asked.change)}`,
      ).toEqual([]);
      seen.set(way.name, (seen.get(way.name) ?? 0) + 1);
    }
    const [first, ...others] = inOrder(options.map(([, option]) => option));
    for (const other of others) expect(other.hostless.length).toBeGreaterThanOrEqual(first!.hostless.length);
  }
  for (const name of ['still', 'even', 'fresh', 'host', 'drop'])
    expect(seen.get(name), name).toBeGreaterThan(1);
});
