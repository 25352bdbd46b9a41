// The draft of a round and its publication, as values: what can be put back, and whom a publication concerns.
import type { EntryBefore } from './meeting-entry.ts';
import type { PublicReason, Why } from './reasons.ts';

/** A place of the draft. */
export interface DraftRow {
  personId: number;
  teamId: number | null;
  trendId: number | null;
  /** The tier of their ranks, from 0; null: not ranked, or no trend. */
  choice: number | null;
  hasRanked: boolean;
  isLocked: boolean;
  isByHand: boolean;
  why: Why[];
}

/** Published place of somebody, and the team they are in by it. */
export interface Placement {
  personId: number;
  teamId: number | null;
  trendId: number | null;
  choice: number | null;
  reason: PublicReason;
  /** Publishing put them into the team. */
  joined: boolean;
}

/** Everything that takes a publication back. */
export interface PublishUndo {
  /** The name that its e-mails have in common, and the moment from which they leave. */
  press: string;
  until: string;
  /** The first publication of the round. */
  isFirst: boolean;
  madeTeams: number[];
  /** Teams made by hand that got a trend, with the one they had before. */
  gaveTrend: [teamId: number, before: number | null][];
  joined: [teamId: number, personId: number][];
  left: [teamId: number, personId: number][];
  /** Placements as they were before; those of other people are new. */
  before: Placement[];
  /** Calendar entries of the meetings of teams that people left or joined. */
  entries?: EntryBefore[];
  changed: number[];
}

/** People whose trend differs from what they were told: they alone hear of a publication. */
export function concerned(
  draft: readonly Pick<DraftRow, 'personId' | 'trendId'>[],
  published: readonly Pick<Placement, 'personId' | 'trendId'>[],
): number[] {
  const told = new Map(published.map(({ personId, trendId }) => [personId, trendId]));
  return draft.flatMap(({ personId, trendId }) =>
    told.has(personId) && told.get(personId) === trendId ? [] : [personId],
  );
}

/** A team that people of a trend can go to. */
export interface TargetTeam {
  id: number;
  trendId: number;
}

/**
 * The team of each person to be placed: the one made by hand that they belong to; else the team that has their trend; else
 * the first team made by hand that gets it; null where a new team is made for the trend.
 */
export function targetTeams(
  rows: readonly Pick<DraftRow, 'personId' | 'teamId' | 'trendId'>[],
  existing: readonly TargetTeam[],
): Map<number, number | null> {
  const having = new Map<number, number>();
  for (const { id, trendId } of existing.toSorted((a, b) => b.id - a.id)) having.set(trendId, id);
  const byHand = rows
    .filter(({ teamId, trendId }) => teamId !== null && trendId !== null)
    .toSorted((a, b) => a.teamId! - b.teamId!);
  for (const { teamId, trendId } of byHand) if (!having.has(trendId!)) having.set(trendId!, teamId!);
  return new Map(
    rows.flatMap(({ personId, teamId, trendId }) =>
      trendId === null ? [] : [[personId, teamId ?? having.get(trendId) ?? null]],
    ),
  );
}
