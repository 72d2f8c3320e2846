import { type BrokenServer, HOST, type Reaction } from '../../__tests__/support/broken.ts';
import { ENVELOPE, rows as GRID, MODES, who } from '../../__tests__/support/broken-rows.ts';
import type { About } from './ask.ts';

/** A server of the comparison. */
export interface CompareRow {
  readonly name: string;
  readonly about: About;
  /** `null` for a port on which nothing listens. */
  readonly server: BrokenServer | null;
  /** The gate's inputs, from which the options of the other tools are made. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The code that decides, of a broken server; `null` for a server in good health. */
  readonly code: string | null;
  /** The gate finds the code and passes all the same, which is documented and counts as wrong. */
  readonly gatePasses?: true;
}

type Inputs = CompareRow['inputs'];
type Mode = keyof typeof MODES;

/** Milliseconds; less than every time limit of the comparison. */
const SLOW = 700;

const after =
  (ms: number): Reaction =>
  (talk, usual) => {
    talk.clock.after(ms, () => talk.raw(`${usual}\r\n`));
    return undefined;
  };

const close: Reaction = (talk) => void talk.end();

const good = (name: string, about: About, mode: Mode, server: BrokenServer = {}, inputs: Inputs = {}): CompareRow => ({
  name,
  about,
  server: { ...MODES[mode].server, ...server },
  inputs: { ...MODES[mode].inputs, ...inputs },
  code: null,
});

const login = (method: string): Inputs => who(method);

const HEALTHY: readonly CompareRow[] = [
  good('a plain greeting', 'greeting', 'plaintext'),
  good('a greeting of three lines', 'greeting', 'plaintext', {
    at: { greeting: `220-${HOST} ESMTP\r\n220-no unsolicited mail\r\n220 ready` },
  }),
  good('a greeting without text', 'greeting', 'plaintext', { at: { greeting: '220' } }),
  good('a greeting without the word ESMTP', 'greeting', 'plaintext', { at: { greeting: `220 ${HOST} ready` } }),
  good('a greeting after 0.7 s', 'greeting', 'plaintext', { at: { greeting: after(SLOW) } }),
  good('EHLO, answered after 0.7 s', 'ehlo', 'plaintext', { at: { ehlo: after(SLOW) } }, ENVELOPE),
  good('EHLO, answered by one line', 'ehlo', 'plaintext', { capabilities: [] }, ENVELOPE),
  good(
    'EHLO, answered by “250  ” with two spaces',
    'ehlo',
    'plaintext',
    { at: { ehlo: `250-${HOST}\r\n250-SIZE 1000\r\n250  8BITMIME` } },
    ENVELOPE,
  ),
  good('HELO only', 'helo', 'plaintext', { at: { ehlo: '502 5.5.1 not implemented' } }, ENVELOPE),
  good('PIPELINING', 'envelope', 'pipelined', {}, ENVELOPE),
  good('sender and recipient', 'envelope', 'plaintext', {}, ENVELOPE),
  good('QUIT, answered by a close', 'greeting', 'plaintext', { at: { quit: close } }),
  good('STARTTLS', 'starttls', 'starttls'),
  good('STARTTLS, offered on the last line', 'starttls', 'starttls', { capabilities: [] }),
  good('STARTTLS, and the EHLO behind it answered after 0.7 s', 'starttls', 'starttls', {
    at: { 'ehlo-again': after(SLOW) },
  }),
  good('STARTTLS, answered in two lines', 'starttls', 'starttls', { at: { starttls: '220-go\r\n220 ahead' } }),
  good('STARTTLS, TLS 1.2 only', 'starttls', 'starttls', {
    identity: { ...MODES.starttls.server.identity, maxVersion: 'TLSv1.2' },
  }),
  good('STARTTLS and login by PLAIN', 'login', 'starttls', {}, login('PLAIN')),
  good('STARTTLS and login by LOGIN', 'login', 'starttls', {}, login('LOGIN')),
  good('STARTTLS and login by SCRAM-SHA-256', 'login', 'starttls', {}, login('SCRAM-SHA-256')),
  good('STARTTLS and login by XOAUTH2', 'login', 'starttls', {}, login('XOAUTH2')),
  good('STARTTLS, sender and recipient', 'envelope', 'starttls', {}, ENVELOPE),
  good('implicit TLS', 'implicit', 'implicit'),
  good('implicit TLS, and a greeting after 0.7 s', 'implicit', 'implicit', { at: { greeting: after(SLOW) } }),
  good('implicit TLS, login and envelope', 'envelope', 'implicit', {}, { ...login('PLAIN'), ...ENVELOPE }),
  good('login by CRAM-MD5, without TLS', 'login', 'plaintext', {}, login('CRAM-MD5')),
];

/** A server that is none of SMTP's: it greets, and answers EHLO and HELO, in its own way. */
const speaks = (protocol: string, greeting: string, unknown: Reaction): CompareRow => ({
  name: `${protocol} on the port`,
  about: 'greeting',
  server: { at: { greeting, ehlo: unknown, helo: unknown, mail: unknown, rcpt: unknown, quit: unknown } },
  inputs: { tls: 'none', ...ENVELOPE },
  code: 'not-smtp',
});

/** The same, where no more than a greeting is wanted of it: the gate passes, and says what it has found there. */
const greetingOnly = (row: CompareRow): CompareRow => ({
  ...row,
  name: `${row.name}, checked for a greeting only`,
  inputs: { tls: 'none' },
  gatePasses: true,
});

const IMAP = speaks(
  'IMAP',
  '* OK [CAPABILITY IMAP4rev1] Dovecot ready.',
  'EHLO BAD Error in IMAP command received by server.',
);
const FTP = speaks('FTP', '220 (vsFTPd 3.0.5)', '530 Please login with USER and PASS.');

const NETWORK: readonly CompareRow[] = [
  { name: 'a closed port', about: 'connect', server: null, inputs: { tls: 'none' }, code: 'connect-refused' },
  IMAP,
  greetingOnly(IMAP),
  speaks('POP3', '+OK POP3 ready', '-ERR Unknown command.'),
  speaks('HTTP', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n', close),
  speaks('SSH', 'SSH-2.0-OpenSSH_9.2p1', close),
  FTP,
  greetingOnly(FTP),
  {
    name: 'a reset instead of a greeting',
    about: 'greeting',
    server: { at: { greeting: (talk) => void talk.reset() } },
    inputs: { tls: 'none' },
    code: 'connect-reset',
  },
];

/** What a real server would do besides, and inputs that let more tools be asked. */
interface Changes {
  readonly at?: BrokenServer['at'];
  readonly auth?: BrokenServer['auth'];
  readonly inputs?: Inputs;
}

const BY_LOGIN: Changes = { inputs: { 'auth-method': 'LOGIN' } };
const NO_STARTTLS: Changes = { at: { starttls: '502 5.5.1 not implemented' } };
const closing: Reaction = (talk) => void talk.end('421 4.3.2 closing\r\n');
const NO_SENDER: Changes = { at: { rcpt: '503 5.5.1 need MAIL command' } };

/** Rows of the grid of __tests__/no-false-green.test.ts, by their names. */
const PICKED: readonly (readonly [name: string, about: About, changes?: Changes])[] = [
  ['plaintext: silence at greeting', 'greeting'],
  ['plaintext: a close at greeting', 'greeting'],
  ['plaintext: half a reply and a close at greeting', 'greeting'],
  ['plaintext: lines without end at greeting', 'greeting'],
  ['plaintext: a line without end at greeting', 'greeting'],
  ['plaintext: a byte a second at greeting', 'greeting'],
  ['plaintext: greeting is answered with 421 4.3.2 too busy', 'greeting'],
  ['plaintext: greeting is answered with 554 5.7.1 go away', 'greeting'],
  ['plaintext: greeting is answered with 250 ok', 'greeting'],
  ['plaintext: EHLO and HELO are refused', 'ehlo'],
  ['plaintext: silence at ehlo', 'ehlo'],
  ['plaintext: a close at ehlo', 'ehlo'],
  ['plaintext: half a reply and a close at ehlo', 'ehlo'],
  ['plaintext: lines without end at ehlo', 'ehlo'],
  ['plaintext: a line without end at ehlo', 'ehlo'],
  ['plaintext: words that are no reply at ehlo', 'ehlo'],
  ['plaintext: ehlo is answered with 421 4.3.2 closing', 'ehlo', { at: { ehlo: closing, helo: closing } }],
  ['plaintext: what is required is not offered', 'capability'],
  ['starttls: stripped', 'starttls', NO_STARTTLS],
  ['starttls: masked by a middlebox', 'starttls', NO_STARTTLS],
  ['starttls: 454', 'starttls'],
  ['starttls: 502', 'starttls'],
  ['starttls: injected capabilities', 'starttls'],
  ['starttls: 220, then another reply', 'starttls'],
  ['starttls: garbage instead of TLS', 'starttls'],
  ['starttls: silence instead of TLS', 'starttls'],
  ['starttls: a close instead of TLS', 'starttls'],
  ['starttls: a close at ehlo-again', 'starttls'],
  ['starttls: silence at ehlo-again', 'starttls'],
  ['implicit: STARTTLS is asked of it', 'starttls'],
  ['starttls: implicit TLS is asked of it', 'implicit'],
  ['starttls: only TLS 1.2', 'tls-version'],
  ['starttls: an expired certificate', 'certificate-date'],
  ['starttls: a certificate of tomorrow', 'certificate-chain'],
  ['starttls: a certificate of another name', 'certificate-name'],
  ['starttls: a self-signed certificate', 'certificate-chain'],
  ['starttls: an authority that nobody knows', 'certificate-chain'],
  ['starttls: a missing intermediate', 'certificate-chain'],
  ['starttls: an end under certificate-fail-days', 'certificate-ending'],
  ['implicit: an expired certificate', 'certificate-chain'],
  ['implicit: a certificate of another name', 'certificate-name'],
  ['implicit: a self-signed certificate', 'certificate-chain'],
  ['starttls: LOGIN: rejected', 'login'],
  ['starttls: AUTH vanishes', 'login', { ...BY_LOGIN, auth: '503 5.5.1 AUTH is not enabled' }],
  ['starttls: the mechanism wanted vanishes', 'login', { auth: '504 5.5.4 unrecognised mechanism' }],
  ['plaintext: LOGIN: 334 without end', 'login'],
  ['plaintext: LOGIN: 250', 'login'],
  ['plaintext: PLAIN: 454', 'login', BY_LOGIN],
  ['plaintext: PLAIN: 535 5.7.139', 'login', BY_LOGIN],
  ['plaintext: silence at password', 'login'],
  ['plaintext: SCRAM-SHA-256: a wrong signature', 'login'],
  ['starttls: mail is answered with 550 5.1.8 not you', 'envelope', NO_SENDER],
  ['starttls: rcpt is answered with 550 5.1.1 nobody', 'envelope'],
  ['plaintext: rcpt is answered with 554 5.7.1 relay access denied', 'envelope'],
  ['plaintext: mail is answered with 452 4.3.1 disk full', 'envelope', NO_SENDER],
  ['plaintext: mail is answered with 354 go on', 'envelope', NO_SENDER],
  ['plaintext: a close at rcpt', 'envelope'],
  ['plaintext: silence at rcpt', 'envelope'],
  ['implicit: rcpt is answered with 550 5.1.1 nobody', 'envelope'],
];

function picked([name, about, { at, auth, inputs: more } = {}]: (typeof PICKED)[number]): CompareRow {
  const row = GRID.find(([other]) => other === name);
  if (!row) throw new Error(`the grid has no row "${name}"`);
  const [, server, inputs, code] = row;
  return {
    name,
    about,
    server: { ...server, at: { ...server.at, ...at }, ...(auth === undefined ? {} : { auth }) },
    inputs: { ...inputs, ...more },
    code,
  };
}

/** Every server of the comparison: those in good health first. */
export const ROWS: readonly CompareRow[] = [...HEALTHY, ...NETWORK, ...PICKED.map(picked)];
