// The three invented events of the demo programme: one held, one coming, one still a draft.
import type { SupportContact } from '../settings/programme.ts';
import { demoSeniors } from './people.ts';

export const demoProgramme = {
  organisation: 'Halden Group',
  name: 'Reverse mentoring 2026–2027',
  timeZone: 'Europe/Oslo',
  purpose: 'Young colleagues teach senior managers what will change our work. Nobody has to know it already.',
  sponsorName: 'Wilhelmine von Hohenstein-Rautenberg',
  sponsorTitle: 'Group Vice President, Regulatory Affairs',
  sponsorWords: 'I came with one question and left with three I should have asked years ago.',
  contacts: [
    { name: 'Ida Nordby', email: 'ida.nordby@halden.example', phone: '+47 22 00 14 08', readers: 'all' },
  ] as SupportContact[],
};

export interface DemoEvent {
  name: string;
  format: 'perspective-challenger' | 'lunch-and-learn';
  headline: string;
  lede: string;
  place: string;
  access: string;
  seniors: number;
  talents: number;
}

export const winterRound: DemoEvent = {
  name: 'Winter round',
  format: 'perspective-challenger',
  headline: 'Five trends that already reach your desk',
  lede: 'You bring the questions. Twelve young talents bring four weeks of research. Nobody presents slides.',
  place: 'The Atrium, level 9, Storgata 12',
  access: 'Step-free.',
  seniors: 22,
  talents: 12,
};

export const autumnRound: DemoEvent = {
  name: 'Autumn round',
  format: 'perspective-challenger',
  headline: 'Four things newcomers see and we no longer do',
  lede: 'You bring the questions. Eight young talents bring what struck them in their first year. Nobody presents slides.',
  place: 'The Atrium, level 9, Storgata 12',
  access: 'Step-free.',
  seniors: 20,
  talents: 8,
};

export const heatOnSite: DemoEvent = {
  name: 'Heat on site',
  format: 'lunch-and-learn',
  headline: 'What 35 °C does to a shift',
  lede: 'Tomasz, Hana and Elias measured the floor of eleven sites. Bring lunch and the question you have been meaning to ask.',
  place: 'Canteen 2, Storgata 12',
  access: 'Step-free. Lunch is there; tell us what you do not eat.',
  seniors: 36,
  talents: 3,
};

export type DemoAnswer = 'coming' | 'maybe' | 'declined' | 'invited';

/** Returns a senior's answer to the coming event; 'invited' has not answered. */
export function winterAnswer(name: string): DemoAnswer {
  if (['Margareta Lindqvist', 'Robert Shaw', 'Patricia Gómez', 'Magnus Dahl'].includes(name))
    return 'invited';
  if (name === 'Lars Moen') return 'maybe';
  return ['Helena Roth', 'Nils Aaberg'].includes(name) ? 'declined' : 'coming';
}

/** Returns a senior's answer to the event before. */
export function autumnAnswer(name: string): DemoAnswer {
  return ['Helena Roth', 'Nils Aaberg', 'Yvonne Adler', 'Samuel Reyes'].includes(name)
    ? 'declined'
    : 'coming';
}

/** Margareta was not invited then: the coming event is her first. */
export const autumnGuests: readonly string[] = demoSeniors
  .map(({ name }) => name)
  .filter((name) => name !== 'Margareta Lindqvist');

/** Guests the organiser has thought of for the draft: the sites are theirs. */
export const heatGuests: readonly string[] = [
  'Rolf Amundsen',
  'Magnus Dahl',
  'Patricia Gómez',
  'Karin Nyström',
  'Thomas Ek',
  'Nils Aaberg',
];
