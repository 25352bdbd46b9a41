// Food and access needs in the demo programme, reasons of those who could not come, and who was seen at the door.
import type { Reason } from '../guests/commitment.ts';
import { type Needs, noNeeds } from '../guests/needs.ts';

/** Needs of those who come to the coming event; people not named eat everything. */
export const winterNeeds: Readonly<Record<string, Needs>> = {
  'Henrik Falk': { ...noNeeds, diet: 'vegetarian' },
  'Susanne Krüger': { ...noNeeds, diet: 'vegetarian' },
  'Eva Lang': { ...noNeeds, diet: 'vegetarian' },
  'David Okafor': { ...noNeeds, diet: 'halal' },
  'Amina Yusuf': { ...noNeeds, diet: 'halal' },
  'Hana Kovač': { ...noNeeds, diet: 'vegan' },
  'Claire Fontaine': { ...noNeeds, allergies: ['nuts'] },
  'Rolf Amundsen': { ...noNeeds, access: ['door'] },
  'Karin Nyström': { ...noNeeds, access: ['hearing'] },
  'Yvonne Adler': { ...noNeeds, arrange: 'Leaves at 17:40' },
};

export const winterReasons: Readonly<Record<string, Reason>> = {
  'Helena Roth': 'meeting',
  'Nils Aaberg': 'away',
};

export const autumnReasons: Readonly<Record<string, Reason>> = {
  'Samuel Reyes': 'unwell',
  'Yvonne Adler': 'meeting',
};

/** Said yes to the held event and were not seen at the door. */
export const autumnAbsent: readonly string[] = ['Lars Moen', 'Robert Shaw'];

/** Had said yes to the held event first; Yvonne took it back the day before. */
export const autumnChanged: Readonly<Record<string, { hoursBefore: number }>> = {
  'Helena Roth': { hoursBefore: 9 * 24 },
  'Yvonne Adler': { hoursBefore: 26 },
};

/** Facilitator at the door of the coming event: a talent, and no organiser. */
export const winterFacilitator = 'Noor Haddad';
