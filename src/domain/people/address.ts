// Checks whether an e-mail address can be written to, and says what to do where it can't.
import { visibleText } from '../visible-text.ts';
import { greetingName } from './names.ts';
import { fold, type Sentence, sentenceWith, truncated } from './words.ts';

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const address = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`);
/** RFC 5321, 4.5.3.1: 64 octets before the @; 254 in all fit a path. */
const most = { local: 64, all: 254 };

/**
 * The bare address out of "Zoë <zoe@halden.example>" or "mailto:zoe@halden.example", without what shows nothing. A domain with
 * accents is written as mail servers know it (RFC 5891): "zoe@münchen.example" is "zoe@xn--mnchen-3ya.example".
 */
export function bareAddress(text: string): string {
  const bare = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
  const seen = visibleText(bare.replace(/^\s*mailto:/i, '').replace(/[\p{Cf}\u3164\u2800]/gu, ''));
  return withAsciiDomain(seen);
}

function withAsciiDomain(address: string): string {
  const [, local, domain] = /^([^@]*)@([^\s@/?#:[\]\\]*[^\x00-\x7f][^\s@/?#:[\]\\]*)$/.exec(address) ?? [];
  if (domain === undefined || !URL.canParse(`http://${domain}`)) return address;
  return `${local}@${new URL(`http://${domain}`).hostname}`;
}

export interface Owner {
  name: string;
  /** Domains seen in other addresses, most frequent first: for the example in the sentence. */
  domains?: readonly string[];
}

/** Null for an address mail can be sent to (RFC 5321 without quoted parts, ASCII), else what is wrong with it. */
export function addressProblem(text: string, owner: Owner): Sentence | null {
  if (text === '') return noAddress(owner.name);
  if (address.test(text) && text.length <= most.all && text.indexOf('@') <= most.local) return null;
  return cutOff(text, owner) ?? foreignLetter(text) ?? otherwise(text, owner);
}

function noAddress(name: string): Sentence {
  const first = greetingName(name);
  if (first === '') return sentenceWith('There is no address. Write one, or take the row out.');
  return sentenceWith('There is no address. Without one {name} cannot be invited.', { name: first });
}

function cutOff(text: string, owner: Owner): Sentence | null {
  const [, local, domain] = /^([^\s@]+)@([^\s@.,;]*)\.?$/.exec(text) ?? [];
  if (local === undefined) return null;
  const example = `${local}@${fullDomain(domain!, owner.domains ?? [])}`;
  return sentenceWith('The address stops after “{part}”. Write it in full, for example {example}.', {
    part: domain || '@',
    example,
  });
}

/** The domain colleagues have that begins like this one, else the commonest, else an invented one. */
function fullDomain(start: string, domains: readonly string[]): string {
  const alike = domains.find((domain) => start !== '' && domain.startsWith(`${start.toLowerCase()}.`));
  return alike ?? (start !== '' ? `${start}.com` : (domains[0] ?? 'company.example'));
}

function foreignLetter(text: string): Sentence | null {
  const letter = /[^\x20-\x7e]/u.exec(text)?.[0];
  if (letter === undefined || !text.includes('@')) return null;
  return sentenceWith(
    'The address has “{letter}” in it, which mail servers do not take. Write it as the mail program shows it.',
    { letter },
  );
}

function otherwise(text: string, owner: Owner): Sentence {
  if (text.length > most.all || text.indexOf('@') > most.local)
    return sentenceWith('The address is too long. Check it.');
  if ((text.match(/@/g)?.length ?? 0) > 1)
    return sentenceWith('There is more than one address. Keep one of them.');
  if (/\s/.test(text)) return sentenceWith('The address has a space in it. Take it out.');
  if (!text.includes('@')) return withoutAt(text, owner);
  return sentenceWith('“{address}” is not an address. Write it like {example}.', {
    address: truncated(text),
    example: exampleFor(owner),
  });
}

function withoutAt(text: string, owner: Owner): Sentence {
  return sentenceWith('“{address}” is not an address: it has no @. Write it like {example}.', {
    address: truncated(text),
    example: exampleFor(owner),
  });
}

function exampleFor({ name, domains }: Owner): string {
  const local =
    fold(name)
      .replace(/[^a-z0-9 ]/g, '')
      .trim()
      .replaceAll(' ', '.') || 'name';
  return `${local}@${domains?.[0] ?? 'company.example'}`;
}
