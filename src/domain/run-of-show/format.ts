// A format: the plan of a kind of session. An event takes a copy of one version and may change it.
import type { BlockKind } from './run-of-show.ts';

export type Shape = 'tables' | 'room' | 'panel' | 'pair';

export interface Bounds {
  least: number;
  most: number;
}

/** A block of a format; unlike an event's it names nobody. */
export interface FormatBlock {
  kind: BlockKind;
  title: string;
  minutes: number;
  /** 'HH:MM' on the wall where it starts at that time whatever came before; null: when the block before ends. */
  fixedAt: string | null;
  /** A role or a name; null: nobody yet. */
  ledBy: string | null;
  /** For the facilitator alone. */
  note: string | null;
  /** On the projector. */
  screen: string | null;
  /** The question of this round. */
  question: string | null;
  /** Address of a page or file. */
  material: string | null;
  /** Minutes it may be shortened to; null: it keeps its length. */
  shrinksTo: number | null;
  mayDrop: boolean;
}

/** A question of the survey: five steps from no to yes, or a few words. */
export interface SurveyQuestion {
  kind: 'scale' | 'words';
  text: string;
}

/** All that a version of a format holds. */
export interface FormatContent {
  name: string;
  /** Two plain sentences: the people and what they do. */
  description: string;
  /** How long, how many, what it is good for. */
  goodFor: string;
  shape: Shape;
  /** 'one': for one side alone, chosen with each event. */
  sides: 'both' | 'one';
  blocks: readonly FormatBlock[];
  seniors: Bounds;
  talents: Bounds;
  /** Initial values of a new draft. */
  defaults: { seniors: number; talents: number; teams: number; startsAt: string };
  questions: {
    /** 'ahead': until the answers close; 'ahead-and-live': until the last block of talk; 'none': not on Flipside. */
    asked: 'ahead' | 'ahead-and-live' | 'none';
    perTable: boolean;
    sentence: string;
    /** Whether one may ask without a name. */
    nameless: boolean;
    /** A facilitator reads each question first. */
    readFirst: boolean;
    /** Each senior is asked for one question. */
    everyoneAsks: boolean;
  };
  /** Days before the event, at 23:59 there. */
  deadlines: { answers: number; briefs: number };
  /** The headline and the sentence below it that a draft's e-mail and page begin with. */
  headline: string;
  lede: string;
  /** Below the run of show on the event's page. */
  howItRuns: string;
  survey: readonly SurveyQuestion[];
}

/** A version of a format under its slug, which events keep. */
export interface Format extends FormatContent {
  slug: string;
}

/** Part of a format that an event keeps beside its blocks and its own texts. */
export type FormatFacts = Pick<
  FormatContent,
  'name' | 'howItRuns' | 'seniors' | 'talents' | 'questions' | 'deadlines' | 'survey'
>;

/** Takes what an event keeps out of a format's content. */
export function factsOfFormat(content: FormatContent): FormatFacts {
  const { name, howItRuns, seniors, talents, questions, deadlines, survey } = content;
  return { name, howItRuns, seniors, talents, questions, deadlines, survey };
}

/** Counts how often guests change tables and sit down: once for each block of talk at tables, else once. */
export function roundsOfFormat({ shape, blocks }: Pick<FormatContent, 'shape' | 'blocks'>): number {
  return shape === 'tables' ? blocks.filter(({ kind }) => kind === 'talk').length : 1;
}

/** Compares two contents, however their parts are ordered. */
export function isSameContent(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const inOrder = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder.map(([key, one]) => [key, sorted(one)]));
}
