// Who comes to a team's meeting: said on its page, or pressed in the calendar.
import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { hashSecret } from '../../../src/actions/sign-in/secrets.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import * as feedTokens from '../../../src/store/calendar/feed-tokens.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { teamMeetings, teams as teamRows } from '../../../src/store/schema/index.ts';
import { objectsTo } from '../../support/calendar/objects.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name: string) =>
  world.addPerson({
    name,
    side: 'talent',
    email: `${name.split(' ')[0]!.toLowerCase()}@halden.example`,
  });

/** Ada has planned a meeting of her team of three for Tuesday 10 November at ten. */
async function planned() {
  const trend = await proposeTrend(world, 'Agents', { state: 'shortlisted' });
  const [ada, bo, cy] = [await talent('Ada Aas'), await talent('Bo Berg'), await talent('Cy Cole')];
  const { id } = await formTeam(world, 'Team 1', trend.id, [ada.id, bo.id, cy.id]);
  const at = `/teams/${id}`;
  const fields = {
    formKey: crypto.randomUUID(),
    date: '2026-11-10',
    time: '10:00',
    minutes: '60',
    place: '',
  };
  await world.post(`${at}/meetings`, fields, { as: ada });
  const [meeting] = await world.db.select().from(teamMeetings);
  return { at, ada, bo, cy, here: `${at}/meetings/${meeting!.id}`, uid: meeting!.uid };
}

type Planned = Awaited<ReturnType<typeof planned>>;

const meeting = async ({ at, bo }: Planned) => {
  const shown = page(await world.get(at, { as: bo }));
  return shown('#meetings ul p.quiet').text().replace(/\s+/g, ' ').trim();
};

/** An answer from somebody's calendar, read from the reply mailbox a minute later. */
async function fromCalendar(
  { uid }: Planned,
  person: Person,
  partstat: string,
  { proved = true, ...changes }: Partial<ReceivedReply> & { proved?: boolean } = {},
) {
  world.clock.advance({ minutes: 1 });
  const reply: ReceivedReply = {
    method: 'REPLY',
    uid,
    sequence: 0,
    stamp: world.clock.now,
    recurrenceAt: null,
    attendees: [{ address: person.email, partstat, delegatedTo: [] }],
    start: null,
    end: null,
    words: '',
    ...changes,
  };
  return takeReply(world.ctx, reply, { address: person.email, proved }, world.clock.now);
}

const move = async (at: Planned, fields: Record<string, string>) => {
  const seen = String(page(await world.get(at.here, { as: at.ada }))('[name=seen]').val());
  const typed = { date: '2026-11-10', time: '10:00', minutes: '60', place: '', ...fields };
  return world.post(at.here, { ...typed, seen }, { as: at.ada });
};

describe('an answer to a meeting', () => {
  test('from a calendar counts, and the team reads on its page who comes', async () => {
    const at = await planned();
    expect(await meeting(at)).toBe('Coming: Ada Aas. Not answered yet: Bo Berg and Cy Cole.');
    expect(await fromCalendar(at, at.bo, 'DECLINED')).toBe('counted');
    expect(await fromCalendar(at, at.cy, 'TENTATIVE')).toBe('counted');
    expect(await meeting(at)).toBe('Coming: Ada Aas. Not sure yet: Cy Cole. Can’t come: Bo Berg.');
    // An older one that arrives late changes nothing, and a newer one does.
    const stamp = world.clock.now.subtract({ minutes: 10 });
    expect(await fromCalendar(at, at.bo, 'TENTATIVE', { stamp })).toBe('older');
    expect(await fromCalendar(at, at.bo, 'ACCEPTED')).toBe('counted');
    expect(await meeting(at)).toBe('Coming: Ada Aas and Bo Berg. Not sure yet: Cy Cole.');
  });

  test('counts where its writer is proved and was asked, and for this meeting alone', async () => {
    const at = await planned();
    const before = await meeting(at);
    expect(await fromCalendar(at, at.bo, 'ACCEPTED', { proved: false })).toBe('not proved');
    expect(await fromCalendar(at, world.organiser, 'ACCEPTED')).toBe('nobody invited');
    expect(await fromCalendar({ ...at, uid: 'none@halden.example' }, at.bo, 'ACCEPTED')).toBe(
      'unknown event',
    );
    expect(await fromCalendar(at, at.bo, '', { method: 'COUNTER' })).toBe('a wish about a meeting');
    expect(await meeting(at)).toBe(before);
    expect(await fromCalendar(at, at.bo, 'ACCEPTED')).toBe('counted');
    expect(await meeting(at)).toContain('Coming: Ada Aas and Bo Berg.');
  });

  test('on the page counts without a mailbox; the later of both stands', async () => {
    const at = await planned();
    const say = (said: string, as: Person) => world.post(`${at.here}/answer`, { said }, { as });
    expect((await say('no', at.bo)).headers.location).toBe(`${at.at}?said=answered#meetings`);
    expect(await meeting(at)).toContain('Can’t come: Bo Berg.');
    const pressed = page(await world.get(at.at, { as: at.bo }))('#meetings [aria-pressed="true"]').val();
    expect(pressed).toBe('no');
    await fromCalendar(at, at.bo, 'ACCEPTED');
    expect(await meeting(at)).toContain('Coming: Ada Aas and Bo Berg.');
    world.clock.advance({ minutes: 1 });
    await say('no', at.bo);
    expect(await meeting(at)).toContain('Can’t come: Bo Berg.');
    // An organiser plans, but is asked nothing.
    expect((await say('yes', world.organiser)).statusCode).toBe(409);
    expect(page(await world.get(at.at, { as: world.organiser }))('#meetings [name=said]').length).toBe(0);
  });

  test('is asked anew for another time, and stays where only the place changes', async () => {
    const at = await planned();
    await fromCalendar(at, at.bo, 'ACCEPTED');
    await fromCalendar(at, at.cy, 'DECLINED');
    await move(at, { place: 'Room 3' });
    expect(await meeting(at)).toBe('Coming: Ada Aas and Bo Berg. Can’t come: Cy Cole.');
    await move(at, { place: 'Room 3', time: '14:00' });
    expect(await meeting(at)).toBe('Coming: Ada Aas. Not answered yet: Bo Berg and Cy Cole.');
    expect(await fromCalendar(at, at.bo, 'DECLINED', { sequence: 1 })).toBe('earlier-time');
    expect(await fromCalendar(at, at.bo, 'DECLINED', { sequence: 2 })).toBe('counted');
    expect(await meeting(at)).toBe('Coming: Ada Aas. Can’t come: Bo Berg. Not answered yet: Cy Cole.');
  });

  test('is asked anew of who left and is back, and their no keeps it out of their feed', async () => {
    const at = await planned();
    await world.db.update(teamRows).set({ isOpen: true, most: 4 });
    const feed = async () => {
      const secret = 'f'.repeat(27);
      await feedTokens.replace(world.db, at.bo.id, hashSecret(secret));
      return (await world.get(`/feed/${secret}.ics`)).body.includes('Meeting of Team 1');
    };
    expect(await feed()).toBe(true);
    await fromCalendar(at, at.bo, 'DECLINED');
    expect(await feed()).toBe(false);
    await world.post(`${at.at}/leaving`, {}, { as: at.bo });
    world.clock.advance({ seconds: 11 });
    expect(await fromCalendar(at, at.bo, 'ACCEPTED')).toBe('nobody invited');
    await world.post(`${at.at}/joining`, {}, { as: at.bo });
    expect(await meeting(at)).toContain('Not answered yet: Bo Berg and Cy Cole.');
    const last = (await objectsTo(world, at.bo.email)).at(-1)!;
    expect(await fromCalendar(at, at.bo, 'ACCEPTED', { sequence: last.sequence })).toBe('counted');
    expect(await feed()).toBe(true);
  });
});
