import { z } from 'zod';
import { answerPair, answersOf, holderOfPairLink } from '../../actions/pairs/answering.ts';
import { membersOf, partnersOf, topicWords } from '../../actions/pairs/letters.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { greetingName } from '../../domain/people/names.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import { idIn, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { meetingsData } from './meetings-view.ts';

/** Registers a pair's page: at the link of its e-mail, for its people once signed in, and for organisers without notes. */
export function partnerRoutes(at: Pages): void {
  at.get('/partner/:token', 'link', async (visit) => show(visit, await linkDoor(visit)));
  at.post(
    '/partner/:token',
    'link',
    press(answerForm, async (visit: Visit, form) => {
      const door = await linkDoor(visit);
      return answer(visit, door, form);
    }),
  );
  at.get('/pairs/:id', 'signed-in', async (visit) => show(visit, await ownDoor(visit)));
  at.post(
    '/pairs/:id',
    'signed-in',
    press(answerForm, async (visit: SignedInVisit, form) => {
      const door = await ownDoor(visit);
      return answer(visit, door, form);
    }),
  );
}

/** Pair that somebody looks at, and whose page it is. */
export interface Door {
  found: pairs.NamedPair;
  /** Null: an organiser looks, who is not of the pair. */
  readerId: number | null;
  base: string;
}

async function linkDoor({ ctx, request }: Visit): Promise<Door> {
  const { token } = request.params as { token: string };
  const { found, holder } = await holderOfPairLink(ctx, token);
  return { found, readerId: holder.id, base: `/partner/${token}` };
}

/** A pair of others is not there for anybody but organisers. */
export async function ownDoor({ ctx, request, viewer }: SignedInVisit): Promise<Door> {
  const found = orNotFound(await pairs.findNamed(ctx.db, idIn(request)), 'page');
  const isOwn = found.pair.state !== 'draft' && membersOf(found).some(({ id }) => id === viewer.id);
  if (!isOwn && !viewer.isOrganiser) throw new Refusal('not-found', 'There is no such page.');
  return { found, readerId: isOwn ? viewer.id : null, base: `/pairs/${found.pair.id}` };
}

const answerForm = z.object({ answer: z.enum(['yes', 'no']) });

async function answer({ ctx }: Visit, { found, readerId, base }: Door, form: z.output<typeof answerForm>) {
  if (readerId === null) throw new Refusal('not-found', 'This is not your pair.');
  await answerPair(ctx, found.pair.id, readerId, form.answer);
  return base;
}

const query = z.object({ answer: z.enum(['yes', 'no']).optional().catch(undefined) });

export async function show(visit: Visit, { found, readerId, base }: Door, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { pair } = found;
  if (pair.state === 'draft') throw new Refusal('not-found', 'This pair was taken back.');
  const locale = localeOf(words);
  const round = orNotFound(await rounds.find(ctx.db, pair.roundId), 'page');
  const programme = orNotFound(await programmes.find(ctx.db, round.programmeId), 'page');
  const members = membersOf(found);
  const place = members.findIndex(({ id }) => id === readerId);
  const mine = place < 0 ? null : answersOf(pair)[place]!;
  const partners = place < 0 ? members : partnersOf(found, members[place]!.id);
  const isOpen = pair.state === 'asked' && Temporal.Instant.compare(ctx.now(), pair.answerBy!) < 0;
  const until = wallTimeOf(pair.answerBy!, programme.timeZone);
  const firstNo = readQuery(request, query).answer === 'no';
  const isAtLink = base.startsWith('/partner/');
  return page(visit, 'pairs/partner', {
    title: words.t('Your partner'),
    tab: 'pairs',
    base,
    name: place < 0 ? '' : greetingName(members[place]!.name),
    isOrganiser: place < 0,
    partners: await withManner(visit, found, partners, place >= 0),
    topics: await topicWords(ctx.db, pair.reason.topics),
    isMutual: pair.reason.isMutual,
    state: pair.state,
    isOpen,
    mine,
    firstNo,
    asking: askingOf(words, mine, firstNo),
    until: `${formatNearDay(until, locale)}, ${until.slice(11, 16)}`,
    ...(await meetingsData(visit, { found, readerId, isAtLink, mistakes })),
    starts: formatNearDay(round.startsOn, locale),
    meetings: round.meetings,
    minutes: round.minutes,
    months: round.months,
    ...mistakes,
    ...(isAtLink && { layout: 'bare', organisation: programme.organisation }),
  });
}

function askingOf({ t }: Words, mine: 'yes' | 'no' | null, firstNo: boolean): string {
  if (mine === 'yes') return t('You said yes. We wait for the other answer.');
  return firstNo ? t('One more press: no thank you?') : t('Your answer');
}

/** Partners with how they like to work, which is for each other alone, once everyone said yes. */
async function withManner(
  { ctx }: Visit,
  { pair, senior }: pairs.NamedPair,
  partners: ReturnType<typeof membersOf>,
  isOwn: boolean,
) {
  const isShown = isOwn && pair.state === 'running';
  const manners = new Map<number, string[]>();
  for (const { id } of isShown ? partners : [])
    manners.set(id, (await wishes.find(ctx.db, pair.roundId, id))?.manner.filter(Boolean) ?? []);
  return partners.map((one) => ({
    ...one,
    side: one.id === senior.id ? 'senior' : 'talent',
    manner: manners.get(one.id) ?? [],
  }));
}
