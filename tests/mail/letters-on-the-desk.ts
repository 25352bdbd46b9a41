// One letter of every kind, with the people of the demo programme; `stretched` is the same at the limits.
import type { CalendarFacts, LetterEvent, LetterFacts } from '../../src/domain/letters/facts.ts';
import type { News } from '../../src/domain/letters/organiser-news.ts';

export const event: LetterEvent = {
  name: 'Perspective Challenger, winter round',
  start: '2026-12-10T16:00',
  minutes: 135,
  timeZone: 'Europe/Oslo',
  place: 'The Atrium, level 9, Storgata 12',
  online: false,
};

export const calendar: CalendarFacts = {
  uid: '9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example',
  sequence: 1,
  revisedAt: '2026-11-22T09:00:00Z',
  createdAt: '2026-11-20T09:00:00Z',
  start: event.start,
  minutes: event.minutes,
  timeZone: event.timeZone,
  summary: event.name,
  location: event.place,
  description: 'Five trends that already reach your desk.',
  url: 'https://flipside.example/e/winter-round',
  organiser: { name: 'Ida Nordby', email: 'invitations@flipside.example' },
  cancelled: false,
};

const about = {
  recipient: { name: 'Margareta Lindqvist' },
  organisation: 'Halden Group',
  organiser: 'Ida Nordby',
  event,
  personalUrl: 'https://flipside.example/i/p4nRk2vTqW8sLmX0',
  calendar,
};

const { calendar: _, ...withoutCalendar } = about;

const { calendar: _untouched, ...reminding } = {
  ...about,
  answer: 'coming' as const,
  stopUrl: `${about.personalUrl}/reminders`,
};

const invitation: LetterFacts = {
  ...about,
  kind: 'invitation',
  headline: 'Five trends that already reach your desk',
  lede: 'Twelve young talents spent four weeks on five trends. You sit at three of their tables and ask. Nobody presents slides, and there is nothing to prepare.',
  coming: { names: ['Claire Dubois', 'Rolf Aas', 'Ingrid Moe'], count: 15 },
  answerBy: '2026-12-03',
  topQuestion: 'If an agent approves an invoice it should not have, who signs for the mistake?',
};

/** Every kind once. */
export const letters: LetterFacts[] = [
  {
    kind: 'sign-in',
    recipient: { name: 'Amina Yusuf' },
    organisation: 'Halden Group',
    link: 'https://flipside.example/sign-in/3f9d2c',
    code: 'K7QM-2XDR',
    minutes: 10,
  },
  {
    kind: 'sign-in',
    recipient: { name: 'Ida Nordby' },
    organisation: 'Halden Group',
    link: 'https://flipside.example/sign-in/8c1a77',
    code: 'K7QM-2XDR',
    minutes: 10,
    confirms: true,
  },
  ...(['before', 'after'] as const).map(
    (to): LetterFacts => ({
      kind: 'address-changed',
      recipient: { name: 'Amina Yusuf' },
      organisation: 'Halden Group',
      organiser: 'Ida Nordby',
      organiserEmail: 'ida.nordby@halden.example',
      before: 'amina.yusuf@halden.example',
      after: 'amina.lund@halden.example',
      to,
      signInUrl: 'https://flipside.example/sign-in',
    }),
  ),
  ...['2026-12-11', null].map(
    (closesOn): LetterFacts => ({
      kind: 'voting-reopened',
      recipient: { name: 'Margareta Lindqvist' },
      organisation: 'Halden Group',
      organiser: 'Ida Nordby',
      organiserEmail: 'ida.nordby@halden.example',
      programme: 'Reverse mentoring 2026–2027',
      closesOn,
      trendsUrl: 'https://flipside.example/trends',
    }),
  ),
  {
    kind: 'last-day',
    recipient: { name: 'Margareta Lindqvist' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    endsOn: '2026-12-31',
    siteUrl: 'https://flipside.example/events',
  },
  ...(
    [
      {
        kind: 'late',
        steps: [
          { team: 'Team 4', step: 'brief', day: '2026-11-30', isToday: false },
          { team: 'Team 7', step: 'researched', day: '2026-11-27', isToday: true },
        ],
      },
      { kind: 'left', team: 'Team 4', who: 'Oskar Lindholm', left: 1, short: 1, isForOrganiser: true },
      { kind: 'joined', team: 'Team 4', who: 'Noor Haddad', members: 3, isForOrganiser: true },
      { kind: 'joined', team: 'Team 4', who: 'Noor Haddad', members: 3, isForOrganiser: false },
      { kind: 'unanswered', team: 'Team 4', asked: 2 },
      { kind: 'left', team: 'Team 4', who: 'Oskar Lindholm', left: 2, isForOrganiser: false },
    ] as const
  ).map(
    (news): LetterFacts => ({
      kind: 'team-news',
      recipient: { name: 'Ida Nordby' },
      organisation: 'Halden Group',
      organiser: 'Ida Nordby',
      organiserEmail: 'ida.nordby@halden.example',
      programme: 'Reverse mentoring 2026–2027',
      news: news.kind === 'late' ? { ...news, steps: [...news.steps] } : news,
      teamUrl: 'https://flipside.example/teams/4',
    }),
  ),
  ...(['planned', 'moved', 'cancelled', 'left'] as const).map(
    (why): LetterFacts => ({
      kind: why === 'planned' || why === 'moved' ? 'team-meeting' : 'team-meeting-off',
      recipient: { name: 'Margareta Lindqvist' },
      organisation: 'Halden Group',
      organiser: 'Noor Haddad',
      organiserEmail: 'noor.haddad@halden.example',
      programme: 'Reverse mentoring 2026–2027',
      why,
      team: 'Team 4',
      isOwn: false,
      start: calendar.start,
      minutes: 60,
      timeZone: calendar.timeZone,
      place: why === 'moved' ? 'Room 3' : '',
      teamUrl: 'https://flipside.example/teams/4',
      calendar: { ...calendar, cancelled: why === 'cancelled' },
    }),
  ),
  {
    kind: 'place-offered',
    recipient: { name: 'Margareta Lindqvist' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    trend: 'Agents that book meetings for you',
    members: 1,
    until: '2026-12-09T18:00',
    askId: 3,
    placeUrl: 'https://flipside.example/place/3-284216b0d22dbd234fe6',
  },
  {
    kind: 'ground-rules',
    recipient: { name: 'Margareta Lindqvist' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    programmeId: 1,
    rules: null,
    rulesUrl: 'https://flipside.example/rules/2-20766-284216b0d22dbd234fe6',
  },
  {
    kind: 'several-things',
    recipient: about.recipient,
    organisation: about.organisation,
    organiser: about.organiser,
    organiserEmail: 'ida.nordby@halden.example',
    things: [
      { ...invitation, stopUrl: `${about.personalUrl}/no-more` },
      {
        kind: 'ground-rules',
        recipient: about.recipient,
        organisation: about.organisation,
        organiser: about.organiser,
        organiserEmail: 'ida.nordby@halden.example',
        programme: 'Reverse mentoring 2026–2027',
        programmeId: 1,
        rules: null,
        rulesUrl: 'https://flipside.example/rules/7-20780-2f9c',
      },
    ],
    calendar,
  },
  {
    kind: 'choose-dates',
    recipient: { name: 'Margareta Lindqvist' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    eventName: 'A battery on site',
    dates: 8,
    first: '2027-03-02',
    last: '2027-03-30',
    until: '2027-02-05',
    why: 'first',
    datesUrl: 'https://flipside.example/dates/5-2-20766-284216b0d22dbd234fe6',
  },
  invitation,
  { ...invitation, keptFor: { by: 'Henrik Falk', until: '2026-12-05T09:00' } } as LetterFacts,
  {
    ...about,
    kind: 'invitation-host',
    recipient: { name: 'Amina Yusuf' },
    shape: 'tables',
    trend: 'Agents that act on our behalf',
    team: 'The Night Shift',
    table: 2,
    answerBy: '2026-12-03',
  },
  {
    ...about,
    kind: 'moved',
    before: { ...event, start: '2026-12-03T15:00', place: 'Room 4.12' },
    answer: 'coming',
  },
  {
    ...about,
    kind: 'cancelled',
    reason: 'The building is closed that week.\n\nA new date follows in January.',
  },
  { ...about, kind: 'waiting', position: 3 },
  {
    ...withoutCalendar,
    kind: 'go-no-go',
    recipient: { name: 'Ida Nordby' },
    personalUrl: 'https://flipside.example/events/2',
    isReached: false,
    seniors: { n: 9, least: 12 },
    talents: { n: 12, least: 6 },
  },
  { ...reminding, kind: 'reminder', answer: 'invited', answerBy: '2026-12-03' },
  { ...reminding, kind: 'wondering', questions: 38 },
  {
    ...reminding,
    kind: 'preparation',
    recipient: { name: 'Amina Yusuf' },
    trend: 'Agents that act on our behalf',
    team: 'The Night Shift',
    prepareBy: '2026-11-30',
  },
  {
    ...reminding,
    kind: 'host-table',
    recipient: { name: 'Amina Yusuf' },
    isChanged: false,
    rounds: [
      { number: 1, title: '', at: '16:15', table: 2, people: ['Claire', 'Rolf', 'Ingrid'] },
      { number: 2, title: '', at: '16:45', table: 2, people: [] },
    ],
  },
  {
    ...withoutCalendar,
    kind: 'table-changed',
    rounds: [
      {
        number: 1,
        title: '',
        at: '16:15',
        table: 3,
        before: 1,
        topic: 'Heat as a working condition',
        hosts: ['Tomasz', 'Hana'],
      },
      { number: 2, title: 'Last round', at: '16:45', table: 0, before: 2, topic: '', hosts: [] },
    ],
  },
  { ...reminding, kind: 'see-you-soon', table: null, hasTables: true },
  { ...reminding, kind: 'today', table: 2 },
  { ...about, kind: 'seat-free' },
  { ...withoutCalendar, kind: 'seat-offer' },
  { ...withoutCalendar, kind: 'seat-gone' },
  ...(
    [
      { what: 'late-no', who: 'Ada Lovelace', because: 'unwell', movedUp: ['Bo Ek'], asked: 0 },
      { what: 'filled-up', seats: 34 },
      { what: 'quorum-lost', seniors: { n: 7, least: 10 }, talents: { n: 8, least: 8 } },
      { what: 'host-left', who: 'Amina Yusuf', trend: 'Agents that act on our behalf', table: 2 },
    ] as const
  ).map(
    (news): LetterFacts => ({
      ...withoutCalendar,
      recipient: { name: 'Ida Nordby' },
      personalUrl: 'https://flipside.example/events/7',
      kind: 'organiser-news',
      news: structuredClone(news) as News,
    }),
  ),
  {
    kind: 'organiser-day',
    recipient: { name: 'Ida Nordby' },
    organisation: 'Halden Group',
    from: '2026-12-04',
    until: '2026-12-06',
    events: [
      {
        name: event.name,
        url: 'https://flipside.example/events/7',
        yes: ['Margareta Lindqvist', 'Claire Dubois'],
        waiting: ['Rolf Aas'],
        maybe: ['Ingrid Moe'],
        no: ['Anders Holm'],
        after: ['Henrik Falk'],
        substitutes: [{ who: 'Paul Weber', instead: 'Eva Nys' }],
        movedUp: ['Tom Berg'],
        seats: { free: 2, waiting: 1 },
      },
    ],
    stops: ['Karin Vik'],
    putAside: { senders: ['karin.vik@halden.example'], url: 'https://flipside.example/mailbox/put-aside' },
    eventsUrl: 'https://flipside.example/events',
  },
  ...[true, false].map(
    (leads): LetterFacts => ({
      ...withoutCalendar,
      kind: 'facilitator',
      recipient: { name: 'Jonas Berg' },
      personalUrl: 'https://flipside.example/events/7/live',
      leads,
    }),
  ),
  {
    ...withoutCalendar,
    kind: 'facilitator-news',
    recipient: { name: 'Jonas Berg' },
    personalUrl: 'https://flipside.example/events/7/live',
    what: 'moved',
    before: { ...event, start: '2026-12-03T15:00' },
  },
  {
    ...withoutCalendar,
    kind: 'facilitator-news',
    recipient: { name: 'Jonas Berg' },
    personalUrl: 'https://flipside.example/events/7/live',
    what: 'cancelled',
  },
  {
    kind: 'message',
    recipient: { name: 'Margareta Lindqvist' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    subject: 'Where to leave your coat',
    body: 'The cloakroom is on level 8.\n\nSee you there.',
    event,
    personalUrl: 'https://flipside.example/i/p4nRk2vTqW8sLmX0',
  },
  {
    kind: 'message',
    recipient: { name: 'Amina Yusuf' },
    organisation: 'Halden Group',
    organiser: 'Ida Nordby',
    organiserEmail: 'ida.nordby@halden.example',
    programme: 'Reverse mentoring 2026–2027',
    subject: 'Your season begins',
    body: 'Welcome.',
  },
  { ...about, kind: 'new-link', answer: 'coming' },
  { ...about, kind: 'confirmed' },
  { ...about, kind: 'seat-given-back' },
  { ...about, kind: 'back-in-calendar', answer: 'maybe' },
  { ...about, kind: 'uninvited' },
  {
    ...about,
    kind: 'no-seat',
    next: { name: 'Spring round', start: '2027-03-11T16:00', timeZone: 'Europe/Oslo' },
  },
  { ...about, kind: 'other-address' },
  {
    ...withoutCalendar,
    kind: 'answer-question',
    what: 'answer',
    said: 'no',
    confirmUrl: 'https://flipside.example/r/p4nRk2vTqW8sLmX0p4nRk2vTqW8',
  },
  {
    ...withoutCalendar,
    kind: 'answer-not-counted',
    said: 'yes',
    why: {
      sentence: 'Answers closed on {day}. Write to {organiser}, who can still find you a seat.',
      values: { day: '3 December', organiser: 'Ida Nordby' },
    },
  },
  {
    ...withoutCalendar,
    recipient: { name: 'Ida Nordby' },
    organiser: 'Margareta Lindqvist',
    personalUrl: 'https://flipside.example/events/7',
    kind: 'proposal',
    what: 'proposal',
    who: 'Margareta Lindqvist',
    proposed: { start: '2026-12-11T16:00', minutes: 120 },
    note: 'Friday would suit me better.',
  },
];

export const aLongName =
  `Wolfeschlegelsteinhausenbergerdorff${'welchevoralternwarengewissenhaft'.repeat(6)}`.slice(0, 200);
const manyWords = 'Perspective Challenger with everybody who ever asked a question about it '
  .repeat(3)
  .slice(0, 200);

/** The same letters with names of 200 characters and every optional text long. */
export const stretched: LetterFacts[] = letters.map((facts) => ({
  ...facts,
  recipient: { name: aLongName },
  organisation: manyWords,
  ...('event' in facts && {
    event: { ...facts.event, name: manyWords, place: aLongName, online: true },
    organiser: aLongName,
  }),
  ...('trend' in facts && { trend: manyWords, team: aLongName }),
  ...('topQuestion' in facts && {
    topQuestion: manyWords.repeat(4),
    headline: manyWords,
    lede: manyWords.repeat(5),
  }),
})) as LetterFacts[];

/** The same letters with every optional fact left out. */
export const bare: LetterFacts[] = letters.map((facts) => {
  const emptied: Record<string, unknown> = { ...facts };
  delete emptied.calendar;
  for (const key of ['headline', 'lede', 'topQuestion', 'trend', 'team', 'reason'])
    if (key in emptied) emptied[key] = '';
  for (const key of ['answerBy', 'table', 'position']) if (key in emptied) emptied[key] = null;
  if ('coming' in emptied) emptied.coming = { names: [], count: 0 };
  if ('event' in facts) emptied.event = { ...facts.event, place: '' };
  return emptied as unknown as LetterFacts;
});
