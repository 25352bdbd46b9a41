// The audit log: acts that are noted, the kind each is filtered by, and its sentence.

export const auditKinds = [
  'refused',
  'sign-in',
  'access',
  'person',
  'address',
  'import',
  'export',
  'settings',
  'deleted',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** Filters of the log; each stands for one kind or two. */
export const auditFilters = {
  refused: ['refused'],
  'sign-ins': ['sign-in'],
  access: ['access'],
  people: ['person', 'address'],
  files: ['import', 'export'],
  settings: ['settings'],
  deleted: ['deleted'],
} as const satisfies Record<string, readonly AuditKind[]>;

export type AuditFilter = keyof typeof auditFilters;

export interface Act {
  kind: AuditKind;
  /** A catalogue key that follows the name of the person who did it. */
  says: string;
  /** A second line, filled from the entry's numbers; a pair is for one and for many of `n`. */
  detail?: string | readonly [one: string, many: string];
}

/** Sentences of the audit trail; without `{subject}` where neither a person nor a file is named. */
export const acts = {
  'wrong-code': { kind: 'refused', says: 'typed a wrong sign-in code for {subject}' },
  'wrong-code-unknown': {
    kind: 'refused',
    says: 'typed a wrong sign-in code for an address nobody here has',
  },
  'too-many-codes': { kind: 'refused', says: 'tried too many sign-in codes for {subject}' },
  'too-many-codes-unknown': { kind: 'refused', says: 'tried too many sign-in codes' },
  'too-many-emails': { kind: 'refused', says: 'asked for too many sign-in e-mails for {subject}' },
  'too-many-emails-unknown': { kind: 'refused', says: 'asked for too many sign-in e-mails' },
  'link-elsewhere': {
    kind: 'refused',
    says: 'pressed a sign-in link of {subject} in a browser that had not asked for it',
  },
  'link-elsewhere-unknown': {
    kind: 'refused',
    says: 'pressed a sign-in link in a browser that had not asked for it',
  },
  'wrong-link': { kind: 'refused', says: 'opened a personal link that does not work' },
  'wrong-feed': { kind: 'refused', says: 'opened a calendar feed that does not work' },
  'unknown-name': { kind: 'refused', says: 'typed a name that nobody has at the door of {subject}' },
  'too-many-names': { kind: 'refused', says: 'tried too many names at the door of {subject}' },
  'organisers-only': { kind: 'refused', says: 'tried to open a page for organisers: {subject}' },
  'signed-in-by-link': { kind: 'sign-in', says: 'signed in', detail: 'With the link from an e-mail' },
  'signed-in-by-code': { kind: 'sign-in', says: 'signed in', detail: 'With the code from an e-mail' },
  'confirmed-by-code': { kind: 'sign-in', says: 'confirmed with a fresh code' },
  'signed-out-everywhere': { kind: 'sign-in', says: 'signed out everywhere' },
  'looked-around': { kind: 'sign-in', says: 'looked around in the demo programme' },
  'made-organiser': { kind: 'access', says: 'made {subject} an organiser' },
  'no-longer-organiser': { kind: 'access', says: 'ended the organiser role of {subject}' },
  'made-facilitator': { kind: 'access', says: 'made {subject} the facilitator of an event' },
  'no-longer-facilitator': { kind: 'access', says: 'ended the facilitator role of {subject} at an event' },
  reactivated: { kind: 'access', says: 'reactivated {subject}' },
  'added-person': { kind: 'person', says: 'added {subject}' },
  'edited-person': { kind: 'person', says: 'edited {subject}' },
  'changed-address': { kind: 'address', says: 'changed the address of {subject}' },
  'imported-people': {
    kind: 'import',
    says: 'imported people from {subject}',
    detail: '{added} added, {changed} changed, {left} rows left out',
  },
  'import-failed': { kind: 'import', says: 'started to import people from {subject}, which failed' },
  'import-stopped': { kind: 'import', says: 'stopped the import of people from {subject}' },
  'undid-import': {
    kind: 'import',
    says: 'undid the import of people from {subject}',
    detail: '{removed} removed, {changedBack} changed back, {kept} left as they are',
  },
  'imported-trends': {
    kind: 'import',
    says: 'imported trends from {subject}',
    detail: '{added} added, {changed} changed',
  },
  'undid-trends': {
    kind: 'import',
    says: 'undid the import of trends from {subject}',
    detail: '{removed} removed, {changedBack} changed back, {kept} left as they are',
  },
  'exported-people': { kind: 'export', says: 'exported the list of people', detail: ['{n} row', '{n} rows'] },
  'exported-guests': {
    kind: 'export',
    says: 'exported the guest list of {subject}',
    detail: ['{n} row', '{n} rows'],
  },
  'exported-questions': {
    kind: 'export',
    says: 'exported the questions and answers of {subject}',
    detail: ['{n} row', '{n} rows'],
  },
  'exported-audit-log': { kind: 'export', says: 'exported the audit log', detail: ['{n} row', '{n} rows'] },
  'set-up': { kind: 'settings', says: 'set up {subject}' },
  'set-up-demo': { kind: 'settings', says: 'set up the demo programme' },
  'changed-programme': { kind: 'settings', says: 'changed the settings of {subject}' },
  'started-season': { kind: 'settings', says: 'started the season {subject}' },
  'reminded-of-rules': {
    kind: 'settings',
    says: 'reminded people of the ground rules of {subject}',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'set-assignment-rules': { kind: 'settings', says: 'changed how trends are given to teams in {subject}' },
  'exported-not-ranked': {
    kind: 'export',
    says: 'exported who has not ranked the trends',
    detail: ['{n} row', '{n} rows'],
  },
  'published-teams': {
    kind: 'settings',
    says: 'gave trends to teams in {subject}',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'took-back-teams': { kind: 'settings', says: 'took back giving trends to teams in {subject}' },
  'placed-late': { kind: 'person', says: 'placed {subject} in a team' },
  'placed-all-late': {
    kind: 'person',
    says: 'placed everyone without a team in {subject}',
    detail: ['{n} person', '{n} people'],
  },
  'took-back-late-places': {
    kind: 'person',
    says: 'took back placing people in teams in {subject}',
    detail: ['{n} person', '{n} people'],
  },
  'offered-place': {
    kind: 'person',
    says: 'offered a free place in a team of {subject} to the reserve list',
  },
  'took-offered-place': { kind: 'person', says: 'took the place they were offered in a team of {subject}' },
  'exported-without-team': {
    kind: 'export',
    says: 'exported who is in no team',
    detail: ['{n} row', '{n} rows'],
  },
  'opened-offers': {
    kind: 'settings',
    says: 'opened the page on which young talents put themselves forward for {subject}',
  },
  'opened-senior-offers': {
    kind: 'settings',
    says: 'opened the page on which senior managers put themselves forward for {subject}',
  },
  'closed-offers': {
    kind: 'settings',
    says: 'closed a page on which people put themselves forward for {subject}',
  },
  'accepted-offer': { kind: 'person', says: 'accepted the offer of {subject}' },
  'accepted-offers': {
    kind: 'person',
    says: 'accepted all offers that waited in {subject}',
    detail: ['{n} person', '{n} people'],
  },
  'reserved-offer': { kind: 'person', says: 'put an offer on the reserve list of {subject}' },
  'declined-offer': { kind: 'person', says: 'said no to an offer in {subject}' },
  'took-back-offers': {
    kind: 'person',
    says: 'took back the answer to offers in {subject}',
    detail: ['{n} offer', '{n} offers'],
  },
  'withdrew-offer': { kind: 'deleted', says: 'withdrew their offer in {subject}' },
  'erased-offers': {
    kind: 'deleted',
    says: 'deleted the offers of {subject}',
    detail: ['{n} offer', '{n} offers'],
  },
  'exported-notes': {
    kind: 'export',
    says: 'exported notes of {subject}',
    detail: ['{n} row', '{n} rows'],
  },
  'exported-offers': { kind: 'export', says: 'exported offers', detail: ['{n} row', '{n} rows'] },
  'exported-coverage': {
    kind: 'export',
    says: 'exported who wants to know what',
    detail: ['{n} row', '{n} rows'],
  },
  'set-voting-day': { kind: 'settings', says: 'set the last day of voting on trends in {subject}' },
  'closed-voting': { kind: 'settings', says: 'closed voting on trends in {subject}' },
  'reopened-voting': { kind: 'settings', says: 'opened voting on trends again in {subject}' },
  'exported-list': { kind: 'export', says: 'exported a list: {subject}', detail: ['{n} row', '{n} rows'] },
  'corrected-presenters': {
    kind: 'person',
    says: 'corrected who presented at {subject}',
    detail: ['{n} entry', '{n} entries'],
  },
  'exported-draft': {
    kind: 'export',
    says: 'exported the draft of who gets which trend',
    detail: ['{n} row', '{n} rows'],
  },
  'reminded-to-rank': {
    kind: 'settings',
    says: 'reminded talents of {subject} to rank the trends',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'asked-for-wishes': {
    kind: 'settings',
    says: 'asked what people wish of a partner: {subject}',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'published-pairs': {
    kind: 'settings',
    says: 'published pairs of {subject}',
    detail: ['{n} pair', '{n} pairs'],
  },
  'exported-pairs': { kind: 'export', says: 'exported pairs', detail: ['{n} row', '{n} rows'] },
  'exported-wishes': { kind: 'export', says: 'exported wishes for pairs', detail: ['{n} row', '{n} rows'] },
  'asked-for-dates': {
    kind: 'settings',
    says: 'asked when people can come: {subject}',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'wrote-message': {
    kind: 'settings',
    says: 'wrote an e-mail to a group: {subject}',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'changed-wording': { kind: 'settings', says: 'changed the wording of an e-mail: {subject}' },
  'reset-wording': { kind: 'settings', says: 'reset the wording of an e-mail: {subject}' },
  'changed-question-rules': { kind: 'settings', says: 'changed the rules for questions of {subject}' },
  'opened-nameless': { kind: 'settings', says: 'switched asking without a name on for {subject}' },
  'closed-nameless': { kind: 'settings', says: 'switched asking without a name off for {subject}' },
  deactivated: { kind: 'deleted', says: 'deactivated {subject}', detail: 'Signed out everywhere' },
  'made-new-secret': {
    kind: 'settings',
    says: 'made a new secret, so that all personal links are new',
    detail: ['{n} person got a new link', '{n} people got a new link'],
  },
  'sent-from-new-address': {
    kind: 'settings',
    says: 'sent the e-mails that waited since the address of Flipside changed',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'cancelled-waiting-letters': {
    kind: 'deleted',
    says: 'cancelled the e-mails that waited since the address of Flipside changed',
    detail: ['{n} e-mail', '{n} e-mails'],
  },
  'deleted-draft': { kind: 'deleted', says: 'deleted a draft: {subject}' },
  'removed-demo': { kind: 'deleted', says: 'deleted the demo programme' },
  'erased-needs': {
    kind: 'deleted',
    says: 'deleted dietary and access needs of {subject}',
    detail: '14 days after the event',
  },
  'forgot-commitment': {
    kind: 'deleted',
    says: 'deleted the record of who answered what',
    detail: 'After 24 months',
  },
} as const satisfies Record<string, Act>;

export type ActName = keyof typeof acts;

/** How long an entry is kept; days. */
const keptDays = 365;

/** The first day of which the log still keeps its entries. */
export function auditSince(today: Temporal.PlainDate): Temporal.PlainDate {
  return today.subtract({ days: keptDays });
}
