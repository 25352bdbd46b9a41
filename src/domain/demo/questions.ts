// The invented questions of the demo programme: those on the wall, and those of the event before.

export interface DemoQuestion {
  table: number;
  author: string;
  text: string;
  votes: number;
}

export interface SettledQuestion extends DemoQuestion {
  state: 'answered' | 'parked';
  /** The team's answer in two lines, or why it is parked. */
  note: string;
}

/** Questions before the coming event, the most wanted first. */
export const winterQuestions: readonly DemoQuestion[] = [
  {
    table: 1,
    author: 'Birgit Holm',
    votes: 14,
    text: 'If an agent approves an invoice it should not have, who signs for the mistake?',
  },
  {
    table: 1,
    author: 'David Okafor',
    votes: 11,
    text: 'Explain it as if I had never opened one of these tools: what does an agent actually do all day?',
  },
  {
    table: 2,
    author: 'Claire Fontaine',
    votes: 9,
    text: 'How would I notice that a video of our CEO is fake before the market does?',
  },
  {
    table: 3,
    author: 'Rolf Amundsen',
    votes: 8,
    text: 'Which of our sites will be too hot to work in by August 2030?',
  },
  {
    table: 4,
    author: 'Lars Moen',
    votes: 7,
    text: 'What do we senior people get wrong about why your friends leave?',
  },
  {
    table: 5,
    author: 'Eva Lang',
    votes: 6,
    text: 'When a customer’s assistant compares us with a rival, what does it read about us?',
  },
  {
    table: 4,
    author: 'Anneke de Vries',
    votes: 5,
    text: 'What would you stop doing tomorrow if you ran my division?',
  },
  {
    table: 4,
    author: 'Ingrid Solheim',
    votes: 4,
    text: 'If pay is not the reason, why does every exit talk start with pay?',
  },
  {
    table: 5,
    author: 'Samuel Reyes',
    votes: 3,
    text: 'Is there anything here a company our size should simply ignore?',
  },
  {
    table: 1,
    author: 'Peter Vance',
    votes: 3,
    text: 'Which of my own weekly tasks would you hand over first?',
  },
  {
    table: 1,
    author: 'Giorgio Conti',
    votes: 3,
    text: 'How do I see afterwards what an agent did, if nobody clicked anything?',
  },
  {
    table: 2,
    author: 'Robert Shaw',
    votes: 3,
    text: 'If my voice calls finance and asks for a transfer, what stops it?',
  },
  {
    table: 3,
    author: 'Magnus Dahl',
    votes: 3,
    text: 'Who may send a shift home, and who pays for the hours?',
  },
  { table: 4, author: 'Eva Lang', votes: 3, text: 'Is a degree still what we should ask for in year one?' },
  { table: 1, author: 'Susanne Krüger', votes: 2, text: 'Does it tell me when it does not know?' },
  {
    table: 1,
    author: 'Karin Nyström',
    votes: 2,
    text: 'What happens to the trainees when the trainees’ work goes?',
  },
  { table: 1, author: 'Yvonne Adler', votes: 2, text: 'Can it read my mail, and did I agree to that?' },
  {
    table: 2,
    author: 'Susanne Krüger',
    votes: 2,
    text: 'Should we sign what we publish, and who would ever check?',
  },
  {
    table: 2,
    author: 'Anneke de Vries',
    votes: 2,
    text: 'Is a proof worth anything if customers never look at it?',
  },
  {
    table: 3,
    author: 'Patricia Gómez',
    votes: 2,
    text: 'What did the Spanish sites change that we could copy before the summer?',
  },
  { table: 4, author: 'Henrik Falk', votes: 2, text: 'Would you have stayed in the job I had at your age?' },
  {
    table: 4,
    author: 'Giorgio Conti',
    votes: 2,
    text: 'When did a manager last ask you what you want next?',
  },
  {
    table: 5,
    author: 'David Okafor',
    votes: 2,
    text: 'Can we see that a machine came to our site, and not a person?',
  },
  { table: 1, author: 'Thomas Ek', votes: 1, text: 'What did you try with it that failed?' },
  {
    table: 1,
    author: 'Nils Aaberg',
    votes: 1,
    text: 'Which of our suppliers use agents on us already, and how would I tell?',
  },
  {
    table: 2,
    author: 'Yvonne Adler',
    votes: 1,
    text: 'What makes you trust an e-mail that has our name on it?',
  },
  {
    table: 2,
    author: 'Helena Roth',
    votes: 1,
    text: 'Who owns my face once it has been in a training video?',
  },
  { table: 3, author: 'Thomas Ek', votes: 1, text: 'Is a cooled cab cheaper than an empty one?' },
  {
    table: 3,
    author: 'Karin Nyström',
    votes: 1,
    text: 'How warm would an office have to be for you to walk out?',
  },
  { table: 4, author: 'Susanne Krüger', votes: 1, text: 'Honestly: do you want my job at all?' },
  { table: 4, author: 'Samuel Reyes', votes: 1, text: 'What would bring someone back who has left us?' },
  {
    table: 5,
    author: 'Birgit Holm',
    votes: 0,
    text: 'Who here should write for readers that are not people?',
  },
];

const answered = (
  table: number,
  author: string,
  votes: number,
  text: string,
  note: string,
): SettledQuestion => ({ table, author, votes, text, state: 'answered', note });
const parked = (
  table: number,
  author: string,
  votes: number,
  text: string,
  note: string,
): SettledQuestion => ({ table, author, votes, text, state: 'parked', note });

/** Questions of the event before, and what became of them. */
export const autumnQuestions: readonly SettledQuestion[] = [
  answered(
    1,
    'Rolf Amundsen',
    9,
    'How does anybody work for three weeks without a laptop?',
    'They borrow the team’s spare one and sign in as a guest. Half of the first month is done on a private phone.',
  ),
  answered(
    1,
    'Susanne Krüger',
    7,
    'Who signs the form, and what would happen if nobody did?',
    'Four people sign. We followed twelve forms and nobody ever said no, so the form is going.',
  ),
  answered(
    1,
    'Thomas Ek',
    4,
    'What else do you wait for in the first month?',
    'A badge, a cost centre and a line in the phone list. The badge costs most hours: someone has to open the door.',
  ),
  answered(
    2,
    'Ingrid Solheim',
    11,
    'What do people say on their way out that they never told their manager?',
    'That they had asked what comes next and heard nothing. Nine of fourteen said it in nearly the same words.',
  ),
  answered(
    2,
    'Claire Fontaine',
    8,
    'Would you tell us the truth in an exit talk?',
    'Half of it. The other half comes six months later, if someone asks.',
  ),
  answered(
    2,
    'Henrik Falk',
    5,
    'Which three exit talks should I read first?',
    'Two from the fleet and one from treasury: they name the same meeting. The board now reads three a quarter.',
  ),
  answered(
    3,
    'Peter Vance',
    8,
    'Which meeting would you cancel tomorrow?',
    'The Monday status. We compared four weeks of it with the tool, line by line: it is all there.',
  ),
  answered(
    3,
    'David Okafor',
    6,
    'Do you say nothing because you have nothing to say?',
    'Mostly because it is decided before we sit down. Ask the youngest person first, once, and see.',
  ),
  answered(
    3,
    'Giorgio Conti',
    3,
    'Is a page really quicker, if twelve people have to read it?',
    'Twelve times four minutes is less than twelve times an hour. And nobody reads what does not concern them.',
  ),
  answered(
    4,
    'Anneke de Vries',
    6,
    'What do customers want at midnight that cannot wait?',
    'To know where it is. Seven of ten messages after 22:00 ask only that, and we know the answer.',
  ),
  answered(
    4,
    'Karin Nyström',
    4,
    'Would you trust a machine’s answer at that hour?',
    'For “where is it”, yes. For a complaint, no: say that a person answers at eight, and keep it.',
  ),
  parked(
    4,
    'Patricia Gómez',
    5,
    'What would it cost to answer around the clock?',
    'Needs figures from all countries. Customer care brings them to the spring round.',
  ),
  parked(
    2,
    'Lars Moen',
    4,
    'Should we pay people to stay until year three?',
    'Touches the pay talks, which run until March. It comes back after them.',
  ),
  parked(
    1,
    'Robert Shaw',
    3,
    'Why can newcomers not bring their own machine?',
    'The security team decides on it in February. It comes back with their answer.',
  ),
];
