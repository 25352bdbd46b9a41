// People who are placed after the teams were published, while everybody else stays where they are.
import type { DraftRow, Placement } from './draft.ts';

/** Everything that undoes the press that placed or released one person, as it was before. */
export interface PlaceUndo {
  placement: Placement | null;
  draft: DraftRow | null;
  /** The offer that was accepted with it, and the places of its round where one was added. */
  offer: { id: number; places: number | null } | null;
}
