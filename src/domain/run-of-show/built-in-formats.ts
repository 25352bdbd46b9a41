// The five formats Flipside comes with. A format is data: an event takes a copy and may change it.
import type { Format, FormatBlock, FormatContent, SurveyQuestion } from './format.ts';

type Extra = Partial<Omit<FormatBlock, 'kind' | 'title' | 'minutes'>>;

const nothing: Required<Extra> = {
  ...{ fixedAt: null, ledBy: null, note: null, screen: null, question: null, material: null },
  ...{ shrinksTo: null, mayDrop: false },
};

const block = (
  kind: FormatBlock['kind'],
  title: string,
  minutes: number,
  extra: Extra = {},
): FormatBlock => ({
  ...{ kind, title, minutes },
  ...nothing,
  ...extra,
});

const usualSurvey: readonly SurveyQuestion[] = [
  { kind: 'scale', text: 'I felt free to ask what I really wanted to know.' },
  { kind: 'scale', text: 'I learned something I will use.' },
  { kind: 'words', text: 'What will you do differently?' },
];

/** Rules for questions of every format that comes with Flipside. */
const usualAsking = { nameless: true, readFirst: false, everyoneAsks: false };

type BuiltIn = Format;

const perspectiveChallenger: BuiltIn = {
  slug: 'perspective-challenger',
  name: 'Perspective Challenger',
  description:
    'Teams of talents host a table each and stay. Seniors move every round, so everyone meets three teams.',
  goodFor: '2 h 15 min, 20 to 40 people. The one to start with.',
  shape: 'tables',
  sides: 'both',
  blocks: [
    block('gather', 'Arrive', 10, { ledBy: 'Everyone', screen: 'Find your table on your phone.' }),
    block('frame', 'Welcome', 5, { ledBy: 'Organiser', note: 'The ground rules, no slides.' }),
    block('talk', 'Round 1', 25, { ledBy: 'Table hosts', shrinksTo: 20 }),
    block('move', 'Move', 5, { ledBy: 'Facilitator' }),
    block('talk', 'Round 2', 25, { ledBy: 'Table hosts', shrinksTo: 20 }),
    block('move', 'Move', 5, { ledBy: 'Facilitator' }),
    block('talk', 'Round 3', 25, { ledBy: 'Table hosts', shrinksTo: 15 }),
    block('harvest', 'Harvest', 20, {
      ledBy: 'Organiser',
      question: 'What is one thing you will try?',
      shrinksTo: 10,
    }),
    block('gather', 'Drinks', 15, { ledBy: 'Everyone', mayDrop: true }),
  ],
  seniors: { least: 10, most: 60 },
  talents: { least: 8, most: 30 },
  defaults: { seniors: 22, talents: 12, teams: 5, startsAt: '16:00' },
  questions: {
    asked: 'ahead-and-live',
    perTable: true,
    sentence: 'Ahead and in the room, for one table or for all.',
    ...usualAsking,
  },
  deadlines: { answers: 7, briefs: 10 },
  headline: 'Trends that already reach your desk',
  lede: 'You bring the questions. Young talents bring weeks of research. Nobody presents slides.',
  howItRuns:
    'You sit at three tables, 25 minutes each. The young talents stay and host; you move. It ends with one thing you will try.',
  survey: usualSurvey,
};

const lunchAndLearn: BuiltIn = {
  slug: 'lunch-and-learn',
  name: 'Lunch-and-learn',
  description: 'One research team reports on one trend over lunch. The rest of the hour is questions.',
  goodFor: '1 h, any number. Good when diaries are full.',
  shape: 'room',
  sides: 'both',
  blocks: [
    block('gather', 'Lunch', 15, { ledBy: 'Everyone', shrinksTo: 10 }),
    block('report', 'Report', 20, { ledBy: 'The team', shrinksTo: 15 }),
    block('talk', 'Questions', 20, { ledBy: 'Facilitator', shrinksTo: 15 }),
    block('harvest', 'One thing to try', 5, {
      ledBy: 'Organiser',
      question: 'What is one thing you will try?',
    }),
  ],
  seniors: { least: 5, most: 500 },
  talents: { least: 2, most: 30 },
  defaults: { seniors: 24, talents: 3, teams: 1, startsAt: '12:00' },
  questions: { asked: 'ahead-and-live', perTable: false, sentence: 'Ahead and in the room.', ...usualAsking },
  deadlines: { answers: 3, briefs: 5 },
  headline: 'One trend over lunch',
  lede: 'One team has looked into one trend for you. Bring lunch and the question you have been meaning to ask.',
  howItRuns:
    'The team reports for 20 minutes while you eat. The next 20 are yours to ask. It ends with one thing you will try.',
  survey: usualSurvey,
};

const discussionPanel: BuiltIn = {
  slug: 'discussion-panel',
  name: 'Discussion panel',
  description:
    'A panel of talents answers the questions people sent ahead, most wanted first, then those from the room.',
  goodFor: '1 h, 12 to 80 people. Good for a large group.',
  shape: 'panel',
  sides: 'both',
  blocks: [
    block('frame', 'Opening', 5, { ledBy: 'Organiser' }),
    block('talk', 'Collected questions', 35, { ledBy: 'The panel', shrinksTo: 25 }),
    block('talk', 'From the room', 15, { ledBy: 'The panel', shrinksTo: 5 }),
    block('harvest', 'Harvest', 5, { ledBy: 'Organiser', question: 'What is one thing you will try?' }),
  ],
  seniors: { least: 8, most: 80 },
  talents: { least: 3, most: 5 },
  defaults: { seniors: 40, talents: 4, teams: 1, startsAt: '16:00' },
  questions: {
    asked: 'ahead-and-live',
    perTable: false,
    sentence: 'Collected ahead, most wanted first, then from the room.',
    ...usualAsking,
  },
  deadlines: { answers: 2, briefs: 1 },
  headline: 'You ask, they answer',
  lede: 'Young talents answer what you have been meaning to ask. The most wanted questions come first.',
  howItRuns:
    'The panel answers the collected questions for 35 minutes, then yours from the room for 15. It ends with one thing you will try.',
  survey: usualSurvey,
};

const oneToOne: BuiltIn = {
  slug: 'one-to-one',
  name: 'One-to-one',
  description:
    'One talent and one senior, once a month, never in one reporting line. For what is better said in private.',
  goodFor: '1 h a month, 2 people. Good after an evening together.',
  shape: 'pair',
  sides: 'both',
  blocks: [block('frame', 'Check-in', 5), block('talk', 'Topic', 40), block('harvest', 'What next', 15)],
  seniors: { least: 1, most: 1 },
  talents: { least: 1, most: 1 },
  defaults: { seniors: 1, talents: 1, teams: 0, startsAt: '15:00' },
  questions: { asked: 'none', perTable: false, sentence: 'Between the two, not shown.', ...usualAsking },
  deadlines: { answers: 2, briefs: 0 },
  headline: 'An hour for the two of you',
  lede: 'You bring what is on your desk, your partner brings another view of it. What is said stays between you.',
  howItRuns:
    'A short check-in, 40 minutes on one topic, and what each of you does next. Both can leave without a reason.',
  survey: usualSurvey,
};

const preparation: BuiltIn = {
  slug: 'preparation',
  name: 'Preparation',
  description:
    'One side alone gets ready: what it is about, time to practise, and answers to what is still unclear.',
  goodFor: '1 h, 3 to 60 people of one side. Good before a first session, or once a month.',
  shape: 'room',
  sides: 'one',
  blocks: [
    block('frame', 'Welcome', 5, { ledBy: 'Organiser' }),
    block('report', 'What it is', 20, { ledBy: 'Organiser', shrinksTo: 15 }),
    block('talk', 'Practice', 25, {
      ...{ ledBy: 'Facilitator', shrinksTo: 15 },
      question: 'What would you ask, and what would you say?',
    }),
    block('talk', 'Questions', 10, { ledBy: 'Organiser', shrinksTo: 5 }),
  ],
  seniors: { least: 3, most: 60 },
  talents: { least: 3, most: 60 },
  defaults: { seniors: 24, talents: 24, teams: 0, startsAt: '15:00' },
  questions: { asked: 'ahead-and-live', perTable: false, sentence: 'Ahead and in the room.', ...usualAsking },
  deadlines: { answers: 2, briefs: 0 },
  headline: 'An hour to get ready together',
  lede: 'You hear what to expect, try it out in a small circle, and ask what is still unclear.',
  howItRuns:
    'A short welcome, 20 minutes on what it is, 25 to practise, and ten for your questions. Nothing to prepare.',
  survey: [
    { kind: 'scale', text: 'I know what to expect now.' },
    { kind: 'scale', text: 'The practice helped me.' },
    { kind: 'words', text: 'What is still unclear?' },
  ],
};

/** In the order they are offered; the first is the one to start with. */
export const builtInFormats: readonly BuiltIn[] = [
  perspectiveChallenger,
  lunchAndLearn,
  discussionPanel,
  oneToOne,
  preparation,
];

/** Finds a format as it comes with Flipside, or undefined for a slug that is not ours. */
export function builtInFormat(slug: string): BuiltIn | undefined {
  return builtInFormats.find((format) => format.slug === slug);
}

/** Takes the content of a format that comes with Flipside, without its slug. */
export function builtInContent(slug: string): FormatContent | undefined {
  const found = builtInFormat(slug);
  if (!found) return undefined;
  const { slug: _slug, ...content } = found;
  return content;
}

/** Says whether an event can be planned with a format: a pair's meetings are planned with its pair, not one by one. */
export function isOffered({ shape }: Pick<FormatContent, 'shape'>): boolean {
  return shape !== 'pair';
}

/** How many of each side a new draft has room for: the format's own size, but no more than there are; the format's where there is nobody yet. */
export function startSize(
  { defaults }: Pick<FormatContent, 'defaults'>,
  people: { seniors: number; talents: number },
): { seniors: number; talents: number } {
  const size = (usual: number, there: number) => (there === 0 ? usual : Math.min(usual, there));
  return {
    seniors: size(defaults.seniors, people.seniors),
    talents: size(defaults.talents, people.talents),
  };
}
