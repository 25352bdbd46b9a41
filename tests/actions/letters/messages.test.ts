import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { cancel, change, publish } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { takeBackMessage, writeToEvent, writeToPeople } from '../../../src/actions/letters/messages.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as events from '../../../src/store/events/events.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import { people } from '../../../src/store/schema/index.ts';
import { drafted, planFor, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const words = (values = {}) => ({
  formKey: randomUUID(),
  seen: 0,
  subject: 'Coats, {First name}',
  body: 'Dear {First name},\n\nthe cloakroom of {Event} is on level 8.',
  ...values,
});
const of = async (kind: string) => (await allLetters(world)).filter((letter) => letter.kind === kind);
const to = async (kind: string) => (await of(kind)).map(({ recipientName }) => recipientName).sort();

describe('an e-mail to a group of an event', () => {
  test('goes to each of them once, in words of their own, with their own page and the writer to reply to', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada Ek' }), await world.addPerson({ name: 'Bo Ås' })];
    const cy = await world.addPerson({ name: 'Cy Dahl' });
    const event = await published(world, [ada, bo, cy]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, bo.id, 'yes');
    const other = await world.addPerson({ name: 'Ola Ny', email: 'ola@halden.example', isOrganiser: true });
    expect(await writeToEvent(world.ctx, other.id, event.id, 'coming', words())).toBe(2);
    const written = await of('message');
    expect(written.map(({ recipientName }) => recipientName).sort()).toEqual(['Ada Ek', 'Bo Ås']);
    const first = written.find(({ personId }) => personId === ada.id)!;
    const { bytes } = await letterBytes(world.ctx.mail.from, first, english);
    const mail = await simpleParser(bytes, { skipTextToHtml: true });
    expect(mail.subject).toBe('Coats, Ada');
    expect([mail.from?.text, mail.replyTo?.text]).toEqual([
      '"Ola Ny" <reverse-mentoring@halden.example>',
      '"Ola Ny" <ola@halden.example>',
    ]);
    expect([mail.to].flat().map((one) => one?.text)).toEqual([`"Ada Ek" <${ada.email}>`]);
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
    expect(mail.text).toContain('Dear Ada,');
    expect(mail.text).toContain('the cloakroom of Winter round is on level 8.');
    expect(mail.text).toContain('/i/');
    expect(mail.text).not.toContain('Bo');
  });

  test('sent twice with one form is one e-mail each; whoever joins the group between gets none by the second press', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const form = words();
    expect(await writeToEvent(world.ctx, world.organiser.id, event.id, 'coming', form)).toBe(1);
    await answer(world.ctx, event.id, bo.id, 'yes');
    expect(await writeToEvent(world.ctx, world.organiser.id, event.id, 'coming', form)).toBe(0);
    expect(await of('message')).toHaveLength(1);
  });

  test('can be taken back for ten seconds, and not after', async () => {
    const event = await published(world, [await world.addPerson()]);
    await writeToEvent(world.ctx, world.organiser.id, event.id, 'open', words());
    expect(await of('message')).toHaveLength(1);
    const hold = (await holds.current(world.db, event.id, world.clock.now))!;
    expect(await undoHold(world.ctx, event.id, hold.id)).toBe('message');
    expect(await of('message')).toEqual([]);
    await writeToEvent(world.ctx, world.organiser.id, event.id, 'open', words());
    const second = (await holds.current(world.db, event.id, world.clock.now))!;
    world.clock.advance({ seconds: 11 });
    await expect(undoHold(world.ctx, event.id, second.id)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await of('message')).toHaveLength(1);
  });

  test('reaches nobody of a draft, of an empty group, or who has left', async () => {
    const [ada, gone] = [await world.addPerson(), await world.addPerson()];
    const draft = await drafted(world, [ada]);
    const by = world.organiser.id;
    await expect(writeToEvent(world.ctx, by, draft.id, 'everyone', words())).rejects.toMatchObject({
      kind: 'conflict',
    });
    const event = await published(world, [ada, gone]);
    await expect(writeToEvent(world.ctx, by, event.id, 'waiting', words())).rejects.toMatchObject({
      kind: 'invalid',
      field: 'group',
    });
    await world.db.update(people).set({ disabledAt: world.clock.now }).where(eq(people.id, gone.id));
    expect(await writeToEvent(world.ctx, by, event.id, 'everyone', words())).toBe(1);
  });

  test('of a second organiser, who has not seen the first one’s, is held up once', async () => {
    const event = await published(world, [await world.addPerson()]);
    await writeToEvent(world.ctx, world.organiser.id, event.id, 'everyone', words({ subject: 'Coats' }));
    const other = await world.addPerson({ isOrganiser: true });
    const second = writeToEvent(world.ctx, other.id, event.id, 'everyone', words());
    await expect(second).rejects.toMatchObject({
      kind: 'conflict',
      params: { name: 'Ida Nordby', subject: 'Coats' },
    });
    const seen = (await of('message')).at(-1)!.id;
    expect(await writeToEvent(world.ctx, other.id, event.id, 'everyone', words({ seen }))).toBe(1);
  });
});

describe('an e-mail to a group of everyone', () => {
  test('goes to that side alone, can be taken back, and is on the record', async () => {
    await world.addPerson({ name: 'Amina', side: 'talent' });
    await world.addPerson({ name: 'Ada', side: 'senior' });
    const form = words({ body: 'Welcome, {First name}.' });
    expect(await writeToPeople(world.ctx, world.organiser.id, 'talents', form)).toBe(1);
    expect(await to('message')).toEqual(['Amina']);
    await takeBackMessage(world.ctx, form.formKey);
    expect(await of('message')).toEqual([]);
    await writeToPeople(world.ctx, world.organiser.id, 'talents', words({ subject: 'Again' }));
    world.clock.advance({ seconds: 11 });
    await expect(takeBackMessage(world.ctx, form.formKey)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await of('message'))[0]?.facts).toMatchObject({ subject: 'Again' });
  });
});

describe('a facilitator', () => {
  test('hears that they lead an event, and when that ends', async () => {
    const [jonas, hana] = [await world.addPerson({ name: 'Jonas' }), await world.addPerson({ name: 'Hana' })];
    const event = await published(world, [jonas, hana]);
    const deliver = () => world.db.execute("UPDATE letters SET state = 'sent' WHERE kind = 'facilitator'");
    await appoint(world.ctx, event.id, jonas.id, true, world.organiser.id);
    expect((await of('facilitator')).map(({ facts }) => facts)).toMatchObject([
      {
        recipient: { name: 'Jonas' },
        leads: true,
        personalUrl: expect.stringContaining(`/events/${event.id}/live`),
      },
    ]);
    await deliver();
    world.clock.advance({ minutes: 1 });
    await appoint(world.ctx, event.id, hana.id, true, world.organiser.id);
    const told = (await of('facilitator')).slice(1).map(({ facts }) => [facts.recipient, facts.leads]);
    expect(told).toEqual([
      [{ name: 'Jonas' }, false],
      [{ name: 'Hana' }, true],
    ]);
    await deliver();
    world.clock.advance({ minutes: 1 });
    await appoint(world.ctx, event.id, hana.id, false, world.organiser.id);
    expect((await of('facilitator')).at(-1)?.facts).toMatchObject({
      recipient: { name: 'Hana' },
      leads: false,
    });
  });

  test('appointed by mistake, before the e-mail has left, hears nothing', async () => {
    const jonas = await world.addPerson();
    const event = await published(world, [jonas]);
    await appoint(world.ctx, event.id, jonas.id, true, world.organiser.id);
    await appoint(world.ctx, event.id, jonas.id, false, world.organiser.id);
    expect((await of('facilitator')).map(({ state }) => state)).toEqual(['cancelled']);
  });

  test('of a draft hears of it with the invitations, and nothing where they are taken back', async () => {
    const jonas = await world.addPerson();
    const event = await drafted(world, [jonas]);
    await appoint(world.ctx, event.id, jonas.id, true, world.organiser.id);
    expect(await of('facilitator')).toEqual([]);
    await publish(world.ctx, event.id, { held: true });
    expect(await of('facilitator')).toHaveLength(1);
    const hold = (await holds.current(world.db, event.id, world.clock.now))!;
    await undoHold(world.ctx, event.id, hold.id);
    expect(await of('facilitator')).toEqual([]);
  });

  test('who appoints themself is not written to', async () => {
    const event = await published(world, [world.organiser, await world.addPerson()]);
    await appoint(world.ctx, event.id, world.organiser.id, true, world.organiser.id);
    expect((await events.find(world.db, event.id))?.facilitatorId).toBe(world.organiser.id);
    expect(await of('facilitator')).toEqual([]);
  });

  test('who is not on the list hears of a new time and of the cancellation, one who is by the guests’ e-mails', async () => {
    const [jonas, ada] = [await world.addPerson({ name: 'Jonas' }), await world.addPerson({ name: 'Ada' })];
    const event = await published(world, [ada]);
    await appoint(world.ctx, event.id, jonas.id, true, world.organiser.id);
    await world.db.execute("UPDATE letters SET state = 'sent', tries = 1");
    const { topics: _, ...plan } = planFor(world, [], { startsAt: '2026-12-11T16:00' });
    await change(world.ctx, event.id, { ...plan, topics: [] });
    expect(await to('facilitator-news')).toEqual(['Jonas']);
    const [moved] = await of('facilitator-news');
    const { bytes } = await letterBytes(world.ctx.mail.from, moved!, english);
    expect((await simpleParser(bytes)).text).toContain('Thursday 10 December 2026, 16:00');
    await world.db.execute("UPDATE letters SET state = 'sent', tries = 1");
    await cancel(world.ctx, event.id, 'Snow');
    expect((await of('facilitator-news')).map(({ facts }) => facts.what)).toEqual(['moved', 'cancelled']);
    expect(await to('cancelled')).toEqual(['Ada']);
  });
});
