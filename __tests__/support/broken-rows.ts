import type { Code, Status } from '../../src/model/codes.ts';
import { authorities } from '../../src/probe/tls/trust-store.ts';
import {
  type BrokenServer,
  challenge,
  changed,
  close,
  drip,
  endlessLine,
  endlessLines,
  HOST,
  half,
  PASSWORD,
  type Reaction,
  raw,
  reset,
  silence,
  TOKEN,
  USER,
} from './broken.ts';
import { makeAuthority, makeCertificate } from './certificates.ts';
// Loaded when it is needed, which must not take place while time passes.
import '../../src/probe/tls/handshake.ts';
import '../../src/probe/session.ts';

type Inputs = Readonly<Record<string, string>>;
/** A server, what is asked of it, the one code that decides, and its status. */
export type Row = readonly [name: string, server: BrokenServer, inputs: Inputs, code: Code, status: Status];

// Of the authorities, only those that a row gives: to read the well-known ones takes 25 ms a connection.
process.env.SSL_CERT_FILE = '/dev/null';
Object.assign(authorities, { all: (ca: string | null) => authorities.added(ca) });

const authority = await makeAuthority();
const GOOD = await makeCertificate({ names: [HOST], issuer: authority });
const ROOT = authority.cert;

const BASICS = ['SIZE 10240000', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const MECHANISMS = 'AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 OAUTHBEARER XOAUTH2';
const OFFERED = [...BASICS, MECHANISMS];

export const ENVELOPE = { 'mail-from': 'gate@example.test', 'rcpt-to': 'clara@example.test' };
const login = (method = 'PLAIN') => ({ username: USER, password: PASSWORD, 'auth-method': method });
const token = (method: string) => ({ username: USER, 'access-token': TOKEN, 'auth-method': method });

/** The ways to talk: the server that can, and the inputs that ask for it. */
export const MODES = {
  plaintext: {
    server: { capabilities: OFFERED },
    inputs: { tls: 'none', 'auth-over-plaintext': 'true' },
  },
  pipelined: {
    server: { capabilities: [...OFFERED, 'PIPELINING'] },
    inputs: { tls: 'none', 'auth-over-plaintext': 'true' },
  },
  starttls: {
    server: { tls: 'starttls', identity: GOOD, capabilities: BASICS, secured: [...OFFERED, 'PIPELINING'] },
    inputs: { tls: 'starttls', 'tls-ca': ROOT },
  },
  implicit: {
    server: { tls: 'implicit', identity: GOOD, capabilities: [...OFFERED, 'PIPELINING'] },
    inputs: { tls: 'implicit', 'tls-ca': ROOT, port: '465' },
  },
} as const satisfies Record<string, { server: BrokenServer; inputs: Inputs }>;
type Mode = keyof typeof MODES;
export const ALL_MODES = Object.keys(MODES) as Mode[];
const SECURE_MODES = ['starttls', 'implicit'] as const;

const inMode = (
  mode: Mode,
  name: string,
  server: BrokenServer,
  inputs: Inputs,
  code: Code,
  status: Status = 'fail',
): Row => [
  `${mode}: ${name}`,
  { ...MODES[mode].server, ...server },
  { ...MODES[mode].inputs, ...inputs },
  code,
  status,
];

/** Every step of a conversation, broken in every way. */
type Step = 'greeting' | 'ehlo' | 'starttls' | 'ehlo-again' | 'auth' | 'password' | 'mail' | 'rcpt' | 'rset' | 'quit';
const STEPS: Readonly<Record<Mode, readonly Step[]>> = {
  plaintext: ['greeting', 'ehlo', 'auth', 'password', 'mail', 'rcpt'],
  pipelined: ['auth', 'mail', 'rcpt'],
  starttls: ['greeting', 'ehlo', 'starttls', 'ehlo-again', 'auth', 'password', 'mail', 'rcpt'],
  implicit: ['greeting', 'ehlo', 'auth', 'password', 'mail', 'rcpt'],
};
type Way = readonly [way: string, reaction: Reaction, code: Code, atGreeting?: Code];
export const WAYS: readonly Way[] = [
  ['silence', silence, 'deadline-exceeded', 'greeting-timeout'],
  ['a close', close, 'connection-lost', 'greeting-closed'],
  ['half a reply and a close', half, 'connection-lost'],
  ['lines without end', endlessLines, 'protocol-violation'],
  ['a line without end', endlessLine, 'protocol-violation'],
  ['a byte a second', drip, 'deadline-exceeded'],
  ['words that are no reply', 'what do you want?', 'protocol-violation', 'not-smtp'],
  ['a code of two digits', '25 ok', 'protocol-violation', 'not-smtp'],
  ['a code beyond the range', '650 ok', 'protocol-violation'],
];
const brokenAt = (step: Step, reaction: Reaction): BrokenServer =>
  step === 'auth'
    ? { auth: [reaction] }
    : step === 'password'
      ? { auth: [undefined, undefined, reaction] }
      : { at: { [step]: reaction } };
const brokenSteps = ALL_MODES.flatMap((mode) =>
  STEPS[mode].flatMap((step) =>
    WAYS.map(([way, reaction, code, atGreeting = code]) =>
      inMode(
        mode,
        `${way} at ${step}`,
        brokenAt(step, reaction),
        { ...login(mode === 'pipelined' ? 'PLAIN' : 'LOGIN'), ...ENVELOPE, deadline: '12s' },
        step === 'greeting' ? atGreeting : code,
      ),
    ),
  ),
);

/** Replies that can be read, and are the wrong ones. */
const wrongCodes = ALL_MODES.flatMap((mode) => {
  const secured = mode === 'starttls' ? 'ehlo-again' : 'ehlo';
  const at = (step: Step | 'helo', reply: string, code: Code, status?: Status) =>
    inMode(mode, `${step} is answered with ${reply}`, { at: { [step]: reply } }, ENVELOPE, code, status);
  return [
    at('greeting', '421 4.3.2 too busy', 'greeting-busy'),
    at('greeting', '554 5.7.1 go away', 'greeting-refused'),
    at('greeting', '250 ok', 'protocol-violation'),
    at('greeting', '354 go on', 'protocol-violation'),
    at(secured, `220 ${HOST}`, 'protocol-violation'),
    at(secured, '354 go on', 'protocol-violation'),
    at(secured, '334 ', 'protocol-violation'),
    inMode(
      mode,
      'EHLO and HELO are refused',
      { at: { [secured]: '502 5.5.1 no', helo: '502 5.5.1 no' } },
      ENVELOPE,
      'ehlo-refused',
    ),
    inMode(
      mode,
      'HELO is answered with 220',
      { at: { [secured]: '502 5.5.1 no', helo: '220 hello' } },
      ENVELOPE,
      'protocol-violation',
    ),
    at('mail', '354 go on', 'protocol-violation'),
    at('mail', '220 hello', 'protocol-violation'),
    at('mail', '235 2.7.0 accepted', 'protocol-violation'),
    at('mail', '550 5.1.8 not you', 'sender-refused'),
    at('mail', '451 4.7.1 later', 'envelope-deferred', 'warn'),
    at('mail', '452 4.3.1 disk full', 'queue-full'),
    at('rcpt', '220 hello', 'protocol-violation'),
    at('rcpt', '354 go on', 'protocol-violation'),
    at('rcpt', '550 5.1.1 nobody', 'recipient-refused'),
    at('rcpt', '554 5.7.1 relay access denied', 'relay-denied'),
    at('rcpt', '450 4.2.0 greylisted', 'envelope-deferred', 'warn'),
    at('mail', '421 4.3.2 closing', 'service-unavailable'),
    at('rcpt', '421 4.3.2 closing', 'service-unavailable'),
    at(secured, '451 4.7.0 later', 'service-unavailable'),
    at(secured, '421 4.3.2 closing', 'service-unavailable'),
    at('rset', '421 4.3.2 closing', 'service-unavailable', 'warn'),
    at('quit', '421 4.3.2 closing', 'service-unavailable', 'warn'),
    at('rcpt', '550-5.1.1 nobody\r\n250 or yes', 'protocol-deviation', 'warn'),
    at('rcpt', '250-yes\r\n550 5.1.1 or nobody', 'recipient-refused'),
    at('mail', '250-yes\r\n220 or no', 'protocol-violation'),
    at(secured, `250-${HOST}\r\n220 no`, 'protocol-violation'),
    at('greeting', `220-${HOST}\r\n554 5.7.1 no`, 'greeting-refused'),
    at('greeting', `250-${HOST}\r\n220 yes`, 'protocol-deviation', 'warn'),
    at('greeting', `220 ${HOST}\r\n`, 'protocol-deviation', 'warn'),
    at('rcpt', '\r\n250 yes', 'protocol-deviation', 'warn'),
    at('rcpt', '250\tyes', 'protocol-deviation', 'warn'),
  ];
});

/** Refusals that are begun and not finished, and what keeps them from it. */
const UNFINISHED: readonly (readonly [how: string, reaction: (text: string) => Reaction])[] = [
  ['a close', (text) => (talk) => void talk.end(text)],
  ['silence', raw],
  ['garbage', (text) => (talk) => void talk.end(`${text}\r\nwhat do you want?\r\n`)],
];
const tornRefusals = ALL_MODES.flatMap((mode) => {
  const secured: Step = mode === 'starttls' ? 'ehlo-again' : 'ehlo';
  const refusals: readonly (readonly [Step, string, Code, Status?])[] = [
    ['greeting', '554-5.7.1 no', 'greeting-refused'],
    [secured, '550-5.7.1 no', 'ehlo-refused'],
    [secured, '421-4.3.2 closing', 'service-unavailable'],
    ['auth', '535-5.7.8 no', 'auth-rejected'],
    ['auth', '454-4.7.0 later', 'auth-unavailable'],
    ['mail', '550-5.1.8 not you', 'sender-refused'],
    ['rcpt', '550-5.1.1 nobody\r\n550-5.1.1 here', 'recipient-refused'],
  ];
  return refusals.flatMap(([step, text, code, status]) =>
    UNFINISHED.map(([how, reaction]) =>
      inMode(
        mode,
        `${text} at ${step}, unfinished, then ${how}`,
        brokenAt(step, reaction(text)),
        { ...login(), ...ENVELOPE },
        code,
        status,
      ),
    ),
  );
});

/** The first recipient is put off, and the second is never answered. */
const putOff = (then: Reaction): Reaction => {
  let asked = 0;
  return (talk, usual) => {
    asked += 1;
    if (asked === 1) return '450 4.2.0 greylisted';
    return typeof then === 'string' ? then : then(talk, usual);
  };
};
const leftOpen = (['plaintext', 'implicit'] as const).flatMap((mode) => {
  const two = { ...ENVELOPE, 'rcpt-to': 'clara@example.test\notto@example.test' };
  const at = (name: string, then: Reaction, code: Code) =>
    inMode(mode, `RCPT is put off, then ${name}`, { at: { rcpt: putOff(then) } }, two, code);
  return [
    at('a close', close, 'connection-lost'),
    at('silence', silence, 'deadline-exceeded'),
    at('garbage', 'what do you want?', 'protocol-violation'),
    at('421', '421 4.3.2 closing', 'service-unavailable'),
    at('a refusal', '550 5.1.1 nobody', 'recipient-refused'),
    inMode(
      mode,
      'MAIL is put off and RCPT answered with 421',
      { capabilities: [...OFFERED, 'PIPELINING'], at: { mail: '450 4.2.0 later', rcpt: '421 4.3.2 closing' } },
      ENVELOPE,
      'service-unavailable',
    ),
  ];
});

const startTls = (name: string, server: BrokenServer, code: Code, inputs: Inputs = {}): Row =>
  inMode('starttls', name, server, { ...login(), ...ENVELOPE, ...inputs }, code);
/** EHLO's answer without the line about STARTTLS. */
const STRIPPED: Reaction = (_, usual) => usual.replace(/\r\n250[- ]STARTTLS/, '').replace(/250-(?=[^\n]*$)/, '250 ');
const MASKED: Reaction = (_, usual) => usual.replace('STARTTLS', 'XXXXXXXA');
/** TLS alerts (RFC 8446 §6), fatal, as they are on the wire. */
const alert = (description: number) => raw(String.fromCharCode(0x15, 3, 3, 0, 2, 2, description));

const startTlsRows: readonly Row[] = [
  startTls('stripped', { at: { ehlo: STRIPPED } }, 'starttls-not-offered'),
  startTls(
    'stripped, and AUTH offered instead',
    { at: { ehlo: `250-${HOST}\r\n250 AUTH PLAIN` } },
    'starttls-not-offered',
  ),
  startTls('masked by a middlebox', { at: { ehlo: MASKED } }, 'starttls-not-offered'),
  startTls('only HELO is known', { at: { ehlo: '502 5.5.1 no' } }, 'starttls-not-offered'),
  startTls('EHLO has no capabilities', { at: { ehlo: '250 hello' } }, 'starttls-not-offered'),
  startTls('454', { at: { starttls: '454 4.7.0 not now' } }, 'starttls-refused'),
  startTls('502', { at: { starttls: '502 5.5.1 not implemented' } }, 'starttls-refused'),
  startTls('501', { at: { starttls: '501 5.5.4 no parameters' } }, 'starttls-refused'),
  startTls('250', { at: { starttls: '250 2.0.0 ok' } }, 'protocol-violation'),
  startTls('235', { at: { starttls: '235 2.0.0 ok' } }, 'protocol-violation'),
  startTls('354', { at: { starttls: '354 go on' } }, 'protocol-violation'),
  startTls('220, then another reply', { at: { starttls: '220 go\r\n354 go on' } }, 'starttls-injection'),
  startTls('injected capabilities', { at: { starttls: '220 go\r\n250-x\r\n250 AUTH PLAIN' } }, 'starttls-injection'),
  startTls('an injected login', { at: { starttls: '220 go\r\n235 2.7.0 accepted' } }, 'starttls-injection'),
  startTls('an injected half', { at: { starttls: raw('220 go\r\n250-mail') } }, 'starttls-injection'),
  startTls('garbage instead of TLS', { at: { handshake: 'what do you want?' } }, 'starttls-injection'),
  startTls('a refusal instead of TLS', { at: { handshake: '454 4.7.0 TLS not available' } }, 'starttls-refused'),
  startTls(
    'a refusal behind the 220',
    { at: { starttls: '220 go\r\n454 4.7.0 TLS not available' } },
    'starttls-refused',
  ),
  startTls('another reply instead of TLS', { at: { handshake: '250 injected' } }, 'starttls-injection'),
  startTls('silence instead of TLS', { at: { handshake: silence } }, 'deadline-exceeded'),
  startTls('half a record, then silence', { at: { handshake: raw('\x16\x03\x03\x00\x7a\x02') } }, 'deadline-exceeded'),
  startTls('stripped, in auto, with credentials', { at: { ehlo: STRIPPED } }, 'auth-needs-tls', { tls: 'auto' }),
  startTls(
    'stripped, in auto, and AUTH offered in plaintext',
    { capabilities: OFFERED, at: { ehlo: STRIPPED } },
    'auth-needs-tls',
    { tls: 'auto' },
  ),
  startTls('implicit TLS is asked of it', {}, 'plaintext-expected', { tls: 'implicit' }),
  inMode('implicit', 'STARTTLS is asked of it', {}, { ...ENVELOPE, tls: 'starttls' }, 'tls-expected'),
  startTls('454, in auto', { at: { starttls: '454 4.7.0 not now' } }, 'starttls-refused', { tls: 'auto' }),
];

const hangUpAfter =
  (text: string): Reaction =>
  (talk) => {
    talk.end(text);
    return undefined;
  };

const handshakeRows = SECURE_MODES.flatMap((mode): Row[] => {
  const row = (name: string, server: BrokenServer, code: Code, inputs: Inputs = {}) =>
    inMode(mode, name, server, { ...login(), ...ENVELOPE, ...inputs }, code);
  return [
    row('a close instead of TLS', { at: { handshake: close } }, 'tls-handshake-failed'),
    row('a reset instead of TLS', { at: { handshake: reset } }, 'tls-handshake-failed'),
    row(
      'half a record, then a close',
      { at: { handshake: hangUpAfter('\x16\x03\x03\x00\x7a\x02') } },
      'tls-handshake-failed',
    ),
    row('alert handshake_failure', { at: { handshake: alert(40) } }, 'tls-handshake-failed'),
    row('alert internal_error', { at: { handshake: alert(80) } }, 'tls-handshake-failed'),
    row('alert protocol_version', { at: { handshake: alert(70) } }, 'tls-too-old'),
    row('only TLS 1.2', { identity: { ...GOOD, maxVersion: 'TLSv1.2' } }, 'tls-too-old', {
      'tls-min-version': 'TLSv1.3',
    }),
  ];
});

type Fault = readonly [name: string, identity: { readonly key: string; readonly cert: string }, code: Code];

/** Identities that do not verify. */
async function certificates(): Promise<readonly Fault[]> {
  const other = await makeAuthority('Other CA');
  const intermediate = (from: number, to: number) =>
    makeCertificate({ names: ['Intermediate CA'], issuer: authority, isCa: true, from, to });
  const [old, fresh] = await Promise.all([intermediate(-40, -2), intermediate(-1, 60)]);
  const leaf = (options: Parameters<typeof makeCertificate>[0]) => makeCertificate({ names: [HOST], ...options });
  const orphan = await leaf({ issuer: fresh });
  return [
    ['an expired certificate', await leaf({ issuer: authority, from: -90, to: -3 }), 'certificate-expired'],
    ['a certificate of tomorrow', await leaf({ issuer: authority, from: 2, to: 90 }), 'certificate-not-yet-valid'],
    [
      'a certificate of another name',
      await leaf({ names: ['other.example.test'], issuer: authority }),
      'certificate-name-mismatch',
    ],
    ['a wildcard that is too wide', await leaf({ names: ['*.test'], issuer: authority }), 'certificate-name-mismatch'],
    ['a self-signed certificate', await leaf({}), 'certificate-self-signed'],
    ['an authority that nobody knows', await leaf({ issuer: other }), 'certificate-untrusted'],
    ['an expired intermediate', await leaf({ issuer: old }), 'certificate-expired'],
    ['a missing intermediate', { key: orphan.key, cert: orphan.certificate.toString('pem') }, 'certificate-untrusted'],
  ];
}
const FAULTS = await certificates();
const ENDING = await makeCertificate({ names: [HOST], issuer: authority, to: 10 });

const certificateRows = SECURE_MODES.flatMap((mode): Row[] => {
  const pair = ({ key, cert }: Fault[1]) => ({ identity: { key, cert } });
  return [
    ...FAULTS.map(([name, identity, code]) => inMode(mode, name, pair(identity), { ...login(), ...ENVELOPE }, code)),
    ...FAULTS.map(([name, identity, code]) =>
      inMode(mode, `${name}, in auto`, pair(identity), { ...ENVELOPE, tls: 'auto' }, code, 'warn'),
    ),
    ...FAULTS.map(([name, identity]) =>
      inMode(mode, `${name}, in auto, with credentials`, pair(identity), { ...login(), tls: 'auto' }, 'auth-needs-tls'),
    ),
    inMode(mode, 'an authority that was not given', {}, { ...ENVELOPE, 'tls-ca': '' }, 'certificate-untrusted'),
    inMode(
      mode,
      'another tls-servername',
      {},
      { ...ENVELOPE, 'tls-servername': 'x.test' },
      'certificate-name-mismatch',
    ),
    inMode(
      mode,
      'an end under certificate-fail-days',
      pair(ENDING),
      { ...ENVELOPE, 'certificate-fail-days': '14' },
      'certificate-expiring',
    ),
    inMode(mode, 'an end under certificate-warn-days', pair(ENDING), ENVELOPE, 'certificate-expiring', 'warn'),
    inMode(
      mode,
      'an end under certificate-fail-days, unverified',
      pair(ENDING),
      { ...ENVELOPE, 'tls-verify': 'false', 'certificate-fail-days': '14' },
      'certificate-expiring',
    ),
  ];
});

/** What is offered in plaintext, and no more behind TLS. */
const vanished = (name: string, secured: readonly string[], inputs: Inputs, code: Code): Row =>
  inMode('starttls', name, { capabilities: [...OFFERED, 'SMTPUTF8', 'DSN'], secured }, inputs, code);
const capabilityRows: readonly Row[] = [
  vanished('SMTPUTF8 vanishes', OFFERED, { require: 'SMTPUTF8' }, 'capability-missing'),
  vanished('everything vanishes', [], { require: 'DSN' }, 'capability-missing'),
  vanished('SIZE shrinks', ['SIZE 1000'], { require: 'SIZE 10000000' }, 'capability-missing'),
  vanished('SIZE is no number', ['SIZE much'], { require: 'SIZE 10000000' }, 'capability-missing'),
  vanished('a mechanism vanishes', ['AUTH LOGIN'], { require: 'AUTH PLAIN' }, 'capability-missing'),
  vanished('AUTH vanishes', BASICS, login(), 'auth-not-offered'),
  vanished('AUTH is left without mechanisms', ['AUTH'], login(), 'auth-mechanism-missing'),
  vanished('the mechanism wanted vanishes', ['AUTH LOGIN'], login(), 'auth-mechanism-missing'),
  vanished('SMTPUTF8 vanishes before MAIL', OFFERED, { 'mail-from': 'zoë@example.test' }, 'capability-missing'),
  vanished('AUTH is left as a part of a word', ['XAUTH PLAIN', 'AUTHPLAIN'], login(), 'auth-not-offered'),
  inMode(
    'starttls',
    'EHLO is refused after TLS, and HELO is not',
    { at: { 'ehlo-again': '502 5.5.1 no' } },
    login(),
    'auth-not-offered',
  ),
  ...(['plaintext', 'implicit'] as const).flatMap((mode) => [
    inMode(mode, 'what is required is not offered', {}, { require: 'REQUIRETLS' }, 'capability-missing'),
    inMode(mode, 'SIZE is smaller', {}, { require: 'SIZE 20000000' }, 'capability-missing'),
    inMode(mode, 'the mechanism is not offered', {}, { require: 'AUTH GSSAPI' }, 'capability-missing'),
    inMode(mode, 'AUTH is not offered', { capabilities: BASICS }, login(), 'auth-not-offered'),
    inMode(mode, 'only HELO is known', { at: { ehlo: '502 no' } }, { require: 'SIZE' }, 'capability-missing'),
  ]),
];

const b64 = (text: string) => Buffer.from(text).toString('base64');
const YES = '235 2.7.0 accepted';
export const PASSWORD_METHODS = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const;
export const TOKEN_METHODS = ['OAUTHBEARER', 'XOAUTH2'] as const;
export const who = (method: string): Inputs =>
  ((TOKEN_METHODS as readonly string[]).includes(method) ? token : login)(method);

/** Elsewhere a login is what it is in plaintext: one mechanism of each kind is enough, for it takes time. */
const LOGINS_IN: Readonly<Record<'plaintext' | 'pipelined' | 'starttls', RegExp>> = {
  plaintext: /./,
  pipelined: /: PLAIN: /,
  starttls: /: (?:LOGIN|SCRAM-SHA-256|OAUTHBEARER): /,
};

const loginRows = (['plaintext', 'pipelined', 'starttls'] as const).flatMap((mode): Row[] => {
  const row = (method: string, name: string, auth: NonNullable<BrokenServer['auth']>, code: Code): Row =>
    inMode(mode, `${method}: ${name}`, { auth }, { ...who(method), ...ENVELOPE }, code);
  const violation = (method: string, name: string, auth: NonNullable<BrokenServer['auth']>) =>
    row(method, name, auth, 'protocol-violation');
  return [
    ...[...PASSWORD_METHODS, ...TOKEN_METHODS].flatMap((method) => [
      row(method, 'offered, and 504', ['504 5.5.4 unrecognised'], 'auth-mechanism-missing'),
      row(method, 'offered, and 502', ['502 5.5.1 not implemented'], 'auth-not-offered'),
      row(method, 'rejected', ['535 5.7.8 no'], 'auth-rejected'),
      violation(method, '334 without end', '334 '),
      row(
        method,
        '334 without end, each with words',
        challenge('and now?'),
        (TOKEN_METHODS as readonly string[]).includes(method) ? 'auth-rejected' : 'protocol-violation',
      ),
      violation(method, '250', ['250 2.7.0 ok']),
      violation(method, '220', ['220 2.7.0 ok']),
      violation(method, '354', ['354 go on']),
    ]),
    row('PLAIN', 'offered, and 503', ['503 5.5.1 out of order'], 'auth-not-offered'),
    row('PLAIN', 'offered, and 500', ['500 5.5.2 what?'], 'auth-not-offered'),
    row('PLAIN', '538', ['538 5.7.11 encryption required'], 'auth-needs-tls'),
    row('PLAIN', '530 for STARTTLS', ['530 5.7.0 must issue a STARTTLS command first'], 'auth-needs-tls'),
    row('PLAIN', '454', ['454 4.7.0 temporary failure'], 'auth-unavailable'),
    row('PLAIN', '421', ['421 4.3.0 closing'], 'service-unavailable'),
    row('PLAIN', '534', ['534 5.7.9 application-specific password required'], 'auth-app-password-needed'),
    row('PLAIN', '535 5.7.139', ['535 5.7.139 SmtpClientAuthentication is disabled for the tenant'], 'auth-disabled'),
    violation('LOGIN', '235 before the user name', [YES]),
    violation('LOGIN', '235 before the password', [undefined, YES]),
    violation('LOGIN', 'a third question', [undefined, undefined, challenge('Shoe size:')]),
    row('LOGIN', 'rejected at the user name', [undefined, '535 5.7.8 nobody'], 'auth-rejected'),
    violation('CRAM-MD5', '235 without a challenge', [YES]),
    violation('CRAM-MD5', 'a challenge that is not base64', ['334 <1896@mail>', YES]),
    violation('CRAM-MD5', 'an empty challenge', ['334 ', YES]),
    violation('CRAM-MD5', 'a second challenge', [undefined, challenge('<2@mail>'), YES]),
    violation('PLAIN', 'a challenge, then 235', ['334 ', YES]),
    ...(['SCRAM-SHA-1', 'SCRAM-SHA-256'] as const).flatMap((method) => {
      const first = (name: string, change: (text: string) => string) => violation(method, name, [changed(change), YES]);
      const final = (name: string, change: (text: string) => string) =>
        violation(method, name, [undefined, changed(change), YES]);
      return [
        violation(method, '235 to the first message', [YES]),
        violation(method, '235 without a signature', [undefined, YES]),
        first('a nonce of its own', (text) => text.replace(/^r=[^,]*/, 'r=another-nonce-altogether')),
        first('a nonce that adds nothing', (text) => text.replace('a-part-of-the-server', '')),
        first('a nonce that extends ours at the front', (text) => text.replace('r=', 'r=x')),
        first('no iterations', (text) => text.replace(/i=\d+/, 'i=0')),
        first('iterations without end', (text) => text.replace(/i=\d+/, 'i=999999999')),
        first('a count of iterations too long to be one', (text) => text.replace(/i=\d+/, 'i=99999999999999999999')),
        first('negative iterations', (text) => text.replace(/i=\d+/, 'i=-1')),
        first('no count of iterations', (text) => text.replace(/,i=\d+/, '')),
        first('no salt', (text) => text.replace(/s=[^,]*,/, '')),
        first('an extension that is mandatory', (text) => `m=must,${text}`),
        row(method, 'an error, and a yes', [changed(() => 'e=unknown-user'), YES], 'auth-rejected'),
        first('nothing', () => ''),
        violation(method, 'a challenge that is not base64', ['334 r=x,s=y,i=4096', YES]),
        violation(method, 'a challenge over two lines', [`334-${b64('r=x')}\r\n334 ${b64('r=x')}`, YES]),
        final('a wrong signature', () => `v=${b64('x'.repeat(method === 'SCRAM-SHA-1' ? 20 : 32))}`),
        final('the signature with a byte changed', (text) => `v=${text[2] === 'A' ? 'B' : 'A'}${text.slice(3)}`),
        final(
          'half a signature',
          (text) => `v=${b64(Buffer.from(text.slice(2), 'base64').toString('latin1').slice(0, 8))}`,
        ),
        final('an empty signature', () => 'v='),
        final('a signature that is not base64', () => 'v=***'),
        final('a signature under another name', (text) => text.replace('v=', 'w=')),
        final('a signature that is missing', () => ''),
        row(
          method,
          'an error behind the proof, and a yes',
          [undefined, changed(() => 'e=invalid-proof'), YES],
          'auth-rejected',
        ),
        violation(method, 'a third challenge', [undefined, undefined, challenge('more?'), YES]),
        row(method, 'rejected behind the signature', [undefined, undefined, '535 5.7.8 no'], 'auth-rejected'),
      ];
    }),
    ...TOKEN_METHODS.flatMap((method) => {
      const error = challenge('{"status":"401","schemes":"bearer"}');
      return [
        row(method, 'an error, then 235', [error, YES], 'auth-rejected'),
        row(method, 'an error twice', [error, error, YES], 'auth-rejected'),
        row(method, 'an error, then a rejection', [error, '535 5.7.8 no'], 'auth-rejected'),
      ];
    }),
  ].filter(([name]) => LOGINS_IN[mode].test(name));
});

/** A reply more than was asked for, which must not be taken for the answer to what comes next. */
const unasked = (name: string, server: BrokenServer, inputs: Inputs): Row =>
  inMode('plaintext', `a reply too many: ${name}`, server, inputs, 'protocol-violation');
const outOfTurn: readonly Row[] = [
  unasked('two greetings', { at: { greeting: `220 ${HOST}\r\n220 ${HOST}` } }, ENVELOPE),
  unasked('EHLO twice', { at: { ehlo: `250-${HOST}\r\n250 AUTH PLAIN\r\n250 ok` } }, { ...login(), ...ENVELOPE }),
  unasked('MAIL twice, and the recipient refused', { at: { mail: '250 ok\r\n250 ok', rcpt: '550 no' } }, ENVELOPE),
  unasked('MAIL twice', { at: { mail: '250 ok\r\n250 ok' } }, ENVELOPE),
  unasked('RCPT twice', { at: { rcpt: '250 ok\r\n250 ok' } }, ENVELOPE),
  unasked('RCPT twice, and RSET refused', { at: { rcpt: '250 ok\r\n250 ok', rset: '502 no' } }, ENVELOPE),
  unasked('RSET twice', { at: { rset: '250 ok\r\n250 ok' } }, ENVELOPE),
  unasked('RSET twice, with a no', { at: { rset: '250 ok\r\n550 no' } }, ENVELOPE),
  unasked('AUTH: a yes and a no', { auth: ['235 ok\r\n535 no'] }, login()),
  unasked(
    'a yes to a login that nobody asked for',
    { at: { ehlo: `250-${HOST}\r\n250 AUTH PLAIN\r\n235 ok` }, auth: ['535 no'] },
    login(),
  ),
];

/** What follows a refusal does not decide in its place, and is not tried again. */
const AFTER = [
  ['a close', (text: string) => hangUpAfter(`${text}\r\n`)],
  ['silence', (text: string) => raw(`${text}\r\n`)],
] as const;
const refusals = (['plaintext', 'pipelined'] as const).flatMap((mode) =>
  AFTER.flatMap(([way, then]) => [
    inMode(
      mode,
      `a refused EHLO, then ${way}`,
      { at: { ehlo: then('550 5.7.1 no'), helo: close } },
      ENVELOPE,
      'ehlo-refused',
    ),
    inMode(mode, `a refused sender, then ${way}`, { at: { mail: then('550 5.7.1 no') } }, ENVELOPE, 'sender-refused'),
    inMode(
      mode,
      `a refused recipient, then ${way}`,
      { at: { rcpt: then('550 5.1.1 no') } },
      ENVELOPE,
      'recipient-refused',
    ),
    inMode(
      mode,
      `a recipient put off, then ${way}`,
      { at: { rcpt: then('450 4.2.0 no') } },
      ENVELOPE,
      'envelope-deferred',
      'warn',
    ),
    inMode(
      mode,
      `a refused login, then ${way}`,
      { auth: [then('535 5.7.8 no')] },
      { ...login(), ...ENVELOPE },
      'auth-rejected',
    ),
  ]),
);

/** Every broken server, what is asked of it, and the one code that decides. */
export const rows: readonly Row[] = [
  ...brokenSteps,
  ...refusals,
  ...wrongCodes,
  ...tornRefusals,
  ...leftOpen,
  ...startTlsRows,
  ...handshakeRows,
  ...certificateRows,
  ...capabilityRows,
  ...loginRows,
  ...outOfTurn,
];
