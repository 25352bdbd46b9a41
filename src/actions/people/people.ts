import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isPastLastDay } from '../../domain/people/end-date.ts';
import { greetingName, ownGreeting, personKey } from '../../domain/people/names.ts';
import { whyStaysOrganiser } from '../../domain/people/organisers.ts';
import { circleSentence, directoryOf, managerMeant } from '../../domain/people/reporting.ts';
import type { Sentence } from '../../domain/people/words.ts';
import { orNotFound, Refusal, StaleForm } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { everyone, lockOrganisers } from '../../store/people/import.ts';
import { isAbove } from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import { type Actor, note } from '../audit/note.ts';
import { giveUpSeats } from '../guests/free-seats.ts';
import { moveEntries } from '../letters/entry-moves.ts';
import { movePairEntries } from '../pairs/meetings-calendar.ts';
import { afterAddressChange, isOtherAddress } from '../sign-in/address-change.ts';
import { type ActingSession, refuseStale } from '../sign-in/fresh-code.ts';
import { tellTeamsOf } from '../teams/leaving.ts';
import { moveMeetingEntries, syncMeetingsOf } from '../teams/meeting-entries.ts';
import { closeMailTo, mayShare, sharingOf } from './shared-addresses.ts';

/** Fields an organiser types about a person; `manager` is an address or a name, empty for nobody. */
export interface PersonTyped {
  name: string;
  /** How we greet them; '' or left out where it follows from the name. */
  greeting?: string;
  email: string;
  side: 'talent' | 'senior';
  department: string;
  jobTitle: string;
  language: string;
  manager: string;
  isOrganiser: boolean;
  /** Takes part on neither side; organisers alone. */
  onlyOrganises?: boolean;
  /** Last day, 'YYYY-MM-DD'; null or left out: none is known. */
  endsOn?: string | null;
  /** Two people are behind this address: an organiser says so. */
  isShared?: boolean;
}

const stale = (person: people.Person) => new StaleForm(person.name, person);

const refuse = (why: Sentence, field: string) => new Refusal('invalid', why.sentence, why.params, field);

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
      await refusePastDay(ctx, tx, typed.endsOn, null);
      const managerId = await managerIdOf(tx, typed.manager, null);
      const { manager: _, isShared, ...values } = withOwnGreeting(typed);
      const there = await people.allWithEmail(tx, typed.email);
      const twin = there.find((one) => isSame(one, { ...values, email: one.email, managerId }));
      if (twin) return twin;
      const sharesAddress = mayShare(there, typed, null);
      if (typed.isOrganiser) refuseStale(ctx, session);
      const fields = { ...values, sharesAddress, hasOwnUids: sharesAddress, managerId };
      const added = await people.add(tx, { ...fields, createdAt: now(), updatedAt: now() });
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
 * Saves a person as typed. Throws `StaleForm` where somebody wrote since `seenAt`, and a Refusal with the field for
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
      if (!person.updatedAt.equals(seenAt)) throw stale(person);
      const stays = typed.isOrganiser ? null : whyStaysOrganiser(personId, actorId, organisers);
      if (stays) throw refuse(stays, 'isOrganiser');
      const sharing = await sharingOf(tx, person, typed);
      await refusePastDay(ctx, tx, typed.endsOn, person.endsOn);
      const managerId = await managerIdOf(tx, typed.manager, person);
      if (asksForFreshCode(person, typed)) refuseStale(ctx, session);
      const { manager: _, isShared, ...values } = withOwnGreeting(typed, person);
      // An organiser's feed of all events ends with the role, and does not come back with it.
      const feeds = typed.isOrganiser ? {} : { programmeFeedTokenHash: null };
      const change = { ...values, ...sharing, ...feeds, managerId, updatedAt: now() };
      const saved = await people.change(tx, personId, seenAt, change);
      if (!saved) throw stale(orNotFound(await people.find(tx, personId), 'person'));
      const keptSession = actorId === personId ? session?.hash : undefined;
      if (isOtherAddress(person.email, saved.email))
        await moveToAddress(ctx, tx, actorId, person, saved, keptSession);
      await noteSaved(ctx, tx, actorId, person, saved);
      return saved;
    })
    .catch(addressTakenMeanwhile);
}

/** Closes what was mailed to the former address of a person, and moves their calendar entries to the new one. */
async function moveToAddress(
  ctx: Context,
  tx: Tx,
  organiserId: number,
  before: people.Person,
  after: people.Person,
  keptSession: string | undefined,
): Promise<void> {
  await afterAddressChange(ctx, tx, { before, after, organiserId, ...(keptSession && { keptSession }) });
  const uidsFrom = after.hasOwnUids && !before.hasOwnUids ? { uidsFrom: 'now' as const } : {};
  await moveEntries(ctx, tx, after, before.email, uidsFrom);
  await moveMeetingEntries(ctx, tx, after);
  await movePairEntries(ctx, tx, after);
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
  const others = [
    'name',
    'greeting',
    'side',
    'department',
    'jobTitle',
    'language',
    'managerId',
    'endsOn',
    'onlyOrganises',
  ] as const;
  if (others.some((key) => before[key] !== about[key]))
    await note(ctx, tx, { by, act: 'edited-person', about });
}

/** A greeting that follows from the name, or followed from the one before, is not kept: it changes with the name. */
function withOwnGreeting(typed: PersonTyped, before?: people.Person): PersonTyped {
  if (typed.greeting === undefined) return typed;
  const cameFromName = before !== undefined && typed.greeting === greetingName(before.name);
  return {
    ...typed,
    greeting: cameFromName ? '' : ownGreeting({ name: typed.name, greeting: typed.greeting }),
  };
}

/** A last day lies ahead, unless it stays as it was. */
async function refusePastDay(
  ctx: Context,
  tx: Tx,
  endsOn: string | null | undefined,
  before: string | null,
): Promise<void> {
  if (!endsOn || endsOn === before) return;
  const zone = (await programmes.current(tx))?.timeZone ?? 'UTC';
  const today = ctx.now().toZonedDateTimeISO(zone).toPlainDate().toString();
  if (!isPastLastDay(endsOn, today)) return;
  throw new Refusal(
    'invalid',
    'This day is over. Choose today or a later day, or deactivate them now.',
    {},
    'endsOn',
  );
}

/** Two organisers typed the same new address in the same moment. */
function addressTakenMeanwhile(error: unknown): never {
  const cause = (error as { cause?: { code?: string } }).cause ?? (error as { code?: string });
  if (cause.code !== '23505') throw error;
  throw new Refusal(
    'invalid',
    'Another person has this address already. Use another one, or edit that person.',
    {},
    'email',
  );
}

async function managerIdOf(tx: Tx, text: string, person: people.Person | null): Promise<number | null> {
  if (text === '') return null;
  const all = await everyone(tx);
  const byKey = new Map(all.map((each) => [personKey(each), each]));
  const meant = managerMeant(text, directoryOf([...byKey].map(([key, { name }]) => ({ key, name }))));
  if ('sentence' in meant) throw refuse(meant, 'manager');
  const manager = byKey.get(meant.key)!;
  if (person && manager.id === person.id) throw refuse(circleSentence([person.name]), 'manager');
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
export async function disablePerson(ctx: Context, by: number | 'program', personId: number): Promise<void> {
  await ctx.db.transaction((tx) => disableIn(ctx, tx, by, personId));
}

/** The same in a transaction that has locked nothing yet. */
export async function disableIn(
  ctx: Context,
  tx: Tx,
  by: number | 'program',
  personId: number,
): Promise<void> {
  // The events come first: they are the first lock everywhere.
  await giveUpSeats(ctx, tx, personId);
  const organisers = await lockOrganisers(tx);
  const person = orNotFound(await people.find(tx, personId), 'person');
  const stays = whyStaysOrganiser(personId, by, organisers);
  if (stays) throw new Refusal('conflict', stays.sentence, stays.params);
  await sessions.removeOf(tx, personId);
  await closeMailTo(tx, person);
  if (person.disabledAt !== null) return;
  await tellTeamsOf(ctx, tx, person, by === 'program' ? null : by);
  await people.setDisabled(tx, personId, ctx.now(), ctx.now());
  await syncMeetingsOf(ctx, tx, personId);
  await note(ctx, tx, { by, act: 'deactivated', about: person });
}

/** Lets a person sign in and be invited again. */
export async function enablePerson(ctx: Context, personId: number, by: Actor): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = orNotFound(await people.find(tx, personId), 'person');
    if (person.disabledAt === null) return;
    await people.setDisabled(tx, personId, null, ctx.now());
    await syncMeetingsOf(ctx, tx, personId);
    // A last day that is over would deactivate them again.
    await people.clearLastDay(tx, personId);
    await note(ctx, tx, { by, act: 'reactivated', about: person });
  });
}
