import { existsSync } from 'node:fs';
import path from 'node:path';
import type { About, Ask } from './ask.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What the gate gives up after, for each step and in all; the others get `SECONDS` for the same. */
const GATE_LIMITS = ['--timeout=2s', '--deadline=4s'];
/** The longest that a tool may wait by its own time limits, in seconds. */
export const SECONDS = 3;

/** A program, and what it can be asked. */
export interface Tool {
  readonly name: string;
  /** The command itself, or `null` for what is asked in another way; the first of the paths that exists is run. */
  readonly paths: readonly string[];
  /** How to ask for its version; the first match of the pattern is the version. */
  readonly version: readonly [args: readonly string[], pattern: RegExp];
  readonly tls: readonly Ask['tls'][];
  readonly abouts: readonly About[];
  readonly methods: readonly string[];
  /** What it is asked with, in words. */
  readonly options: string;
}

const TALK = ['connect', 'greeting', 'ehlo', 'helo'] as const satisfies readonly About[];
const VERIFIED = ['certificate-chain', 'certificate-date'] as const satisfies readonly About[];

/** Every tool but the gate, which can be asked everything. */
export const TOOLS = {
  nc: {
    name: '`nc -z`',
    paths: ['nc.openbsd', 'nc'],
    version: [['-h'], /patchlevel ([^)\s]+)/],
    tls: ['none'],
    abouts: TALK,
    methods: [],
    options: `\`-z -w ${SECONDS}\`. It connects and says nothing, so it is not asked about TLS, login and envelope.`,
  },
  checkSmtp: {
    name: '`check_smtp`',
    paths: ['/usr/lib/nagios/plugins/check_smtp'],
    version: [['--version'], /v(\S+)/],
    tls: ['none', 'starttls'],
    abouts: [...TALK, 'capability', 'starttls', 'certificate-date', 'certificate-ending', 'login', 'envelope'],
    methods: ['LOGIN'],
    options:
      '`-t 3`; `-S` for STARTTLS; `-D 1` (or the days of the row) where the row is about the dates of the certificate; `-A LOGIN -U -P`; `-C "MAIL FROM:…" -R "^250" -C "RCPT TO:…" -R "^25"` for the envelope; `-e` for a capability. This version has no option for implicit TLS, for the chain or the name of a certificate, or for other logins than LOGIN. A warning (exit status 1) counts as red.',
  },
  swaks: {
    name: '`swaks`',
    paths: ['swaks'],
    version: [['--version'], /version (\S+)/],
    tls: ['none', 'starttls', 'implicit'],
    abouts: [...TALK, 'starttls', 'implicit', 'tls-version', ...VERIFIED, 'login', 'envelope'],
    methods: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    options:
      '`--timeout 3`; `--tls` or `--tls-on-connect`, each with `--tls-verify --tls-ca-path`, `--tls-sni` and, where the row asks for it, `--tls-protocol`; `--auth`; `--from --to --quit-after RCPT`, or the last step before that. This version verifies the chain, and has no option for the name of the certificate, for days left, or for a capability.',
  },
  nodemailer: {
    name: 'nodemailer `verify()`',
    paths: [process.execPath],
    version: [['-p', 'require("nodemailer/package.json").version'], /(\S+)/],
    tls: ['none', 'starttls', 'implicit'],
    abouts: [...TALK, 'starttls', 'implicit', 'tls-version', ...VERIFIED, 'certificate-name', 'login'],
    methods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'],
    options:
      '`requireTLS`, `secure` or `ignoreTLS`; `tls.ca`, `tls.servername` and `tls.minVersion`; `auth` and `authMethod`; the three time-outs at 3 s. `verify()` sends no envelope, and has no option for a capability or for days left.',
  },
  blackbox: {
    name: 'blackbox_exporter',
    paths: ['prometheus-blackbox-exporter', 'blackbox_exporter'],
    version: [['--version'], /version (\S+)/],
    tls: ['none', 'starttls', 'implicit'],
    abouts: [
      ...TALK,
      'capability',
      'starttls',
      'implicit',
      'tls-version',
      ...VERIFIED,
      'certificate-name',
      'login',
      'envelope',
    ],
    methods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    options:
      'a `tcp` module for each row, `timeout: 3s`, with `tls` or `starttls: true`, a `tls_config` of `ca_file`, `server_name` and `min_version`, and a `query_response` with `^220( |$)`, EHLO (HELO where the server knows nothing else), the login and the envelope, each with the reply that is expected. `probe_success 1` is green. The days left are a metric, for an alert in Prometheus; no exchange of `query_response` can compute the answers of CRAM-MD5 or SCRAM.',
  },
} as const satisfies Record<string, Tool>;

export type ToolId = keyof typeof TOOLS;

/** Whether the tool has options for what the row is about. */
export function canBeAsked(id: ToolId, { about, tls, login }: Ask): boolean {
  const tool: Tool = TOOLS[id];
  if (!tool.tls.includes(tls) || !tool.abouts.includes(about)) return false;
  return about !== 'login' || tool.methods.includes(login?.method ?? '');
}

/** What is asked, less a login that the tool cannot do, where the row is about something else. */
export function within(id: ToolId, ask: Ask): Ask {
  const tool: Tool = TOOLS[id];
  return ask.login === null || tool.methods.includes(ask.login.method) ? ask : { ...ask, login: null };
}

/** The command line of a tool, and what its environment needs. */
export interface Command {
  readonly line: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const HOST = '127.0.0.1';

const SWAKS_QUIT = (ask: Ask): string => {
  if (ask.envelope !== null) return 'RCPT';
  if (ask.login !== null) return 'AUTH';
  return 'HELO';
};

/** What each program is run with; blackbox_exporter is asked over HTTP. */
export const COMMANDS: Readonly<Record<Exclude<ToolId, 'blackbox'>, (program: string, ask: Ask) => Command>> = {
  nc: (program, { port }) => ({ line: [program, '-z', '-w', `${SECONDS}`, HOST, `${port}`] }),
  checkSmtp: (program, { about, port, tls, validDays, require, login, envelope }) => ({
    line: [
      ...[program, '-H', HOST, '-p', `${port}`, '-t', `${SECONDS}`, '-F', 'compare.example.test'],
      ...(tls === 'starttls' ? ['-S'] : []),
      ...(about.startsWith('certificate') ? ['-D', `${Math.max(1, validDays)}`] : []),
      ...(require === null ? [] : ['-e', require]),
      ...(login === null ? [] : ['-A', 'LOGIN', '-U', login.user, '-P', login.secret]),
      ...(envelope === null
        ? []
        : [
            ...['-C', `MAIL FROM:<${envelope.from}>`, '-R', '^250'],
            ...['-C', `RCPT TO:<${envelope.to}>`, '-R', '^25'],
          ]),
    ],
  }),
  swaks: (program, ask) => ({
    line: [
      ...[program, '--server', HOST, '--port', `${ask.port}`, '--timeout', `${SECONDS}`],
      ...['--helo', 'compare.example.test', '--quit-after', SWAKS_QUIT(ask)],
      ...(ask.tls === 'none'
        ? []
        : [
            ask.tls === 'implicit' ? '--tls-on-connect' : '--tls',
            ...['--tls-verify', '--tls-ca-path', ask.ca, '--tls-sni', ask.name],
            ...(ask.minVersion === 'TLSv1.3' ? ['--tls-protocol', 'tlsv1_3'] : []),
          ]),
      ...(ask.login === null
        ? []
        : ['--auth', ask.login.method, '--auth-user', ask.login.user, '--auth-password', ask.login.secret]),
      ...(ask.envelope === null ? [] : ['--from', ask.envelope.from, '--to', ask.envelope.to]),
    ],
  }),
  nodemailer: (program, { port, tls, ca, name, minVersion, login }) => ({
    line: [program, path.join(root, 'scripts/compare/verify.mjs')],
    env: {
      TRANSPORT: JSON.stringify({
        host: HOST,
        port,
        secure: tls === 'implicit',
        requireTLS: tls === 'starttls',
        ignoreTLS: tls === 'none',
        ca: tls === 'none' ? null : ca,
        tls: { servername: name, minVersion },
        connectionTimeout: SECONDS * 1_000,
        greetingTimeout: SECONDS * 1_000,
        socketTimeout: SECONDS * 1_000,
        ...(login === null ? {} : { auth: authOf(login), authMethod: login.method }),
      }),
    },
  }),
};

function authOf({ method, user, secret }: NonNullable<Ask['login']>): Readonly<Record<string, string>> {
  return method === 'XOAUTH2' ? { type: 'OAuth2', user, accessToken: secret } : { user, pass: secret };
}

/** Read from the environment, because command lines can be read by others. */
const SECRET_INPUTS: Readonly<Record<string, string>> = {
  username: 'SMTP_GATE_USERNAME',
  password: 'SMTP_GATE_PASSWORD',
  'access-token': 'SMTP_GATE_ACCESS_TOKEN',
};

/** What the gate is run with: the inputs of the row, at another port and with shorter limits. */
export function gateCommand(inputs: Readonly<Record<string, string>>, { port, tls, name }: Ask): Command {
  const all: Record<string, string> = { ...(tls === 'none' ? {} : { 'tls-servername': name }), ...inputs };
  const { port: _, deadline: __, ...given } = all;
  const entries = Object.entries(given);
  return {
    line: [
      ...[process.execPath, path.join(root, 'dist/cli.js'), HOST, `${port}`, '--json', '--look-around=false'],
      ...GATE_LIMITS,
      ...entries.filter(([name]) => !(name in SECRET_INPUTS)).map(([name, text]) => `--${name}=${text}`),
    ],
    env: Object.fromEntries(
      entries.flatMap(([name, text]) => (name in SECRET_INPUTS ? [[SECRET_INPUTS[name] ?? '', text] as const] : [])),
    ),
  };
}

/** The program of a tool on this machine, or `null`. */
export function programOf(id: ToolId): string | null {
  const folders = (process.env.PATH ?? '').split(':');
  for (const one of TOOLS[id].paths) {
    const found = path.isAbsolute(one) ? [one] : folders.map((folder) => path.join(folder, one));
    const there = found.find((file) => existsSync(file));
    if (there !== undefined) return there;
  }
  return null;
}
