import { expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { addPerson, savePerson } from '../../../src/actions/people/people.ts';
import { remindOfRules } from '../../../src/actions/settings/ground-rules.ts';
import type { LetterFacts } from '../../../src/domain/letters/facts.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import type * as people from '../../../src/store/people/people.ts';
import { programmes } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

const typed = {
  name: 'Hartmann, Otto III',
  greeting: 'Otto H.',
  email: 'otto@halden.example',
  side: 'senior' as const,
  department: '',
  jobTitle: '',
  language: '',
  manager: '',
  isOrganiser: false,
};

const save = (person: people.Person, values: Partial<typeof typed>) =>
  savePerson(world.ctx, world.organiser.id, person.id, person.updatedAt, { ...typed, ...values });

const addOtto = (values: Partial<typeof typed> = {}) =>
  addPerson(world.ctx, { ...typed, ...values }, world.organiser.id);

test('a typed greeting opens e-mails and the page of an event', async () => {
  const otto = await addOtto();
  const event = await published(world, [otto]);
  await world.db.update(programmes).set({ asksToAccept: true });
  await remindOfRules(world.ctx, world.organiser.id);
  const mine = (await allLetters(world)).filter(({ personId }) => personId === otto.id);
  expect(mine.map(({ kind }) => kind)).toEqual(['invitation', 'ground-rules']);
  for (const { facts, recipientName: name, recipientEmail: email } of mine) {
    const { text } = renderLetter(facts as unknown as LetterFacts, { name, email }, english);
    expect(text).toContain('Otto H.,');
  }
  await answer(world.ctx, event.id, otto.id, 'yes');
  expect((await world.get(linkOf(world, event, otto))).body).toContain('Otto H.');
});

test('it stays when the full name changes, unless it came from the name', async () => {
  const otto = await addOtto();
  const married = await save(otto, { name: 'Otto Hartmann-Berg' });
  expect(married.greeting).toBe('Otto H.');
  const plain = await save(married, { name: 'Otto Hartmann', greeting: 'Otto' });
  expect(plain.greeting).toBe('');
  const renamed = await save(plain, { name: 'Karl Hartmann', greeting: 'Otto' });
  expect(renamed.greeting).toBe('');
});
