// Dates: how many people have a place with every quorum kept, against the most popular dates; all by one seed. NODES
// sets how many nodes of a search tree Flipside may open (20,000).
import { planDates } from '../src/planning/dates/plan-dates.ts';
import type { DatesWishes, Invitee } from '../src/planning/dates/wishes.ts';
import { randomFrom } from '../src/planning/random.ts';
import { measured, print } from './measured.ts';

const seed = 1;
const iterations = Number(process.env.NODES ?? 20_000);

/** A third are seniors, who can come to fewer dates; some dates suit many. */
function calendar(people: number, dates: number, choose: number, quorum: number, most?: number): DatesWishes {
  const random = randomFrom(people * dates);
  const suits = Array.from({ length: dates }, () => 10 + random.below(30));
  const invited = Array.from({ length: people }, (_, index): Invitee => {
    const isSenior = index % 3 === 0;
    const answers = suits.map((percent, date): [string, 'yes' | 'maybe' | 'no'] => {
      const chance = random.below(100) * (isSenior ? 2 : 1);
      return [`d${date}`, chance < percent ? 'yes' : chance < percent + 8 ? 'maybe' : 'no'];
    });
    return {
      id: `p${index}`,
      name: `Person ${index}`,
      side: isSenior ? 'senior' : 'talent',
      answers: Object.fromEntries(answers),
    };
  });
  return {
    people: invited,
    dates: suits.map((_, date) => ({ id: `d${date}` })),
    choose,
    quorum: { senior: quorum },
    ...(most === undefined ? {} : { most }),
  };
}

/** The dates with most yes, half a yes for a maybe; everybody goes to the first of theirs that is not full. */
function mostPopular({
  people,
  dates,
  choose = 1,
  quorum,
  most = people.length,
}: DatesWishes): [number, number] {
  const worth = { yes: 2, maybe: 1, no: 0 };
  const points = (id: string) => people.reduce((sum, { answers }) => sum + worth[answers[id] ?? 'no'], 0);
  const chosen = dates.map(({ id }) => ({ id, points: points(id), seniors: 0, taken: 0 }));
  chosen.sort((a, b) => b.points - a.points);
  chosen.length = choose;
  let attendees = 0;
  for (const { answers, side } of people) {
    const can = (answer: string) => chosen.find(({ id, taken }) => answers[id] === answer && taken < most);
    const date = can('yes') ?? can('maybe');
    if (!date) continue;
    attendees += 1;
    date.taken += 1;
    date.seniors += side === 'senior' ? 1 : 0;
  }
  return [attendees, chosen.filter(({ seniors }) => seniors >= (quorum?.senior ?? 0)).length];
}

const instances: [string, DatesWishes][] = [
  ['40 people, 1 of 20 dates, quorum 3', calendar(40, 20, 1, 3)],
  ['40 people, 3 of 20 dates, quorum 3', calendar(40, 20, 3, 3)],
  ['120 people, 5 of 40 dates, quorum 5', calendar(120, 40, 5, 5)],
  ['300 people, 8 of 60 dates, quorum 6', calendar(300, 60, 8, 6)],
  ['500 people, 12 of 60 dates, quorum 8', calendar(500, 60, 12, 8)],
  ['300 people, 8 of 60 dates, quorum 12, 36 at most', calendar(300, 60, 8, 12, 36)],
];

const rows: (string | number)[][] = [];
for (const [name, wishes] of instances) {
  const own = await measured(() => planDates(wishes, { seed, iterations }));
  const peer = await measured(() => mostPopular(wishes));
  const { answer } = own;
  const quorate = answer.dates.filter(({ seniors }) => seniors >= wishes.quorum!.senior!).length;
  const [attendees, quoratePeer] = peer.answer;
  const bound = answer.goals.find(({ name }) => name === 'attendees') ?? answer.goals[0]!;
  rows.push([
    name,
    answer.attendees,
    bound.bound,
    `${quorate} of ${wishes.choose}`,
    answer.provenOptimal ? 'proven' : `gap ${(100 * answer.gap).toFixed(1)} %`,
    answer.method,
    answer.iterations,
    attendees,
    `${quoratePeer} of ${wishes.choose}`,
    own.cpu,
    peer.cpu,
  ]);
}
print(
  [
    'calendar',
    'places',
    'bound',
    'quorate',
    'best, or gap',
    'by',
    'steps',
    'most popular: places',
    'quorate',
    'CPU s',
    'most popular CPU s',
  ],
  rows,
);
