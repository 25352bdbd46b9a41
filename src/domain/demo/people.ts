// The invented people of the demo programme. Everybody named elsewhere in the demo is named here first.
import { slugOf } from '../events/slugs.ts';

export interface DemoPerson {
  name: string;
  side: 'talent' | 'senior';
  jobTitle: string;
  department: string;
  /** Name of their manager. */
  manager?: string;
  /** ISO 639-1. */
  language: string;
  isOrganiser?: true;
  hasLeft?: true;
}

type Line = [name: string, jobTitle: string, department: string, language: string, manager?: string];

function on(side: DemoPerson['side'], lines: readonly Line[]): DemoPerson[] {
  return lines.map(([name, jobTitle, department, language, manager]) => ({
    name,
    side,
    jobTitle,
    department,
    language,
    ...(manager && { manager }),
  }));
}

export const demoOrganiser: DemoPerson = {
  name: 'Ida Nordby',
  side: 'senior',
  jobTitle: 'Head of Learning',
  department: 'People',
  language: 'no',
  manager: 'Ingrid Solheim',
  isOrganiser: true,
};

/** The twelve who host the coming event. The first is whom one looks around as. */
export const demoTalents = on('talent', [
  ['Amina Yusuf', 'Data engineer', 'Technology', 'no', 'Susanne Krüger'],
  ['Jonas Berg', 'Graduate', 'Finance', 'no', 'Henrik Falk'],
  ['Priya Nair', 'Product analyst', 'Sales', 'en', 'David Okafor'],
  ['Leo Hartmann', 'Brand designer', 'Marketing', 'de', 'Yvonne Adler'],
  ['Sofia Mendes', 'Legal trainee', 'Legal', 'pt', 'Claire Fontaine'],
  ['Tomasz Wójcik', 'Site engineer', 'Operations', 'pl', 'Rolf Amundsen'],
  ['Hana Kovač', 'Climate analyst', 'Strategy', 'hr', 'Samuel Reyes'],
  ['Elias Strand', 'Apprentice', 'Operations', 'no', 'Magnus Dahl'],
  ['Noor Haddad', 'HR graduate', 'People', 'nl', 'Ingrid Solheim'],
  ['Oskar Lindholm', 'Planner', 'Supply Chain', 'sv', 'Peter Vance'],
  ['Mei Chen', 'E-commerce lead', 'Sales', 'zh', 'David Okafor'],
  ['Kwame Mensah', 'Data scientist', 'Technology', 'en', 'Susanne Krüger'],
]);

/** Three who hosted the last event, and one nobody has invited yet. */
export const moreDemoTalents = on('talent', [
  ['Yara El Amrani', 'Trainee', 'Legal', 'fr', 'Claire Fontaine'],
  ['Daniel Roos', 'Engineer', 'Operations', 'nl', 'Rolf Amundsen'],
  ['Inês Carvalho', 'Trainee', 'People', 'pt', 'Ingrid Solheim'],
  ['Aisha Demir', 'Trainee', 'People', 'tr', 'Ingrid Solheim'],
]);

/** The 22 who are invited to the coming event. The first is whom one looks around as. */
export const demoSeniors = on('senior', [
  ['Margareta Lindqvist', 'Chief Operating Officer', 'Operations', 'sv'],
  ['Henrik Falk', 'Chief Financial Officer', 'Finance', 'no'],
  ['Ingrid Solheim', 'Chief People Officer', 'People', 'no'],
  ['David Okafor', 'SVP Sales', 'Sales', 'en', 'Margareta Lindqvist'],
  ['Claire Fontaine', 'General Counsel', 'Legal', 'fr'],
  ['Rolf Amundsen', 'SVP Operations', 'Operations', 'no', 'Margareta Lindqvist'],
  ['Susanne Krüger', 'Chief Information Officer', 'Technology', 'de'],
  ['Peter Vance', 'SVP Supply Chain', 'Supply Chain', 'en', 'Margareta Lindqvist'],
  ['Anneke de Vries', 'Chief Marketing Officer', 'Marketing', 'nl'],
  ['Giorgio Conti', 'Head of Risk', 'Finance', 'it', 'Henrik Falk'],
  ['Birgit Holm', 'Head of Audit', 'Finance', 'da', 'Henrik Falk'],
  ['Samuel Reyes', 'SVP Strategy', 'Strategy', 'es'],
  ['Karin Nyström', 'Head of Real Estate', 'Operations', 'sv', 'Margareta Lindqvist'],
  ['Thomas Ek', 'Head of Procurement', 'Supply Chain', 'sv', 'Peter Vance'],
  ['Yvonne Adler', 'SVP Communications', 'Marketing', 'de', 'Anneke de Vries'],
  ['Eva Lang', 'Head of Customer Care', 'Sales', 'de', 'David Okafor'],
  ['Robert Shaw', 'Head of Treasury', 'Finance', 'en', 'Henrik Falk'],
  ['Patricia Gómez', 'Head of Quality', 'Operations', 'es', 'Rolf Amundsen'],
  ['Magnus Dahl', 'Head of Fleet', 'Operations', 'no', 'Rolf Amundsen'],
  ['Lars Moen', 'Head of Investor Relations', 'Finance', 'no', 'Henrik Falk'],
  ['Helena Roth', 'Head of Public Affairs', 'Legal', 'de', 'Claire Fontaine'],
  ['Nils Aaberg', 'Head of Logistics', 'Supply Chain', 'no', 'Peter Vance'],
]);

const whoLeft: DemoPerson = {
  name: 'Mats Eriksen',
  side: 'senior',
  jobTitle: 'Head of Tax',
  department: 'Finance',
  language: 'no',
  manager: 'Henrik Falk',
  hasLeft: true,
};

/** Everybody, in the order their rows are made. */
export const demoPeople: readonly DemoPerson[] = [
  demoOrganiser,
  ...demoTalents,
  ...demoSeniors,
  ...moreDemoTalents,
  whoLeft,
];

/** An address nobody has: `.example` belongs to no one (RFC 2606). */
export function demoEmail(name: string): string {
  return `${slugOf(name, '').replaceAll('-', '.')}@halden.example`;
}
