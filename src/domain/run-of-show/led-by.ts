// Who leads a block, and the blocks that nobody leads yet.

/** A block as far as its lead goes. */
export interface Led {
  kind: string;
  title: string;
  ledBy?: string | null;
  ledById?: number | null;
}

/** Kinds that run without anybody: people arrive, eat, and change tables. */
const needNobody: ReadonlySet<string> = new Set(['gather', 'move']);

/** Says whether the young talents who host lead this block where nobody else is named: the talk, and a team's report. */
export const isLedByHosts = ({ kind }: Pick<Led, 'kind'>): boolean => kind === 'talk' || kind === 'report';

/** Lists the blocks that need a person and have none. `hasHosts`: young talents host, so the talk is theirs. */
export function withoutPerson<B extends Led>(blocks: readonly B[], { hasHosts }: { hasHosts: boolean }): B[] {
  return blocks.filter(
    (block) =>
      !needNobody.has(block.kind) && !block.ledBy && !block.ledById && !(hasHosts && isLedByHosts(block)),
  );
}

/** A person's part: blocks that they lead by name, and those of the hosts where they host. */
export function partOf<B extends Led>(
  blocks: readonly B[],
  { id, isHost, isFacilitator }: { id: number; isHost: boolean; isFacilitator: boolean },
): B[] {
  return blocks.filter((block) => {
    if (block.ledById) return block.ledById === id;
    if (block.ledBy) return false;
    return (
      (isHost && isLedByHosts(block)) ||
      (isFacilitator && !isLedByHosts(block) && !needNobody.has(block.kind))
    );
  });
}
