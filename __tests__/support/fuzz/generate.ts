import fc from 'fast-check';
import type { Mechanism } from '../../../src/smtp/sasl/mechanisms.ts';
import { NASTY } from '../nasty.ts';
import {
  type AddressScript,
  type Asked,
  type Case,
  ECHOES,
  type Override,
  type Piece,
  type Point,
  type ServerScript,
  type Session,
} from './script.ts';

const CODES = [
  200, 211, 214, 220, 221, 235, 250, 251, 252, 299, 334, 354, 399, 421, 421, 431, 432, 450, 451, 452, 454, 455, 499,
  500, 501, 502, 503, 504, 521, 525, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555, 556, 599, 699, 199, 100, 0,
] as const;

/** What servers say, some of it with a meaning. */
const WORDS = [
  'ok',
  '',
  ' ',
  '2.1.0 ok',
  '4.7.1 greylisted, try again later',
  '4.3.2 system not accepting network messages',
  '4.2.2 mailbox full',
  '5.1.1 no such user',
  '5.7.1 relay access denied',
  '5.7.1 <x>: Sender address rejected: not owned by user',
  '5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org',
  '5.5.2 <x>: Helo command rejected: need fully-qualified hostname',
  '5.7.23 SPF validation failed',
  '5.7.8 authentication failed',
  '5.7.9 application-specific password required',
  '5.7.139 SmtpClientAuthentication is disabled',
  '5.7.0 must issue a STARTTLS command first',
  'need a client certificate',
  'mail.fuzz.test ESMTP',
  'FTP server ready',
  '****************',
  'PIPELINING',
  'AUTH PLAIN LOGIN',
  'STARTTLS',
  '"',
  '{line}',
  'line "{line}" refused',
] as const;

const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const nasty = fc.constantFrom(...NASTY.map(([, text]) => latin1(text)).filter((text) => text.length < 500));
const echo = fc.constantFrom(...Object.keys(ECHOES)).map((name) => `you said {${name}}`);

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: nasty },
  { weight: 1, arbitrary: echo },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(600), 'x'.repeat(5_000), '\0', '\x1b[2J', '\xff\xfe', 'z\xc3\xb6e'),
  },
);

const code = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(250, 250, 220, 550, 421, 450, 535, 235, 334, 500, 252) },
  { weight: 1, arbitrary: fc.constantFrom(...CODES) },
);
const lineEnd = fc.oneof(
  { weight: 8, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r\r\n', '\r', '') },
);
const separator = fc.oneof(
  { weight: 8, arbitrary: fc.constant(' ') },
  { weight: 1, arbitrary: fc.constantFrom('-', '\t', '', '  ', '_') },
);

/** A reply: of one line mostly, of several with the same code or another. */
const reply = fc
  .record({
    code,
    first: fc.array(fc.record({ code: fc.option(code, { freq: 4 }), text, end: lineEnd }), { maxLength: 2 }),
    separator,
    text,
    end: lineEnd,
  })
  .map(({ code, first, separator, text, end }) =>
    [
      ...first.map((line) => `${line.code ?? code}-${line.text}${line.end}`),
      `${String(code).padStart(3, '0')}${separator}${text}${end}`,
    ].join(''),
  );

const junk = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\n',
    '\r\n\r\n',
    '\t\r\n',
    ' \r\n',
    '\0',
    '25',
    '250',
    '250-',
    '2',
    'what?\r\n',
    '<html>\r\n',
    '\x16\x03\x01\x02\x00',
    '\x15\x03\x03\x00\x02\x02\x28',
    '* OK IMAP\r\n',
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    'SSH-2.0-x\r\n',
  ),
  nasty,
);

const WAITS = [
  0, 1, 100, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 4_000, 9_999, 10_000, 10_001, 29_999, 60_000,
] as const;
const usual = fc.constant<Piece>('usual');
const raw = fc.oneof({ weight: 4, arbitrary: reply }, { weight: 1, arbitrary: junk }).map((raw): Piece => ({ raw }));
const wait = fc.constantFrom(...WAITS).map((wait): Piece => ({ wait }));
/** Long enough for a client to go on, so that what follows stands in the place of the answers to come. */
const brief = fc.constantFrom<Piece>({ wait: 0 }, { wait: 1 });
const noise = junk.map((raw): Piece => ({ raw }));
const end = fc.constantFrom<Piece>({ end: 'fin' }, { end: 'rst' }, { end: 'mute' });
const rare = fc.constantFrom<Piece>(
  'hold',
  { flood: '250-more\r\n' },
  { flood: '250 ok\r\n' },
  { flood: '250 a line without an end ' },
  { flood: '\r\n' },
  { drip: '250-x' },
  { drip: '250 ok\r\n' },
  { drip: '\r\n' },
);

const piece = fc.oneof(
  { weight: 4, arbitrary: usual },
  { weight: 6, arbitrary: raw },
  { weight: 2, arbitrary: wait },
  { weight: 2, arbitrary: end },
  { weight: 1, arbitrary: rare },
);

/** Answers as they go wrong: another reply, one too many, a half, one and then the end, or any sequence. */
const say: fc.Arbitrary<Piece[]> = fc.oneof(
  { weight: 5, arbitrary: raw.map((one) => [one]) },
  { weight: 2, arbitrary: fc.tuple(raw, end).map((all): Piece[] => all) },
  { weight: 2, arbitrary: fc.tuple(usual, raw).map((all): Piece[] => all) },
  { weight: 1, arbitrary: fc.tuple(raw, usual).map((all): Piece[] => all) },
  { weight: 1, arbitrary: fc.tuple(usual, end).map((all): Piece[] => all) },
  { weight: 1, arbitrary: fc.tuple(usual, wait, raw, end).map((all): Piece[] => all) },
  { weight: 1, arbitrary: fc.tuple(wait, usual).map((all): Piece[] => all) },
  { weight: 1, arbitrary: fc.tuple(usual, brief, usual, fc.oneof(raw, noise), raw).map((all): Piece[] => all) },
  { weight: 2, arbitrary: fc.array(piece, { maxLength: 5 }) },
);

const at = (points: readonly Point[]): fc.Arbitrary<Override> =>
  fc.record({
    at: fc.constantFrom(...points),
    nth: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constantFrom(0, 1) },
      { weight: 1, arbitrary: fc.nat({ max: 4 }) },
    ),
    say,
  });

const PLAIN_POINTS: readonly Point[] = [
  'greeting',
  'ehlo',
  'ehlo',
  'helo',
  'starttls',
  'auth',
  'auth',
  'sasl',
  'mail',
  'mail',
  'rcpt',
  'rcpt',
  'rcpt',
  'rset',
  'rset',
  'quit',
  'quit',
  'other',
];

const session = (points: readonly Point[]): fc.Arbitrary<Session> =>
  fc.record({
    overrides: fc.oneof(
      { weight: 5, arbitrary: at(points).map((one) => [one]) },
      { weight: 4, arbitrary: fc.array(at(points), { minLength: 2, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    chunk: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
    ),
  });

export const MECHANISMS: readonly Mechanism[] = [
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'OAUTHBEARER',
  'XOAUTH2',
];

/** What is offered: mostly enough, at times too little. */
export const capabilities = fc
  .record({
    mechanisms: fc.oneof(
      { weight: 4, arbitrary: fc.constant(MECHANISMS) },
      { weight: 2, arbitrary: fc.subarray([...MECHANISMS]) },
    ),
    others: fc.oneof(
      { weight: 2, arbitrary: fc.constant(['PIPELINING', 'SIZE 10240000', '8BITMIME', 'SMTPUTF8']) },
      { weight: 2, arbitrary: fc.constant(['SIZE 10240000', '8BITMIME']) },
      {
        weight: 2,
        arbitrary: fc.subarray([
          'PIPELINING',
          'SIZE 10240000',
          'SIZE',
          '8BITMIME',
          'SMTPUTF8',
          'DSN',
          'X-ODD a=b',
          '',
          'STARTTLS',
        ]),
      },
    ),
  })
  .map(({ mechanisms, others }) => [...others, ...(mechanisms.length > 0 ? [`AUTH ${mechanisms.join(' ')}`] : [])]);

export const server = (points: readonly Point[] = PLAIN_POINTS): fc.Arbitrary<ServerScript> =>
  fc.record({
    capabilities,
    sessions: fc.oneof(
      { weight: 4, arbitrary: session(points).map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(session(points), { minLength: 2, maxLength: 3 }) },
    ),
  });

const address: fc.Arbitrary<AddressScript> = fc.oneof(
  { weight: 30, arbitrary: server() },
  { weight: 1, arbitrary: fc.constantFrom<AddressScript>('ECONNREFUSED', 'EHOSTUNREACH', null) },
);

const IGNORABLE = [
  'service-unavailable',
  'greeting-busy',
  'greeting-refused',
  'greeting-timeout',
  'greeting-closed',
  'connection-lost',
  'protocol-violation',
  'protocol-deviation',
  'deadline-exceeded',
  'ehlo-refused',
  'client-refused',
  'capability-missing',
  'starttls-not-offered',
  'starttls-refused',
  'auth-rejected',
  'auth-not-offered',
  'auth-mechanism-missing',
  'auth-unavailable',
  'auth-needs-tls',
  'sender-refused',
  'recipient-refused',
  'relay-denied',
  'envelope-deferred',
  'queue-full',
  'not-smtp',
  'tls-expected',
  'banner-mismatch',
  'connect-refused',
  'connect-timeout',
];

const login: fc.Arbitrary<Asked['login']> = fc
  .record({
    method: fc.constantFrom<Mechanism | 'auto'>('PLAIN', 'PLAIN', ...MECHANISMS, 'auto'),
    token: fc.boolean(),
    overPlaintext: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    right: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  })
  .map(({ method, token, ...rest }) => ({
    method,
    kind: method === 'OAUTHBEARER' || method === 'XOAUTH2' || (method === 'auto' && token) ? 'token' : 'password',
    ...rest,
  }));

/** What is asked for; `modes` says when TLS begins. */
export const asked = (modes: fc.Arbitrary<Asked['tls']>): fc.Arbitrary<Asked> =>
  fc.record({
    tls: modes,
    login: fc.option(login, { freq: 2 }),
    recipients: fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 2, arbitrary: fc.nat({ max: 5 }) },
    ),
    utf8: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    require: fc.oneof(
      { weight: 8, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(['PIPELINING', 'SIZE 1000', 'DSN', 'AUTH PLAIN', 'STARTTLS', '8BITMIME']) },
    ),
    banner: fc.oneof(
      { weight: 12, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom('ESMTP', 'no such thing') },
    ),
    wait: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(1_000, 5_000, 20_000) },
    ),
    ignore: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(IGNORABLE, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant(IGNORABLE) },
    ),
    all: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    quorum: fc.constantFrom('all', 'all', 'any', '1', '50%'),
    timeout: fc.constantFrom(10_000, 10_000, 3_000, 1_000),
    deadline: fc.constantFrom(30_000, 30_000, 12_000, 2_000),
  });

const one = <T>(item: fc.Arbitrary<T>) => item.map((one) => [one]);

/** A conversation in plaintext, or several. */
export const conversation: fc.Arbitrary<Case> = fc.record({
  asked: asked(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant<Asked['tls']>('none') },
      { weight: 2, arbitrary: fc.constant<Asked['tls']>('auto') },
      { weight: 1, arbitrary: fc.constantFrom<Asked['tls']>('starttls', 'implicit') },
    ),
  ),
  targets: fc.oneof(
    { weight: 12, arbitrary: one(one(address)) },
    { weight: 1, arbitrary: one(fc.array(address, { minLength: 2, maxLength: 3 })) },
    { weight: 1, arbitrary: fc.array(one(address), { minLength: 2, maxLength: 3 }) },
  ),
});

const TLS_POINTS: readonly Point[] = [
  'greeting',
  'ehlo',
  'ehlo',
  'starttls',
  'starttls',
  'starttls',
  'handshake',
  'auth',
  'mail',
  'rcpt',
  'rcpt',
  'rset',
  'quit',
];

/** A conversation that goes over to TLS, or should. */
export const secureConversation: fc.Arbitrary<Case> = fc
  .record({
    asked: asked(fc.constantFrom<Asked['tls']>('starttls', 'implicit', 'auto')),
    server: server(TLS_POINTS),
    mode: fc.constantFrom<NonNullable<ServerScript['tls']>>('starttls', 'implicit'),
    fitting: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ asked, server, mode, fitting }) => {
    const fits = asked.tls === 'implicit' ? 'implicit' : 'starttls';
    return { asked: { ...asked, all: false }, targets: [[{ ...server, tls: fitting > 0 ? fits : mode }]] };
  });
