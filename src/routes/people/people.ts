import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
import { english } from '../../words.ts';
import { askForFreshCode, freshCodeFields, sessionOf } from '../sign-in/fresh-code.ts';
import {
  asTyped,
  differences,
  editForm,
  languageChoices,
  mistakeIn,
  personForm,
  sideWords,
  type TypedPerson,
} from './form.ts';
import { exportList, showList } from './list.ts';
import { recordFor } from './record.ts';

const access = 'organiser';
const recordQuery = z.object({ page: pageField });
const { t } = english;

export function peopleRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/people', { config: { access } }, (request, reply) => showList(ctx, request, reply, said));
  app.get('/people/export.csv', { config: { access } }, (request, reply) => exportList(ctx, request, reply));
  app.get('/people/new', { config: { access } }, (_request, reply) => showNew(ctx, reply, {}));
  app.post('/people', { config: { access } }, (request, reply) => add(ctx, request, reply));
  app.get('/people/:id', { config: { access } }, (request, reply) => show(ctx, request, reply));
  app.post('/people/:id', { config: { access } }, (request, reply) => save(ctx, request, reply));
  app.post('/people/:id/disabling', { config: { access } }, (request, reply) => disable(ctx, request, reply));
  app.post('/people/:id/enabling', { config: { access } }, (request, reply) => enable(ctx, request, reply));
}

const said = {
  added: 'Added. Nobody was mailed.',
  saved: 'Saved.',
  'address-saved': 'Saved. We’ve e-mailed both addresses.',
  disabled: 'Disabled, and signed out everywhere.',
  enabled: 'Enabled again.',
  confirmed: 'Thanks for confirming. You can export people now.',
};

interface Mistakes {
  status: number;
  errors: { field: string; message: string }[];
  typed: TypedPerson;
  meanwhile?: { label: string; text: string }[];
}

async function formFrame(ctx: Context) {
  const [managers, sides, languages] = [await likelyManagers(ctx.db, 200), sideWords(), languageChoices()];
  return { tab: 'people', managers, sides, languages };
}

async function showNew(
  ctx: Context,
  reply: FastifyReply,
  mistakes: Partial<Mistakes>,
): Promise<FastifyReply> {
  const data = { title: t('Add a person'), errors: mistakes.errors ?? [], typed: mistakes.typed ?? {} };
  return page(
    reply,
    'people/new',
    { ...data, ...(await formFrame(ctx)) },
    { status: mistakes.status ?? 200 },
  );
}

async function add(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, personForm.extend(freshCodeFields));
  if (!form.ok) return showNew(ctx, reply, { ...form, status: 422 });
  const { code, newCode, ...values } = form.values;
  try {
    const session = await sessionOf(ctx, request, reply, newCode ? undefined : code);
    const person = await addPerson(ctx, values, request.person!.id, session);
    return reply.redirect(`/people/${person.id}?said=added`, 303);
  } catch (error) {
    const waiting = { action: '/people', typed: form.typed, back: '/people' };
    const asked = await askForFreshCode(ctx, request, reply, waiting, error);
    if (asked) return asked;
    return showNew(ctx, reply, { ...mistakeIn(error), typed: form.typed });
  }
}

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return showPerson(ctx, request, reply, orNotFound(await people.find(ctx.db, idIn(request)), 'person'));
}

async function showPerson(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  person: people.Person,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const manager = person.managerId === null ? null : await people.find(ctx.db, person.managerId);
  const programme = await programmes.current(ctx.db);
  const dayOf = (at: Temporal.Instant) => formatDay(wallTimeOf(at, programme?.timeZone ?? 'UTC'));
  const data = {
    title: person.name,
    who: person,
    manager,
    disabledOn: person.disabledAt ? dayOf(person.disabledAt) : '',
    addedOn: dayOf(person.createdAt),
    invited: (await lastInvitations(ctx.db, [person.id])).get(person.id) ?? null,
    record: await recordFor(ctx, person.id, readQuery(request, recordQuery).page),
    isSelf: person.id === request.person?.id,
    seen: mistakes?.meanwhile
      ? person.updatedAt.epochMilliseconds
      : (mistakes?.typed.seen ?? person.updatedAt.epochMilliseconds),
    errors: mistakes?.errors ?? [],
    typed: mistakes?.typed ?? asTyped(person, manager),
    meanwhile: mistakes?.meanwhile ?? [],
    said: saying(request, said),
    ...(await formFrame(ctx)),
  };
  return page(reply, 'people/show', data, { status: mistakes?.status ?? 200 });
}

async function save(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const person = orNotFound(await people.find(ctx.db, id), 'person');
  const form = readForm(request, editForm.extend(freshCodeFields));
  if (!form.ok) return showPerson(ctx, request, reply, person, { ...form, status: 422 });
  const { seen, code, newCode, ...values } = form.values;
  try {
    const session = await sessionOf(ctx, request, reply, newCode ? undefined : code);
    await savePerson(ctx, request.person!.id, id, seen, values, session);
    const isMoved = isOtherAddress(person.email, values.email);
    return reply.redirect(`/people/${id}?said=${isMoved ? 'address-saved' : 'saved'}`, 303);
  } catch (error) {
    const waiting = { action: `/people/${id}`, typed: form.typed, back: `/people/${id}` };
    const asked = await askForFreshCode(ctx, request, reply, waiting, error);
    if (asked) return asked;
    const mistakes = { ...mistakeIn(error), typed: form.typed };
    if (!(error instanceof SavedMeanwhile)) return showPerson(ctx, request, reply, person, mistakes);
    return showCompared(ctx, request, reply, error.stored, mistakes);
  }
}

/** Shows the form with what was typed, and what the other organiser saved beside it. */
async function showCompared(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  stored: people.Person,
  mistakes: Mistakes,
): Promise<FastifyReply> {
  const manager = stored.managerId === null ? null : await people.find(ctx.db, stored.managerId);
  const meanwhile = differences(asTyped(stored, manager), mistakes.typed);
  return showPerson(ctx, request, reply, stored, { ...mistakes, meanwhile });
}

const backForm = z.object({ back: z.string().max(1000).prefault('') });

async function disable(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, backForm);
  await disablePerson(ctx, request.person!.id, idIn(request));
  return goBack(reply, form.ok ? form.values.back : '', idIn(request), 'disabled');
}

async function enable(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, backForm);
  await enablePerson(ctx, idIn(request), request.person!.id);
  return goBack(reply, form.ok ? form.values.back : '', idIn(request), 'enabled');
}

/** To the list one came from, else to the person. */
function goBack(reply: FastifyReply, back: string, id: number, code: keyof typeof said): FastifyReply {
  const path = localPath(back);
  const to = new URL(path.startsWith('/people') ? path : `/people/${id}`, 'http://here');
  to.searchParams.set('said', code);
  return reply.redirect(to.pathname + to.search, 303);
}
