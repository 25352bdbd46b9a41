// The lead of a block: a person, a role that somebody has, or nobody yet.

/** A block as far as its lead goes. */
export interface Led {
  kind: string;
  title: string;
  ledBy?: string | null;
  ledById?: number | null;
}

/** People with a role at an event; null where nobody has it. `hosts`: somebody hosts it. */
export interface Roles {
  organiserId: number;
  facilitatorId: number | null;
  hosts: boolean;
}

/** Kinds that run without anybody: people arrive, eat, and change tables. */
const needNobody: ReadonlySet<string> = new Set(['gather', 'move']);

type Role = 'organiser' | 'facilitator' | 'hosts' | 'everyone';

/** Roles by the words that formats use for them, in small letters. */
const roleNames: Readonly<Record<string, Role>> = {
  organiser: 'organiser',
  'the organiser': 'organiser',
  facilitator: 'facilitator',
  'the facilitator': 'facilitator',
  'table hosts': 'hosts',
  hosts: 'hosts',
  'the panel': 'hosts',
  'the team': 'hosts',
  everyone: 'everyone',
};

/** Says whether the young talents who host lead this block where nobody is named: the talk, and a team's report. */
export const isLedByHosts = ({ kind }: Pick<Led, 'kind'>): boolean => kind === 'talk' || kind === 'report';

function roleOf(block: Led): Role | null {
  if (block.ledBy) return roleNames[block.ledBy.trim().toLowerCase()] ?? null;
  return isLedByHosts(block) ? 'hosts' : null;
}

/** Lists the blocks that need a person and have none: nobody named, or a role that nobody has. */
export function withoutPerson<B extends Led>(blocks: readonly B[], roles: Roles): B[] {
  return blocks.filter((block) => {
    if (needNobody.has(block.kind) || block.ledById) return false;
    const role = roleOf(block);
    if (role === 'facilitator') return roles.facilitatorId === null;
    if (role === 'hosts') return !roles.hosts;
    return role === null && !block.ledBy;
  });
}

/** A person's part: the blocks they lead by name or by their role. */
export function partOf<B extends Led>(
  blocks: readonly B[],
  { id, isHost }: { id: number; isHost: boolean },
  { organiserId, facilitatorId }: Pick<Roles, 'organiserId' | 'facilitatorId'>,
): B[] {
  return blocks.filter((block) => {
    if (block.ledById) return block.ledById === id;
    const role = roleOf(block);
    if (role === 'organiser') return id === organiserId;
    if (role === 'facilitator') return id === facilitatorId;
    return role === 'hosts' && isHost;
  });
}
