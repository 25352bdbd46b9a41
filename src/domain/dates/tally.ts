// Answers to each date, counted against what it needs: seniors, talents and everyone who hosts.
import type { Side } from '../guests/waiting-list.ts';

export type Said = 'yes' | 'maybe' | 'no';

/** Somebody who was asked, with what they said of each date by its id. */
export interface Voice {
  personId: number;
  name: string;
  side: Side;
  /** They host, so a date without them does not count. */
  isHost: boolean;
  said: ReadonlyMap<number, Said>;
}

export interface Needs {
  seniors: number;
  talents: number;
}

/** One date by itself; those who can if need be are counted in. */
export interface Tally {
  dateId: number;
  seniors: number;
  talents: number;
  yes: number;
  maybe: number;
  /** Hosts who did not say that they can. */
  missingHosts: string[];
  /** How many of a side are lacking, hosts aside. */
  lacking: { seniors: number; talents: number };
  isEnough: boolean;
}

const can = (said: Said | undefined) => said === 'yes' || said === 'maybe';

/** Counts every date, in the order given. */
export function tallies(dateIds: readonly number[], voices: readonly Voice[], needs: Needs): Tally[] {
  return dateIds.map((dateId) => {
    const count = (which: (voice: Voice) => boolean) => voices.filter(which).length;
    const seniors = count(({ side, said }) => side === 'senior' && can(said.get(dateId)));
    const talents = count(({ side, said }) => side === 'talent' && can(said.get(dateId)));
    const missingHosts = voices
      .filter(({ isHost, said }) => isHost && !can(said.get(dateId)))
      .map(({ name }) => name);
    const lacking = {
      seniors: Math.max(0, needs.seniors - seniors),
      talents: Math.max(0, needs.talents - talents),
    };
    return {
      dateId,
      seniors,
      talents,
      yes: count(({ said }) => said.get(dateId) === 'yes'),
      maybe: count(({ said }) => said.get(dateId) === 'maybe'),
      missingHosts,
      lacking,
      isEnough: missingHosts.length === 0 && lacking.seniors + lacking.talents === 0,
    };
  });
}

/** The date that comes closest where none is enough: fewest hosts missing, then fewest people lacking, then most who can. */
export function closest(list: readonly Tally[]): Tally | undefined {
  const order = ({ missingHosts, lacking, seniors, talents, yes }: Tally) => [
    missingHosts.length,
    lacking.seniors + lacking.talents,
    -(seniors + talents),
    -yes,
  ];
  return [...list].sort((a, b) => {
    const [left, right] = [order(a), order(b)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : left[at]! - right[at]!;
  })[0];
}
