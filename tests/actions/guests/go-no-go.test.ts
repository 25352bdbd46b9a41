import { expect, test } from 'vitest';
import { cancel, change } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { goAhead } from '../../../src/actions/guests/go-ahead.ts';
import { releaseSeatsAndAskForDecisions } from '../../../src/jobs/release-seats.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { planFor, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};
const told = async () =>
  (await world.db.select().from(letters).orderBy(letters.id)).filter(({ kind }) => kind === 'go-no-go');
const quorum = { seniorQuorum: 2, talentQuorum: 0, decideOn: '2026-12-04' };
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Ada comes, two were wanted, and it is to be decided on 4 December. */
async function tooFew(plan = {}) {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const event = await published(world, [ada, bo], { ...quorum, ...plan });
  await answer(world.ctx, event.id, ada.id, 'yes');
  return event;
}

test('on the morning of the day, and not before, the organiser gets one letter with the numbers', async () => {
  const event = await tooFew();
  at('2026-12-04T06:59:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  expect(await told()).toEqual([]);
  at('2026-12-04T07:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  await releaseSeatsAndAskForDecisions(world.ctx);
  at('2026-12-05T07:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  const [letter, ...others] = await told();
  expect(others).toEqual([]);
  expect([letter?.recipientEmail, letter?.facts.isReached, letter?.facts.seniors]).toEqual([
    'ida.nordby@halden.example',
    false,
    { n: 1, least: 2 },
  ]);
  expect((await world.jobs()).filter(({ data }) => data.letterId === letter!.id)).toHaveLength(1);
  const { subject, bytes } = await letterBytes(world.ctx.mail.from, letter!, world.ctx.words);
  expect(subject).toBe('Go or no go: Winter round, 10 December');
  expect(bytes.toString()).toContain(`/events/${event.id}`);
});

test('nobody is told of an event that was decided, is called off, or has begun', async () => {
  const [decided, off] = [await tooFew(), await tooFew()];
  await tooFew({ decideOn: '2026-12-10' });
  await goAhead(world.ctx, decided.id);
  await cancel(world.ctx, off.id, '');
  at('2026-12-05T10:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  expect(await told()).toEqual([]);
  at('2026-12-10T15:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  expect(await told()).toEqual([]);
});

test('an event that moved is decided anew, with a letter of its own', async () => {
  const event = await tooFew();
  at('2026-12-04T08:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  await change(
    world.ctx,
    event.id,
    planFor(world, [], { ...quorum, startsAt: '2027-01-14T16:00', answerBy: null }),
  );
  await releaseSeatsAndAskForDecisions(world.ctx);
  expect(await told()).toHaveLength(1);
  at('2027-01-08T07:00:00Z');
  await releaseSeatsAndAskForDecisions(world.ctx);
  expect(await told()).toHaveLength(2);
});

test('the overview says so, and one press decides', async () => {
  const event = await tooFew();
  const overview = async () => page(await world.get(`/events/${event.id}`, { as: world.organiser }));
  expect((await overview())('#decide').length).toBe(0);
  expect(squeezed((await overview())('.next').text())).toContain('Say go or no go, Friday 4 December');
  at('2026-12-04T08:00:00Z');
  const $ = await overview();
  expect(squeezed($('#decide p').text())).toBe(
    'Go or no go: 1 senior manager is missing 1 of at least 2 senior managers come. 0 young talents come. The day to decide is Friday 4 December.Nobody leads these blocks yet: Round 1, Round 2 and Round 3. Name a person',
  );
  expect(
    $('#decide .actions')
      .children()
      .map((_, one) => squeezed($(one).text()))
      .get(),
  ).toEqual(['Go ahead', 'Move it', 'Cancel event']);
  const pressed = await world.post(`/events/${event.id}/going-ahead`, {}, { as: world.organiser });
  expect(pressed.headers.location).toBe(`/events/${event.id}?said=going`);
  expect((await overview())('#decide').length).toBe(0);
  const talent = await world.addPerson({ side: 'talent' });
  expect((await world.post(`/events/${event.id}/going-ahead`, {}, { as: talent })).statusCode).toBe(404);
});
