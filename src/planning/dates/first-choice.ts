// A good choice of dates to start from: the date that suits most people who have none yet, again and again, and then
// the best exchange of one date for another as long as there is one (Cornuéjols, Fisher and Nemhauser 1977).
import { type Random, shuffle } from '../random.ts';
import { type Board, orderOf, saysOf } from './board.ts';

/** Good dates where quorum and size do not matter, as many as are to be chosen. */
export function firstChoice(board: Board, dates: readonly number[], random: Random): number[] {
  const open = shuffle([...dates], random);
  const suits = suitsOf(board);
  const chosen: number[] = [];
  while (chosen.length < board.choose) {
    const others = open.filter((date) => !chosen.includes(date));
    chosen.push(bestOf(others, (date) => suits([...chosen, date])));
  }
  for (let before = suits(chosen); ; ) {
    const exchanges = chosen.flatMap((leaving) => {
      const rest = chosen.filter((date) => date !== leaving);
      return open.filter((date) => !chosen.includes(date)).map((date) => [...rest, date]);
    });
    const next = exchanges.length > 0 ? bestOf(exchanges, suits) : chosen;
    if (suits(next) <= before) return chosen.toSorted((a, b) => a - b);
    before = suits(next);
    chosen.splice(0, chosen.length, ...next);
  }
}

function bestOf<One>(ones: readonly One[], worth: (one: One) => number): One {
  let best = ones[0] as One;
  let most = worth(best);
  for (const one of ones.slice(1)) {
    const value = worth(one);
    if (value <= most) continue;
    best = one;
    most = value;
  }
  return best;
}

/** One number for how well dates suit everybody, parts that count first weighing more than all that follow. */
function suitsOf(board: Board): (dates: readonly number[]) => number {
  const base = board.people + 1;
  const order = orderOf(board).toReversed();
  const weight = (part: string) => base ** (order.indexOf(part as (typeof order)[number]) + 1);
  const place = weight('attendees');
  const ofSenior = place + (order.includes('seniors') ? weight('seniors') : 0);
  const needed = base ** (order.length + 1);
  const worth = board.guests.map((person) => {
    return (board.senior[person] ? ofSenior : place) + (board.once.includes(person) ? needed : 0);
  });
  const agreed = weight('yes');
  return (dates) => {
    let sum = 0;
    for (const [index, person] of board.guests.entries()) {
      let says = 0;
      for (const date of dates) says = Math.max(says, saysOf(board, person, date));
      if (says > 0) sum += worth[index]! + (says === 2 ? agreed : 0);
    }
    return sum;
  };
}
