// The invented trends of the demo programme, and who said what of them.
import { details } from './trend-details.ts';

export interface DemoTrend {
  sentence: string;
  /** Markdown; its first paragraph stands below the sentence in lists. */
  detail: string;
  links: readonly string[];
  state: 'proposed' | 'shortlisted' | 'parked' | 'merged';
  parkedReason?: string;
  mergedInto?: string;
  proposer: string;
  daysAgo: number;
  /** How many want to know it, besides those named in `wantToo`. */
  want: { seniors: number; talents: number };
  wantToo: readonly string[];
  canTell: readonly string[];
}

type Given = Pick<DemoTrend, 'sentence' | 'proposer' | 'daysAgo'> & Partial<DemoTrend>;

function trend(state: DemoTrend['state'], given: Given): DemoTrend {
  return {
    detail: details[given.sentence] ?? '',
    links: [],
    state,
    want: { seniors: 0, talents: 0 },
    wantToo: [],
    canTell: [],
    ...given,
  };
}

const intranet = 'https://intranet.halden.example/reverse-mentoring';

/** One for each table of the coming event, in the order of the tables. */
export const winterTrends: readonly DemoTrend[] = [
  trend('shortlisted', {
    sentence: 'Agents doing office work',
    links: [`${intranet}/weekly-report-by-an-agent`, 'https://agents.example/field-notes'],
    proposer: 'Priya Nair',
    daysAgo: 54,
    want: { seniors: 15, talents: 9 },
    canTell: [
      'Elias Strand',
      'Jonas Berg',
      'Priya Nair',
      'Kwame Mensah',
      'Oskar Lindholm',
      'Daniel Roos',
      'Susanne Krüger',
    ],
  }),
  trend('shortlisted', {
    sentence: 'Proof that a person made it',
    links: ['https://provenance.example/how-content-is-signed'],
    proposer: 'Leo Hartmann',
    daysAgo: 53,
    want: { seniors: 12, talents: 7 },
    canTell: ['Leo Hartmann', 'Sofia Mendes', 'Yvonne Adler', 'Mei Chen'],
  }),
  trend('shortlisted', {
    sentence: 'Heat as a working condition',
    links: [
      'https://osha.example/heat-at-work',
      `${intranet}/floor-temperatures-eleven-sites`,
      `${intranet}/what-the-spanish-sites-changed`,
    ],
    proposer: 'Hana Kovač',
    daysAgo: 55,
    want: { seniors: 13, talents: 8 },
    canTell: ['Hana Kovač', 'Elias Strand', 'Tomasz Wójcik', 'Priya Nair', 'Rolf Amundsen'],
  }),
  trend('shortlisted', {
    sentence: 'Work after the degree',
    links: [`${intranet}/25-talks`, `${intranet}/leavers-by-month`],
    proposer: 'Noor Haddad',
    daysAgo: 52,
    want: { seniors: 15, talents: 7 },
    canTell: [
      'Noor Haddad',
      'Oskar Lindholm',
      'Inês Carvalho',
      'Aisha Demir',
      'Elias Strand',
      'Ingrid Solheim',
    ],
  }),
  trend('shortlisted', {
    sentence: 'Customers who never visit us',
    links: ['https://shopping-assistants.example/what-they-read'],
    proposer: 'Mei Chen',
    daysAgo: 50,
    want: { seniors: 11, talents: 5 },
    canTell: ['Mei Chen', 'Kwame Mensah', 'Eva Lang'],
  }),
];

/** Open for voting. */
export const openTrends: readonly DemoTrend[] = [
  trend('proposed', {
    sentence: 'Suppliers check our climate figures before we check theirs',
    links: [
      'https://climate-figures.example/what-buyers-ask',
      `${intranet}/two-lost-tenders`,
      `${intranet}/who-owns-the-spreadsheet`,
    ],
    proposer: 'Hana Kovač',
    daysAgo: 4,
    want: { seniors: 8, talents: 3 },
    wantToo: ['Amina Yusuf'],
    canTell: ['Hana Kovač', 'Thomas Ek'],
  }),
  trend('proposed', {
    sentence: 'Young customers ask a video for advice before they ask a person',
    links: ['https://video-advice.example/2026'],
    proposer: 'Mei Chen',
    daysAgo: 5,
    want: { seniors: 5, talents: 2 },
    canTell: ['Mei Chen', 'Leo Hartmann'],
  }),
  trend('shortlisted', {
    sentence: 'A battery on site turns the energy bill into a trading desk',
    links: ['https://grid-prices.example/north', `${intranet}/moss-plant-first-winter`],
    proposer: 'Amina Yusuf',
    daysAgo: 6,
    want: { seniors: 6, talents: 2 },
    wantToo: ['Amina Yusuf'],
    canTell: ['Amina Yusuf', 'Elias Strand'],
  }),
  trend('shortlisted', {
    sentence: 'Four generations share one team chat and read it four ways',
    proposer: 'Noor Haddad',
    daysAgo: 10,
    want: { seniors: 4, talents: 4 },
    wantToo: ['Amina Yusuf'],
    canTell: ['Noor Haddad'],
  }),
  trend('shortlisted', {
    sentence: 'Small models run on the phone in every driver’s cab',
    links: ['https://small-models.example/on-a-phone', `${intranet}/three-drivers`],
    proposer: 'Jonas Berg',
    daysAgo: 11,
    want: { seniors: 7, talents: 2 },
    canTell: ['Amina Yusuf', 'Jonas Berg', 'Kwame Mensah'],
  }),
  trend('proposed', {
    sentence: 'New colleagues ask for the salary band before they ask about the job',
    links: ['https://pay-transparency.example/adverts'],
    proposer: 'Sofia Mendes',
    daysAgo: 13,
    want: { seniors: 6, talents: 5 },
    canTell: ['Sofia Mendes', 'Aisha Demir'],
  }),
  trend('proposed', {
    sentence: 'The spare part is printed on site before ours has left the warehouse',
    links: ['https://printed-parts.example/spares', `${intranet}/gdynia-printer`],
    proposer: 'Tomasz Wójcik',
    daysAgo: 15,
    want: { seniors: 5, talents: 1 },
    canTell: ['Tomasz Wójcik'],
  }),
  trend('proposed', {
    sentence: 'Repair is becoming a right, and our manuals are still secret',
    links: ['https://right-to-repair.example/what-is-due'],
    proposer: 'Kwame Mensah',
    daysAgo: 17,
    want: { seniors: 3, talents: 2 },
    canTell: ['Sofia Mendes'],
  }),
  trend('proposed', {
    sentence: 'Colleagues learn from each other’s screen recordings, not from the course we bought',
    proposer: 'Oskar Lindholm',
    daysAgo: 19,
    want: { seniors: 2, talents: 3 },
    canTell: ['Oskar Lindholm', 'Inês Carvalho'],
  }),
];

export const parkedTrends: readonly DemoTrend[] = [
  trend('parked', {
    sentence: 'The office as a showroom',
    parkedReason: 'Facilities decides on the building in March. It comes back then.',
    proposer: 'Yvonne Adler',
    daysAgo: 51,
    want: { seniors: 5, talents: 3 },
    canTell: ['Karin Nyström'],
  }),
  trend('parked', {
    sentence: 'Shorter weeks in the depots',
    parkedReason: 'Talks with the unions are under way. Not before they end.',
    proposer: 'Elias Strand',
    daysAgo: 49,
    want: { seniors: 6, talents: 6 },
    canTell: ['Elias Strand', 'Magnus Dahl'],
  }),
  trend('parked', {
    sentence: 'A digital passport for every part',
    parkedReason: '4 want to know, nobody can tell yet. Can you?',
    links: ['https://product-passport.example/parts'],
    proposer: 'Kwame Mensah',
    daysAgo: 48,
    want: { seniors: 3, talents: 1 },
  }),
];

export const mergedTrend: DemoTrend = trend('merged', {
  sentence: 'Too hot to load a lorry',
  mergedInto: 'Heat as a working condition',
  proposer: 'Oskar Lindholm',
  daysAgo: 47,
});

/** Trends at the event before, in the order of the tables. */
export const autumnTrends: readonly DemoTrend[] = [
  trend('shortlisted', {
    sentence: 'The first month without a laptop',
    proposer: 'Yara El Amrani',
    daysAgo: 110,
    want: { seniors: 9, talents: 7 },
    canTell: ['Yara El Amrani', 'Daniel Roos'],
  }),
  trend('shortlisted', {
    sentence: 'Exit talks that nobody reads',
    proposer: 'Inês Carvalho',
    daysAgo: 108,
    want: { seniors: 12, talents: 5 },
    canTell: ['Noor Haddad', 'Inês Carvalho'],
  }),
  trend('shortlisted', {
    sentence: 'Meetings that could be a page',
    proposer: 'Priya Nair',
    daysAgo: 112,
    want: { seniors: 11, talents: 8 },
    canTell: ['Priya Nair', 'Leo Hartmann', 'Jonas Berg'],
  }),
  trend('shortlisted', {
    sentence: 'Customers who write at midnight',
    links: [`${intranet}/messages-by-the-hour`],
    proposer: 'Kwame Mensah',
    daysAgo: 105,
    want: { seniors: 8, talents: 4 },
    canTell: ['Mei Chen', 'Kwame Mensah'],
  }),
];

export const demoTrends: readonly DemoTrend[] = [
  ...autumnTrends,
  ...winterTrends,
  ...openTrends,
  ...parkedTrends,
  mergedTrend,
];

export interface DemoTeam {
  /** Young talents join and leave it themselves. */
  isOpen?: true;
  name: string;
  trend: string;
  members: readonly string[];
}

const team = (name: string, trend: DemoTrend, ...members: string[]): DemoTeam => ({
  name,
  trend: trend.sentence,
  members,
});

/** In the order of their tables. */
export const winterTeams: readonly DemoTeam[] = [
  team('Team 1', winterTrends[0]!, 'Amina Yusuf', 'Jonas Berg', 'Priya Nair'),
  team('Team 2', winterTrends[1]!, 'Leo Hartmann', 'Sofia Mendes'),
  team('Team 3', winterTrends[2]!, 'Tomasz Wójcik', 'Hana Kovač', 'Elias Strand'),
  team('Team 4', winterTrends[3]!, 'Noor Haddad', 'Oskar Lindholm'),
  team('Team 5', winterTrends[4]!, 'Mei Chen', 'Kwame Mensah'),
];

export const autumnTeams: readonly DemoTeam[] = [
  team('Team A', autumnTrends[0]!, 'Yara El Amrani', 'Daniel Roos'),
  team('Team B', autumnTrends[1]!, 'Noor Haddad', 'Inês Carvalho'),
  team('Team C', autumnTrends[2]!, 'Priya Nair', 'Leo Hartmann'),
  team('Team D', autumnTrends[3]!, 'Mei Chen', 'Kwame Mensah'),
];

/** A team that takes more people in, and has one too few. */
export const openTeam: DemoTeam = {
  ...team(
    'Team 6',
    openTrends.find(({ sentence }) => sentence.startsWith('Small models'))!,
    'Yara El Amrani',
  ),
  isOpen: true,
};
