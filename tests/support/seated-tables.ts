// More of the demo programme's coming event: published tables, a file for everyone, and a question of its signed-in senior.
import { randomUUID } from 'node:crypto';
import { ask } from '../../src/actions/questions/ask.ts';
import { addMaterialFile } from '../../src/actions/settings/materials.ts';
import { plansOf, tablesOf } from '../../src/actions/tables/evening.ts';
import { publishPlan } from '../../src/actions/tables/publish.ts';
import { beginSeating } from '../../src/actions/tables/seating.ts';
import * as events from '../../src/store/events/events.ts';
import * as people from '../../src/store/people/people.ts';
import type { House } from './demo-house.ts';

export async function seatTheComingEvent(house: House): Promise<void> {
  const { ctx } = house;
  const event = (await events.all(ctx.db)).find(({ slug }) => slug === 'winter-round')!;
  await beginSeating(ctx, event.id, true);
  await house.work();
  const { draft } = await plansOf(ctx.db, event.id, await tablesOf(ctx.db, event));
  await publishPlan(ctx, event.id, draft!.revision);
  const file = { fileName: 'How to ask.pdf', bytes: Buffer.from('%PDF-1.7\n') };
  await addMaterialFile(ctx, event.organiserId, { title: '', readers: 'all', file });
  const margareta = (await people.active(ctx.db, 'senior')).find(({ name }) => name.startsWith('Margareta'))!;
  const text = 'Which of these should I try first?';
  await ask(ctx, { eventId: event.id, authorId: margareta.id, topicId: null, text, formKey: randomUUID() });
}
