// States of pages that the demo programme does not have by itself: imports half way, a full room, an event called off.

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { takeReply } from '../../src/actions/calendar/replies.ts';
import { sayWhen } from '../../src/actions/dates/answers.ts';
import { offerDates } from '../../src/actions/dates/offers.ts';
import * as events from '../../src/actions/events/events.ts';
import * as rsvps from '../../src/actions/guests/answer.ts';
import { pressAtDoor } from '../../src/actions/guests/door.ts';
import { noteNeeds } from '../../src/actions/guests/needs.ts';
import { datesToken, offerToken, placeToken, withLinks } from '../../src/actions/letters/links.ts';
import { setReminders } from '../../src/actions/letters/reminders.ts';
import { answerOne } from '../../src/actions/offers/answers.ts';
import { confirmOffer, putForward, sentFrom } from '../../src/actions/offers/offers.ts';
import { closeRound, openRound } from '../../src/actions/offers/rounds.ts';
import { ask, decideQuestion, type Settled } from '../../src/actions/questions/ask.ts';
import { merge, setRules } from '../../src/actions/questions/desk.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import { certificateUrl } from '../../src/actions/teams/certificates.ts';
import { offerPlace } from '../../src/actions/teams/place-asks.ts';
import { saveBrief } from '../../src/actions/teams/research.ts';
import { addFile, addLink } from '../../src/actions/teams/sources.ts';
import { createTeam, dissolve } from '../../src/actions/teams/teams.ts';
import { saveOwnSkills, saveWantedSkills } from '../../src/actions/trends/skills.ts';
import { noNeeds } from '../../src/domain/guests/needs.ts';
import { dayNumber } from '../../src/domain/letters/season-links.ts';
import { usualRules } from '../../src/domain/questions/rules.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import * as polls from '../../src/store/dates/polls.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as letters from '../../src/store/letters/letters.ts';
import * as people from '../../src/store/people/people.ts';
import { everyQuestionOf } from '../../src/store/questions/wall.ts';
import * as asks from '../../src/store/teams/place-asks.ts';
import * as record from '../../src/store/teams/record.ts';
import * as teams from '../../src/store/teams/teams.ts';
import * as trends from '../../src/store/trends/trends.ts';
import type { House } from './demo-house.ts';
import { editFormatOf } from './pages/formats-in-use.ts';
import { runLate } from './pages/run-of-show-states.ts';
import { pairsInEveryState } from './pairs/in-every-state.ts';
import { seatTheComingEvent } from './seated-tables.ts';
import { holdTheEvening } from './tables/evening-that-is-on.ts';
import { changeTheEvening } from './tables/evening-under-way.ts';

export interface MoreStates {
  /** Personal links, by what their holder sees. */
  links: Record<string, string>;
  /** Addresses of the organiser's half-done work. */
  organiser: string[];
}

export async function makeMoreStates(house: House): Promise<MoreStates> {
  const links = { ...(await fullRoom(house)), ...(await fromCalendars(house)), ...(await calledOff(house)) };
  Object.assign(links, await doorOpen(house), await lettersInEveryState(house), await harvest(house));
  const desk = await questionsInEveryState(house);
  Object.assign(links, desk.links);
  await seatTheComingEvent(house);
  Object.assign(links, await offersInEveryState(house));
  const dates = await datesLookedFor(house);
  Object.assign(links, dates.links, await certificateOfOne(house));
  await workOfATeam(house);
  await skillsOfSome(house);
  const pairs = await pairsInEveryState(house);
  Object.assign(links, pairs.links);
  const organiser = [
    ...(await runLate(house)),
    ...(await evening(house)),
    ...(await newerFormat(house)),
    ...desk.organiser,
    ...dates.organiser,
    ...pairs.organiser,
    ...(await importsOfPeople(house)),
    ...(await importsOfTrends(house)),
  ];
  const ida = await house.browserOf('organiser');
  await ida.post('/sign-out', {});
  await house.work();
  return { links, organiser };
}

async function publish(
  house: House,
  name: string,
  seniorCapacity: number,
  shape: 'perspective-challenger' | 'lunch-and-learn',
  values: Partial<events.NewDraft> = {},
) {
  const { ctx } = house;
  const programme = await programmes.current(ctx.db);
  const [organiser] = (await people.active(ctx.db)).filter(({ isOrganiser }) => isOrganiser);
  const guests = (await people.active(ctx.db, 'senior'))
    .filter(({ isOrganiser }) => !isOrganiser)
    .slice(0, 4);
  const format = builtInFormat(shape)!;
  const day = ctx.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate().add({ days: 40 });
  const event = await events.draft(ctx, {
    formKey: randomUUID(),
    name,
    headline: '',
    lede: '',
    startsAt: `${day}T12:00`,
    timeZone: 'Europe/Oslo',
    place: '',
    joinUrl: 'https://meet.halden.example/flipside',
    access: '',
    answerBy: null,
    guestListShown: false,
    topics: [],
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    seniorCapacity,
    talentCapacity: 0,
    programmeId: programme!.id,
    organiserId: organiser!.id,
    guestIds: guests.map(({ id }) => id),
    ...values,
  });
  await events.publish(ctx, event.id);
  const link = (index: number) => `/i/${personalToken(ctx, event.id, guests[index]!.id)}`;
  return { event, guests, link };
}

async function fullRoom(house: House): Promise<Record<string, string>> {
  const { event, guests, link } = await publish(house, 'Small room', 1, 'lunch-and-learn');
  for (const guest of guests.slice(0, 3)) await rsvps.answer(house.ctx, event.id, guest.id, 'yes');
  await house.work();
  return { 'has the only seat': link(0), waits: link(1), 'could only wait': link(3) };
}

/** An event that begins in two hours: the door is open, answers are closed, and nobody has said go. */
async function doorOpen(house: House): Promise<Record<string, string>> {
  const soon = house.ctx.now().toZonedDateTimeISO('Europe/Oslo').add({ hours: 2 }).toPlainDateTime();
  const yesterday = soon.toPlainDate().subtract({ days: 1 }).toString();
  const { event, guests, link } = await publish(house, 'In two hours', 2, 'lunch-and-learn', {
    startsAt: soon.toString({ smallestUnit: 'minute' }),
    seniorQuorum: 2,
  });
  // Days that were ahead when the invitations went out, as no event is published with one that is past.
  await house.ctx.db.execute(sql`UPDATE events SET decide_on = ${yesterday} WHERE id = ${event.id}`);
  const [first, second, third, fourth] = guests;
  for (const { id } of [first!, second!, third!]) await rsvps.answer(house.ctx, event.id, id, 'yes');
  await pressAtDoor(house.ctx, event.id, first!.id, { here: true });
  await noteNeeds(house.ctx, event.id, first!.id, {
    ...noNeeds,
    diet: 'vegan',
    allergies: ['nuts'],
    food: 'No onions',
    access: ['door'],
    arrange: 'Leaves at five',
  });
  await rsvps.answer(house.ctx, event.id, fourth!.id, 'no');
  await house.work();
  return { 'is in the room': link(0), 'cannot come today': link(3) };
}

/** An event that begins in half an hour, with tables that are changed on the day. */
async function evening(house: House): Promise<string[]> {
  const soon = house.ctx.now().toZonedDateTimeISO('Europe/Oslo').add({ minutes: 30 }).toPlainDateTime();
  const startsAt = soon.toString({ smallestUnit: 'minute' });
  const { event, guests } = await publish(house, 'Tables in half an hour', 4, 'perspective-challenger', {
    startsAt,
  });
  for (const { id } of guests) await rsvps.answer(house.ctx, event.id, id, 'yes');
  return changeTheEvening(house, event, guests);
}

/** An event whose format was edited since. */
async function newerFormat(house: House): Promise<string[]> {
  const { event } = await publish(house, 'Of the format before', 8, 'lunch-and-learn');
  return editFormatOf(house, event);
}

/** An event in its harvest. */
async function harvest(house: House): Promise<Record<string, string>> {
  const { event, guests } = await publish(house, 'In the harvest', 6, 'perspective-challenger', {
    talentCapacity: 2,
  });
  return holdTheEvening(house, event, guests);
}

/** Somebody's calendar sent a no that nobody can prove, and another guest's proposes another day. */
async function fromCalendars(house: House): Promise<Record<string, string>> {
  const { event, guests, link } = await publish(house, 'Asked by calendar', 8, 'perspective-challenger');
  const { ctx } = house;
  const said = async (guest: number, method: 'REPLY' | 'COUNTER', proved: boolean) => {
    const address = (await people.find(ctx.db, guests[guest]!.id))!.email;
    const attendees = [{ address, partstat: 'DECLINED', delegatedTo: [] }];
    const start = ctx.now().add({ hours: 24 * 50 });
    const end = start.add({ hours: 2 });
    const times = { stamp: ctx.now(), recurrenceAt: null, start, end };
    const reply = { method, uid: event.uid, sequence: 0, attendees, words: 'A week later', ...times };
    await takeReply(ctx, reply, { address, proved }, ctx.now());
  };
  await said(0, 'REPLY', false);
  await said(1, 'COUNTER', true);
  const letter = (await letters.newest(ctx.db, 20, 0)).find(({ kind }) => kind === 'answer-question')!;
  await house.work();
  const question = String(withLinks(ctx, letter).facts.confirmUrl).replace(ctx.baseUrl, '');
  return { 'is asked whether an answer was theirs': question, 'proposed another day': link(1) };
}

/** Letters that did not arrive, that wait, and that can still be taken back; a guest who wants no reminders. */
async function lettersInEveryState(house: House): Promise<Record<string, string>> {
  const { ctx } = house;
  const { event, guests, link } = await publish(house, 'E-mails on the way', 8, 'perspective-challenger');
  await house.work();
  const [first, second] = (await letters.newest(ctx.db, 4, 0)).filter(({ eventId }) => eventId === event.id);
  const reply = '550 5.1.1 no such mailbox';
  for (const letter of [first!, second!])
    await letters.close(ctx.db, letter.id, { state: 'dead', reply, sentAt: null });
  await setReminders(ctx, event.id, guests[3]!.id, false);
  // As long as the crawl lasts; ten seconds are over too soon.
  const anHourAhead = { ...ctx, now: () => ctx.now().add({ hours: 1 }) };
  await events.cancel(anHourAhead, event.id, '', { held: true });
  return {
    'may end the reminders': `${link(0)}/reminders`,
    'has ended the reminders': `${link(3)}/reminders`,
  };
}

/** An event whose questions are read first: one waits, and the others stand wherever a question can come to stand. */
async function questionsInEveryState(house: House): Promise<MoreStates> {
  const { ctx } = house;
  const { event, guests, link } = await publish(house, 'Read first', 8, 'perspective-challenger');
  const settled = {
    wall: '',
    table: '',
    answered: 'The owner signs.',
    parked: 'Later.',
    refused: 'A person.',
  };
  for (const text of ['new', 'the same', ...Object.keys(settled)])
    await ask(ctx, {
      eventId: event.id,
      authorId: guests[0]!.id,
      topicId: null,
      text: `What about ${text}?`,
      formKey: randomUUID(),
    });
  const asked = await everyQuestionOf(ctx.db, event.id);
  const idOf = (text: string) => asked.find((one) => one.text === `What about ${text}?`)!.id;
  for (const [state, note] of Object.entries(settled))
    await decideQuestion(ctx, event.id, idOf(state), state as Settled, note);
  await merge(ctx, event.id, idOf('the same'), idOf('wall'));
  const rules = { readFirst: true, talliesHidden: true, everyoneAsks: true, words: ['idiot*'] };
  await setRules(ctx, event.id, { ...usualRules, ...rules }, event.organiserId);
  await ask(ctx, {
    eventId: event.id,
    authorId: guests[0]!.id,
    topicId: null,
    text: 'What is read first?',
    formKey: randomUUID(),
  });
  await house.work();
  const desk = `/events/${event.id}/questions`;
  return {
    links: {
      'asked what is read first': `${link(0)}/questions`,
      'begins to type': `${link(1)}/questions/list`,
    },
    organiser: [
      `/e/${event.slug}/questions/list`,
      desk,
      `${desk}?show=refused`,
      `${desk}?show=wall&find=table`,
    ],
  };
}

/** One offer in each state, and the page open; their links. */
async function offersInEveryState(house: House): Promise<Record<string, string>> {
  const { ctx } = house;
  const programme = (await programmes.current(ctx.db))!;
  const organiser = (await people.firstOrganiser(ctx.db, 0))!.id;
  const day = (weeks: number) =>
    ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().add({ weeks }).toString();
  const values = { closesOn: day(1), answerBy: day(2), places: 3 };
  for (const side of ['talent', 'senior'] as const)
    await openRound(ctx, organiser, side, { seen: -1, values, nextWave: false });
  await closeRound(ctx, organiser, 'senior');
  const links: Record<string, string> = {};
  for (const state of ['unconfirmed', 'waiting', 'accepted', 'reserve', 'declined'] as const) {
    const sender = { browser: state.repeat(5), address: '203.0.113.7' };
    await putForward(ctx, sender, 'talent', {
      name: 'Nils Offering',
      email: `${state}@halden.example`,
      jobTitle: 'Trainee',
      department: 'Sales',
      why: 'I know the shops that nobody here visits.',
      other: 'Shops without a till',
      time: 'team',
      topics: [],
      formKey: randomUUID(),
    });
    const offer = (await sentFrom(ctx, sender.browser))!;
    const token = offerToken(ctx, offer.id, offer.number);
    links[`put themselves forward: ${state}`] = `/offer/${token}`;
    if (state !== 'unconfirmed') await confirmOffer(ctx, token);
    if (state !== 'unconfirmed' && state !== 'waiting') await answerOne(ctx, organiser, offer.id, state);
  }
  links['is asked to join a team'] = await placeOffered(house, organiser);
  await house.work();
  return links;
}

/** A place in the demo's open team, offered to the person on the reserve list; the path of their link. */
async function placeOffered({ ctx }: House, organiser: number): Promise<string> {
  const [team] = await teams.withMembers(ctx.db, { season: 'on', find: 'Team 6' });
  await offerPlace(ctx, organiser, team!.id);
  const ask = (await asks.openOf(ctx.db, team!.id))!;
  return `/place/${placeToken(ctx, ask.id, ask.number)}`;
}

/** A draft whose date is looked for: one guest has answered, one date lacks people. */
async function datesLookedFor(house: House): Promise<MoreStates> {
  const { ctx } = house;
  const programme = await programmes.current(ctx.db);
  const everyone = await people.active(ctx.db);
  const [organiser] = everyone.filter(({ isOrganiser }) => isOrganiser);
  const guests = everyone.filter(({ isOrganiser, side }) => !isOrganiser && side === 'senior').slice(0, 4);
  const format = builtInFormat('lunch-and-learn')!;
  const today = ctx.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate();
  const event = await events.draft(ctx, {
    ...{ formKey: randomUUID(), name: 'A battery on site', headline: '', lede: '', place: 'Canteen 2' },
    ...{ startsAt: `${today.add({ days: 40 })}T12:00`, timeZone: 'Europe/Oslo', joinUrl: '', access: '' },
    ...{ answerBy: null, guestListShown: true, topics: [], seniorCapacity: 12, talentCapacity: 2 },
    ...{ format: format.slug, shape: format.shape, blocks: format.blocks, seniorQuorum: 1 },
    ...{ programmeId: programme!.id, organiserId: organiser!.id, guestIds: guests.map(({ id }) => id) },
  });
  const dates = [20, 22, 27].map((days) => `${today.add({ days })}T12:00`);
  const answerBy = today.add({ days: 7 }).toString();
  await offerDates(ctx, event.id, { dates, answerBy }, organiser!.id);
  const offered = await polls.datesOf(ctx.db, event.id);
  const said = new Map([[offered[0]!.id, 'yes' as const]]);
  await sayWhen(ctx, event.id, guests[0]!.id, { said, noneElse: true });
  const link = (n: number) => `/dates/${datesToken(ctx, event.id, guests[n]!.id, dayNumber(ctx.now()))}`;
  const at = `/events/${event.id}/dates`;
  return {
    links: { 'said when they can come': link(0), 'is asked when they can come': link(1) },
    organiser: [at, `${at}?on=2&on=4&at=12:00`, `${at}/people/${guests[1]!.id}`],
  };
}

/** Skills that two talents say they have, and one that a trend wants. */
async function skillsOfSome({ ctx }: House): Promise<void> {
  const [team] = await teams.withMembers(ctx.db, { season: 'on', trend: 'open' });
  for (const { id } of team!.members)
    await saveOwnSkills(ctx, id, { ticked: [], others: 'Python, speaks Polish' });
  const [trend] = await trends.open(ctx.db, 1);
  await saveWantedSkills(ctx, trend!.id, { ticked: [], others: 'Python' });
}

/** The certificate of somebody who presented at an event that is over. */
async function certificateOfOne({ ctx }: House): Promise<Record<string, string>> {
  const [one] = await record.presentationsOf(ctx.db, { now: ctx.now() }, { offset: 0, limit: 1 });
  const url = certificateUrl(ctx, one!.eventId, one!.personId);
  return { 'opens a certificate': new URL(url).pathname };
}

/** A team whose two people wrote the brief, and put a link and a file beside it; and one that is open to join. */
async function workOfATeam({ ctx }: House): Promise<void> {
  const withTrends = await teams.withMembers(ctx.db, { season: 'on', trend: 'open' });
  const team = withTrends.find(({ members }) => members.length > 1)!;
  const [one, other] = team.members.map(({ id }) => ({ id, isOrganiser: false }));
  const write = (by: typeof one, text: string, begunWith: number) =>
    saveBrief(ctx, team.id, by!, { text, begunWith, isWritten: false });
  await write(one, 'Vans charge at night.', 0);
  await write(other, 'Vans charge at night.\n\nVans in numbers', 1);
  await addLink(ctx, team.id, one!, { url: 'https://halden.example/vans', title: 'Vans in numbers' });
  await addFile(ctx, team.id, other!, { fileName: 'vans.txt', bytes: Buffer.from('Vans in numbers') });
  const values = { trendId: null, memberIds: [], isOpen: true, least: 3, most: 4 };
  await createTeam(ctx, { name: 'Come and join', formKey: randomUUID(), ...values });
  const earlier = { name: 'The year before', formKey: randomUUID(), ...values, trendId: team.trendId };
  const before = await createTeam(ctx, { ...earlier, isOpen: false, memberIds: [one!.id] });
  const text = 'Last year vans charged at noon.';
  await saveBrief(ctx, before.id, one!, { text, begunWith: 0, isWritten: true });
  await dissolve(ctx, before.id);
}

async function calledOff(house: House): Promise<Record<string, string>> {
  const { event, link } = await publish(house, 'Cancelled', 8, 'perspective-challenger');
  await events.cancel(house.ctx, event.id, 'The house is being painted.');
  await house.work();
  return { 'was invited to an event that is called off': link(0) };
}

const list = (rows: string[]) => ['Name,E-mail,Side,Department,Manager', ...rows].join('\r\n');
const lists = {
  first: list([
    'Åse Bjørk,ase.bjork@halden.example,senior,Finance,',
    'Nils Nord,nils.nord@halden.example,talent,Sales,ase.bjork@halden.example',
  ]),
  second: list([
    'Åse Bjørk,ase.bjork@halden.example,senior,Legal,',
    'Nils Nord,nils.nord@halden.example,talent,Sales,ase.bjork@halden.example',
    'Two Words,no-address,talent,,',
    'Ola Ek,ola.ek@halden.example,expert,,',
    'Eva Ny,eva.ny@halden.example,senior,,nobody@halden.example',
  ]),
  unreadable: list(['Only One,wrong,expert,,']),
};

async function importsOfPeople(house: House): Promise<string[]> {
  const ida = await house.browserOf('organiser');
  const upload = async (bytes: string) => {
    const answer = await ida.upload('/people/import', { name: 'file', fileName: 'people.csv', bytes });
    return String(answer.headers.location);
  };
  const done = await upload(lists.first);
  await ida.post(`${done}/confirmation`);
  await house.work();
  const waiting = await upload(lists.second);
  const working = await upload(lists.second);
  await ida.post(`${working}/confirmation`);
  return [done, waiting, working, await upload(lists.unreadable)];
}

const radar =
  'name,ring,quadrant,isNew,status,description\nBatteries in every van,Trial,Techniques,TRUE,new,"<p>Vans <b>charge</b> at night.</p>"\nPaper contracts,Hold,Techniques,FALSE,no change,<p>Nobody signs them.</p>\n,Adopt,Tools,FALSE,new,No name\n';

async function importsOfTrends(house: House): Promise<string[]> {
  const ida = await house.browserOf('organiser');
  const answer = await ida.upload('/trends/import', { name: 'file', fileName: 'radar.csv', bytes: radar });
  return [String(answer.headers.location)];
}
