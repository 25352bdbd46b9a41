import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig, WrongConfig } from '../src/config.ts';

const root = path.resolve(import.meta.dirname, '..');

function sentences(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof WrongConfig) return error.sentences;
    throw error;
  }
}

test('with nothing set it runs on this machine alone, on the embedded database, and keeps its letters', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: 'localhost',
    baseUrl: 'http://localhost:3000',
    dataDir: './data',
    secret: undefined,
    lettersKeptDays: 400,
    teamFilesMb: 100,
    allFilesMb: 1000,
    databaseUrl: undefined,
    databasePool: 10,
    smtpUrl: undefined,
    mailFrom: 'flipside@flipside.example',
    mailPerMinute: undefined,
    imapUrl: undefined,
    authservId: undefined,
    bouncesTo: undefined,
    dkimSelector: undefined,
    dkimKeyFile: undefined,
    trustedProxies: [],
    compress: true,
    metricsPort: undefined,
    metricsHost: '127.0.0.1',
    logLevel: 'warn',
  });
});

test('with everything set it does as it is told', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    BASE_URL: 'https://flipside.halden.example/',
    DATA_DIR: '/var/lib/flipside',
    SECRET: ` ${'s3cret'.repeat(6)}\n`,
    LETTERS_KEPT_DAYS: '90',
    DATABASE_URL: 'postgres://flip:secret@db.halden.example/flipside',
    DATABASE_POOL: '25',
    SMTP_URL: 'smtps://flip:secret@mail.halden.example',
    MAIL_FROM: 'invitations@halden.example',
    MAIL_PER_MINUTE: '60',
    IMAP_URL: 'imaps://flip:secret@mail.halden.example/Answers',
    AUTHSERV_ID: 'mx.halden.example',
    BOUNCES_TO: 'bounces@halden.example',
    DKIM_SELECTOR: 'flipside2026',
    DKIM_KEY_FILE: '/etc/flipside/dkim.pem',
    TRUSTED_PROXIES: ' 10.0.0.5, 192.168.0.0/16 ,fd00::/8',
    COMPRESS: 'no',
    METRICS_PORT: '9464',
    METRICS_HOST: '10.0.0.7',
    LOG_LEVEL: 'debug',
  });
  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    baseUrl: 'https://flipside.halden.example',
    dataDir: '/var/lib/flipside',
    secret: 's3cret'.repeat(6),
    lettersKeptDays: 90,
    teamFilesMb: 100,
    allFilesMb: 1000,
    databaseUrl: 'postgres://flip:secret@db.halden.example/flipside',
    databasePool: 25,
    smtpUrl: 'smtps://flip:secret@mail.halden.example',
    mailFrom: 'invitations@halden.example',
    mailPerMinute: 60,
    imapUrl: 'imaps://flip:secret@mail.halden.example/Answers',
    authservId: 'mx.halden.example',
    bouncesTo: 'bounces@halden.example',
    dkimSelector: 'flipside2026',
    dkimKeyFile: '/etc/flipside/dkim.pem',
    trustedProxies: ['10.0.0.5', '192.168.0.0/16', 'fd00::/8'],
    compress: false,
    metricsPort: 9464,
    metricsHost: '10.0.0.7',
    logLevel: 'debug',
  });
});

test('an empty value is as good as none', () => {
  const names = [
    'PORT',
    'HOST',
    'BASE_URL',
    'DATA_DIR',
    'DATABASE_URL',
    'DATABASE_POOL',
    'SMTP_URL',
    'MAIL_FROM',
    'IMAP_URL',
    'AUTHSERV_ID',
    'BOUNCES_TO',
    'DKIM_SELECTOR',
    'DKIM_KEY_FILE',
    'TRUSTED_PROXIES',
    'COMPRESS',
    'LOG_LEVEL',
    'METRICS_PORT',
    'METRICS_HOST',
  ];
  expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
});

test('the address follows the port, and letters come from the address’s own domain', () => {
  expect(readConfig({ PORT: '4000' }).baseUrl).toBe('http://localhost:4000');
  expect(readConfig({ BASE_URL: 'https://flipside.halden.example' }).mailFrom).toBe(
    'flipside@flipside.halden.example',
  );
  expect(readConfig({ BASE_URL: 'http://10.0.0.5:3000' }).mailFrom).toBe('flipside@flipside.example');
});

describe('a wrong value is one sentence that says what would be right', () => {
  test.each([
    ['PORT', 'three thousand', 'PORT is a number from 0 to 65535, for example 3000.'],
    ['PORT', '-1', 'PORT is a number from 0 to 65535, for example 3000.'],
    ['PORT', '65536', 'PORT is a number from 0 to 65535, for example 3000.'],
    ['PORT', '3000.5', 'PORT is a number from 0 to 65535, for example 3000.'],
    ['BASE_URL', 'flipside.halden.example', 'BASE_URL is an address such as https://flipside.example.org.'],
    [
      'BASE_URL',
      'ftp://flipside.halden.example',
      'BASE_URL is an address such as https://flipside.example.org.',
    ],
    [
      'BASE_URL',
      'https://flipside.halden.example/mentoring',
      'BASE_URL has no path: Flipside needs a host name of its own, such as https://flipside.example.org.',
    ],
    [
      'BASE_URL',
      'https://flipside.halden.example/?a=b',
      'BASE_URL has no ? and no #: only https://name, and a port if needed.',
    ],
    [
      'DATABASE_URL',
      'mysql://db/flipside',
      'DATABASE_URL is an address such as postgres://user:password@host/flipside.',
    ],
    ['DATABASE_POOL', '0', 'DATABASE_POOL is a number of connections from 1 to 99.'],
    ['DATABASE_POOL', '100', 'DATABASE_POOL is a number of connections from 1 to 99.'],
    [
      'SMTP_URL',
      'mail.halden.example',
      'SMTP_URL is an address such as smtps://user:password@mail.example.org.',
    ],
    [
      'MAIL_FROM',
      'Flipside <flip@halden.example>',
      'MAIL_FROM is one e-mail address, such as invitations@flipside.example.org.',
    ],
    [
      'MAIL_FROM',
      'a@halden.example, b@halden.example',
      'MAIL_FROM is one e-mail address, such as invitations@flipside.example.org.',
    ],
    [
      'IMAP_URL',
      'mail.halden.example',
      'IMAP_URL is an address such as imaps://user:password@mail.example.org/INBOX.',
    ],
    [
      'AUTHSERV_ID',
      'mx halden',
      'AUTHSERV_ID is the name in Authentication-Results, such as mx.example.org.',
    ],
    ['BOUNCES_TO', 'bounces', 'BOUNCES_TO is one e-mail address, such as bounces@flipside.example.org.'],
    ['BOUNCES_TO', 'a+b@halden.example', 'BOUNCES_TO has no plus sign: Flipside adds one.'],
    ['DKIM_SELECTOR', 'a b', 'DKIM_SELECTOR is a name in your DNS, such as flipside2026.'],
    [
      'TRUSTED_PROXIES',
      'proxy.halden.example',
      'TRUSTED_PROXIES is a list of addresses or networks, such as 10.0.0.5,192.168.0.0/16.',
    ],
    [
      'TRUSTED_PROXIES',
      '10.0.0.5, 10.0.0.999',
      'TRUSTED_PROXIES is a list of addresses or networks, such as 10.0.0.5,192.168.0.0/16.',
    ],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/33',
      'TRUSTED_PROXIES is a list of addresses or networks, such as 10.0.0.5,192.168.0.0/16.',
    ],
    ['METRICS_PORT', 'here', 'METRICS_PORT is a number from 0 to 65535, for example 9464.'],
    ['COMPRESS', 'true', 'COMPRESS is yes or no.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is silent, error, warn, info or debug.'],
  ])('%s=%s', (name, value, sentence) => {
    expect(sentences({ [name]: value })).toEqual([sentence]);
  });

  test('and several wrong values are several sentences, one each', () => {
    expect(sentences({ PORT: 'x', BASE_URL: 'nowhere at all', LOG_LEVEL: 'loud', COMPRESS: 'no' })).toEqual([
      'PORT is a number from 0 to 65535, for example 3000.',
      'BASE_URL is an address such as https://flipside.example.org.',
      'LOG_LEVEL is silent, error, warn, info or debug.',
    ]);
  });
});

describe('C5: the organiser’s mailbox is one that people can answer to', () => {
  test.each(['noreply@halden.example', 'no-reply@halden.example', 'DoNotReply+x@halden.example'])(
    '%s is refused',
    (address) => {
      expect(sentences({ MAIL_FROM: address })).toEqual([
        'MAIL_FROM is an address people answer to, so it cannot be a noreply address.',
      ]);
    },
  );

  test('with a mailbox for replies it is at no Gmail address, since Gmail answers none of its own', () => {
    const mailbox = { IMAP_URL: 'imaps://u:p@mail.halden.example' };
    expect(sentences({ ...mailbox, MAIL_FROM: 'flipside@halden.example' })).toEqual([]);
    expect(sentences({ ...mailbox, MAIL_FROM: 'halden.flipside@gmail.com' })).toEqual([
      'Answers from Gmail never reach an organiser at Gmail: choose a MAIL_FROM at another provider.',
    ]);
    expect(sentences(mailbox)).toEqual([
      'With IMAP_URL set, MAIL_FROM is needed: the address that this mailbox receives.',
    ]);
    expect(sentences({ MAIL_FROM: 'halden.flipside@gmail.com' })).toEqual([]);
  });
});

test('a key to sign letters with and its name in DNS go together', () => {
  const both = { DKIM_SELECTOR: 'a', DKIM_KEY_FILE: '/key.pem' };
  expect(sentences(both)).toEqual([]);
  for (const name of ['DKIM_SELECTOR', 'DKIM_KEY_FILE'])
    expect(sentences({ ...both, [name]: '' })).toEqual([
      'DKIM_SELECTOR and DKIM_KEY_FILE go together: set both, or leave the signing to your mail server.',
    ]);
});

test('docs/configuration.md has a line for everything one may set', () => {
  const source = fs.readFileSync(path.join(root, 'src/config.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
  expect(names.length).toBe(Object.keys(readConfig({})).length);
  const settings = fs.readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
  const table = settings
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n');
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});
