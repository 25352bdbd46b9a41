import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { factsOfFormat } from '../../domain/run-of-show/format.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { putOnList } from '../guests/list.ts';
import { type FormatVersion, newestVersion } from '../run-of-show/formats.ts';
import { keepLength } from '../run-of-show/length.ts';
import { freeSlug, uuidFrom } from './addresses.ts';
import type { NewDraft } from './plan.ts';
import { hostIds, setTopics } from './topics.ts';

/** Makes a complete draft that nobody has heard of; the same form sent twice makes one. Returns the event. */
export async function draft(ctx: Context, plan: NewDraft): Promise<events.Event> {
  return ctx.db.transaction((tx) => addDraft(ctx, tx, plan));
}

/** Makes the drafts of a series, all of them or none; the same form sent twice makes them once. Returns the events. */
export async function draftSeries(ctx: Context, plans: readonly NewDraft[]): Promise<events.Event[]> {
  return ctx.db.transaction(async (tx) => {
    const made: events.Event[] = [];
    for (const plan of plans) made.push(await addDraft(ctx, tx, plan));
    return made;
  });
}

async function addDraft(ctx: Context, tx: Tx, plan: NewDraft): Promise<events.Event> {
  const { topics, blocks, guestIds, ...values } = plan;
  const now = ctx.now();
  const version = await newestVersion(ctx, tx, plan.format);
  const added = await events.add(tx, {
    ...(version && settingsOf(version)),
    ...values,
    slug: await freeSlug(tx, plan.name),
    capacity: plan.seniorCapacity + plan.talentCapacity,
    state: 'draft',
    uid: `${uuidFrom(ctx.random(16))}@${new URL(ctx.baseUrl).hostname}`,
    revisedAt: now,
    createdAt: now,
  });
  if (!added) return orNotFound(await events.findByFormKey(tx, plan.formKey), 'event');
  await events.replaceBlocks(tx, added.id, blocks ?? version?.content.blocks ?? []);
  await keepLength(tx, added);
  await setTopics(tx, added, topics, ctx.now());
  await putOnList(ctx, tx, added, [...guestIds, ...(await hostIds(tx, topics))]);
  return added;
}

/** Takes from a version of a format what an event of it begins with, beside blocks and texts. */
function settingsOf({ id, content }: FormatVersion) {
  const { nameless, readFirst, everyoneAsks } = content.questions;
  return {
    formatVersionId: id,
    formatFacts: factsOfFormat(content),
    namelessAsking: nameless,
    questionRules: { ...(readFirst && { readFirst }), ...(everyoneAsks && { everyoneAsks }) },
  };
}
