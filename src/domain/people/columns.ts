// Columns of a list of people and their fields, by the column's name in English, Dutch, French or German.
import { fold, type Sentence, sentenceWith, sideOf } from './words.ts';

export const fields = [
  'name',
  'firstName',
  'infix',
  'lastName',
  'greeting',
  'email',
  'side',
  'department',
  'manager',
  'jobTitle',
  'language',
] as const;
export type Field = (typeof fields)[number];
/** A field, a column about roles (never read) or one that says nothing to us. */
export type Column = Field | 'role' | 'skip';

const words: Record<Field | 'role', string> = {
  manager:
    'manager, managers, line manager, direct manager, reports to, reporting to, report to, supervisor, boss, team lead, ' +
    'leidinggevende, leidinggevenden, overste, baas, rapporteert aan, verantwoordelijke, responsable, superieur, ' +
    'superieur hierarchique, chef, manageur, n 1, n1, rapporte a, hierarchie, manager s e mail, manager email, ' +
    'e mail manager, mail manager, e mail leidinggevende, e mail du manager, e mail du responsable, vorgesetzter, ' +
    'vorgesetzte, direkter vorgesetzter, fuhrungskraft, berichtet an, e mail des vorgesetzten, e mail vorgesetzter',
  role:
    'organiser, organizer, organisers, is organiser, organisator, organisateur, organisatrice, admin, administrator, ' +
    'is admin, beheerder, administrateur, organisatorin, organisatoren, rechte, rolle, role, roles, rol, rollen, rights, rechten, droits, permissions',
  firstName:
    'first name, firstname, given name, forename, first, voornaam, roepnaam, prenom, prenom usuel, ' +
    'vorname, vornamen, rufname',
  infix:
    'tussenvoegsel, tussenvoegsels, voorvoegsel, name prefix, infix, prefix, particule, namenszusatz, vorsatzwort',
  lastName:
    'last name, lastname, surname, family name, last, achternaam, familienaam, nom de famille, ' +
    'nachname, familienname, zuname',
  greeting:
    'greeting, greeting name, greet as, salutation, preferred name, known as, nickname, aanspreking, aanspreeknaam, ' +
    'aanhef, nom d usage, surnom, anrede, anredename, rufname im alltag',
  email:
    'e mail, email, mail, e mail address, mail address, e mailadres, mailadres, e mail adres, adresse e mail, adresse mail, ' +
    'adresse electronique, adresse de messagerie, courriel, work email, user principal name, upn, e mail adresse, ' +
    'mailadresse, mail adresse, dienstliche e mail',
  side:
    'side, kant, zijde, cote, group, groep, groupe, type, category, categorie, population, populatie, doelgroep, ' +
    'talent or senior, talent senior, seite, gruppe, zielgruppe, kategorie, art',
  department:
    'department, dept, dep, division, business unit, bu, unit, organisational unit, organizational unit, afdeling, dienst, ' +
    'departement, service, direction, entite, division d affaires, directie, ' +
    'abteilung, bereich, geschaftsbereich, organisationseinheit, referat',
  jobTitle:
    'title, job title, job role, job, function, job function, position, functie, functietitel, functienaam, titel, titre, fonction, ' +
    'poste, intitule du poste, intitule de fonction, emploi, funktion, stelle, stellenbezeichnung, berufsbezeichnung, ' +
    'jobtitel',
  language:
    'language, languages, preferred language, lang, taal, voorkeurstaal, langue, langue preferee, langue de preference, locale, ' +
    'sprache, bevorzugte sprache',
  name:
    'name, full name, display name, person, employee, employee name, naam, volledige naam, naam en voornaam, naam voornaam, ' +
    'name first name, voornaam en naam, voornaam naam, persoon, medewerker, werknemer, nom, nom complet, nom et prenom, nom prenom, ' +
    'prenom et nom, prenom nom, personne, employe, collaborateur, collaboratrice, vollstandiger name, vor und nachname, ' +
    'mitarbeiter, mitarbeiterin',
};

const known = (Object.keys(words) as (Field | 'role')[]).map((field) => ({
  field,
  words: words[field].split(', '),
}));
const exactly = new Map(
  known.flatMap(({ field, words }) => words.map((word) => [word.replaceAll(' ', ''), field])),
);
/** Alone, beside a first name, these mean the last name. */
const lastNameBesideFirst = new Set(['name', 'naam', 'nom']);
/** These are a side only where the cells say so: "Role: talent" is one, "Role: admin" is not. */
const byCells = new Set([
  'role',
  'type',
  'group',
  'groep',
  'groupe',
  'gruppe',
  'rol',
  'category',
  'categorie',
  'kategorie',
  'rolle',
  'population',
]);

/** One column for each name in the header; a field is found once at most. `cells` are some of the rows below. */
export function guessColumns(
  header: readonly string[],
  cells: readonly (readonly string[])[] = [],
): Column[] {
  const names = header.map(fold);
  const columns: (Column | undefined)[] = names.map((name, i) => sideByCells(name, i, cells));
  claim(columns, names, (name) => exactly.get(name.replaceAll(' ', '')));
  claim(columns, names, fieldWithin);
  return besideFirstName(columns, names).map((column) => column ?? 'skip');
}

function sideByCells(name: string, index: number, cells: readonly (readonly string[])[]): Column | undefined {
  if (!byCells.has(name)) return undefined;
  const said = cells.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
  const sides = said.filter((cell) => sideOf(cell) !== null).length;
  if (said.length === 0) return undefined;
  return sides * 2 > said.length ? 'side' : exactly.get(name) === 'role' ? 'role' : 'skip';
}

/** Gives each column that is still free its field, where the field is still free too. */
function claim(
  columns: (Column | undefined)[],
  names: string[],
  fieldOf: (name: string) => Column | undefined,
): void {
  names.forEach((name, i) => {
    const field = columns[i] === undefined ? fieldOf(name) : undefined;
    if (field !== undefined && (field === 'role' || !columns.includes(field))) columns[i] = field;
  });
}

/** A known word inside a longer name: "Zakelijk e-mailadres (werk)". The manager's e-mail is the manager. */
function fieldWithin(name: string): Column | undefined {
  return known.find((each) => each.words.some((word) => word.length > 3 && ` ${name} `.includes(` ${word} `)))
    ?.field;
}

function besideFirstName(columns: (Column | undefined)[], names: string[]): (Column | undefined)[] {
  const name = columns.indexOf('name');
  const isLast =
    columns.includes('firstName') &&
    !columns.includes('lastName') &&
    lastNameBesideFirst.has(names[name] ?? '');
  return isLast ? columns.with(name, 'lastName') : columns;
}

/** Lists what prevents reading rows at all: a missing header, a field without a column, a field with two. */
export function columnProblems(header: readonly string[], columns: readonly Column[]): Sentence[] {
  if (header.some((name) => /\S@\S/.test(name))) {
    return [
      sentenceWith(
        'The first row holds a person, not the names of the columns. Put a row above it, for example: Name, E-mail, Side.',
      ),
    ];
  }
  const twice = fields.filter((field) => columns.filter((column) => column === field).length > 1);
  if (twice.length > 0)
    return [
      sentenceWith('Two columns are read as the same. Choose one of them, and “Do not read” for the other.'),
    ];
  return missing(columns);
}

function missing(columns: readonly Column[]): Sentence[] {
  const has = (...any: Column[]) => any.some((column) => columns.includes(column));
  const problems: Sentence[] = [];
  if (!has('name', 'firstName', 'lastName'))
    problems.push(sentenceWith('No column is read as the name. Choose it, then read again.'));
  if (!has('email'))
    problems.push(sentenceWith('No column is read as the e-mail address. Choose it, then read again.'));
  if (!has('side'))
    problems.push(
      sentenceWith('No column is read as the side (talent or senior). Choose it, then read again.'),
    );
  return problems;
}
