import { z } from 'zod';
import { namePeople, peopleToName } from '../../actions/pairs/chemistry.ts';
import { seesGuestList } from '../../domain/access.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isOver } from '../../domain/events/times.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { canName, fixedAt, mostNamed, toldAt } from '../../domain/pairs/chemistry.ts';
import { Refusal } from '../../refusal.ts';
import * as likes from '../../store/pairs/likes.ts';
import * as people from '../../store/people/people.ts';
import { idListField, lineField, messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';

/** Registers the page after an event on which people name, for nobody to see, whom they would like to go on talking with. */
export function chemistryRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/go-on', (visit) => show(visit));
  atBoth.post('/go-on', save);
}

/** People shown besides those who are ticked; a search finds the others. */
const mostShown = 40;

const messages = { saved: 'Saved. Nobody sees it unless it is mutual.' };

async function show(visit: GuestVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, guest, words } = visit;
  const { event, mine } = guest.page;
  if (mine === null || event.state !== 'published' || !isOver(event, ctx.now()))
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  const others = await peopleToName(ctx.db, event.id, guest.me.id);
  const named = await likes.namedBy(ctx.db, event.id, guest.me.id);
  const told = named.flatMap(({ id, toldAt: at }) => (at === null ? [] : [id]));
  const isTyped = mistakes !== noMistakes;
  const chosen = new Set(isTyped ? ticksIn(mistakes) : named.map(({ id }) => id));
  const search = isTyped ? String(mistakes.typed.search ?? '').trim() : '';
  const moment = (at: Temporal.Instant) => {
    const wall = wallTimeOf(at, event.timeZone);
    return `${formatNearDay(wall, localeOf(words))}, ${wall.slice(11, 16)}`;
  };
  return page(visit, 'pairs/go-on', {
    ...guestData(visit),
    title: words.t('Who would you like to go on talking with?'),
    isOpen: canName(event, ctx.now()),
    wasThere: others !== null,
    rows: rowsFor(others ?? [], { chosen, search, isListed: seesGuestList(guest, event) }),
    more: (others?.length ?? 0) > mostShown || !seesGuestList(guest, event),
    search,
    most: mostNamed,
    until: moment(fixedAt(event)),
    noon: moment(toldAt(event)),
    told: await people.findMany(ctx.db, told),
    named: (others ?? []).filter(({ id }) => chosen.has(id)).map(({ name }) => name),
    message: messageFor(visit, messages),
    status: mistakes.status,
    errors: mistakes.errors,
  });
}

const ticksIn = ({ typed }: Mistakes) => [typed.who ?? []].flat().map(Number);

type Other = NonNullable<Awaited<ReturnType<typeof peopleToName>>>[number];

/** People who are ticked, then those who are searched for; where guests do not see the guest list, by their whole name alone. */
function rowsFor(
  others: readonly Other[],
  { chosen, search, isListed }: { chosen: ReadonlySet<number>; search: string; isListed: boolean },
) {
  const wanted = folded(search);
  const isFound = ({ name }: Other) =>
    isListed ? folded(name).includes(wanted) : wanted !== '' && folded(name) === wanted;
  const ticked = others.filter(({ id }) => chosen.has(id));
  const rest = others.filter((one) => !chosen.has(one.id) && isFound(one)).slice(0, mostShown);
  return [...ticked, ...rest].map(({ id, name, side, department }) => ({
    ...{ id, name, side, department },
    isChosen: chosen.has(id),
  }));
}

const folded = (text: string) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();

const searchField = lineField(120, 'Write at most 120 characters.');
const isName = (typed: unknown): boolean => Boolean(searchField.safeParse(typed).data);

const form = z.object({
  who: idListField,
  search: searchField.optional(),
  look: z.literal('1').optional(),
});

const save = (visit: GuestVisit) =>
  submit(visit, form, {
    act: async ({ who, look }) => {
      if (look) return [{ field: 'search', message: 'Write a name first.' }];
      const { ctx, guest } = visit;
      await namePeople(ctx, guest.page.event.id, guest.me.id, who);
      return `${guest.base}/go-on?said=saved`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'who',
    isLookingOnly: ({ look, search }) => look === '1' && isName(search),
  });
