import { z } from 'zod';
import { namesakesOf } from '../../actions/people/namesakes.ts';
import { addPerson, disablePerson, enablePerson, savePerson } from '../../actions/people/people.ts';
import { isOtherAddress } from '../../actions/sign-in/address-change.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { bareAddress } from '../../domain/people/address.ts';
import { greetingName, nameKey } from '../../domain/people/names.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import { lastInvitations, likelyManagers } from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { type Mistakes, noMistakes, press, submit, typedIn } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { asksOf } from '../letters/asks.ts';
import { freshCodeFields, withFreshSession } from '../sign-in/fresh-code.ts';
import {
  asTyped,
  differences,
  editForm,
  isSharedField,
  languageChoices,
  personForm,
  personOf,
  sideMistakes,
  sideWords,
} from './form.ts';
import { exportList, showList } from './list.ts';
import { recordFor } from './record.ts';
import { teamsFor } from './teams-view.ts';

const recordQuery = z.object({ page: pageField });

export function peopleRoutes(at: Pages): void {
  at.get('/people', 'organiser', (visit) => showList(visit, messages));
  at.get('/people/export.csv', 'organiser', exportList);
  at.get('/people/new', 'organiser', showNew);
  at.post('/people', 'organiser', add);
  at.get('/people/:id', 'organiser', show);
  at.post('/people/:id', 'organiser', save);
  at.post('/people/:id/disabling', 'organiser', press(backForm, disable));
  at.post('/people/:id/enabling', 'organiser', press(backForm, enable));
}

const messages = {
  added: 'Added. Nobody was e-mailed.',
  saved: 'Saved.',
  'address-saved': 'Saved. We’ve e-mailed both addresses.',
  disabled: 'Deactivated, and signed out everywhere.',
  enabled: 'Activated again.',
  confirmed: 'Thanks for confirming. You can export people now.',
};

async function formFrame({ ctx, words }: Visit) {
  const [managers, sides, languages] = [
    await likelyManagers(ctx.db, 200),
    sideWords(words),
    languageChoices(words),
  ];
  return { tab: 'people', managers, sides, languages };
}

async function showNew(visit: SignedInVisit, mistakes = noMistakes) {
  const title = visit.words.t('Add a person');
  const isAsked = mistakes.errors.some(({ field }) => field === 'isOther');
  const typed = z.object({ name: z.string(), email: z.string() }).safeParse(mistakes.typed).data;
  const namesakes = isAsked && typed ? await namesakesOf(visit.ctx.db, typed) : [];
  const owners = await ownersAsked(visit, mistakes);
  return page(visit, 'people/new', {
    title,
    greeting: '',
    namesakes,
    owners,
    ...(await formFrame(visit)),
    ...mistakes,
  });
}

/** People who have the address that was refused, where it can be shared: none of them has the typed name. */
async function ownersAsked(visit: Visit, { errors, typed }: Mistakes, selfId?: number) {
  const fields = z.object({ name: z.string(), email: z.string() }).safeParse(typed).data;
  if (!fields || !errors.some(({ field, params }) => field === 'email' && params?.name)) return [];
  const there = await people.allWithEmail(visit.ctx.db, bareAddress(fields.email));
  const others = there.filter(({ id }) => id !== selfId);
  return others.some(({ name }) => nameKey(name) === nameKey(fields.name)) ? [] : others;
}

/** Two people may have one name: the form asks once whether a new address is somebody's we have. */
const newPersonForm = personForm.extend({
  ...freshCodeFields,
  isOther: z.literal('on').optional(),
  isShared: isSharedField,
});

const samePerson = 'There is a {name} already. Same person?';

const add = (visit: SignedInVisit) =>
  submit(visit, newPersonForm, {
    act: async ({ code, newCode, isOther, ...values }, typed) => {
      const mistakes = sideMistakes(values);
      if (mistakes.length > 0) return mistakes;
      const [same] = isOther ? [] : await namesakesOf(visit.ctx.db, values);
      const sent = same && (await people.findByEmail(visit.ctx.db, values.email));
      if (same && !sent) return [{ field: 'isOther', message: samePerson, params: { name: same.name } }];
      return withFreshSession(visit, { action: '/people', typed, back: '/people' }, async (session) => {
        const person = await addPerson(visit.ctx, personOf(values), visit.viewer.id, session);
        return `/people/${person.id}?said=added`;
      });
    },
    again: (mistakes) => showNew(visit, mistakes),
    field: '',
  });

async function show(visit: SignedInVisit) {
  const { ctx, request } = visit;
  return showPerson(visit, orNotFound(await people.find(ctx.db, idIn(request)), 'person'));
}

/** Shows a person with what was typed, and beside it anything that another organiser saved meanwhile. */
async function showPerson(visit: SignedInVisit, person: people.Person, mistakes = noMistakes) {
  const { ctx, request, viewer, words } = visit;
  const typed = typedIn(mistakes);
  const manager = person.managerId === null ? null : await people.find(ctx.db, person.managerId);
  const programme = await programmes.current(ctx.db);
  const dayOf = (at: Temporal.Instant) =>
    formatDay(wallTimeOf(at, programme?.timeZone ?? 'UTC'), localeOf(words));
  const changedAt = person.updatedAt.epochMilliseconds;
  const stop = programme && (await stops.find(ctx.db, programme.id, person.id));
  return page(visit, 'people/show', {
    title: person.name,
    who: person,
    greeting: greetingName(person.name),
    manager,
    side: person.onlyOrganises ? ('neither' as const) : person.side,
    owners: await ownersAsked(visit, mistakes, person.id),
    beside: (await people.allWithEmail(ctx.db, person.email)).filter(({ id }) => id !== person.id),
    endsOn: person.endsOn ? formatDay(person.endsOn, localeOf(words)) : '',
    disabledOn: person.disabledAt ? dayOf(person.disabledAt) : '',
    addedOn: dayOf(person.createdAt),
    invited: (await lastInvitations(ctx.db, [person.id])).get(person.id) ?? null,
    asks: await asksOf(visit, person.id),
    teams: await teamsFor(visit, person.id),
    record: await recordFor(visit, person.id, readQuery(request, recordQuery).page),
    stoppedOn: stop ? dayOf(stop.since) : '',
    isSelf: person.id === viewer.id,
    seen: mistakes.stored ? changedAt : (typed?.seen ?? changedAt),
    meanwhile: mistakes.stored ? differences(words, mistakes, asTyped(person, manager)) : [],
    message: messageFor(visit, messages),
    ...(await formFrame(visit)),
    ...mistakes,
    typed: typed ?? asTyped(person, manager),
  });
}

async function save(visit: SignedInVisit) {
  const { ctx, viewer } = visit;
  const id = idIn(visit.request);
  const person = orNotFound(await people.find(ctx.db, id), 'person');
  return submit(visit, editForm.extend({ ...freshCodeFields, isShared: isSharedField }), {
    act: async ({ seen, code, newCode, ...values }, typed) => {
      const mistakes = sideMistakes(values);
      if (mistakes.length > 0) return mistakes;
      const coming = { action: `/people/${id}`, typed, back: `/people/${id}` };
      return withFreshSession(visit, coming, async (session) => {
        await savePerson(ctx, viewer.id, id, seen, personOf(values), session);
        return `/people/${id}?said=${isOtherAddress(person.email, values.email) ? 'address-saved' : 'saved'}`;
      });
    },
    again: (mistakes) =>
      showPerson(visit, (mistakes.stored as people.Person | undefined) ?? person, mistakes),
    field: '',
  });
}

const backForm = z.object({ back: z.string().max(1000).catch('') });

async function disable({ ctx, request, viewer }: SignedInVisit, { back }: z.output<typeof backForm>) {
  await disablePerson(ctx, viewer.id, idIn(request));
  return goBack(back, idIn(request), 'disabled');
}

async function enable({ ctx, request, viewer }: SignedInVisit, { back }: z.output<typeof backForm>) {
  await enablePerson(ctx, idIn(request), viewer.id);
  return goBack(back, idIn(request), 'enabled');
}

/** To the list one came from, else to the person. */
function goBack(back: string, id: number, code: keyof typeof messages) {
  const path = localPath(back);
  const to = new URL(path.startsWith('/people') ? path : `/people/${id}`, 'http://here');
  to.searchParams.set('said', code);
  return to.pathname + to.search;
}
