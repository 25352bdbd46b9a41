// The faults of a soak, their order and distance: the same for the same seed.
import { type Random, randomFrom, shuffle } from '../../src/planning/random.ts';

export type Home = 'embedded' | 'postgres';

const everywhere = [
  'kill',
  'stop',
  'half-open, then stop',
  'mail hangs',
  'mail refuses for now',
  'mail drops after keeping',
] as const;
const onServer = ['restart fast', 'restart immediate', 'terminate backends', 'held row'] as const;

export type FaultKind = (typeof everywhere)[number] | (typeof onServer)[number];

export interface Fault {
  kind: FaultKind;
  /** Seconds of traffic before it. */
  after: number;
  /** Seconds it lasts, where it is something that lasts. */
  lasts: number;
  /** Milliseconds after a press was sent, for what has to come in the middle of one. */
  into: number;
}

const kindsOf = (home: Home): FaultKind[] =>
  home === 'embedded' ? [...everywhere] : [...everywhere, ...onServer];

/** Draws faults without end; each kind comes once before one comes again. */
export function* faultsOf(seed: number, home: Home): Generator<Fault> {
  const random = randomFrom(seed);
  for (;;) for (const kind of shuffle(kindsOf(home), random)) yield faultOf(kind, random);
}

function faultOf(kind: FaultKind, random: Random): Fault {
  return { kind, after: 6 + random.below(14), lasts: 2 + random.below(8), into: random.below(60) };
}
