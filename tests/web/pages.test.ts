import { describe, expect, test } from 'vitest';
import { page, useWorld } from '../support/world.ts';

const world = useWorld();
const asking = (id: string) => ({
  'hx-request': 'true',
  'hx-request-type': 'partial',
  'hx-target': `section#${id}`,
});

describe('a page and its panels', () => {
  test('htmx gets the panel it targets, from the same template and data', async () => {
    const whole = page(await world.get('/trends', { as: world.organiser }));
    const answer = await world.get('/trends', { as: world.organiser, headers: asking('trend-board') });
    const panel = page(answer);
    expect(answer.body).not.toContain('<html');
    expect(panel('body > *').first().attr('id')).toBe('trend-board');
    expect(panel('#trend-board').text()).toBe(whole('#trend-board').text());
  });

  test('the answer says on what it depends', async () => {
    const { headers } = await world.get('/account', { as: world.organiser });
    expect(String(headers.vary).split(', ')).toEqual(
      expect.arrayContaining(['hx-request', 'hx-request-type', 'hx-target', 'cookie']),
    );
  });

  test.each(['no-such-panel', '../show', 'feed', 'Feed', ''])(
    'what is no panel of this page brings the whole page: %j',
    async (id) => {
      const answer = await world.get('/account', { as: world.organiser, headers: asking(id) });
      expect(answer.body).toContain('<html');
    },
  );

  test('every page names itself, has one main and one status line', async () => {
    for (const path of ['/account', '/mailbox', '/no-such-page']) {
      const shown = page(await world.get(path, { as: world.organiser }));
      expect(shown('title').text()).toMatch(/ · Halden Group$/);
      expect(shown('main')).toHaveLength(1);
      expect(shown('[role=status]')).toHaveLength(1);
      expect(shown('h1')).toHaveLength(1);
    }
  });
});
