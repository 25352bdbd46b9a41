// The same press ten times a minute sends one e-mail, and what is told last is true.
import { describe, expect, test } from 'vitest';
import { type Answer, type AnswerSource, answer } from '../../../src/actions/guests/answer.ts';
import { addressesOf } from '../../../src/actions/letters/addresses.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { stranded } from '../../../src/store/letters/delivery.ts';
import type * as letters from '../../../src/store/letters/letters.ts';
import { published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const mail = { render: async () => ({ subject: 'x', bytes: Buffer.from('x') }), print: () => {} };

/** A room with one seat, Ada and Bo, and a mail server that takes what is due at once. */
async function room(seats = 1) {
  const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
  const event = await published(world, [ada, bo], { seniorCapacity: seats });
  const inbox: [person: number, kind: string][] = [];
  const deliver = async () => {
    const send = async ({ personId, kind }: letters.Letter) => {
      inbox.push([personId!, kind]);
      return { kind: 'sent' as const, reply: '250' };
    };
    for (const { id } of await stranded(world.db, world.ctx.now(), addressesOf(world.ctx)))
      await deliverLetter(world.ctx, { ...mail, send }, id);
  };
  await deliver();
  const press = async (who: typeof ada, said: Answer, how?: AnswerSource) => {
    world.clock.advance({ seconds: 2 });
    await answer(world.ctx, event.id, who.id, said, how);
    await deliver();
  };
  const to = ({ id }: typeof ada) =>
    inbox.flatMap(([person, kind]) => (person === id && kind !== 'invitation' ? [kind] : []));
  const later = async () => {
    world.clock.advance({ minutes: 5 });
    await deliver();
  };
  const wrong = async () =>
    (await invariants(world.db, { atRest: false })).filter((one) => !one.startsWith('I6'));
  return { ada, bo, event, press, deliver, later, to, wrong };
}

describe('one guest who presses yes, no, yes', () => {
  test('ten times within a minute gets one e-mail', async () => {
    const { ada, press, later, to, wrong } = await room(2);
    for (let n = 0; n < 10; n++) for (const said of ['yes', 'no'] as const) await press(ada, said);
    await press(ada, 'yes');
    await later();
    expect([to(ada), await wrong()]).toEqual([['confirmed'], []]);
  });

  test('and is told anew where the yes comes later', async () => {
    const { ada, press, later, to } = await room(2);
    await press(ada, 'yes');
    await later();
    for (const said of ['no', 'yes'] as const) await press(ada, said);
    expect(to(ada)).toEqual(['confirmed', 'confirmed']);
  });

  test('and is told anew where the no was pressed in a calendar, which shows it', async () => {
    const { ada, press, later, to } = await room(2);
    await press(ada, 'yes');
    await press(ada, 'no', { way: 'calendar' });
    await press(ada, 'yes');
    expect(to(ada)).toEqual(['confirmed']);
    await later();
    expect(to(ada)).toEqual(['confirmed', 'confirmed']);
  });

  test('and who says no before the e-mail has left gets none', async () => {
    const { ada, event, deliver, to } = await room(2);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'no');
    await deliver();
    expect(to(ada)).toEqual([]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await deliver();
    expect(to(ada)).toEqual(['confirmed']);
  });
});

describe('a seat that goes to and fro between two', () => {
  test('ten times within a minute sends each of them one e-mail, where both end as they began', async () => {
    const { ada, bo, press, later, to, wrong } = await room();
    for (const who of [ada, bo]) await press(who, 'yes');
    for (let n = 0; n < 5; n++)
      for (const who of [ada, bo]) for (const said of ['maybe', 'yes'] as const) await press(who, said);
    await later();
    expect([to(ada), to(bo), await wrong()]).toEqual([['confirmed'], ['waiting'], []]);
  });

  test('tells both what is true in the end, once, five minutes after the first', async () => {
    const { ada, bo, press, later, to, wrong } = await room();
    for (const who of [ada, bo]) await press(who, 'yes');
    for (let n = 0; n < 4; n++)
      for (const who of [ada, bo]) for (const said of ['maybe', 'yes'] as const) await press(who, said);
    for (const said of ['maybe', 'yes'] as const) await press(ada, said);
    expect([to(ada), to(bo)]).toEqual([['confirmed'], ['waiting']]);
    await later();
    expect([to(ada), to(bo), await wrong()]).toEqual([
      ['confirmed', 'waiting'],
      ['waiting', 'seat-free'],
      [],
    ]);
    await later();
    expect([to(ada), to(bo)]).toEqual([
      ['confirmed', 'waiting'],
      ['waiting', 'seat-free'],
    ]);
  });
});
