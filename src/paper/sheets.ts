// Everything that stands on paper, as plain data: worked out beforehand, so that drawing needs neither words nor rules.

export const sheetNames = ['place-cards', 'cards', 'tables', 'finder', 'wall', 'evening'] as const;
/** A kind of sheet; 'evening' is all of them in one file. */
export type SheetName = (typeof sheetNames)[number];

export type Side = 'talent' | 'senior';

/** Somebody's card. Their name is a first name. */
export interface PaperPerson {
  /** Their number, which is not drawn. */
  id: number;
  name: string;
  side: Side;
  /** 'Hosts table 3'; empty for people who host none. */
  hosts: string;
  /** The trend of the table they host. */
  topic: string;
  rounds: { title: string; at: string; table: string; topic: string }[];
}

/** A table in all rounds; names are first names. */
export interface PaperTable {
  number: number;
  /** 'Table 3' */
  label: string;
  title: string;
  hosts: string[];
  /** How many hosts and guests sit there in the first round, as marks around its number. */
  seats: { talents: number; seniors: number };
  rounds: { title: string; at: string; people: string[] }[];
}

/** The evening as it is printed. */
export interface PaperEvening {
  title: string;
  /** 'Thursday 10 December 2026, 16:00' */
  when: string;
  /** 'Printed Monday 7 December 2026, 09:12' */
  printed: string;
  labels: { rules: string; contents: string; runOfShow: string; open: string; name: string };
  /** Lines of the cover: the sheets in the file, and everything still open. */
  contents: string[];
  open: string[];
  rules: { rule: string; why: string }[];
  runOfShow: { at: string; title: string; minutes: string }[];
  people: PaperPerson[];
  tables: PaperTable[];
  /** Everyone by last name, with their table in each round. */
  finder: { name: string; tables: string[] }[];
  rounds: { title: string; at: string }[];
}

/** A run of show for the wall. */
export interface PaperRun {
  title: string;
  /** 'Thursday 10 December 2026, The Atrium' */
  day: string;
  /** '16:00–18:15' */
  span: string;
  zone: string;
  rows: { at: string; kind: string; title: string; note: string; led: string; minutes: number }[];
  ends: string;
  tables: { number: number; title: string; hosts: string }[];
  labels: { start: string; what: string; led: string; minutes: string; end: string; foot: string };
}
