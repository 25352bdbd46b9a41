import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, columnProblems, fields, guessColumns } from '../../../src/domain/people/columns.ts';

const guess = (header: string) => guessColumns(header.split(';')).join(' ');
const sentences = (header: string[], columns: Column[]) =>
  columnProblems(header, columns).map((each) => each.sentence);

describe('the names of columns are read', () => {
  test.each([
    ['First name;Last name;E-mail;Side;Department;Manager’s e-mail;Job title;Language', 'English'],
    ['Voornaam;Achternaam;E-mailadres;Kant;Afdeling;E-mail leidinggevende;Functie;Taal', 'Dutch'],
    ['Prénom;Nom de famille;Adresse e-mail;Côté;Service;E-mail du responsable;Fonction;Langue', 'French'],
    ['Vorname;Nachname;E-Mail-Adresse;Zielgruppe;Abteilung;Vorgesetzte;Stellenbezeichnung;Sprache', 'German'],
    ['Vorname;Name;E-Mail;Seite;Bereich;Führungskraft;Funktion;Bevorzugte Sprache', 'name beside vorname'],
    [
      'GIVEN NAME;surname;e-mail address;Talent or senior;Dept.;Line Manager;Position;Preferred language',
      'HR English',
    ],
    ['Voornaam;Naam;Mail;Zijde;Dienst;Leidinggevende;Functietitel;Voorkeurstaal', 'naam beside voornaam'],
    ['Prénom;Nom;Courriel;Population;Département;N+1;Intitulé du poste;Langue préférée', 'nom beside prénom'],
  ])('%s', (header) => {
    expect(guess(header)).toBe('firstName lastName email side department manager jobTitle language');
  });

  test('naam, name and nom alone are the whole name', () => {
    expect([guess('Naam;E-mail'), guess('Name;E-mail'), guess('Nom;E-mail')]).toEqual(
      Array(3).fill('name email'),
    );
    expect(guess('Voornaam;Achternaam;Naam')).toBe('firstName lastName name');
  });

  test('the part between the names of the Dutch has a column of its own', () => {
    expect(guess('Voornaam;Tussenvoegsel;Achternaam')).toBe('firstName infix lastName');
  });

  test('longer names are understood by the words in them, the manager before the address', () => {
    expect(guess('Employee e-mail address (work);Direct manager (e-mail);Personeelsnr')).toBe(
      'email manager skip',
    );
  });

  test('the same name twice is read once', () => {
    expect(guess('E-mail;Side;E-mail;Email')).toBe('email side skip skip');
  });

  test('columns about roles are known as such, and never read', () => {
    expect(guess('Name;Organiser;Admin;Rechten')).toBe('name role role role');
  });

  test('a column called role or type is the side when its cells say so', () => {
    expect(guessColumns(['Role'], [['talent'], ['Senior manager'], ['']])).toEqual(['side']);
    expect(guessColumns(['Role'], [['admin'], ['user']])).toEqual(['role']);
    expect(guessColumns(['Type'], [['permanent'], ['contractor'], ['talent']])).toEqual(['skip']);
    expect(guessColumns(['Type'], [])).toEqual(['side']);
  });

  test('any header gets one column each, and no field twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('Naam', 'Voornaam', 'E-mail', 'Manager', 'Role'))),
        (header) => {
          const columns = guessColumns(header);
          const read = columns.filter((column) => (fields as readonly string[]).includes(column));
          return columns.length === header.length && new Set(read).size === read.length;
        },
      ),
    );
  });
});

describe('what stands in the way', () => {
  test('name, address and side have a column: nothing', () => {
    expect(columnProblems(['a', 'b', 'c'], ['lastName', 'email', 'side'])).toEqual([]);
  });

  test('each that has none is asked for', () => {
    expect(sentences(['a'], ['skip'])).toEqual([
      'No column is read as the name. Choose it, then read again.',
      'No column is read as the e-mail address. Choose it, then read again.',
      'No column is read as the side (talent or senior). Choose it, then read again.',
    ]);
  });

  test('two columns cannot be the same', () => {
    expect(sentences(['a', 'b', 'c', 'd'], ['name', 'email', 'side', 'side'])).toEqual([
      'Two columns are read as the same. Choose one of them, and “Do not read” for the other.',
    ]);
    expect(columnProblems(['a', 'b', 'c', 'd'], ['name', 'email', 'side', 'skip'])).toEqual([]);
  });

  test('a first row that is a person is no header', () => {
    expect(sentences(['Zoë', 'zoe@halden.example', 'talent'], ['name', 'email', 'side'])).toEqual([
      'The first row holds a person, not the names of the columns. Put a row above it, for example: Name, E-mail, Side.',
    ]);
  });
});
