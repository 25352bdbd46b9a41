// E-mails about somebody who is placed later: to them, and to the team.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { TeamNewsLetter, TrendGivenLetter } from '../../domain/letters/programme-facts.ts';
import type { Placement } from '../../domain/teams/draft.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import type { Late, NamedTeam } from '../../store/teams/late-places.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/** One press that places people: by whom, its name, and until when it is undone. */
export interface Placing {
  programme: Programme;
  organiser: people.Person;
  press: string;
  until: Temporal.Instant;
}

/** A person and the team they come into; `isNew`: the e-mail that accepts their offer says so. */
export interface NewPlace {
  team: NamedTeam;
  person: Late;
  placement: Placement;
  isNew: boolean;
  before: Placement | null;
}

/** Writes to the person which trend they have and why, and to those who are in the team; all wait until the press is final. */
export async function tellOfPlace(
  ctx: Context,
  tx: Tx,
  placing: Placing,
  { team, person, placement, isNew, before }: NewPlace,
): Promise<void> {
  const { programme, organiser, press, until } = placing;
  const hold = { id: null, until };
  if (!isNew) {
    const facts: Omit<TrendGivenLetter, 'teamUrl'> = {
      kind: 'trend-given',
      ...seasonFacts(programme, organiser, person.name),
      trend: team.trend,
      choice: placement.choice,
      reason: placement.reason,
      isChange: before !== null && before.trendId !== null,
      teamId: team.id,
    };
    const letter = { key: `${press}:${person.id}`, kind: 'trend-given', to: person, hold };
    await sendLetter(ctx, tx, { ...letter, facts: { ...facts } });
  }
  const members = await people.findMany(tx, [...team.memberIds]);
  const news = {
    kind: 'joined' as const,
    team: team.name,
    who: person.name,
    members: team.memberIds.length + 1,
    isForOrganiser: false,
  };
  for (const to of members)
    await sendNews(ctx, tx, placing, {
      to,
      news,
      teamId: team.id,
      key: `${press}:${person.id}:${to.id}`,
      hold,
    });
}

interface News {
  to: people.Person;
  news: TeamNewsLetter['news'];
  teamId: number;
  key: string;
  hold?: { id: null; until: Temporal.Instant };
}

/** Writes one e-mail with news of a team. */
export async function sendNews(
  ctx: Context,
  tx: Tx,
  { programme, organiser }: Pick<Placing, 'programme' | 'organiser'>,
  { to, news, teamId, key, hold }: News,
): Promise<void> {
  const facts: TeamNewsLetter = {
    kind: 'team-news',
    ...seasonFacts(programme, organiser, to.name),
    news,
    teamUrl: `${ctx.baseUrl}/teams/${teamId}`,
  };
  await sendLetter(ctx, tx, { key, kind: 'team-news', to, facts: { ...facts }, ...(hold && { hold }) });
}
