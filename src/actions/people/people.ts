import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { whyStaysOrganiser } from '../../domain/people/organisers.ts';
import { circleSays, directoryOf, managerMeant } from '../../domain/people/reporting.ts';
import type { Says } from '../../domain/people/words.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import { everyone, lockOrganisers } from '../../store/people/import.ts';
import { isAbove } from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { type Actor, note } from '../audit/note.ts';
import { giveUpSeats } from '../guests/answer.ts';
import { afterAddressChange, isOtherAddress } from '../sign-in/address-change.ts';
import { type ActingSession, refuseStale } from '../sign-in/fresh-code.ts';

/** Fields an organiser types about a person; `manager` is an address or a name, empty for nobody. */
export interface PersonTyped {
  name: string;
  email: string;
  side: 'talent' | 'senior';
  department: string;
  jobTitle: string;
  language: string;
  manager: string;
  isOrganiser: boolean;
}

/** Somebody else saved the person in between: what they wrote. */
export class SavedMeanwhile extends Refusal {
  readonly stored: people.Person;
  constructor(stored: people.Person) {
    super('conflict', '{name} was saved by somebody else in between. Compare, then save again.', {
      name: stored.name,
    });
    this.stored = stored;
  }
}

const refuse = (why: Says, field: string) => new Refusal('invalid', why.sentence, why.params, field);

/**
 * Adds a person; sent twice it is one person. Throws a Refusal with the field where something is in the way, and
 * `FreshCodeNeeded` for an organiser where the session is too old.
 */
export async function addPerson(
  ctx: Context,
  typed: PersonTyped,
  by: Actor,
  session: ActingSession | null = null,
): Promise<people.Person> {
  const { now } = ctx;
  return ctx.db
    .transaction(async (tx) => {
      const managerId = await managerIdOf(tx, typed.manager, null);
      const { manager: _, ...values } = typed;
      const twin = await people.findByEmail(tx, typed.email);
      if (twin && isSame(twin, { ...values, managerId })) return twin;
      await refuseTakenAddress(tx, typed.email, null);
      if (typed.isOrganiser) refuseStale(ctx, session);
      const added = await people.add(tx, { ...values, managerId, createdAt: now(), updatedAt: now() });
      await note(ctx, tx, { by, act: 'added-person', about: added });
      if (added.isOrganiser) await note(ctx, tx, { by, act: 'made-organiser', about: added });
      return added;
    })
    .catch(addressTakenMeanwhile);
}

function isSame(person: people.Person, values: Partial<people.Person>): boolean {
  return Object.entries(values).every(([key, value]) => person[key as keyof people.Person] === value);
}

/**
 * Saves a person as typed. Throws `SavedMeanwhile` where somebody wrote since `seenAt`, and a Refusal with the field for
 * an address that is taken, a manager nobody knows, a reporting circle, or the last organiser's role;
 * `FreshCodeNeeded` for a new organiser and an organiser's new address where the session is too old.
 */
export async function savePerson(
  ctx: Context,
  actorId: number,
  personId: number,
  seenAt: Temporal.Instant,
  typed: PersonTyped,
  session: ActingSession | null = null,
): Promise<people.Person> {
  const { now } = ctx;
  return ctx.db
    .transaction(async (tx) => {
      const organisers = await lockOrganisers(tx);
      const person = orNotFound(await people.find(tx, personId), 'person');
      if (!person.updatedAt.equals(seenAt)) throw new SavedMeanwhile(person);
      const stays = typed.isOrganiser ? null : whyStaysOrganiser(personId, actorId, organisers);
      if (stays) throw refuse(stays, 'isOrganiser');
      await refuseTakenAddress(tx, typed.email, personId);
      const managerId = await managerIdOf(tx, typed.manager, person);
      if (asksForFreshCode(person, typed)) refuseStale(ctx, session);
      const { manager: _, ...values } = typed;
      // An organiser's feed of all events ends with the role, and does not come back with it.
      const feeds = typed.isOrganiser ? {} : { programmeFeedTokenHash: null };
      const change = { ...values, ...feeds, managerId, updatedAt: now() };
      const saved = await people.change(tx, personId, seenAt, change);
      if (!saved) throw new SavedMeanwhile(orNotFound(await people.find(tx, personId), 'person'));
      if (isOtherAddress(person.email, saved.email)) {
        const keptSession = actorId === personId ? session?.hash : undefined;
        await afterAddressChange(ctx, tx, {
          before: person,
          after: saved,
          organiserId: actorId,
          ...(keptSession && { keptSession }),
        });
      }
      await noteSaved(ctx, tx, actorId, person, saved);
      return saved;
    })
    .catch(addressTakenMeanwhile);
}

/** Making somebody an organiser does, and so does an organiser's new address. */
function asksForFreshCode(before: people.Person, typed: PersonTyped): boolean {
  if (!before.isOrganiser) return typed.isOrganiser;
  return isOtherAddress(before.email, typed.email);
}

/** A role and an address are acts of their own. */
async function noteSaved(
  ctx: Context,
  tx: Tx,
  by: number,
  before: people.Person,
  about: people.Person,
): Promise<void> {
  if (before.isOrganiser !== about.isOrganiser)
    await note(ctx, tx, { by, act: about.isOrganiser ? 'made-organiser' : 'no-longer-organiser', about });
  if (before.email !== about.email) await note(ctx, tx, { by, act: 'changed-address', about });
  const others = ['name', 'side', 'department', 'jobTitle', 'language', 'managerId'] as const;
  if (others.some((key) => before[key] !== about[key]))
    await note(ctx, tx, { by, act: 'edited-person', about });
}

async function refuseTakenAddress(tx: Tx, email: string, exceptId: number | null): Promise<void> {
  const owner = await people.findByEmail(tx, email);
  if (!owner || owner.id === exceptId) return;
  const params = { name: owner.name };
  throw new Refusal(
    'invalid',
    '{name} has this address already. Use another, or edit {name}.',
    params,
    'email',
  );
}

/** Two organisers typed the same new address in the same moment. */
function addressTakenMeanwhile(error: unknown): never {
  const cause = (error as { cause?: { code?: string } }).cause ?? (error as { code?: string });
  if (cause.code !== '23505') throw error;
  throw new Refusal(
    'invalid',
    'Somebody has this address already. Use another, or edit that person.',
    {},
    'email',
  );
}

async function managerIdOf(tx: Tx, text: string, person: people.Person | null): Promise<number | null> {
  if (text === '') return null;
  const all = await everyone(tx);
  const byKey = new Map(all.map((each) => [each.email.toLowerCase(), each]));
  const meant = managerMeant(text, directoryOf([...byKey].map(([key, { name }]) => ({ key, name }))));
  if ('sentence' in meant) throw refuse(meant, 'manager');
  const manager = byKey.get(meant.key)!;
  if (person && manager.id === person.id) throw refuse(circleSays([person.name]), 'manager');
  if (person && manager.id !== person.managerId && (await isAbove(tx, person.id, manager.id))) {
    const params = { name: person.name, manager: manager.name };
    throw new Refusal(
      'invalid',
      '{manager} reports to {name}, directly or through others. Choose another manager.',
      params,
      'manager',
    );
  }
  return manager.id;
}

/**
 * Shuts a person out at once: every session ends, feed addresses and sign-in e-mails stop for good, and their seats go to
 * those who wait. Never the last organiser, nor oneself.
 */
export async function disablePerson(ctx: Context, actorId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    // The events come first: they are the first lock everywhere.
    await giveUpSeats(ctx, tx, personId);
    const organisers = await lockOrganisers(tx);
    const person = orNotFound(await people.find(tx, personId), 'person');
    const stays = whyStaysOrganiser(personId, actorId, organisers);
    if (stays) throw new Refusal('conflict', stays.sentence, stays.params);
    await sessions.removeOf(tx, personId);
    await signIns.removeFor(tx, person.email.toLowerCase());
    if (person.disabledAt !== null) return;
    await people.setDisabled(tx, personId, ctx.now(), ctx.now());
    await note(ctx, tx, { by: actorId, act: 'deactivated', about: person });
  });
}

/** Lets a person sign in and be invited again. */
export async function enablePerson(ctx: Context, personId: number, by: Actor): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = orNotFound(await people.find(tx, personId), 'person');
    if (person.disabledAt === null) return;
    await people.setDisabled(tx, personId, null, ctx.now());
    await note(ctx, tx, { by, act: 'reactivated', about: person });
  });
}
