// How much there is of each noun in an organisation of so many events.

export interface Size {
  events: number;
  seniors: number;
  talents: number;
  /** As many research teams of two as there are trends. */
  trends: number;
  /** Guests and questions of the one large event. */
  guests: number;
  questions: number;
  imports: number;
  /** Days that the audit log covers. */
  auditDays: number;
}

/** 1,000 events are an organisation of 5,000 people with 200 trends, 30,000 letters and 20,000 questions. */
export function sizeOf(events: number): Size {
  return {
    events,
    seniors: Math.max(30, events * 3),
    talents: Math.max(30, events * 2),
    // Enough that no section of the list of trends is empty.
    trends: events < 100 ? 28 : Math.round(events / 5),
    guests: Math.max(10, Math.round(events / 2)),
    questions: Math.max(10, events),
    imports: Math.max(2, Math.round(events / 10)),
    auditDays: Math.max(4, Math.round((events * 360) / 1000)),
  };
}
