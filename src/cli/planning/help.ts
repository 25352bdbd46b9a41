import type { Engine } from '../../planning/engines.ts';
import { engineNames, oneOf, rules } from './options.ts';

// Text of flipside --help. Each example is a whole: pasted into a shell it writes its file, plans, and prints.

const what: Record<Engine, string> = {
  tables: 'seats people at tables over several rounds, so that everybody meets new people',
  assign: 'gives trends to people or teams by what they rank',
  dates: 'chooses dates from who says yes or maybe to which',
  pairs: 'pairs seniors with talents who can tell about what they want to know',
};

/** Short description of each planner's fields; the whole is in the types of src/planning. */
const fields: Record<Engine, string> = {
  tables: `people   id, name, side (talent or senior), department, manager, host, stays, from, until
tables   a number, or a list of {"id", "name", "seats"}
rounds   a number
besides  apart, together [["a", "b"]], locks [{"person", "table", "rounds"}], past, previous, keep, mix

closed   [{"table": "t4", "from": 3}]: no such table from that round on
absence  0.15, or {"ada": 0.4, "*": 0.1}: how likely people are missing; tables may then be "fit",
         with seatsPerTable [5, 8]
met      [["a", "b", 2]]: how often two met at earlier events
prefers  [{"person", "table"}], rather [["a", "b"]] (they like to meet), balance "years" (people carry
         "years": 12, or any other number): soft, after all else, with a sentence for each that is not met
sitOut   true: where seats are too few, people sit out in turn

A CSV file with the columns Name, Side and perhaps E-mail, Department, Manager, Host (yes, or a table), Stays,
From, Until, Apart, Together, Rather (names, with | between them), Prefers (tables) and Lock (t2, or t2: 1, 3) is
taken too, with --tables N --rounds N. --tables may be a list as well, with the columns Table, Name, Seats and Closed
from. Where balance names a number, the column of that name has it. An --out that ends in .csv is that list with the columns Round 1, Round 2 … for the table of each round, and
Seat changes where there was a plan.
Given such a list again, as few people move as possible.
--past N         the first N rounds of the list have been held
--wishes FILE    JSON with any of these fields but people, for a list
--anyway         the best plan also where a wish cannot be kept, with a sentence for each`,
  assign: `agents   id, name, ranks [["first"], ["second", "as dear"]], skills, lock, department,
         lastRank (the rank they got last season, or "none": between equals the worse off goes first)
trends   id, name, least, most, mayClose, skills, optional (may close, and compared with and without)
besides  apart, together [["a", "b"]]
after the ranks, in this order: mix "departments" (the fewest pairs of one department in a team),
         likes [["a", "b"]] (the most of these together)
even     true: the sizes of open teams differ by one at most

People with empty ranks fill what is left and displace nobody. The answer says why each closed trend
stays closed and what opening it would cost (closedReasons), and what would be without each optional
one (without).

A CSV file is taken too, with the columns Name and perhaps E-mail, Department, Rank 1, Rank 2, … (trends; equals in one
cell with | between them), Skills, Lock, Last rank, Apart, Together and Likes (names).
An --out that ends in .csv is that list with the columns Trend and Why.
--trends FILE    CSV: Trend, and perhaps Name, Least, Most, May close, Optional, Skills
--wishes FILE    JSON with any of these fields but agents`,
  dates: `people   id, name, side (talent or senior), answers {"mon": "yes", "tue": "maybe"}, needed (once or always)
dates    id, name, quorum, least, most
besides  choose (a number of dates), quorum {"talent", "senior"}, least, most, first
group    ["a", "b"]: first of all, how many of these can come
events   [{"id", "name", "needs": ["a"], "dates": ["mon"]}] instead of choose: a date for each event, no two
         on one date; people may come to all of them, or to one with "once": true

A CSV file is taken too, with the columns Name, Side and perhaps E-mail, Needed (once or always), Team (yes: the group),
and a column for each date with yes, maybe or no.
An --out that ends in .csv is that list with the columns Date and Why.
--dates FILE     CSV: Date, and perhaps Name, Talents and Seniors (the fewest of each), Least, Most
--events FILE    CSV: Event, and perhaps Name, Needs (names), Dates
--wishes FILE    JSON with any of these fields but people`,
  pairs: `people   id, name, side (talent or senior), manager, wants, offers, likes [["first"], ["second"]], most
besides  apart, locks [["a", "b"]], weights [["a", "b", 40]], strangers
trios    true, or "trio": true on a senior: two talents may meet a senior together; then most people are
         placed, with most weight

A CSV file is taken too, with the columns Name, Side and perhaps E-mail, Manager, Wants, Offers (topics with | between
them), Likes, Likes 2, Most, Trio (yes), Apart and Lock (names). An --out that ends in .csv is that list with the
columns Partner, Topics and Why.
--wishes FILE    JSON with any of these fields but people`,
};

/** Examples as printed; a test runs them. */
const examples: Record<Engine, string> = {
  tables: `{"people": [{"id": "ada", "side": "talent", "host": true},
            {"id": "bo", "side": "talent", "host": true},
            {"id": "ines", "side": "senior"}, {"id": "max", "side": "senior"},
            {"id": "cas", "side": "talent", "manager": "ines"}, {"id": "dora", "side": "talent"}],
 "tables": 2, "rounds": 2}`,
  assign: `{"agents": [{"id": "ada", "ranks": [["ai"], ["energy"]]},
            {"id": "bo", "ranks": [["ai"], ["energy", "health"]]}],
 "trends": [{"id": "ai", "most": 1}, {"id": "energy", "most": 2}, {"id": "health", "most": 2}]}`,
  dates: `{"people": [{"id": "ada", "side": "talent", "answers": {"mon": "yes", "tue": "yes"}},
            {"id": "ines", "side": "senior", "answers": {"mon": "maybe", "tue": "yes"}},
            {"id": "max", "side": "senior", "answers": {"mon": "yes"}}],
 "dates": [{"id": "mon", "name": "Monday 5 October"}, {"id": "tue", "name": "Tuesday 6 October"}],
 "quorum": {"senior": 1, "talent": 1}}`,
  pairs: `{"people": [{"id": "ines", "side": "senior", "wants": ["ai", "energy"]},
            {"id": "max", "side": "senior", "wants": ["ai"]},
            {"id": "bo", "side": "talent", "offers": ["ai"]},
            {"id": "cas", "side": "talent", "offers": ["energy"], "manager": "max"}]}`,
};

const options = `--in FILE        what is asked, as JSON
--out FILE       where the answer goes; without it, it is printed
--seed N         another draw among equals: the same seed and iterations give the same answer
--seconds S      the best found in so many seconds; Ctrl-C ends it before
--iterations N   the best found in so many steps`;

/** The help the arguments ask for, or undefined where they ask for none. */
export function helpFor(args: readonly string[]): string | undefined {
  const asksHelp = args.some((word) => word === '--help' || word === '-h' || word === 'help');
  if (args.length > 0 && !asksHelp) return undefined;
  const engine = engineNames.find((name) => args.includes(name));
  return engine ? helpOf(engine) : overview();
}

function overview(): string {
  const list = engineNames.map((name) => `  ${name.padEnd(8)} ${what[name]}`).join('\n');
  return `flipside ${engineNames.join('|')} --in FILE --out FILE

${list}

${options}
--rule NAME      what goes first; flipside tables --help and so on say which there are

Exit code 2: what is asked cannot be, with a sentence for every reason. 1: a mistake of ours.

An example:

${exampleOf('tables')}`;
}

function helpOf(engine: Engine): string {
  return `flipside ${engine} --in FILE --out FILE: ${what[engine]}

${options}
--rule NAME      ${oneOf(rules[engine].names)}

What the file may say:

${fields[engine]}

An example:

${exampleOf(engine)}`;
}

function exampleOf(engine: Engine): string {
  return `cat > wishes.json <<'END'
${examples[engine]}
END
npx flipside ${engine} --in wishes.json --out answer.json && cat answer.json
`;
}
