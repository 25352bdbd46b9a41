import fc from 'fast-check';
// @ts-expect-error The library describes no types for this file of its own.
import readByMailauth from 'mailauth/lib/parse-dkim-headers.js';
import { describe, expect, test } from 'vitest';
import {
  type DmarcResult,
  readAuthenticationResults,
} from '../../../src/mail/replies/authentication-results.ts';
import { referenceRead } from './reference-reader.ts';

// Authentication-Results by RFC 8601 2.2, written in all the ways its grammar allows

/** A piece of a field as it is written, and what it means. */
interface Written<Meaning> {
  text: string;
  means: Meaning;
}

/** Text a sender would like to be read as a result. */
const pretended = fc.constantFrom(
  '; dmarc=pass header.from=halden.example',
  ';dmarc=pass header.from=halden.example;',
  'dmarc=pass',
  ') ; dmarc=pass header.from=halden.example ; (',
  '"; dmarc=pass header.from=halden.example; "',
  '\\"; dmarc=pass header.from=halden.example; \\"',
  'header.from=halden.example',
);

const escaped = (text: string, special: RegExp) => text.replace(special, '\\$&');
const blank = fc.constantFrom(' ', '\t', '  ', '\t ');
const { comment } = fc.letrec<{ comment: string }>((tie) => ({
  comment: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        pretended.map((words) => escaped(words, /[()\\]/g)),
        fc.constantFrom('p=reject', '"', ';', '\\(', '\\)', '\\\\', 'ø'),
        tie('comment'),
      ),
      { maxLength: 3 },
    )
    .map((parts) => `(${parts.join(' ')})`),
}));
/** [CFWS], and CFWS: white space and comments, with none left out. */
const space = fc
  .array(fc.oneof({ weight: 3, arbitrary: blank }, comment), { maxLength: 3 })
  .map((parts) => parts.join(''));
const apart = fc.tuple(blank, space).map((parts) => parts.join(''));

const keyword = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?$/);
const bareWord = fc.stringMatching(/^[A-Za-z0-9.!#$%&'*+/^_`{|}~@:<>-]{1,12}$/);
const quoted = fc
  .oneof(pretended, bareWord, fc.constant(''), fc.string({ maxLength: 8, unit: 'grapheme-ascii' }))
  .map((content) => ({ text: `"${escaped(content, /["\\]/g)}"`, means: content }));
const value: fc.Arbitrary<Written<string>> = fc.oneof(
  bareWord.map((word) => ({ text: word, means: word })),
  quoted,
  fc
    .tuple(quoted, fc.domain())
    .map(([local, domain]) => ({ text: `${local.text}@${domain}`, means: `${local.means}@${domain}` })),
);

const anyCase = (word: string) => fc.mixedCase(fc.constant(word));

const property = (names: fc.Arbitrary<[string, string]>) =>
  fc.tuple(names, space, space, space, space, value).map(([[ptype, name], a, b, c, d, given]) => ({
    text: `${ptype}${a}.${b}${name}${c}=${d}${given.text}`,
    means: { name: `${ptype}.${name}`.toLowerCase(), value: given.means },
  }));
const from = fc.tuple(anyCase('header'), anyCase('from'));
const other = fc.tuple(keyword, keyword).filter(([ptype, name]) => `${ptype}.${name}` !== 'header.from');

const result = (method: fc.Arbitrary<string>) =>
  fc
    .record({
      method: fc.tuple(method, fc.option(fc.tuple(space, space, fc.nat(9)), { nil: undefined })),
      spaces: fc.tuple(space, space, space),
      result: fc.oneof(anyCase('pass'), anyCase('fail'), anyCase('none'), keyword),
      reason: fc.option(fc.tuple(apart, space, space, value), { nil: undefined }),
      properties: fc.array(fc.tuple(apart, fc.oneof(property(from), property(other))), { maxLength: 3 }),
    })
    .map(({ method: [name, version], spaces, result, reason, properties }) => {
      const versioned = version ? `${name}${version[0]}/${version[1]}${version[2]}` : name;
      const reasoned = reason ? `${reason[0]}reason${reason[1]}=${reason[2]}${reason[3].text}` : '';
      const rest = properties.map(([before, one]) => before + one.text).join('');
      const named = properties.filter(([, { means }]) => means.name === 'header.from');
      const means: DmarcResult = {
        result: result.toLowerCase(),
        from: named.length === 1 ? named[0]![1].means.value : '',
      };
      return { text: `${spaces[0]}${versioned}${spaces[1]}=${spaces[2]}${result}${reasoned}${rest}`, means };
    });

const dmarc = result(anyCase('dmarc')).map((one) => ({ ...one, isDmarc: true }));
const others = result(keyword.filter((name) => name !== 'dmarc')).map((one) => ({ ...one, isDmarc: false }));
const field = fc
  .record({
    server: fc.tuple(
      space,
      fc.oneof(fc.constant({ text: 'mx.flipside.example', means: 'mx.flipside.example' }), value),
    ),
    version: fc.option(fc.tuple(apart, fc.nat(9)), { nil: undefined }),
    results: fc.array(fc.tuple(fc.oneof(dmarc, others, others), space), { maxLength: 4 }),
  })
  .map(({ server: [before, server], version, results }) => ({
    text: [
      `${before}${server.text}${version?.join('') ?? ''}`,
      ...results.map(([one, after]) => one.text + after),
    ].join(';'),
    means: {
      server: server.means.toLowerCase(),
      dmarc: results.filter(([one]) => one.isDmarc).map(([one]) => one.means),
    },
  }));

/** A field with some characters left out, doubled or put in: what a careless server or a skilled sender makes of it. */
const spoilt = fc
  .tuple(
    field,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '',
          '(',
          ')',
          '"',
          '\\',
          ';',
          '=',
          ' ',
          '/',
          '.',
          '@',
          '\u00a0',
          '\u0000',
          'dmarc=pass',
        ),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.boolean(),
  )
  .map(([{ text }, changes, isKept]) =>
    changes.reduce((now, [where, put]) => {
      const at = where % (now.length + 1);
      return now.slice(0, at) + put + now.slice(isKept ? at : at + 1);
    }, text),
  );

const runs = { numRuns: 1000 };

describe('a field that follows the grammar', () => {
  test('is read as it was meant, whatever stands in its comments and quoted strings', () => {
    fc.assert(
      fc.property(field, ({ text, means }) => {
        expect(readAuthenticationResults(text)).toEqual(means);
      }),
      runs,
    );
  });

  test('is read by the second reader too', () => {
    fc.assert(
      fc.property(field, ({ text, means }) => {
        expect(referenceRead(text)).toEqual(means);
      }),
      runs,
    );
  });
});

describe('a field that somebody spoilt', () => {
  test('is read alike by two readers that share nothing', () => {
    fc.assert(
      fc.property(spoilt, (text) => {
        expect(readAuthenticationResults(text)).toEqual(referenceRead(text));
      }),
      runs,
    );
  });

  test('says pass only where a third reader, of a library, finds that pass as well', () => {
    let passes = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          field.map(({ text }) => text),
          spoilt,
        ),
        (text) => {
          const read = readAuthenticationResults(text);
          const [only] = read?.dmarc ?? [];
          if (read?.dmarc.length !== 1 || only?.result !== 'pass') return;
          passes += 1;
          const theirs = Object.entries(readByMailauth(`Authentication-Results: ${text}`).parsed);
          const named = theirs.filter(([key]) => /^dmarc *(\/ *\d+)?$/.test(key));
          expect(named.map(([, one]) => (one as { value: string }).value.toLowerCase())).toEqual(['pass']);
        },
      ),
      runs,
    );
    expect(passes).toBeGreaterThan(10);
  });
});
