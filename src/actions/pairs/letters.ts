// E-mails to the people of a pair.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import type { PairNewsLetter, PairProposedLetter } from '../../domain/letters/programme-facts.ts';
import { answerBy } from '../../domain/pairs/arrangement.ts';
import type { Programme } from '../../store/events/programmes.ts';
import type { NamedPair } from '../../store/pairs/pairs.ts';
import type { Round } from '../../store/pairs/rounds.ts';
import * as people from '../../store/people/people.ts';
import * as trends from '../../store/trends/trends.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { daysOffFrom } from '../letters/planned.ts';
import { type Held, sendLetter } from '../letters/send.ts';

/** Until when people who are asked now can answer: working days of the programme's zone count. */
export const answersUntil = async ({ now }: Pick<Context, 'now'>, timeZone: string) =>
  answerBy(now(), timeZone, await daysOffFrom(now(), timeZone));

/** Everyone of a pair, the senior first. */
export const membersOf = ({ senior, talent, second }: NamedPair) => [
  senior,
  talent,
  ...(second?.id ? [{ ...second, id: second.id! }] : []),
];

export interface Telling {
  programme: Programme;
  round: Round;
  organiser: Pick<people.Person, 'name' | 'email'>;
  press: string;
  hold?: Held;
}

/** Proposes a pair to each of its people. */
export async function propose(ctx: Context, tx: Tx, named: NamedPair, telling: Telling): Promise<void> {
  const { programme, round, organiser, press, hold } = telling;
  const { pair } = named;
  const topics = await topicWords(tx, pair.reason.topics);
  for (const reader of membersOf(named)) {
    const facts: Omit<PairProposedLetter, 'pairUrl'> = {
      kind: 'pair-proposed',
      ...seasonFacts(programme, organiser, reader.name),
      pairId: pair.id,
      partners: partnersOf(named, reader.id).map(({ name, department }) => ({ name, department })),
      topics,
      isMutual: pair.reason.isMutual,
      times: pair.firstTimes,
      until: wallTimeOf(pair.answerBy!, programme.timeZone),
      startsOn: round.startsOn,
      meetings: round.meetings,
      minutes: round.minutes,
      months: round.months,
    };
    const key = `${press}:${pair.id}:${reader.id}`;
    await sendLetter(ctx, tx, { key, kind: 'pair-proposed', to: reader, facts: { ...facts }, hold });
  }
}

/** The words of topics, trends by their sentence. */
export async function topicWords(
  tx: Tx | Context['db'],
  topics: readonly { trendId: number | null; words: string | null }[],
) {
  const ids = topics.flatMap(({ trendId }) => (trendId === null ? [] : [trendId]));
  const sentences = await trends.sentencesById(tx, ids);
  return topics.flatMap(({ trendId, words }) =>
    trendId === null ? [words ?? ''] : (sentences.get(trendId) ?? []),
  );
}

/** Returns the partners of somebody of a pair: a senior's talents, a talent's senior. */
export const partnersOf = (named: NamedPair, readerId: number) => {
  const [senior, ...talents] = membersOf(named);
  return readerId === senior!.id ? talents : [senior!];
};

/** Tells these people of a pair what became of it. */
export async function tellPairNews(
  ctx: Context,
  tx: Tx,
  named: NamedPair,
  news: PairNewsLetter['news'],
  to: readonly number[],
  { programme, organiser, press }: Omit<Telling, 'round'>,
  times?: string[],
): Promise<void> {
  const active = new Set(
    (await people.findMany(tx, [...to])).flatMap(({ id, disabledAt }) => (disabledAt === null ? [id] : [])),
  );
  for (const reader of membersOf(named)) {
    if (!active.has(reader.id)) continue;
    const facts: Omit<PairNewsLetter, 'pairUrl'> = {
      kind: 'pair-news',
      ...seasonFacts(programme, organiser, reader.name),
      pairId: named.pair.id,
      news,
      partners: partnersOf(named, reader.id).map(({ name, email }) => ({ name, email })),
      ...(times && { times }),
    };
    await sendLetter(ctx, tx, {
      key: `${press}:${reader.id}`,
      kind: 'pair-news',
      to: reader,
      facts: { ...facts },
    });
  }
}
