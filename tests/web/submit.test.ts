import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import { Refusal } from '../../src/refusal.ts';
import { lineField } from '../../src/web/forms.ts';
import {
  formKeyIn,
  noFields,
  noMistakes,
  press,
  type Submission,
  submit,
  typedIn,
} from '../../src/web/submit.ts';
import { pagesAt } from '../../src/web/visit.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();
const schema = z.object({
  name: lineField(10, 'At most 10 characters').refine((name) => name !== '', 'Write a name'),
  do: z.literal('find').optional(),
});
type Values = z.output<typeof schema>;
let app: FastifyInstance;
let browser: Browser;

beforeEach(async () => {
  app = await buildApp(world.ctx);
  browser = openBrowser(app, world.ctx.baseUrl);
});

/** A form at /try whose page is what it is shown again with. */
function formThat(act: Submission<Values>['act'], more: Partial<Submission<Values>> = {}): void {
  pagesAt(app, world.ctx).post('/try', 'anyone', (visit) =>
    submit(visit, schema, {
      act,
      again: ({ status, ...rest }) => visit.reply.code(status).send(rest),
      ...more,
    }),
  );
}

const refusing =
  (...refusal: ConstructorParameters<typeof Refusal>) =>
  async () => {
    throw new Refusal(...refusal);
  };

describe('a form is read, done, and left', () => {
  test('what was typed arrives with its types, and one goes on from there', async () => {
    formThat(async ({ name }) => `/people?said=${name}`);
    const answer = await browser.post('/try', { name: ' Ada ' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/people?said=Ada']);
  });

  test('what the work answers itself stays as it is', async () => {
    pagesAt(app, world.ctx).post('/try', 'anyone', (visit) =>
      submit(visit, schema, { act: async () => visit.reply.send('a page'), again: () => '/again' }),
    );
    expect((await browser.post('/try', { name: 'Ada' })).body).toBe('a page');
  });
});

describe('a press on a button', () => {
  test('does what the button says, and one goes on from there', async () => {
    const answer = z.object({ answer: z.enum(['yes', 'no']) });
    pagesAt(app, world.ctx).post(
      '/try',
      'anyone',
      press(answer, (_, values) => `/try?said=${values.answer}`),
    );
    expect((await browser.post('/try', { answer: 'no' })).headers.location).toBe('/try?said=no');
    const strange: Record<string, string>[] = [{ answer: 'perhaps' }, {}, { answer: 'no', by: '7' }];
    for (const sent of strange) expect((await browser.post('/try', sent)).statusCode).toBe(400);
  });

  test('that sends nothing takes nothing either', async () => {
    pagesAt(app, world.ctx).post(
      '/try',
      'anyone',
      press(noFields, () => '/done'),
    );
    expect((await browser.post('/try')).headers.location).toBe('/done');
    expect((await browser.post('/try', { person: '7' })).statusCode).toBe(400);
  });
});

describe('a form comes back with its mistakes and nothing lost', () => {
  test('a field that does not fit: 422, and nothing was done', async () => {
    let isDone = false;
    formThat(async () => {
      isDone = true;
      return '/';
    });
    const answer = await browser.post('/try', { name: 'Ada Lovelace' });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toEqual({
      errors: [{ field: 'name', message: 'At most 10 characters' }],
      typed: { name: 'Ada Lovelace' },
    });
    expect(isDone).toBe(false);
    await browser.post('/try', { name: 'Ada' });
    expect(isDone).toBe(true);
  });

  test('mistakes that show only with all fields read: 422', async () => {
    formThat(async () => [{ field: 'name', message: 'Ada is here already' }]);
    const answer = await browser.post('/try', { name: 'Ada' });
    expect([answer.statusCode, answer.json().errors]).toEqual([
      422,
      [{ field: 'name', message: 'Ada is here already' }],
    ]);
  });

  test.each([
    ['invalid', 422],
    ['conflict', 409],
    ['too-many', 429],
    ['gone', 422],
  ] as const)('a refusal at a field, %s: %i, with what fills its sentence', async (kind, status) => {
    formThat(refusing(kind, 'Nobody is called {name}.', { name: 'Ada' }, 'name'));
    const answer = await browser.post('/try', { name: 'Ada' });
    expect([answer.statusCode, answer.json()]).toEqual([
      status,
      {
        errors: [{ field: 'name', message: 'Nobody is called {name}.', params: { name: 'Ada' } }],
        typed: { name: 'Ada' },
      },
    ]);
  });

  test('a refusal without a field comes back to a form that has a place for it', async () => {
    formThat(refusing('conflict', 'Somebody was faster.'), { field: 'name' });
    const answer = await browser.post('/try', { name: 'Ada' });
    expect([answer.statusCode, answer.json().errors]).toEqual([
      409,
      [{ field: 'name', message: 'Somebody was faster.', params: {} }],
    ]);
  });

  test('a button that only searches shows the form again as it was typed, though fields are missing', async () => {
    formThat(async () => '/done', { isLookingOnly: (typed) => typed.do === 'find' });
    const answer = await browser.post('/try', { name: '', do: 'find' });
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { errors: [], typed: { name: '', do: 'find' } },
    ]);
  });

  test('only a form that comes back has something typed', () => {
    expect(typedIn({ ...noMistakes, typed: { name: '' } })).toEqual({ name: '' });
    expect(typedIn(noMistakes)).toBeUndefined();
  });

  test('it keeps its key, so that sending it again is still the same form', () => {
    const formKey = 'a5e5b3a0-9e0b-4f4e-8b9c-0d5f3a2b1c4d';
    expect(formKeyIn({ ...noMistakes, typed: { formKey } })).toBe(formKey);
    expect(formKeyIn({ ...noMistakes, typed: { formKey: 'typed by hand' } })).toMatch(/^[0-9a-f-]{36}$/);
    expect(formKeyIn(noMistakes)).not.toBe(formKeyIn(noMistakes));
  });
});

describe('what a form cannot mend has a page of its own', () => {
  test('a refusal without a field, where the form has no place for it', async () => {
    formThat(refusing('conflict', 'The event is called off.'));
    const answer = await browser.post('/try', { name: 'Ada' });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('The event is called off.');
    expect(answer.body).toContain('<html');
  });

  test.each(['not-found', 'forbidden', 'unavailable', 'gone'] as const)(
    'a refusal of another kind, even if the form has a place: %s',
    async (kind) => {
      formThat(refusing(kind, 'Not here.'), { field: 'name' });
      expect((await browser.post('/try', { name: 'Ada' })).headers['content-type']).toContain('text/html');
    },
  );

  test('a mistake of ours stays one, and so does a mistake while the page is shown again', async () => {
    formThat(async () => {
      throw new Error('ours');
    });
    pagesAt(app, world.ctx).post('/try/again', 'anyone', (visit) =>
      submit(visit, schema, { act: async () => '/', again: refusing('not-found', 'Gone in the meantime.') }),
    );
    expect((await browser.post('/try', { name: 'Ada' })).statusCode).toBe(500);
    expect((await browser.post('/try/again', { name: '' })).statusCode).toBe(404);
  });

  test('a field nobody asked for is refused as a whole', async () => {
    formThat(async () => '/done');
    expect((await browser.post('/try', { name: 'Ada' })).statusCode).toBe(303);
    expect((await browser.post('/try', { name: 'Ada', isOrganiser: 'on' })).statusCode).toBe(400);
  });
});
