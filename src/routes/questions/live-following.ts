import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import type { Listening } from '../../database/open.ts';
import { orNotFound } from '../../refusal.ts';
import { type SharedPage, withShared } from '../../store/events/page.ts';
import { notesOf } from '../../store/notes/notes.ts';
import { eventRevision } from '../../store/questions/live.ts';
import { type WallQuestion, wall } from '../../store/questions/wall.ts';
import { escapeText } from '../../web/html.ts';
import { message, Streams } from '../../web/live.ts';
import { partial, renderForAll } from '../../web/pages.ts';
import type { Words } from '../../words.ts';
import { screenOf } from '../live/screen-view.ts';
import { nowOf, readable, talliesShown } from './live-view.ts';

/** Milliseconds between two messages about one event, so that a storm of votes is told in a few. */
const pause = 100;

const kinds = ['guest', 'screen', 'desk'] as const;
export type Kind = (typeof kinds)[number];

/** One question as those who follow hear of it: who wonders is null while that is hidden; new since they looked. */
type QuestionState = [id: string, votes: number | null, state: string, table: number | null, isNew: boolean];

/** State of an event last sent to its pages. */
interface EventSnapshot {
  id: number;
  /** The revision it was first looked at: what came before is not known to be new. */
  begin: number;
  revision: number;
  questions: Map<string, QuestionState>;
  /** Since which revision each question is there; 0 where it was there from the first look. */
  since: Map<string, number>;
  now: string;
  nowText: string;
  screen: string;
  room: string;
  /** Differs once other seats are published. */
  seats: string;
  /** The evening as it runs, and what was noted: phones ask for what is theirs. */
  run: string;
  notes: string;
}

/** Tells those who follow an event what changed, whichever process changed it. */
export class EventStream {
  #app: FastifyInstance;
  #ctx: Context;
  #open: Streams;
  #followed = new Map<number, Promise<EventSnapshot>>();
  #busy = new Map<number, 'working' | 'again'>();
  #listening: Promise<(Listening | undefined)[]> | undefined;
  #hasListened = false;

  constructor(app: FastifyInstance, ctx: Context) {
    this.#app = app;
    this.#ctx = ctx;
    this.#open = new Streams(app);
    app.addHook('onClose', async () => {
      const hearing = await this.#listening?.catch(() => undefined);
      for (const one of hearing ?? []) await one?.unlisten();
    });
  }

  /** Answers with the stream of one kind of page; `at` is the revision that page shows already. */
  async follow(
    reply: FastifyReply,
    eventId: number,
    { kind, person, at }: { kind: Kind; person: number; at: number },
  ): Promise<FastifyReply> {
    await this.#listen();
    const known = await this.#snapshot(eventId);
    const holder = `${kind === 'guest' ? 'guest' : 'lead'} ${person}`;
    const clock = message(String(this.#ctx.now().epochMilliseconds), { event: 'clock' });
    const begin = clock + catchUp(known, kind, at);
    this.#open.open(reply, { topic: `${kind} ${eventId}`, holder, person, begin });
    // It was let go meanwhile, with the last who followed before.
    if (!this.#followed.has(eventId)) {
      this.#followed.set(eventId, Promise.resolve(known));
      void this.#changed(eventId);
    }
    return reply;
  }

  /** Begins with the first who follows; what was said while nobody listened is gone, so everything is looked at again. */
  #listen(): Promise<unknown> {
    const { listen } = this.#ctx;
    this.#listening ??= Promise.all([
      listen?.(
        'event_changed',
        (payload) => void this.#changed(Number(payload)),
        () => [...this.#followed.keys()].forEach((id) => void this.#changed(id)),
      ),
      listen?.(
        'right_to_listen',
        (payload) => this.#mayListenNoMore(payload),
        () => this.#listensAgain(),
      ),
    ]).catch((error: unknown) => {
      this.#listening = undefined;
      throw error;
    });
    return this.#listening;
  }

  /** Somebody was disabled, uninvited, signed out or lost a role ("person 7"), or an event became a draft again ("event 7"). */
  #mayListenNoMore(payload: string): void {
    const [what, id] = payload.split(' ');
    if (what === 'person') this.#open.endOf(Number(id));
    else for (const kind of kinds) this.#open.endTopic(`${kind} ${id}`);
  }

  #listensAgain(): void {
    if (this.#hasListened) this.#open.renewAll();
    this.#hasListened = true;
  }

  async #snapshot(id: number): Promise<EventSnapshot> {
    const known = this.#followed.get(id);
    if (known) return known;
    const first = takeSnapshot(this.#app, this.#ctx, id).then((found) => orNotFound(found, 'event'));
    this.#followed.set(id, first);
    first.catch(() => this.#followed.delete(id));
    return first;
  }

  /** Once at a time and after a pause, so that a storm of changes is told in a few messages. */
  async #changed(id: number): Promise<void> {
    if (!this.#followed.has(id)) return;
    if (this.#busy.has(id)) return void this.#busy.set(id, 'again');
    this.#busy.set(id, 'working');
    let rest = pause;
    try {
      await this.#tell(id);
    } catch (error) {
      this.#busy.set(id, 'again');
      rest = 20 * pause;
      this.#app.log.error({ err: error }, 'those who follow an event were not told');
    }
    setTimeout(() => {
      const again = this.#busy.get(id) === 'again';
      this.#busy.delete(id);
      if (again) this.#changed(id);
    }, rest).unref();
  }

  async #tell(id: number): Promise<void> {
    const isFollowed = kinds.some((kind) => this.#open.has(`${kind} ${id}`));
    const next = isFollowed ? await takeSnapshot(this.#app, this.#ctx, id) : null;
    const known = await this.#followed.get(id);
    if (next === null || known === undefined) return void this.#followed.delete(id);
    for (const [kind, text] of messagesFor(this.#ctx.words, known, next))
      this.#open.send(`${kind} ${id}`, text);
  }
}

/** An event as it is now, for everyone who follows alike. */
async function takeSnapshot(app: FastifyInstance, ctx: Context, id: number): Promise<EventSnapshot | null> {
  const at = await eventRevision(ctx.db, id);
  const page = at && (await withShared(ctx.db, { ...at, mine: null }));
  if (!page) return null;
  const all = readable(await wall(ctx.db, at));
  const now = nowOf(page.shared, all, ctx.now());
  const questions = questionStates(page.shared, all, talliesShown(page.shared, ctx.now()));
  return {
    id,
    begin: at.revision,
    revision: at.revision,
    questions,
    since: new Map([...questions.keys()].map((key) => [key, 0])),
    now: renderForAll(app, 'questions/live/_now-panel', { now }),
    nowText: now?.text ?? '',
    screen: renderForAll(app, 'live/_screen-panel', await screenOf(ctx.words, ctx, page.shared, all)),
    seats: page.shared.seatsAt ?? '',
    run: JSON.stringify(page.shared.live),
    notes: JSON.stringify(await notesOf(ctx.db, id)),
    room: page.invitees.map(({ id: person, state, kept }) => `${person}${state}${kept}`).join(),
  };
}

function questionStates(
  shared: SharedPage,
  all: readonly WallQuestion[],
  tallies: boolean,
): Map<string, QuestionState> {
  const isTables = shared.event.shape === 'tables';
  return new Map(
    all.map(({ id, votes, state, table }) => [
      String(id),
      [String(id), tallies ? votes : null, state, isTables ? table : null, false],
    ]),
  );
}

/** Lists each kind of page's messages about the change; remembers the new state. */
function messagesFor(words: Words, known: EventSnapshot, next: EventSnapshot): [Kind, string][] {
  if (next.revision === known.revision) return [];
  const id = next.revision;
  const questions = differences(known, next);
  const guest = [
    next.now === known.now ? '' : message(partial('now-panel', 'outerMorph', next.now), { id }),
    next.nowText === known.nowText || next.nowText === '' ? '' : message(spoken(words, next.nowText), { id }),
    questions.length === 0 ? '' : message(JSON.stringify(questions), { event: 'wall', id }),
    next.room === known.room ? '' : message('', { event: 'room', id }),
    next.seats === known.seats ? '' : message('', { event: 'seats', id }),
    next.run === known.run ? '' : message('', { event: 'run', id }),
    // Says that something was noted, not what nor where: the phones of hosts then ask for what is theirs.
    next.notes === known.notes ? '' : message('', { event: 'notes', id }),
  ].join('');
  const screen =
    next.screen === known.screen ? '' : message(partial('screen-panel', 'outerMorph', next.screen), { id });
  const { begin, since } = known;
  Object.assign(known, next, { begin, since });
  const all: [Kind, string][] = [
    ['guest', guest],
    ['screen', screen],
    ['desk', message('', { event: 'changed', id })],
  ];
  return all.filter(([, text]) => text !== '');
}

const spoken = ({ t }: Words, text: string) =>
  fragmentOfStatus(t('On the table now: {question}', { question: text }));

function fragmentOfStatus(sentence: string): string {
  return partial('status', 'innerHTML', escapeText(sentence));
}

function differences(known: EventSnapshot, next: EventSnapshot): QuestionState[] {
  const changedOnes: QuestionState[] = [];
  for (const [key, [id, votes, state, table]] of next.questions) {
    const before = known.questions.get(key);
    if (before === undefined && !known.since.has(key)) known.since.set(key, next.revision);
    if (before === undefined || before[1] !== votes || before[2] !== state)
      changedOnes.push([id, votes, state, table, before === undefined && state === 'wall']);
  }
  for (const [key, [id, , , table]] of known.questions)
    if (!next.questions.has(key)) changedOnes.push([id, null, 'gone', table, false]);
  return changedOnes;
}

/** Returns the messages missed by a page that shows the event as it was `at`. */
function catchUp(known: EventSnapshot, kind: Kind, at: number): string {
  const id = known.revision;
  if (at >= id) return '';
  if (kind === 'desk') return message('', { event: 'changed', id });
  if (kind === 'screen') return message(partial('screen-panel', 'outerMorph', known.screen), { id });
  const all = [...known.questions.values()].map(
    ([key, votes, state, table]): QuestionState => [
      key,
      votes,
      state,
      table,
      (known.since.get(key) ?? 0) > at,
    ],
  );
  // A page from before this process's first look may have missed new questions that it does not know to be new.
  const unsure = at < known.begin ? message('', { event: 'stale', id }) : '';
  return (
    message(partial('now-panel', 'outerMorph', known.now), { id }) +
    message(JSON.stringify(all), { event: 'wall', id }) +
    unsure +
    message('', { event: 'room', id }) +
    message('', { event: 'seats', id }) +
    message('', { event: 'run', id })
  );
}
