// Pairs of the demo programme in every state: asked, running, ended, and more in a draft, with a link of each kind.

import { randomUUID } from 'node:crypto';
import { pairToken, seasonToken } from '../../../src/actions/letters/links.ts';
import { answerPair } from '../../../src/actions/pairs/answering.ts';
import { keepPeopleApart } from '../../../src/actions/pairs/apart.ts';
import { askForWishes } from '../../../src/actions/pairs/asking.ts';
import { matchPairs } from '../../../src/actions/pairs/matching.ts';
import { publishPairs } from '../../../src/actions/pairs/publishing.ts';
import { beginRound, takePart } from '../../../src/actions/pairs/rounds.ts';
import { saveWish } from '../../../src/actions/pairs/wishes.ts';
import { personalToken, personalTokenHash } from '../../../src/actions/sign-in/personal-links.ts';
import { dayNumber } from '../../../src/domain/letters/season-links.ts';
import * as events from '../../../src/store/events/events.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import * as pairs from '../../../src/store/pairs/pairs.ts';
import * as rounds from '../../../src/store/pairs/rounds.ts';
import * as people from '../../../src/store/people/people.ts';
import { rsvps } from '../../../src/store/schema/index.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import type { House } from '../demo-house.ts';

/** Four pairs that people have heard of, then a draft for those who came later; some have not answered what they wish. */
export async function pairsInEveryState(
  house: House,
): Promise<{ links: Record<string, string>; organiser: string[] }> {
  const { ctx } = house;
  const programme = (await programmes.current(ctx.db))!;
  const organiser = (await people.firstOrganiser(ctx.db, 0))!.id;
  const everyone = await people.active(ctx.db);
  const ofSide = (side: 'senior' | 'talent') =>
    everyone.filter((one) => one.side === side && !one.isOrganiser);
  const [seniors, talents] = [ofSide('senior').slice(0, 8), ofSide('talent').slice(0, 7)];
  const day = (days: number) =>
    ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().add({ days }).toString();
  const round = await beginRound(ctx, organiser, {
    ...{ wishesUntil: day(12), startsOn: day(30), meetings: 6, minutes: 50, months: 6, trios: false },
  });
  const seen = async () => (await rounds.find(ctx.db, round.id))!.revision;
  const [trend] = await trends.open(ctx.db, 1);
  const wish = (id: number) =>
    saveWish(
      ctx,
      id,
      {
        takesPart: true,
        topics: [
          { trendId: trend!.id, words: null },
          { trendId: null, words: 'Shops without a till' },
        ],
        manner: ['Away from the office', '', 'I think aloud', ''],
        days: [2, 4],
        most: 1,
      },
      undefined,
    );
  const ask = async (ids: number[]) => takePart(ctx, organiser, round.id, await seen(), { ids });
  await ask([...seniors.slice(0, 5), ...talents.slice(0, 5)].map(({ id }) => id));
  for (const { id } of [...seniors.slice(0, 4), ...talents.slice(0, 4)]) await wish(id);
  await matchPairs(ctx, organiser, round.id, await seen());
  await publishPairs(ctx, organiser, round.id, await seen());
  const [running, ended, halfway] = await pairs.list(ctx.db, round.id);
  for (const id of [running!.senior.id, running!.talent.id])
    await answerPair(ctx, running!.pair.id, id, 'yes');
  await answerPair(ctx, ended!.pair.id, ended!.talent.id, 'no');
  await answerPair(ctx, halfway!.pair.id, halfway!.senior.id, 'yes');
  for (const { id } of [seniors[5]!, talents[5]!]) {
    await ask([id]);
    await wish(id);
  }
  await keepPeopleApart(ctx, organiser, round.id, seniors[6]!.id, talents[6]!.id);
  await askForWishes(ctx, organiser, round.id, await seen(), 'first');
  await matchPairs(ctx, organiser, round.id, await seen());
  const draft = (await pairs.list(ctx.db, round.id)).find(({ pair }) => pair.state === 'draft');
  const wishesLink = seasonToken(ctx, 'pair-wishes', programme.id, seniors[4]!.id, dayNumber(ctx.now()));
  const link = ({ pair, senior }: pairs.NamedPair) => `/partner/${pairToken(ctx, pair.id, senior.id)}`;
  return {
    links: {
      'may name people after an event': await overSince(house, [seniors[0]!, talents[0]!, talents[1]!]),
      'is asked what they wish': `/wishes/${wishesLink}`,
      'is in a pair that runs': link(running!),
      'is in a pair that ended': link(ended!),
      'said yes to a pair': link(halfway!),
      'is asked whether they like a pair': `/partner/${pairToken(ctx, halfway!.pair.id, halfway!.talent.id)}`,
    },
    organiser: [
      '/pairs',
      '/pairs/asked?show=all',
      `/pairs/${running!.pair.id}`,
      ...(draft ? [`/pairs/${draft.pair.id}/swap`] : []),
    ],
  };
}

/** An event that ended some hours ago, at which these people were; the link of the first one. */
async function overSince({ ctx }: House, guests: readonly people.Person[]): Promise<string> {
  const known = (await events.all(ctx.db)).find(({ state }) => state === 'published')!;
  const { id: _, minutes: _m, ...like } = known;
  const startsAt = ctx.now().subtract({ hours: 5 }).toZonedDateTimeISO(like.timeZone).toPlainDateTime();
  const names = { name: 'Coffee with talents', slug: 'coffee-with-talents', formKey: randomUUID() };
  await ctx.db.transaction(async (tx) => {
    const state = { state: 'published' as const, publishedAt: ctx.now().subtract({ hours: 500 }) };
    const wall = startsAt.toString({ smallestUnit: 'minute' });
    const event = (await events.add(tx, {
      ...like,
      ...names,
      ...state,
      startsAt: wall,
      uid: `${randomUUID()}@halden.example`,
    }))!;
    const tokenHash = (id: number) => personalTokenHash(personalToken(ctx, event.id, id));
    const own = { eventId: event.id, state: 'coming' as const };
    await tx
      .insert(rsvps)
      .values(guests.map(({ id }) => ({ ...own, personId: id, tokenHash: tokenHash(id) })));
  });
  const event = (await events.all(ctx.db)).find(({ slug }) => slug === names.slug)!;
  return `/i/${personalToken(ctx, event.id, guests[0]!.id)}`;
}
