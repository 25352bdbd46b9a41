import { demoSeniors, demoTalents } from '../../domain/demo/people.ts';
import { autumnQuestions, type DemoQuestion, winterQuestions } from '../../domain/demo/questions.ts';
import { pickEvenly } from '../../domain/demo/spread.ts';
import * as content from '../../store/demo/content.ts';
import * as events from '../../store/events/events.ts';
import * as eventTeams from '../../store/events/teams.ts';
import * as work from '../../store/questions/work.ts';
import { type DemoProgress, idByName } from './filling.ts';

type Asked = DemoQuestion & { state?: 'answered' | 'parked'; note?: string };

// Margareta wonders about one thing only, as one looks around as her.
const everyone = [...demoTalents, ...demoSeniors]
  .map(({ name }) => name)
  .filter((name) => name !== 'Margareta Lindqvist');

/** Puts these questions to an event, the last one asked at `lastAt` and five hours between two, with their votes. */
async function ask(
  { tx, people }: DemoProgress,
  event: events.Event,
  asked: readonly Asked[],
  lastAt: Temporal.Instant,
): Promise<Map<string, number>> {
  const topics = new Map((await events.topicsOf(tx, event.id)).map(({ number, id }) => [number, id]));
  // Neither the most wanted first nor table by table: as they would have come in.
  const order = asked.map((question, index) => ({ question, when: (index * 13 + 5) % asked.length }));
  order.sort((a, b) => b.when - a.when);
  const ids = await content.addQuestions(
    tx,
    order.map(({ question, when }) => ({
      eventId: event.id,
      topicId: topics.get(question.table)!,
      authorId: idByName(people, question.author),
      text: question.text,
      state: question.state ?? 'wall',
      note: question.note ?? '',
      createdAt: lastAt.subtract({ hours: when * 5 }),
    })),
  );
  const votes = asked.flatMap(({ text, votes, author }, turn) =>
    voters(author, votes, turn).map((name) => ({
      questionId: idByName(ids, text),
      personId: idByName(people, name),
    })),
  );
  await content.addVotes(tx, votes);
  return ids;
}

function voters(author: string, count: number, turn: number): string[] {
  const first = turn === 0 && count > 0 ? ['Margareta Lindqvist'] : [];
  return [...first, ...pickEvenly(everyone, count - first.length, turn, [author])];
}

/** The wall of the coming event. */
export async function askWinter(filling: DemoProgress, event: events.Event): Promise<void> {
  const ids = await ask(filling, event, winterQuestions, filling.now.subtract({ hours: 2 }));
  await workOn(filling, event, ids);
}

/** All but the least wanted are read, and hosts prepare some of the others. */
async function workOn({ tx }: DemoProgress, event: events.Event, ids: Map<string, number>): Promise<void> {
  const hosts = [...(await eventTeams.hostingAt(tx, event.id))];
  for (const [place, { text, table }] of winterQuestions.slice(0, -4).entries()) {
    const [host] = hosts.find(([, hosting]) => hosting.table === table) ?? [null];
    await work.note(tx, event.id, idByName(ids, text), {
      read: true,
      takenById: place % 3 === 2 ? host : null,
    });
  }
}

/** Asks the questions of the held event, and records what became of them. */
export async function askAutumn(filling: DemoProgress, event: events.Event): Promise<void> {
  await ask(filling, event, autumnQuestions, filling.dates.autumnInvitedAt.add({ hours: 20 * 24 }));
}
