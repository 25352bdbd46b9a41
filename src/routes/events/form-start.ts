// First values of an event's form: a format's usual ones, those of an event that is there, or of a copy of one.
import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { daysUntilEvent, proposedDay } from '../../domain/events/copies.ts';
import { type Deadline, daysBefore } from '../../domain/events/deadlines.ts';
import { builtInFormats, startSize } from '../../domain/run-of-show/built-in-formats.ts';
import type { Format } from '../../domain/run-of-show/format.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as guests from '../../store/guests/guest-lists.ts';
import * as people from '../../store/people/people.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import * as teams from '../../store/teams/teams.ts';

/** The deadlines as the form was filled with them. */
export interface Deadlines {
  answers: Deadline;
  decision: Deadline;
}

/** Days before an event at which it is usually decided. */
const decisionDays = ({ deadlines }: Format) => Math.max(1, deadlines.answers - 1);

/** Returns the initial values of the form: a Thursday a month ahead, and as many teams as the format has tables. */
export async function initialValues(ctx: Context, format: Format) {
  const timeZone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const inAMonth = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 30 });
  const date = inAMonth.add({ days: (4 - inAMonth.dayOfWeek + 7) % 7 });
  const ready = await teams.withMembers(
    ctx.db,
    { season: 'on', trend: 'open' },
    { offset: 0, limit: format.defaults.teams },
  );
  const size = startSize(format, await guests.countInvitable(ctx.db));
  return {
    name: '',
    headline: format.headline,
    lede: format.lede,
    date: date.toString(),
    start: format.defaults.startsAt,
    zone: timeZone,
    place: '',
    access: '',
    seniors: String(size.seniors),
    talents: String(size.talents),
    answerBy: date.subtract({ days: format.deadlines.answers }).toString(),
    leastSeniors: String(Math.min(format.seniors.least, size.seniors)),
    leastTalents: String(Math.min(format.talents.least, size.talents)),
    decideOn: date.subtract({ days: decisionDays(format) }).toString(),
    guestList: true,
    openAfterNo: false,
    linkOnPage: false,
    who: 'all',
    teams: ready.map(({ id }) => id),
  };
}

/** Values of the form's fields. */
export type FormValue = Awaited<ReturnType<typeof initialValues>>;

/** Finds the format of an event as far as its form needs it: its own copy over the library's. */
export async function formatOf({ db }: Pick<Context, 'db'>, event: events.Event): Promise<Format> {
  const found = (await formats.find(db, event.format)) ?? builtInFormats[0]!;
  return { ...found, ...event.formatFacts, shape: event.shape };
}

/** The fields as an event that exists fills them. */
export async function filledFrom({ db }: Pick<Context, 'db'>, event: events.Event): Promise<FormValue> {
  const topics = await events.topicsOf(db, event.id);
  return {
    ...event,
    date: event.startsAt.slice(0, 10),
    start: event.startsAt.slice(11),
    zone: event.timeZone,
    place: event.joinUrl || event.place,
    seniors: String(event.seniorCapacity),
    talents: String(event.talentCapacity),
    answerBy: event.answerBy ?? '',
    leastSeniors: event.seniorQuorum === 0 ? '' : String(event.seniorQuorum),
    leastTalents: event.talentQuorum === 0 ? '' : String(event.talentQuorum),
    decideOn: event.decideOn ?? '',
    guestList: event.guestListShown,
    who: 'later',
    teams: topics.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  };
}

/** The form of a new event: its values, and the deadlines it was filled with. */
export interface NewForm {
  format: Format;
  value: FormValue;
  deadlines: Deadlines;
  /** The event it copies; null for one of its own. */
  source: events.Event | null;
}

/** Fills the form of a new event of this format. */
export async function startNew(ctx: Context, format: Format): Promise<NewForm> {
  const value = await initialValues(ctx, format);
  const answers = { day: value.answerBy, days: format.deadlines.answers };
  const decision = { day: value.decideOn, days: decisionDays(format) };
  return { format, value, deadlines: { answers, decision }, source: null };
}

/** Fills the form of a copy: the same but for its day, and deadlines as long before it. */
export async function startCopy(ctx: Context, source: events.Event): Promise<NewForm> {
  const before = await filledFrom(ctx, source);
  const date = proposedDay(source, ctx.now());
  const deadline = (day: string | null) => {
    const days = daysUntilEvent(day, source.startsAt);
    return days === null ? { day: null, days } : { day: daysBefore(date, days), days };
  };
  const [answers, decision] = [deadline(source.answerBy), deadline(source.decideOn)];
  const open = await teams.withMembers(ctx.db, {
    ids: before.teams,
    season: 'on',
    trend: 'open',
  });
  const stillOpen = new Set(open.map(({ id }) => id));
  const days = { date, answerBy: answers.day ?? '', decideOn: decision.day ?? '' };
  const chosen = before.teams.filter((id) => stillOpen.has(id));
  return {
    format: await formatOf(ctx, source),
    value: { ...before, ...days, who: 'same', teams: chosen },
    deadlines: { answers, decision },
    source,
  };
}

/** Settings of an event that its form does not show, for a copy of it. */
export async function settingsOfCopy(db: Db, source: events.Event) {
  const { questionRules, namelessAsking, facilitatorId } = source;
  const { formatVersionId, formatFacts, onlySide } = source;
  const facilitator = facilitatorId === null ? null : await people.find(db, facilitatorId);
  return {
    questionRules,
    namelessAsking,
    ...{ formatVersionId, formatFacts, onlySide },
    facilitatorId: facilitator?.disabledAt === null ? facilitatorId : null,
    blocks: await events.blocksOf(db, source.id),
  };
}

/** Fields that begin with what is usual for a format. */
const usual = [
  ...['headline', 'lede', 'start', 'seniors', 'talents'],
  ...['answerBy', 'decideOn', 'leastSeniors', 'leastTalents'],
] as const;

/** Moves what was typed into the form of another format: a field still as its former format filled it becomes as usual there. */
export function typedFor(
  typed: Record<string, unknown>,
  before: FormValue,
  after: FormValue,
): Record<string, unknown> {
  const [was, will] = [before, after] as unknown as Record<string, unknown>[];
  const untouched = usual.filter((field) => typed[field] === was![field]);
  const teamsTyped = [typed.teams ?? []].flat().map(String).toSorted();
  const areTeamsUntouched = teamsTyped.join() === before.teams.map(String).toSorted().join();
  return {
    ...typed,
    ...Object.fromEntries(untouched.map((field) => [field, will![field]])),
    ...(areTeamsUntouched && { teams: after.teams.map(String) }),
  };
}
