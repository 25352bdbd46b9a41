// Authentication-Results read a second time, to compare with: one character after the other along RFC 8601 2.2, with no
// code and no method of src/mail/replies/authentication-results.ts.
import type { AuthenticationResults, DmarcResult } from '../../../src/mail/replies/authentication-results.ts';

class Unreadable extends Error {}

class Scanner {
  at = 0;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  get next(): string {
    return this.text[this.at] ?? '';
  }
  /** Passes over white space and comments; says whether there was any. */
  space(): boolean {
    const start = this.at;
    for (;;) {
      if (this.next === ' ' || this.next === '\t') this.at += 1;
      else if (this.next === '(') this.comment();
      else return this.at > start;
    }
  }
  comment(): void {
    this.at += 1;
    while (this.next !== ')') {
      if (this.next === '') throw new Unreadable();
      if (this.next === '(') this.comment();
      else this.at += this.next === '\\' ? 2 : 1;
    }
    this.at += 1;
  }
  quoted(): string {
    let content = '';
    this.at += 1;
    while (this.next !== '"') {
      if (this.next === '\\') this.at += 1;
      if (this.next === '') throw new Unreadable();
      content += this.next;
      this.at += 1;
    }
    this.at += 1;
    return content;
  }
  run(allowed: (character: string) => boolean): string {
    const start = this.at;
    while (this.next !== '' && allowed(this.next)) this.at += 1;
    return this.text.slice(start, this.at);
  }
  take(character: string): boolean {
    if (this.next !== character) return false;
    this.at += 1;
    return true;
  }
  value(): string {
    if (this.next !== '"') return this.run(isInWord);
    const content = this.quoted();
    if ((this.next as string) !== '@') return content;
    const rest = this.run(isInWord);
    if (rest === '@') throw new Misread();
    return content + rest;
  }
}

class Misread extends Error {}

const isLetter = (one: string) => /[a-z]/i.test(one);
const isDigit = (one: string) => '0123456789'.includes(one);
const isInName = (one: string) => isLetter(one) || isDigit(one) || one === '-' || one === '_';
const isControl = (one: string) => one.charCodeAt(0) < 32 || one.charCodeAt(0) === 127;
const isInWord = (one: string) => !' \t"();=\\'.includes(one) && !isControl(one);

const need = (fine: unknown): void => {
  if (!fine) throw new Misread();
};

export function referenceRead(value: string): AuthenticationResults | null {
  const scanner = new Scanner(value);
  let server: string;
  try {
    server = nameIn(scanner);
  } catch {
    return null;
  }
  const dmarc: (DmarcResult | null)[] = [];
  try {
    while (scanner.take(';')) statement(scanner, dmarc);
    if (scanner.next !== '') throw new Unreadable();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { server, dmarc: [null] };
  }
  return { server, dmarc };
}

function nameIn(scanner: Scanner): string {
  scanner.space();
  const name = scanner.value();
  need(name !== '' || scanner.text[scanner.at - 1] === '"');
  if (scanner.space()) scanner.run(isDigit);
  scanner.space();
  need(scanner.next === ';' || scanner.next === '');
  return name.toLowerCase();
}

function statement(scanner: Scanner, found: (DmarcResult | null)[]): void {
  const start = scanner.at;
  scanner.space();
  const method = scanner.run((one) => isInWord(one) && one !== '/');
  scanner.space();
  if (method.toLowerCase() === 'dmarc' && (scanner.next === '=' || scanner.next === '/'))
    found.push(resultIn(scanner));
  scanner.at = start;
  toEnd(scanner);
}

function resultIn(scanner: Scanner): DmarcResult | null {
  try {
    if (scanner.take('/')) {
      scanner.space();
      need(scanner.run(isDigit));
      scanner.space();
    }
    need(scanner.take('='));
    scanner.space();
    const result = scanner.run((one) => isLetter(one) || isDigit(one) || one === '-');
    need(isLetter(result[0] ?? '') && !result.endsWith('-'));
    const from: string[] = [];
    while (scanner.space() && !atEnd(scanner)) {
      const [name, value] = propertyIn(scanner);
      if (name === 'header.from') from.push(value);
    }
    need(atEnd(scanner));
    return { result: result.toLowerCase(), from: from.length === 1 ? from[0]! : '' };
  } catch (error) {
    if (error instanceof Misread || error instanceof Unreadable) return null;
    throw error;
  }
}

const atEnd = ({ next }: Scanner) => next === ';' || next === '';

function propertyIn(scanner: Scanner): [name: string, value: string] {
  let name = scanner.run(isInName);
  need(name);
  scanner.space();
  if (scanner.take('.')) {
    scanner.space();
    const second = scanner.run(isInName);
    need(second);
    name = `${name}.${second}`;
    scanner.space();
  }
  need(scanner.take('='));
  scanner.space();
  const isQuoted = scanner.next === '"';
  const value = scanner.value();
  need(isQuoted || value);
  return [name.toLowerCase(), value];
}

/** Goes to the semicolon that ends the statement, past those in comments and quoted strings. */
function toEnd(scanner: Scanner): void {
  while (!atEnd(scanner)) {
    if (scanner.next === '"') scanner.quoted();
    else if (scanner.next === '=') scanner.at += 1;
    else if (!scanner.space() && !scanner.run(isInWord)) throw new Unreadable();
  }
}
