import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  addPerson,
  disablePerson,
  enablePerson,
  SavedMeanwhile,
  savePerson,
} from '../../actions/people/people.ts';
import { isOtherAddress } from '../../actions/sign-in/address-change.ts';
import type { Context } from '../../context.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { lastInvitations, likelyManagers } from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import { idIn, readForm, readQuery, saying } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { noMistakes, submit, typedIn } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit, type Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { freshCodeFields, withFreshSession } from '../sign-in/fresh-code.ts';
import { asTyped, differences, editForm, languageChoices, personForm, sideWords } from './form.ts';
import { exportList, showList } from './list.ts';
import { recordFor } from './record.ts';

const recordQuery = z.object({ page: pageField });

export function peopleRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/people', 'organiser', (visit) => showList(visit, said));
  at.get('/people/export.csv', 'organiser', exportList);
  at.get('/people/new', 'organiser', showNew);
  at.post('/people', 'organiser', add);
  at.get('/people/:id', 'organiser', show);
  at.post('/people/:id', 'organiser', save);
  at.post('/people/:id/disabling', 'organiser', disable);
  at.post('/people/:id/enabling', 'organiser', enable);
}

const said = {
  added: 'Added. Nobody was mailed.',
  saved: 'Saved.',
  'address-saved': 'Saved. We’ve e-mailed both addresses.',
  disabled: 'Disabled, and signed out everywhere.',
  enabled: 'Enabled again.',
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
  return page(visit, 'people/new', { title, ...(await formFrame(visit)), ...mistakes });
}

const add = (visit: SignedInVisit) =>
  submit(visit, personForm.extend(freshCodeFields), {
    act: ({ code, newCode, ...values }, typed) =>
      withFreshSession(visit, { action: '/people', typed, back: '/people' }, async (session) => {
        const person = await addPerson(visit.ctx, values, visit.viewer.id, session);
        return `/people/${person.id}?said=added`;
      }),
    again: (mistakes) => showNew(visit, mistakes),
    field: '',
  });

async function show(visit: SignedInVisit) {
  const { ctx, request } = visit;
  return showPerson(visit, orNotFound(await people.find(ctx.db, idIn(request)), 'person'));
}

/** With `isComparing` what was typed stays in the fields, and what somebody else saved meanwhile stands beside it. */
async function showPerson(
  visit: SignedInVisit,
  person: people.Person,
  mistakes = noMistakes,
  isComparing = false,
) {
  const { ctx, request, viewer, words } = visit;
  const typed = typedIn(mistakes);
  const manager = person.managerId === null ? null : await people.find(ctx.db, person.managerId);
  const programme = await programmes.current(ctx.db);
  const dayOf = (at: Temporal.Instant) =>
    formatDay(wallTimeOf(at, programme?.timeZone ?? 'UTC'), localeOf(words));
  const changedAt = person.updatedAt.epochMilliseconds;
  return page(visit, 'people/show', {
    title: person.name,
    who: person,
    manager,
    disabledOn: person.disabledAt ? dayOf(person.disabledAt) : '',
    addedOn: dayOf(person.createdAt),
    invited: (await lastInvitations(ctx.db, [person.id])).get(person.id) ?? null,
    record: await recordFor(visit, person.id, readQuery(request, recordQuery).page),
    isSelf: person.id === viewer.id,
    seen: isComparing ? changedAt : (typed?.seen ?? changedAt),
    meanwhile: isComparing && typed ? differences(words, asTyped(person, manager), typed) : [],
    said: saying(visit, said),
    ...(await formFrame(visit)),
    ...mistakes,
    typed: typed ?? asTyped(person, manager),
  });
}

async function save(visit: SignedInVisit) {
  const { ctx, viewer } = visit;
  const id = idIn(visit.request);
  const person = orNotFound(await people.find(ctx.db, id), 'person');
  let meanwhile: people.Person | undefined;
  return submit(visit, editForm.extend(freshCodeFields), {
    act: ({ seen, code, newCode, ...values }, typed) =>
      withFreshSession(visit, { action: `/people/${id}`, typed, back: `/people/${id}` }, async (session) => {
        await savePerson(ctx, viewer.id, id, seen, values, session).catch((error) => {
          if (error instanceof SavedMeanwhile) meanwhile = error.stored;
          throw error;
        });
        return `/people/${id}?said=${isOtherAddress(person.email, values.email) ? 'address-saved' : 'saved'}`;
      }),
    again: (mistakes) => showPerson(visit, meanwhile ?? person, mistakes, meanwhile !== undefined),
    field: '',
  });
}

const backForm = z.object({ back: z.string().max(1000).prefault('') });

async function disable({ ctx, request, viewer }: SignedInVisit) {
  const form = readForm(request, backForm);
  await disablePerson(ctx, viewer.id, idIn(request));
  return goBack(form.ok ? form.values.back : '', idIn(request), 'disabled');
}

async function enable({ ctx, request, viewer }: SignedInVisit) {
  const form = readForm(request, backForm);
  await enablePerson(ctx, idIn(request), viewer.id);
  return goBack(form.ok ? form.values.back : '', idIn(request), 'enabled');
}

/** To the list one came from, else to the person. */
function goBack(back: string, id: number, code: keyof typeof said) {
  const path = localPath(back);
  const to = new URL(path.startsWith('/people') ? path : `/people/${id}`, 'http://here');
  to.searchParams.set('said', code);
  return to.pathname + to.search;
}
