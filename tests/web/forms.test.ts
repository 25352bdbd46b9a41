import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import {
  idIn,
  idListField,
  largestFile,
  lineField,
  messageFor,
  readForm,
  readQuery,
  textField,
  type UploadedFile,
} from '../../src/web/forms.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { english } from '../support/words.ts';
import { page, useWorld } from '../support/world.ts';

const world = useWorld();
let app: FastifyInstance;
let browser: Browser;

const form = z.object({
  name: lineField(10, 'At most 10 characters').refine((value) => value !== '', 'Write a name'),
  detail: textField(20, 'At most 20 characters').optional(),
  ids: idListField,
});
const upload = z.object({ file: z.custom<UploadedFile>((value) => typeof value === 'object') });

beforeEach(async () => {
  app = await buildApp(world.ctx);
  const anyone = { config: { access: 'anyone' } } as const;
  app.post('/try', anyone, async (request) => readForm(request, form));
  app.post('/try/file', anyone, async (request) => {
    const filled = readForm(request, upload);
    if (!filled.ok) return filled.errors;
    return { fileName: filled.values.file.fileName, bytes: filled.values.file.bytes.toString('utf8') };
  });
  app.get('/try/:id', anyone, async (request) => ({ id: idIn(request) }));
  app.get('/try', anyone, async (request) => ({
    ...readQuery(request, z.object({ page: z.coerce.number().int().min(1).catch(1) })),
    said: messageFor({ request, words: english }, { saved: 'Saved.' }) ?? 'nothing',
  }));
  browser = openBrowser(app, world.ctx.baseUrl);
  await browser.get('/sign-in');
});

describe('Access 7: a form is read strictly', () => {
  test('what was asked for comes through, without the token', async () => {
    const answer = await browser.post('/try', { name: ' Ada  Lovelace'.slice(0, 9), ids: ['3', '4'] });
    expect(answer.json()).toMatchObject({ ok: true, values: { name: 'Ada Lov', ids: [3, 4] } });
    expect(answer.json().typed).not.toHaveProperty('_token');
  });

  test('text that shows nothing is no text, and accents are one letter', async () => {
    const nothing = await browser.post('/try', { name: '\u200b\u3164', detail: '\u00ad \n' });
    expect(nothing.json()).toMatchObject({ ok: false, errors: [{ field: 'name', message: 'Write a name' }] });
    const answer = await browser.post('/try', { name: '\u200bZoe\u0308', detail: ' One\r\ntwo\u2060 ' });
    expect(answer.json()).toMatchObject({ ok: true, values: { name: 'Zo\u00eb', detail: 'One\ntwo' } });
  });

  test('a field nobody asked for is refused as a whole', async () => {
    expect((await browser.post('/try', { name: 'Ada' })).statusCode).toBe(200);
    for (const extra of ['isOrganiser', 'constructor', '__proto__', 'id', 'name[]']) {
      expect((await browser.post('/try', { name: 'Ada', [extra]: '1' })).statusCode).toBe(400);
    }
  });

  test('a list where one value belongs is refused as a whole', async () => {
    expect((await browser.post('/try', { name: ['Ada', 'Bo'] })).statusCode).toBe(400);
  });

  test('JSON gets no further than that it is JSON', async () => {
    const send = (type: string, payload: string) =>
      browser.send({
        method: 'POST',
        url: '/try',
        headers: { origin: world.ctx.baseUrl, 'content-type': type },
        payload,
      });
    const _token = browser.token();
    const form = new URLSearchParams({ _token, name: 'Ada' }).toString();
    expect((await send('application/x-www-form-urlencoded', form)).statusCode).toBe(200);
    const json = JSON.stringify({ _token, name: 'Ada' });
    for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'text/plain', 'text/json'])
      expect([type, (await send(type, json)).statusCode]).toEqual([type, 415]);
  });

  test('row numbers are whole numbers from 1', async () => {
    for (const ids of [['1', 'x'], '0', '-1', '1e3', '12345678901']) {
      expect((await browser.post('/try', { name: 'Ada', ids })).json()).toMatchObject({ ok: false });
    }
  });
});

describe('what people type', () => {
  const typed = async (fields: Record<string, string>) => (await browser.post('/try', fields)).json();

  test('comes back as it was when something is wrong, each field with one sentence', async () => {
    expect(await typed({ name: ' ', detail: 'x'.repeat(21) })).toEqual({
      ok: false,
      errors: [
        { field: 'name', message: 'Write a name' },
        { field: 'detail', message: 'At most 20 characters' },
      ],
      typed: { name: ' ', detail: 'x'.repeat(21) },
    });
  });

  test('loses control characters and the breaks of one line, nothing else', async () => {
    expect(await typed({ name: '\u0000A\r\nd\u2028a\t', detail: 'a\r\nb\u0007\tc' })).toMatchObject({
      values: { name: 'A d a', detail: 'a\nb\tc' },
    });
  });

  test('is counted as people count: an accent or a face is one character', async () => {
    expect(await typed({ name: '👩'.repeat(10) })).toMatchObject({ ok: true });
    expect(await typed({ name: '👩'.repeat(11) })).toMatchObject({ ok: false });
  });
});

describe('a file', () => {
  test('arrives with its name and bytes, guarded like any form', async () => {
    const answer = await browser.upload('/try/file', { name: 'file', fileName: 'people.csv', bytes: 'a;é' });
    expect(answer.json()).toEqual({ fileName: 'people.csv', bytes: 'a;é' });
    const stranger = openBrowser(app, world.ctx.baseUrl);
    expect((await stranger.upload('/try/file', { name: 'file', fileName: 'x', bytes: 'x' })).statusCode).toBe(
      403,
    );
  });

  test('larger than 5 MB is refused with what to do', async () => {
    const answer = await browser.upload('/try/file', {
      name: 'file',
      fileName: 'large.csv',
      bytes: Buffer.alloc(largestFile + 1),
    });
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('main p').first().text()).toBe(
      'The file is larger than 5 MB. Split it, or leave out columns that are not needed.',
    );
  });

  test('of another field name is refused as a whole', async () => {
    const file = { name: 'other', fileName: 'x', bytes: 'x' };
    expect((await browser.upload('/try/file', file)).statusCode).toBe(400);
  });
});

describe('addresses', () => {
  test.each(['0', '-1', '1.5', '1e3', 'x', '2147483648', '99999999999', '%201'])(
    '/try/%s does not exist',
    async (id) => {
      expect((await browser.get('/try/7')).json()).toEqual({ id: 7 });
      expect((await browser.get(`/try/${id}`)).statusCode).toBe(404);
    },
  );

  test('a query that makes no sense falls back', async () => {
    expect((await browser.get('/try?page=3&said=saved')).json()).toEqual({ page: 3, said: 'Saved.' });
    expect((await browser.get('/try?page=x&said=%3Cb%3E')).json()).toEqual({ page: 1, said: 'nothing' });
    expect((await browser.get('/try?page=1&page=2&said=constructor')).json()).toEqual({
      page: 1,
      said: 'nothing',
    });
  });
});
