// The four formats Flipside comes with. A format is data: an event takes a copy and may change it.
import type { Block } from './run-of-show.ts';

export type Shape = 'tables' | 'room' | 'panel' | 'pair';

export interface Bounds {
  least: number;
  most: number;
}

export interface Format {
  /** Stable: events keep it. */
  slug: 'perspective-challenger' | 'lunch-and-learn' | 'discussion-panel' | 'one-to-one';
  name: string;
  /** Two plain sentences: who does what. */
  description: string;
  /** How long, how many, what it is good for. */
  goodFor: string;
  shape: Shape;
  blocks: readonly Block[];
  /** How often guests change tables and sit down: one for each block of talk at round tables, else one. */
  rounds: number;
  seniors: Bounds;
  talents: Bounds;
  /** Initial values of a new draft. */
  defaults: { seniors: number; talents: number; teams: number; startsAt: string };
  questions: {
    /** 'ahead': until the answers close; 'ahead-and-live': until the last block of talk; 'none': not on Flipside. */
    asked: 'ahead' | 'ahead-and-live' | 'none';
    perTable: boolean;
    sentence: string;
  };
  /** Days before the event, at 23:59 there. */
  deadlines: { answers: number; briefs: number };
  /** The headline and the sentence below it that a draft's letter and page begin with. */
  headline: string;
  lede: string;
  /** Below the run of show on the event's page. */
  howItRuns: string;
}

const block = (kind: Block['kind'], title: string, minutes: number): Block => ({ kind, title, minutes });

const perspectiveChallenger: Format = {
  slug: 'perspective-challenger',
  name: 'Perspective Challenger',
  description:
    'Teams of talents host a table each and stay. Seniors move every round, so everyone meets three teams.',
  goodFor: '2 h 15 min, 20 to 40 people. The one to start with.',
  shape: 'tables',
  blocks: [
    block('gather', 'Arrive', 10),
    block('frame', 'Welcome', 5),
    block('talk', 'Round 1', 25),
    block('move', 'Move', 5),
    block('talk', 'Round 2', 25),
    block('move', 'Move', 5),
    block('talk', 'Round 3', 25),
    block('harvest', 'Harvest', 20),
    block('gather', 'Drinks', 15),
  ],
  rounds: 3,
  seniors: { least: 10, most: 60 },
  talents: { least: 8, most: 30 },
  defaults: { seniors: 22, talents: 12, teams: 5, startsAt: '16:00' },
  questions: {
    asked: 'ahead-and-live',
    perTable: true,
    sentence: 'Ahead and in the room, for one table or for all.',
  },
  deadlines: { answers: 7, briefs: 10 },
  headline: 'Trends that already reach your desk',
  lede: 'You bring the questions. Young talents bring weeks of research. Nobody presents slides.',
  howItRuns:
    'You sit at three tables, 25 minutes each. The young talents stay and host; you move. It ends with one thing you will try.',
};

const lunchAndLearn: Format = {
  slug: 'lunch-and-learn',
  name: 'Lunch-and-learn',
  description: 'One research team reports on one trend over lunch. The rest of the hour is questions.',
  goodFor: '1 h, any number. Good when diaries are full.',
  shape: 'room',
  blocks: [
    block('gather', 'Lunch', 15),
    block('report', 'Report', 20),
    block('talk', 'Questions', 20),
    block('harvest', 'One thing to try', 5),
  ],
  rounds: 1,
  seniors: { least: 5, most: 500 },
  talents: { least: 2, most: 30 },
  defaults: { seniors: 24, talents: 3, teams: 1, startsAt: '12:00' },
  questions: { asked: 'ahead-and-live', perTable: false, sentence: 'Ahead and in the room.' },
  deadlines: { answers: 3, briefs: 5 },
  headline: 'One trend over lunch',
  lede: 'One team has looked into one trend for you. Bring lunch and the question you have been meaning to ask.',
  howItRuns:
    'The team reports for 20 minutes while you eat. The next 20 are yours to ask. It ends with one thing you will try.',
};

const discussionPanel: Format = {
  slug: 'discussion-panel',
  name: 'Discussion panel',
  description:
    'A panel of talents answers the questions people sent ahead, most wanted first, then those from the room.',
  goodFor: '1 h, 12 to 80 people. Good for a large group.',
  shape: 'panel',
  blocks: [
    block('frame', 'Opening', 5),
    block('talk', 'Collected questions', 35),
    block('talk', 'From the room', 15),
    block('harvest', 'Harvest', 5),
  ],
  rounds: 1,
  seniors: { least: 8, most: 80 },
  talents: { least: 3, most: 5 },
  defaults: { seniors: 40, talents: 4, teams: 1, startsAt: '16:00' },
  questions: {
    asked: 'ahead-and-live',
    perTable: false,
    sentence: 'Collected ahead, most wanted first, then from the room.',
  },
  deadlines: { answers: 2, briefs: 1 },
  headline: 'You ask, they answer',
  lede: 'Young talents answer what you have been meaning to ask. The most wanted questions come first.',
  howItRuns:
    'The panel answers the collected questions for 35 minutes, then yours from the room for 15. It ends with one thing you will try.',
};

const oneToOne: Format = {
  slug: 'one-to-one',
  name: 'One-to-one',
  description:
    'One talent and one senior, once a month, never in one reporting line. For what is better said in private.',
  goodFor: '1 h a month, 2 people. Good after a round-table evening.',
  shape: 'pair',
  blocks: [block('frame', 'Check-in', 5), block('talk', 'Topic', 40), block('harvest', 'What next', 15)],
  rounds: 1,
  seniors: { least: 1, most: 1 },
  talents: { least: 1, most: 1 },
  defaults: { seniors: 1, talents: 1, teams: 0, startsAt: '15:00' },
  questions: { asked: 'none', perTable: false, sentence: 'Between the two, not shown.' },
  deadlines: { answers: 2, briefs: 0 },
  headline: 'An hour for the two of you',
  lede: 'You bring what is on your desk, your partner brings another view of it. What is said stays between you.',
  howItRuns:
    'A short check-in, 40 minutes on one topic, and what each of you does next. Both can leave without a reason.',
};

/** In the order they are offered; the first is the one to start with. */
export const builtInFormats: readonly Format[] = [
  perspectiveChallenger,
  lunchAndLearn,
  discussionPanel,
  oneToOne,
];

/** Formats an event can be planned with. A pair's meetings are planned with its pair, not one by one. */
export const offeredFormats: readonly Format[] = builtInFormats.filter(({ shape }) => shape !== 'pair');

/** The format of that slug, where an event can be planned with it. */
export function offeredFormat(slug: string): Format | undefined {
  return offeredFormats.find((format) => format.slug === slug);
}

/** The format an event was made from, or undefined for a slug that is not ours. */
export function builtInFormat(slug: string): Format | undefined {
  return builtInFormats.find((format) => format.slug === slug);
}

/** How many of each side a new draft has room for: the format's own size, but no more than there are; the format's where there is nobody yet. */
export function startSize(
  { defaults }: Pick<Format, 'defaults'>,
  people: { seniors: number; talents: number },
): { seniors: number; talents: number } {
  const size = (usual: number, there: number) => (there === 0 ? usual : Math.min(usual, there));
  return {
    seniors: size(defaults.seniors, people.seniors),
    talents: size(defaults.talents, people.talents),
  };
}
