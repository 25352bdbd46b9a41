// After an event people name whom they would like to go on talking with; only what is mutual is ever told.
import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { keepChemistry } from '../../../src/actions/pairs/chemistry.ts';
import { eraseOldPairWords } from '../../../src/actions/pairs/erasing.ts';
import { matchPairs } from '../../../src/actions/pairs/matching.ts';
import { publishPairs } from '../../../src/actions/pairs/publishing.ts';
import { questionNow } from '../../../src/actions/pairs/question.ts';
import { beginRound, takePart } from '../../../src/actions/pairs/rounds.ts';
import { saveWish } from '../../../src/actions/pairs/wishes.ts';
import type { LetterFacts } from '../../../src/domain/letters/facts.ts';
import { toldAt } from '../../../src/domain/pairs/chemistry.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as rounds from '../../../src/store/pairs/rounds.ts';
import type * as people from '../../../src/store/people/people.ts';
import { pairLikes, programmes, rsvps } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
type Person = people.Person;

/** An evening of two seniors and three talents, over for an hour; Cleo reports to Ines. */
async function evening() {
  const ines = await world.addPerson({ name: 'Ines Nordby', email: 'ines@halden.example', side: 'senior' });
  const rolf = await world.addPerson({ name: 'Rolf Amundsen', email: 'rolf@halden.example', side: 'senior' });
  const ada = await world.addPerson({ name: 'Ada Aas', email: 'ada@halden.example', side: 'talent' });
  const bo = await world.addPerson({ name: 'Bo Berg', email: 'bo@halden.example', side: 'talent' });
  const cleo = await world.addPerson({
    name: 'Cleo Cole',
    email: 'cleo@halden.example',
    side: 'talent',
    managerId: ines.id,
  });
  const everyone = [ines, rolf, ada, bo, cleo];
  const event = await published(world, everyone);
  for (const { id } of everyone) await answer(world.ctx, event.id, id, 'yes');
  world.clock.now = Temporal.Instant.from('2026-12-10T19:00:00Z');
  return { ines, rolf, ada, bo, cleo, everyone, event, here: `/e/${event.slug}/go-on` };
}

const look = (path: string, as: Person) => world.get(path, { as });
const name = (path: string, as: Person, who: Person[]) =>
  world.post(path, { who: who.map(({ id }) => String(id)) }, { as });
const textOf = (answered: Awaited<ReturnType<typeof look>>) =>
  page(answered)('main').text().replace(/\s+/g, ' ');
const mutualLetters = async () => (await allLetters(world)).filter(({ kind }) => kind === 'pair-mutual');

test('after an event each may name up to three people of the other side who were there, nobody of their own line', async () => {
  const { ines, rolf, ada, bo, cleo, event, here } = await evening();
  const home = page(await look(`/e/${event.slug}`, ines));
  expect(home('[aria-labelledby="go-on-h"] a').attr('href')).toBe(here);
  const offered = (await look(here, ines)).body;
  expect(page(await look(here, ines))('label.option b').text()).toBe('Ada AasBo Berg');
  expect(offered).toContain('Shown to nobody unless it is mutual; our database holds it until then.');
  for (const who of [[rolf], [cleo], [ines]]) expect((await name(here, ines, who)).statusCode).toBe(422);
  expect((await name(here, ines, [ada, bo])).statusCode).toBe(303);
  const ticked = page(await look(`${linkOf(world, event, ines)}/go-on`, ines))('input[name="who"]:checked');
  expect(ticked.map((_, one) => one.attribs.value).get()).toEqual([String(ada.id), String(bo.id)]);
  // Rolf was not seen at the door, where others were: he can neither name nor be named.
  await world.db.update(rsvps).set({ cameAt: world.clock.now }).where(eq(rsvps.personId, ada.id));
  expect(textOf(await look(here, rolf))).toContain('We have not seen you at this event.');
  expect((await name(here, ada, [rolf])).statusCode).toBe(422);
});

test('names change for 48 hours; both of a mutual wish hear at noon after that, and nobody before', async () => {
  const { ines, rolf, ada, bo, event, here } = await evening();
  await name(here, ines, [ada]);
  await name(here, ada, [ines, rolf]);
  await name(here, bo, [rolf]);
  const fixed = Temporal.Instant.from('2026-12-12T17:15:00Z');
  expect(toldAt(event).toString()).toBe('2026-12-13T11:00:00Z');
  world.clock.now = fixed.subtract({ seconds: 1 });
  expect((await name(here, bo, [])).statusCode).toBe(303);
  world.clock.now = Temporal.Instant.from('2026-12-12T19:00:00Z');
  const late = await name(here, bo, [rolf]);
  expect([late.statusCode, textOf(late)]).toEqual([409, expect.stringContaining('The 48 hours are over')]);
  world.clock.now = toldAt(event).subtract({ seconds: 1 });
  await keepChemistry(world.ctx);
  expect(await mutualLetters()).toEqual([]);
  world.clock.now = toldAt(event);
  await keepChemistry(world.ctx);
  await keepChemistry(world.ctx);
  const letters = await mutualLetters();
  expect(letters.map(({ recipientName }) => recipientName).toSorted()).toEqual(['Ada Aas', 'Ines Nordby']);
  expect(JSON.stringify(letters.map(({ facts }) => facts))).not.toContain('Rolf');
  expect(textOf(await look(here, ada))).toContain('You and Ines Nordby named each other.');
});

/** Everything that people, organisers and files show, and every e-mail, without what differs at each reading. */
async function everything({ everyone, event }: Awaited<ReturnType<typeof evening>>, but: Person) {
  const paths = ['/pairs', '/pairs/asked?show=all', '/people', `/events/${event.id}`, '/mailbox', '/'];
  const files = ['/pairs.csv', '/pairs/asked.csv?show=all', `/events/${event.id}/people/guests.csv`];
  const shown: string[] = [];
  for (const path of [...paths, ...files]) shown.push(`${path} ${await read(path, world.organiser)}`);
  for (const one of everyone) {
    const own = [`/e/${event.slug}`, '/pairs', '/pairs/wishes', '/'];
    // The page on which she names people shows her own names to her.
    if (one.id !== but.id) own.push(`/e/${event.slug}/go-on`);
    for (const path of own) shown.push(`${one.name} ${path} ${await read(path, one)}`);
  }
  for (const { kind, recipientName, recipientEmail, facts } of await allLetters(world)) {
    if (kind === 'invitation' || kind === 'invitation-host' || kind === 'confirmed') continue;
    const drawn = renderLetter(
      facts as unknown as LetterFacts,
      { name: recipientName, email: recipientEmail },
      english,
    );
    shown.push(`${kind} ${recipientName} ${drawn.subject} ${drawn.text.replace(/\b[0-9a-f]{40}\b/g, '')}`);
  }
  return shown;
}

async function read(path: string, as: Person): Promise<string> {
  const answered = await look(path, as);
  expect([path, answered.statusCode]).not.toEqual([path, 500]);
  const text = load(answered.body)('body').text().replace(/\s+/g, ' ');
  return `${answered.statusCode} ${answered.headers.location ?? ''} ${text}`;
}

/** A season in which Bo names Ines, or does not: all that is shown and sent at four moments, and the wishes that are left. */
async function season(isOneSided: boolean) {
  const here = await evening();
  const { ines, ada, bo, everyone, event } = here;
  const { ctx, organiser } = world;
  await name(here.here, ines, [ada]);
  await name(here.here, ada, [ines]);
  if (isOneSided) expect((await name(here.here, bo, [ines])).statusCode).toBe(303);
  expect((await world.db.select().from(pairLikes)).length).toBe(isOneSided ? 3 : 2);
  const shown = [await everything(here, bo)];
  world.clock.now = toldAt(event);
  await keepChemistry(ctx);
  shown.push(await everything(here, bo));
  const day = (n: number) =>
    world.clock.now
      .add({ hours: 24 * n })
      .toString()
      .slice(0, 10);
  const plan = { meetings: 6, minutes: 50, months: 6, trios: false };
  const round = await beginRound(ctx, organiser.id, { ...plan, wishesUntil: day(3), startsOn: day(9) });
  const seen = async () => (await rounds.find(ctx.db, round.id))!.revision;
  await takePart(ctx, organiser.id, round.id, await seen(), { ids: everyone.map(({ id }) => id) });
  const topics = [{ trendId: null, words: 'Heat' }];
  for (const { id } of everyone)
    await saveWish(ctx, id, { takesPart: true, topics, manner: [], days: [], most: 1 }, undefined);
  const question = await questionNow(ctx.db, (await rounds.find(ctx.db, round.id))!);
  expect(question.mutual).toEqual([[ines.id, ada.id]]);
  await matchPairs(ctx, organiser.id, round.id, await seen());
  shown.push(await everything(here, bo));
  await publishPairs(ctx, organiser.id, round.id, await seen());
  shown.push(await everything(here, bo));
  return { shown, left: (await world.db.select().from(pairLikes)).length };
}

let without: Awaited<ReturnType<typeof season>> | undefined;

test('a season with a mutual wish shows it, and nothing of it before its noon', async () => {
  without = await season(false);
  expect(without.shown[0]!.join()).not.toContain('named each other');
  expect(without.shown[1]!.join()).toContain('You and Ada Aas named each other');
  expect(without.shown[2]!.join()).toContain('would like to go on talking');
});

test('the same season with one one-sided wish more shows, sends and in the end keeps the same', async () => {
  expect(await season(true)).toEqual(without);
});

test('what nobody returned is erased when the season is over, and so is how people like to work', async () => {
  const { ines, rolf, ada, event, here } = await evening();
  await name(here, ines, [ada]);
  await name(here, ada, [ines, rolf]);
  world.clock.now = toldAt(event);
  await keepChemistry(world.ctx);
  await eraseOldPairWords(world.ctx);
  expect((await world.db.select().from(pairLikes)).length).toBe(3);
  await world.db.update(programmes).set({ endsOn: '2026-12-12' });
  await eraseOldPairWords(world.ctx);
  const left = await world.db.select().from(pairLikes).orderBy(pairLikes.personId);
  expect(left.map(({ personId, otherId }) => [personId, otherId])).toEqual([
    [ines.id, ada.id],
    [ada.id, ines.id],
  ]);
});
