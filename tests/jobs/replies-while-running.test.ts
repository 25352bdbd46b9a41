import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { draft, publish } from '../../src/actions/events/events.ts';
import { readConfig } from '../../src/config.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import { start } from '../../src/main.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as rsvps from '../../src/store/guests/rsvps.ts';
import * as people from '../../src/store/people/people.ts';
import { gmail } from '../mail/replies/messages.ts';
import { startDovecot } from '../support/calendar/dovecot.ts';
import { copyOfTemplate } from '../support/database.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';

// the whole of Flipside with a mailbox set, as `npm start` starts it

needs('dovecot')('Flipside with a mailbox for replies', () => {
  test('E1: takes an answer as soon as it is in the mailbox', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const server = await startDovecot();
    const dataDir = await copyOfTemplate();
    const running = await start(
      readConfig({
        PORT: String(await freePort()),
        DATA_DIR: dataDir,
        MAIL_FROM: 'answers@halden.example',
        IMAP_URL: server.imapUrl('answers'),
        AUTHSERV_ID: 'mx.halden.example',
        LOG_LEVEL: 'silent',
      }),
    );
    const { ctx } = running;
    const [createdAt, timeZone] = [ctx.now(), 'Europe/Oslo'];
    const programme = await programmes.add(ctx.db, {
      organisation: 'Halden Group',
      name: 'Season',
      timeZone,
      createdAt,
    });
    const person = (name: string) =>
      people.add(ctx.db, {
        name,
        email: `${name}@halden.example`,
        side: 'senior',
        createdAt,
        updatedAt: createdAt,
      });
    const [ida, ada] = [await person('ida'), await person('ada')];
    const format = builtInFormat('lunch-and-learn')!;
    const day = createdAt.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 30 });
    const event = await draft(ctx, {
      formKey: randomUUID(),
      programmeId: programme.id,
      organiserId: ida.id,
      format: format.slug,
      shape: format.shape,
      blocks: format.blocks,
      name: 'Lunch',
      headline: '',
      lede: '',
      startsAt: `${day}T12:00`,
      timeZone,
      place: 'Canteen',
      joinUrl: '',
      access: '',
      seniorCapacity: 5,
      talentCapacity: 5,
      answerBy: null,
      guestListShown: true,
      topics: [],
      guestIds: [ada.id],
    });
    await publish(ctx, event.id);
    const reply = gmail({
      uid: event.uid,
      guest: ada.email,
      partstat: 'ACCEPTED',
      organiser: ctx.mail.from,
      above: ['Authentication-Results: mx.halden.example; dmarc=pass header.from=halden.example'],
    });
    await server.deliver('answers', reply);
    const state = async () => (await rsvps.find(ctx.db, event.id, ada.id))?.state;
    await expect.poll(state).toBe('coming');
    await running.close();
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  });
});
