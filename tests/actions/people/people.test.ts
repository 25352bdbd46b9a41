import { describe, expect, test } from 'vitest';
import {
  addPerson,
  disablePerson,
  enablePerson,
  type PersonTyped,
  savePerson,
} from '../../../src/actions/people/people.ts';
import { StaleForm } from '../../../src/refusal.ts';
import * as people from '../../../src/store/people/people.ts';
import { people as peopleTable, sessions } from '../../../src/store/schema/index.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

const typed = (values: Partial<PersonTyped> = {}): PersonTyped => ({
  name: 'Ada Berg',
  email: 'ada@halden.example',
  side: 'talent',
  department: 'Sales',
  jobTitle: 'Developer',
  language: 'nl',
  manager: '',
  isOrganiser: false,
  ...values,
});

const save = (
  person: people.Person,
  values: Partial<PersonTyped> = {},
  seenAt = person.updatedAt,
  actor = world.organiser,
) => {
  const { name, email, side, department, jobTitle, language, isOrganiser } = person;
  const now = { name, email, side, department, jobTitle, language, isOrganiser, manager: '' };
  return savePerson(world.ctx, actor.id, person.id, seenAt, { ...now, ...values });
};

describe('a person is added by hand', () => {
  test('with all that was typed, the manager by name or address', async () => {
    const bo = await world.addPerson({ name: 'Bo Chen', email: 'bo@halden.example' });
    const ada = await addPerson(world.ctx, typed({ manager: 'bo chen' }), world.organiser.id);
    expect(ada).toMatchObject({
      name: 'Ada Berg',
      side: 'talent',
      department: 'Sales',
      managerId: bo.id,
      isOrganiser: false,
    });
    const cy = await addPerson(
      world.ctx,
      typed({ name: 'Cy', email: 'cy@halden.example', manager: 'BO@halden.example' }),
      world.organiser.id,
    );
    expect(cy.managerId).toBe(bo.id);
  });

  test('sent twice, it is one person', async () => {
    const first = await addPerson(world.ctx, typed(), world.organiser.id);
    const second = await addPerson(world.ctx, typed(), world.organiser.id);
    expect(second).toEqual(first);
  });

  test('an address somebody has is refused, whatever its capitals', async () => {
    await addPerson(world.ctx, typed(), world.organiser.id);
    await expect(
      addPerson(world.ctx, typed({ name: 'Somebody', email: 'ADA@Halden.example' }), world.organiser.id),
    ).rejects.toMatchObject({
      kind: 'invalid',
      field: 'email',
      sentence: '{name} has this address already. Use another, or edit {name}.',
      params: { name: 'Ada Berg' },
    });
  });

  test('of ten who type the same address at once, one gets it and the others hear why not', async () => {
    const tries = Array.from({ length: 10 }, (_, i) =>
      addPerson(world.ctx, typed({ name: `Ada ${i}` }), world.organiser.id),
    );
    const outcomes = await Promise.allSettled(tries);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => [reason.kind, reason.field])).toEqual(
      Array(9).fill(['invalid', 'email']),
    );
    expect((await world.db.select().from(peopleTable)).length).toBe(2);
  });

  test('a manager nobody knows is refused with who may be meant', async () => {
    await world.addPerson({ name: 'Henrik Falk', email: 'henrik.falk@halden.example' });
    await expect(
      addPerson(world.ctx, typed({ manager: 'h.falck@halden.example' }), world.organiser.id),
    ).rejects.toMatchObject({
      field: 'manager',
      params: { manager: 'h.falck@halden.example', close: 'henrik.falk' },
    });
    expect(await people.findByEmail(world.db, 'ada@halden.example')).toBe(null);
  });
});

describe('a person is saved', () => {
  test('with a new address, side, manager and role', async () => {
    const [ada, bo] = [
      await addPerson(world.ctx, typed(), world.organiser.id),
      await world.addPerson({ name: 'Bo', email: 'bo@halden.example' }),
    ];
    world.clock.advance({ minutes: 1 });
    const saved = await save(ada, {
      email: 'Ada.Berg@halden.example',
      side: 'senior',
      manager: bo.email,
      isOrganiser: true,
    });
    const changed = { email: 'Ada.Berg@halden.example', side: 'senior', managerId: bo.id, isOrganiser: true };
    expect(saved).toEqual({ ...ada, ...changed, updatedAt: world.clock.now });
    expect(await people.find(world.db, ada.id)).toEqual(saved);
  });

  test('the capitals of their own address may change', async () => {
    const ada = await addPerson(world.ctx, typed(), world.organiser.id);
    expect((await save(ada, { email: 'ADA@halden.example' })).email).toBe('ADA@halden.example');
  });

  test('an address somebody else has is refused', async () => {
    const [ada, bo] = [await addPerson(world.ctx, typed(), world.organiser.id), await world.addPerson()];
    await expect(save(ada, { email: bo.email.toUpperCase() })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'email',
    });
  });

  test('when somebody else saved in between, it is said and nothing is written', async () => {
    const ada = await addPerson(world.ctx, typed(), world.organiser.id);
    world.clock.advance({ minutes: 1 });
    const theirs = await save(ada, { jobTitle: 'Lead' });
    const refusal = await save(ada, { jobTitle: 'Boss' }).catch((error) => error);
    expect(refusal).toBeInstanceOf(StaleForm);
    expect(refusal.stored).toEqual(theirs);
    expect(await people.find(world.db, ada.id)).toEqual(theirs);
    expect((await save(ada, { jobTitle: 'Boss' }, theirs.updatedAt)).jobTitle).toBe('Boss');
  });

  test('a line of reporting cannot run in a circle, over however many steps', async () => {
    const ada = await addPerson(world.ctx, typed(), world.organiser.id);
    const bo = await world.addPerson({ name: 'Bo', managerId: ada.id });
    const cy = await world.addPerson({ name: 'Cy', managerId: bo.id });
    await expect(save(ada, { manager: cy.email })).rejects.toMatchObject({
      field: 'manager',
      sentence: '{manager} reports to {name}, directly or through others. Choose another manager.',
      params: { name: 'Ada Berg', manager: 'Cy' },
    });
    await expect(save(ada, { manager: ada.email })).rejects.toMatchObject({
      field: 'manager',
      params: { name: 'Ada Berg' },
    });
    expect((await save(cy, { manager: ada.email })).managerId).toBe(ada.id);
  });
});

describe('organisers', () => {
  test('make another one, who may then take the role from them', async () => {
    const ada = await save(await addPerson(world.ctx, typed(), world.organiser.id), { isOrganiser: true });
    expect(
      (await save(world.organiser, { isOrganiser: false }, world.organiser.updatedAt, ada)).isOrganiser,
    ).toBe(false);
  });

  test('cannot take it from themselves, nor from the last', async () => {
    await expect(save(world.organiser, { isOrganiser: false })).rejects.toMatchObject({
      field: 'isOrganiser',
      sentence: 'This is the only organiser. Make someone else an organiser first.',
    });
    await world.addPerson({ isOrganiser: true });
    await expect(save(world.organiser, { isOrganiser: false })).rejects.toMatchObject({
      sentence: 'You cannot lock yourself out. Ask another organiser to do it.',
    });
  });

  test('who take it from each other in the same moment do not both succeed', async () => {
    const other = await world.addPerson({ isOrganiser: true });
    const outcomes = await Promise.allSettled([
      save(other, { isOrganiser: false }, other.updatedAt, world.organiser),
      save(world.organiser, { isOrganiser: false }, world.organiser.updatedAt, other),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('disabling', () => {
  test('ends every session of the person at once, and of nobody else', async () => {
    const ada = await addPerson(world.ctx, typed(), world.organiser.id);
    await world.browserOf(ada);
    await world.browserOf(world.organiser);
    expect((await world.db.select().from(sessions)).length).toBe(2);
    await disablePerson(world.ctx, world.organiser.id, ada.id);
    expect((await world.db.select().from(sessions)).map(({ personId }) => personId)).toEqual([
      world.organiser.id,
    ]);
    expect((await people.find(world.db, ada.id))!.disabledAt).toEqual(world.clock.now);
  });

  test('twice keeps the day of the first time, and enabling takes it back', async () => {
    const ada = await addPerson(world.ctx, typed(), world.organiser.id);
    await disablePerson(world.ctx, world.organiser.id, ada.id);
    const first = world.clock.now;
    world.clock.advance({ hours: 24 });
    await disablePerson(world.ctx, world.organiser.id, ada.id);
    expect((await people.find(world.db, ada.id))!.disabledAt).toEqual(first);
    await enablePerson(world.ctx, ada.id, world.organiser.id);
    expect((await people.find(world.db, ada.id))!.disabledAt).toBe(null);
  });

  test('is refused for oneself and for the last organiser', async () => {
    const other = await world.addPerson({ isOrganiser: true });
    await expect(disablePerson(world.ctx, world.organiser.id, world.organiser.id)).rejects.toMatchObject({
      kind: 'conflict',
    });
    await disablePerson(world.ctx, world.organiser.id, other.id);
    await expect(disablePerson(world.ctx, other.id, world.organiser.id)).rejects.toMatchObject({
      sentence: 'This is the only organiser. Make someone else an organiser first.',
    });
    expect((await people.find(world.db, world.organiser.id))!.disabledAt).toBe(null);
  });

  test('of nobody is refused', async () => {
    await expect(disablePerson(world.ctx, world.organiser.id, 4711)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(enablePerson(world.ctx, 4711, world.organiser.id)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
