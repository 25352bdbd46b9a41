// Calendar entries of a team's meetings, as a press that can be undone found them.

/** A calendar entry as it was before a press; `entry` null: they had none. */
export interface EntryBefore {
  meetingId: number;
  personId: number;
  entry: {
    meetingId: number;
    personId: number;
    email: string;
    uid: string;
    method: 'REQUEST' | 'CANCEL';
    sequence: number;
  } | null;
}
