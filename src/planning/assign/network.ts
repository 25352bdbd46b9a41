// Agents, trends and what each of their meetings costs, and a flow through them.

/** Agents, trends and what each of their meetings costs; trend number `trends` is having none. */
export interface Network {
  agents: number;
  trends: number;
  /** Trends, having none, and the places of a trend that has to be open. */
  ends: number;
  /** Parts of a cost. */
  width: number;
  room: Int32Array;
  /** Edges of agent a: from first[a] to first[a + 1] − 1. */
  first: Int32Array;
  owner: Int32Array;
  trend: Int32Array;
  /** cost[edge · width + part]; the less the better, the first part before all others. */
  cost: Int32Array;
}

/** A network with the flow so far. */
export interface Flow extends Network {
  /** The edge of each agent, −1 before they have one. */
  edgeOf: Int32Array;
  /** Agents that have each trend. */
  having: number[][];
  /** price[trend · width + part], never above zero, and zero where there is room. */
  price: Float64Array;
}

/** Whether one more can have a trend. */
export const hasRoom = ({ having, room }: Flow, trend: number) => having[trend]!.length < room[trend]!;
