import { noteGuessAtDoor } from '../../actions/audit/note-refused.ts';
import type { Context } from '../../context.ts';
import { nearestAmong } from '../../domain/people/nearest.ts';
import { minutesToWait, nameGuesses, windowStart } from '../../domain/sign-in/sign-in-limits.ts';
import { Refusal } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as attempts from '../../store/sign-in/attempts.ts';

/**
 * The one person of this address or name; else a Refusal that says what to write. Only organisers, who may read the whole
 * directory, are told of a name that is near.
 */
export async function personCalled(
  ctx: Context,
  words: string,
  field = 'substitute',
  { suggest = true }: { suggest?: boolean } = {},
): Promise<people.Person> {
  const folded = words.toLocaleLowerCase();
  const everyone = await people.active(ctx.db);
  const fitting = everyone.filter(
    ({ name, email }) => name.toLocaleLowerCase() === folded || email.toLowerCase() === folded,
  );
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1)
    throw new Refusal(
      'invalid',
      'There is more than one {name}. Write the e-mail address.',
      { name: words },
      field,
    );
  const near = words.includes('@') || !suggest ? null : nearestAmong(everyone.map(({ name }) => name))(words);
  if (near !== null)
    throw new Refusal(
      'invalid',
      'Nobody here is called {name}. Did you mean {near}?',
      { name: words, near },
      field,
    );
  throw new Refusal(
    'invalid',
    'Nobody here is called {name}. Write the full name or the work e-mail address.',
    { name: words },
    field,
  );
}

/** The same for a guest: no suggestions, and at most 15 names an hour. */
export async function colleagueCalled(
  ctx: Context,
  guestId: number,
  words: string,
  field = 'substitute',
): Promise<people.Person> {
  await countGuess(ctx, `substitute:${guestId}`, field);
  return personCalled(ctx, words, field, { suggest: false });
}

/** The same at the door, for a facilitator: no suggestions, and at most 15 names an hour that nobody has. */
export async function arrivalCalled(
  ctx: Context,
  facilitatorId: number,
  words: string,
  event: string,
): Promise<people.Person> {
  const key = `door:${facilitatorId}`;
  const noting = (act: 'unknown-name' | 'too-many-names') => (error: unknown) => {
    noteGuessAtDoor(ctx, act, { by: facilitatorId, event });
    throw error;
  };
  // Counted before it is looked up and given back when it fits, so that many at once are no way around it.
  const window = await countGuess(ctx, key, 'name').catch(noting('too-many-names'));
  const person = await personCalled(ctx, words, 'name', { suggest: false }).catch(noting('unknown-name'));
  await attempts.giveBack(ctx.db, key, window);
  return person;
}

async function countGuess(ctx: Context, key: string, field: string): Promise<Temporal.Instant> {
  const now = ctx.now();
  const window = windowStart(nameGuesses, now);
  const wait = minutesToWait(nameGuesses, await attempts.increment(ctx.db, key, window), now);
  if (wait > 0)
    throw new Refusal(
      'invalid',
      'Those were many names. Try again in {n} minutes, or ask an organiser.',
      { n: wait },
      field,
    );
  return window;
}
