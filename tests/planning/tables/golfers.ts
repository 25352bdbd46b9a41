// Instances of the social golfer problem: tables, seats, and the most rounds known in which nobody meets anybody
// twice. `source` is where the number is from; `hard` ones were known to no simple search.

export interface Golfers {
  tables: number;
  seats: number;
  rounds: number;
  source: string;
  hard?: true;
}

const oeis = 'OEIS A107431';
const counting = 'meets the counting bound';
const miller = 'Miller, Valkov and Abel, Symmetry 18(2):269, 2026';
const matrix = 'difference matrix';

const rows: [string, string, true?][] = [
  ['3-3-4', oeis],
  ['4-3-4', oeis],
  ['4-4-5', oeis],
  ['5-3-7', oeis],
  ['5-4-5', oeis],
  ['5-5-6', oeis],
  ['6-3-8', oeis],
  ['6-4-7', oeis],
  ['6-5-6', oeis],
  ['6-6-3', oeis],
  ['7-3-10', oeis],
  ['7-4-9', oeis],
  ['7-5-7', oeis],
  ['7-6-7', miller],
  ['7-7-8', oeis],
  ['8-3-11', counting],
  ['8-4-9', 'CSPLib 010'],
  ['8-5-8', miller],
  ['8-6-8', miller],
  ['8-7-8', miller],
  ['8-8-9', oeis],
  ['9-3-13', counting],
  ['9-4-11', counting],
  ['9-5-9', miller],
  ['9-6-9', miller],
  ['9-9-10', oeis],
  ['10-3-14', counting],
  ['10-5-9', matrix],
  ['10-6-8', matrix],
  ['10-7-8', matrix],
  ['10-8-6', matrix],
  ['10-9-5', matrix],
  ['12-7-9', matrix],
  ['12-8-8', matrix],
  ['14-6-10', matrix],
  ['16-4-21', counting],
  ['20-6-15', matrix],
  ['20-8-12', matrix],
  ['25-5-31', counting],
  ['8-4-10', 'Aguado 2004', true],
  ['10-4-13', 'Bose 1939', true],
  ['11-4-14', miller, true],
  ['12-4-15', miller, true],
  ['12-5-12', 'Johnson, Dulmage and Mendelsohn 1961', true],
  ['12-6-13', 'Johnson, Dulmage and Mendelsohn 1961', true],
  ['13-4-17', 'Bose 1939', true],
  ['13-5-16', 'Bose 1959', true],
  ['15-5-16', 'Schellenberg, van Rees and Vanstone 1978', true],
];

/** Every instance Flipside plans without a repeat. */
export const golfers: Golfers[] = rows.map(([name, source, hard]) => {
  const [tables, seats, rounds] = name.split('-').map(Number) as [number, number, number];
  return { tables, seats, rounds, source, ...(hard ? { hard } : {}) };
});
