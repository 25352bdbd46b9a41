// The page people come to after signing in: where their next thing is.

/** Next things of a person: the event they lead, their team, and the event they are invited to. */
export interface NextThings {
  led: { id: number } | null;
  team: { id: number } | null;
  next: { slug: string } | null;
}

/**
 * Returns where to begin. Organisers have all events; facilitators the desk of the event they lead; talents their team;
 * everyone else their next event with their own answer; who has none of these, the trends.
 */
export function landing(
  person: { isOrganiser: boolean; side: 'senior' | 'talent' },
  { led, team, next }: NextThings,
): string {
  if (person.isOrganiser) return '/events';
  if (led) return `/events/${led.id}/live`;
  if (person.side === 'talent' && team) return `/teams/${team.id}`;
  return next ? `/e/${next.slug}` : '/trends';
}
