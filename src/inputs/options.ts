import { PASSWORD_MECHANISMS, TOKEN_MECHANISMS } from '../smtp/sasl/mechanisms.ts';
import { credential } from './parsers/credentials.ts';
import { ehloName, requirement } from './parsers/ehlo-name.ts';
import { host } from './parsers/host.ts';
import type { Target } from './parsers/host-port.ts';
import { ignoreRule, isRuleAt } from './parsers/ignore.ts';
import { incidentKey, label, login } from './parsers/incident.ts';
import { mailbox, sender } from './parsers/mailbox.ts';
import { certificates, privateKey } from './parsers/pem.ts';
import {
  apiToken,
  boolean,
  type Choosing,
  duration,
  JOB_TOKEN,
  lines,
  oneOf,
  optional,
  path,
  port,
  quorum,
  regularExpression,
  wholeNumber,
} from './parsers/primitives.ts';
import type { ProxyRule } from './parsers/proxy-rule.ts';
import { proxy } from './parsers/proxy-url.ts';
import type { Environment, Parsed } from './parsers/result.ts';
import { shard, vantage } from './parsers/shard.ts';
import { sourceAddress } from './parsers/source-address.ts';
import { targetLines } from './parsers/targets.ts';

/** One option: the only place where its name, its default, its meaning and its reading are written. */
export interface Option<T, Reporting extends true | undefined = true | undefined> {
  readonly group:
    | 'Target'
    | 'Connection'
    | 'What to check beyond the greeting'
    | 'Verdict'
    | 'Reports'
    | 'Scheduled runs'
    | 'Reports to merge'
    | 'Delivery';
  /** The page of `--help` that it is on, where that is not the group's own. */
  readonly topic?: 'tls' | 'login' | 'smtp' | 'reports';
  /** As text, as action.yml has it. */
  readonly default: string;
  /** What the command line has instead. */
  readonly commandLineDefault?: string;
  /**
   * What action.yml has instead: an expression that GitHub evaluates. The option is then there in every step, asked for
   * or not, and so it never counts as given.
   */
  readonly expression?: string;
  /** What `--help` calls the value. */
  readonly value: string;
  /** GitHub Flavored Markdown, one sentence. */
  readonly help: string;
  readonly parse: (text: string, env: Environment) => Parsed<T>;
  /** One value a line; on the command line the flag may be repeated. */
  readonly list?: true;
  /** Means nothing on the command line. */
  readonly actionOnly?: true;
  /** A credential: on the command line it comes from the environment, and no output shows it. */
  readonly secret?: true;
  /** Where a target's query may say that its own value is: in an environment variable, or in a file. */
  readonly elsewhere?: readonly ('env' | 'file')[];
  /** What other programs call the flag: whoever types that is told ours. */
  readonly alsoCalled?: readonly string[];
  /** Names what is probed; on the command line, targets stand in its place. */
  readonly namesTarget?: true;
  /** May stand in a target's query. */
  readonly perTarget?: true;
  /** A value may have an at sign: in a target's query, what is before it is no password. */
  readonly mayHoldAtSign?: true;
  /** Once given, the conversation goes past the greeting, because only EHLO and what follows can tell. */
  readonly beyondGreeting?: true;
  /** Means nothing without TLS; where it goes beyond the greeting as well, it asks for TLS. */
  readonly needsTls?: true;
  /** `false`: about all targets, or the reports, and so it is left out of the command that repeats the check of one target. */
  readonly repeatable?: false;
  /** Of a list, whether a line is about a target; without it every line is. */
  about?(line: string, target: Target): boolean;
  /** The merge of reports has it too. */
  readonly merge?: true;
  /** `false`: the delivery check does not have it, since it sends one message to one server. */
  readonly deliver?: false;
  /** Says how the run is reported, which holds even where another option cannot be read. */
  readonly reporting?: Reporting;
  /** What may be shown of a value that holds a credential; of any other, its text. */
  shown?(value: T): string;
}

export const option = <T, R extends true | undefined = undefined>(row: Option<T, R>): Option<T, R> => row;

/** The options whose values may have an at sign; its type is written out, because the table cannot infer its own. */
const mayHoldAtSign = (): readonly string[] => namesWith('mayHoldAtSign');

export const OPTIONS = {
  host: option({
    group: 'Target',
    default: '',
    value: 'name',
    help: 'Host name, IPv4, or IPv6 (brackets optional).',
    parse: optional(host),
    namesTarget: true,
    repeatable: false,
    alsoCalled: ['server', 'hostname', 'H'],
  }),
  port: option({
    group: 'Target',
    default: '',
    value: 'number',
    help: 'Port number, 1–65535.',
    parse: optional(port),
    namesTarget: true,
    repeatable: false,
    alsoCalled: ['p'],
  }),
  targets: option({
    group: 'Target',
    default: '',
    value: 'target',
    help: 'Several targets, one per line: `host:port`, `[v6]:port`, `smtp://host:port`, `smtps://host:port`, `lmtp://host:port` or `mx:domain`. Options of one target follow as a query. `#` starts a comment. Not together with `host` and `port`.',
    parse: (text) => targetLines(text, mayHoldAtSign()),
    list: true,
    namesTarget: true,
    repeatable: false,
    alsoCalled: ['target'],
  }),
  'targets-file': option({
    group: 'Target',
    default: '',
    value: 'path',
    help: 'Files of targets, one path or glob per line, in the form of `targets`; may stand beside `targets`. On the command line, `-` is standard input.',
    parse: lines(path),
    list: true,
    namesTarget: true,
    repeatable: false,
    deliver: false,
    alsoCalled: ['file', 'list'],
  }),
  shard: option({
    group: 'Target',
    default: '',
    value: 'part',
    help: 'Check only one part of the targets: `2/4` is the second of four parts. A target stays in its part when others are added or removed.',
    parse: optional(shard),
    repeatable: false,
    reporting: true,
    deliver: false,
  }),
  vantage: option({
    group: 'Target',
    default: '',
    value: 'word',
    help: 'Where this step looks from, in one word such as `azure`. It is in the reports and the history. Without it, reports have the name of the runner.',
    parse: optional(vantage),
    repeatable: false,
    reporting: true,
  }),
  'if-not-configured': option({
    group: 'Target',
    default: 'skip',
    commandLineDefault: 'fail',
    value: 'word',
    help: 'What an empty host or port leads to: `skip` or `fail`. On the command line, the default is `fail`.',
    parse: oneOf('skip', 'fail'),
    repeatable: false,
  }),
  timeout: option({
    group: 'Connection',
    default: '10s',
    value: 'duration',
    help: 'Longest time for each network step: resolve, connect, greeting, each reply, TLS handshake.',
    parse: duration({ zero: 'refused' }),
    perTarget: true,
  }),
  deadline: option({
    group: 'Connection',
    default: '30s',
    value: 'duration',
    help: 'Longest time for one attempt, all steps together.',
    parse: duration({ zero: 'refused' }),
    perTarget: true,
  }),
  wait: option({
    group: 'Connection',
    default: '0s',
    value: 'duration',
    help: 'How long to repeat the check after a temporary failure, for example while a server starts.',
    parse: duration({ zero: 'allowed' }),
    perTarget: true,
    alsoCalled: ['retry', 'retries'],
  }),
  'ip-family': option({
    group: 'Connection',
    default: 'auto',
    value: 'word',
    help: 'IP version to use: `auto`, `4` or `6`.',
    parse: oneOf('auto', '4', '6'),
    perTarget: true,
  }),
  addresses: option({
    group: 'Connection',
    default: 'first',
    value: 'word',
    help: '`first`: the first address that answers, as a mail client does. `all`: every address of the name must pass, at most 64. 8 are checked at the same time, with a login only one. Each has the whole `deadline`.',
    parse: oneOf('first', 'all'),
    perTarget: true,
    deliver: false,
  }),
  'source-address': option({
    group: 'Connection',
    default: '',
    value: 'address',
    help: 'IP address of this machine to connect from, if it has several. Only servers’ addresses of the same IP version are used. Not together with `proxy`.',
    parse: optional((text) => sourceAddress(text)),
    perTarget: true,
  }),
  'proxy-protocol': option({
    group: 'Connection',
    default: '',
    value: 'version',
    help: 'PROXY header to send before anything else, if the server expects the header of a load balancer: `v1` (with the addresses of the connection) or `v2` (LOCAL, as a health check).',
    parse: optional(oneOf('v1', 'v2')),
    perTarget: true,
  }),
  proxy: option({
    group: 'Connection',
    default: '',
    value: 'URL or env',
    help: 'Proxy to connect through: `http://host:port`, `https://host:port`, `socks5://host:port` (the runner resolves the name) or `socks5h://host:port` (the proxy resolves it), with `user:password@` before the host if it needs a login. `env` takes the proxy variables of the environment.',
    parse: (text, env): Parsed<ProxyRule | null> => (text === '' ? { value: null } : proxy(text, env)),
    shown: (rule) => rule?.shown ?? '',
    perTarget: true,
    mayHoldAtSign: true,
  }),
  'expect-banner': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'regexp',
    help: 'Regular expression (JavaScript) that the greeting must match, including its code. `^` and `$` match at each line.',
    parse: optional(regularExpression),
    perTarget: true,
    mayHoldAtSign: true,
    alsoCalled: ['banner', 'expect'],
  }),
  tls: option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: 'auto',
    value: 'word',
    help: '`auto`, `none`, `starttls` or `implicit`. `auto` is implicit TLS on port 465. On other ports it is STARTTLS, if the server offers it and another input needs more than the greeting. With `auto`, certificate problems are only warnings.',
    parse: oneOf('auto', 'none', 'starttls', 'implicit'),
    perTarget: true,
  }),
  'tls-verify': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: 'true',
    value: 'boolean',
    help: 'Verify the chain and the name of the certificate.',
    parse: boolean,
    perTarget: true,
    needsTls: true,
    alsoCalled: ['verify', 'insecure', 'k'],
  }),
  'tls-min-version': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: 'TLSv1.2',
    value: 'version',
    help: 'Lowest TLS version that is accepted: `TLSv1.2` or `TLSv1.3`.',
    parse: oneOf('TLSv1.2', 'TLSv1.3'),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
  }),
  'tls-servername': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '',
    value: 'name',
    help: 'Name for SNI and for the certificate, if it is not the host.',
    parse: optional(host),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
    alsoCalled: ['servername', 'sni'],
  }),
  'tls-ca': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '',
    value: 'PEM or path',
    help: 'Certificate authorities to trust in addition to those of the system: PEM text or the path of a file.',
    parse: optional(certificates),
    perTarget: true,
    beyondGreeting: true,
    alsoCalled: ['cafile', 'cacert', 'ca'],
  }),
  'tls-client-cert': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '',
    value: 'PEM or path',
    help: 'Client certificate for mutual TLS: PEM text or the path of a file. Needs `tls-client-key`.',
    parse: optional(certificates),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
    alsoCalled: ['cert'],
  }),
  'tls-client-key': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '',
    value: 'PEM or path',
    help: 'Private key of `tls-client-cert`: PEM text or the path of a file.',
    parse: optional(privateKey),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
    alsoCalled: ['key'],
  }),
  'certificate-warn-days': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '21',
    value: 'days',
    help: 'Warn if the certificate, or another one in its chain, expires in fewer days than this.',
    parse: wholeNumber({ atMost: 36_500, of: 'days', example: 21 }),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
  }),
  'certificate-fail-days': option({
    group: 'What to check beyond the greeting',
    topic: 'tls',
    default: '0',
    value: 'days',
    help: 'Fail if the certificate, or another one in its chain, expires in fewer days than this.',
    parse: wholeNumber({ atMost: 36_500, of: 'days', example: 7 }),
    perTarget: true,
    beyondGreeting: true,
    needsTls: true,
  }),
  'ehlo-name': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'name',
    help: 'Name to send in EHLO. Without it, the address of the runner is sent, as an address literal.',
    parse: optional(ehloName),
    perTarget: true,
    beyondGreeting: true,
    alsoCalled: ['ehlo', 'helo', 'lhlo'],
  }),
  require: option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'capability',
    help: 'Capabilities that the server must offer, one per line: `SMTPUTF8`, `AUTH PLAIN`, `SIZE 20000000` (at least).',
    parse: lines(requirement),
    list: true,
    perTarget: true,
    beyondGreeting: true,
  }),
  username: option({
    group: 'What to check beyond the greeting',
    topic: 'login',
    default: '',
    value: 'text',
    help: 'User to log in as, with `password` or `access-token`. No mail is sent.',
    parse: optional(credential),
    secret: true,
    elsewhere: ['env'],
    beyondGreeting: true,
    alsoCalled: ['user', 'u'],
  }),
  password: option({
    group: 'What to check beyond the greeting',
    topic: 'login',
    default: '',
    value: 'text',
    help: 'Password of the user.',
    parse: optional(credential),
    secret: true,
    elsewhere: ['env', 'file'],
    beyondGreeting: true,
    alsoCalled: ['pass', 'passwd', 'pwd'],
  }),
  'access-token': option({
    group: 'What to check beyond the greeting',
    topic: 'login',
    default: '',
    value: 'text',
    help: 'OAuth 2.0 token instead of a password.',
    parse: optional(credential),
    secret: true,
    elsewhere: ['env'],
    beyondGreeting: true,
    alsoCalled: ['token', 'oauth2-bearer'],
  }),
  'auth-method': option({
    group: 'What to check beyond the greeting',
    topic: 'login',
    default: 'auto',
    value: 'mechanism',
    help: 'Login mechanism: `auto` (the strongest that is offered), `SCRAM-SHA-256`, `SCRAM-SHA-1`, `CRAM-MD5`, `PLAIN`, `LOGIN`, `OAUTHBEARER` or `XOAUTH2`.',
    parse: oneOf('auto', ...PASSWORD_MECHANISMS, ...TOKEN_MECHANISMS),
    perTarget: true,
    beyondGreeting: true,
  }),
  'auth-over-plaintext': option({
    group: 'What to check beyond the greeting',
    topic: 'login',
    default: 'false',
    value: 'boolean',
    help: 'Allow credentials on a connection without TLS.',
    parse: boolean,
    perTarget: true,
  }),
  'mail-from': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'address',
    help: 'Ask the server whether it accepts this sender (MAIL FROM, then RSET). `<>` is the null sender.',
    parse: optional(sender),
    perTarget: true,
    mayHoldAtSign: true,
    beyondGreeting: true,
    alsoCalled: ['from', 'sender'],
  }),
  'rcpt-to': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'address',
    help: 'Ask whether it accepts these recipients too (RCPT TO), one address per line. Needs `mail-from`. DATA is never sent.',
    parse: lines(mailbox),
    list: true,
    perTarget: true,
    mayHoldAtSign: true,
    beyondGreeting: true,
    deliver: false,
    alsoCalled: ['to', 'recipient'],
  }),
  'latency-warn': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'duration',
    help: 'Warn if the time from connecting to the end of the greeting is longer than this.',
    parse: optional(duration({ zero: 'refused' })),
    perTarget: true,
  }),
  'latency-fail': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: '',
    value: 'duration',
    help: 'Fail if the time from connecting to the end of the greeting is longer than this.',
    parse: optional(duration({ zero: 'refused' })),
    perTarget: true,
  }),
  'mta-sts': option({
    group: 'What to check beyond the greeting',
    topic: 'smtp',
    default: 'true',
    value: 'boolean',
    help: 'With `mx:domain`, read the MTA-STS policy, the TLS-RPT record and the TLSA records of the domain, as a strict sender does, and check its servers by the policy.',
    parse: boolean,
    perTarget: true,
    deliver: false,
  }),
  'fail-on': option({
    group: 'Verdict',
    default: 'fail',
    value: 'word',
    help: 'Mildest verdict that fails the step: `fail`, `warn` or `info`. With `never`, nothing that is found fails the step; inputs that cannot be read still do.',
    parse: oneOf('fail', 'warn', 'info', 'never'),
    repeatable: false,
    reporting: true,
    merge: true,
  }),
  ignore: option({
    group: 'Verdict',
    default: '',
    value: 'codes',
    help: 'Codes of findings that do not change the verdict, one per line: `code` or `code@host:port`, then `until:2026-12-31` (that day included, UTC) and `# reason` if wanted. After that day the code counts again.',
    parse: lines(ignoreRule),
    about: isRuleAt,
    list: true,
    merge: true,
  }),
  quorum: option({
    group: 'Verdict',
    default: 'all',
    value: 'how many',
    help: 'How many of several targets must not fail: `all`, `any`, a number or a percentage. If at least this many do not fail, the failures of the others count as warnings.',
    parse: quorum,
    repeatable: false,
    deliver: false,
  }),
  concurrency: option({
    group: 'Verdict',
    default: '64',
    value: 'number',
    help: 'How many targets are checked at the same time.',
    parse: wholeNumber({ atLeast: 1, atMost: 1_024, of: 'targets', example: 64 }),
    repeatable: false,
    deliver: false,
    alsoCalled: ['parallel', 'j'],
  }),
  summary: option({
    group: 'Reports',
    default: 'true',
    value: 'boolean',
    help: 'Write the job summary.',
    parse: boolean,
    actionOnly: true,
    reporting: true,
    merge: true,
  }),
  annotations: option({
    group: 'Reports',
    default: 'true',
    value: 'boolean',
    help: 'Write annotations.',
    parse: boolean,
    actionOnly: true,
    reporting: true,
    merge: true,
  }),
  'report-json': option({
    group: 'Reports',
    default: '',
    value: 'path',
    help: 'Where to write the JSON report. The action always writes one; the default is a file in the temporary folder of the runner.',
    parse: optional(path),
    repeatable: false,
    reporting: true,
    merge: true,
    alsoCalled: ['output', 'o'],
  }),
  'report-junit': option({
    group: 'Reports',
    default: '',
    value: 'path',
    help: 'Where to write a JUnit XML report, with one test case per target.',
    parse: optional(path),
    repeatable: false,
    reporting: true,
    merge: true,
  }),
  'report-html': option({
    group: 'Reports',
    default: '',
    value: 'path',
    help: 'Where to write the report as an HTML page: one self-contained file that loads nothing from the network.',
    parse: optional(path),
    repeatable: false,
    reporting: true,
    merge: true,
  }),
  'report-metrics': option({
    group: 'Reports',
    default: '',
    value: 'path',
    help: 'Where to write the metrics, as Prometheus and OpenMetrics text. The file is replaced as a whole, so a collector never reads half of it.',
    parse: optional(path),
    repeatable: false,
    reporting: true,
    merge: true,
  }),
  'look-around': option({
    group: 'Reports',
    default: 'true',
    value: 'boolean',
    help: 'After a failure, look for evidence at the other SMTP ports and the other IP version of the same host, for at most 5 s. (With `false`, a silent port is still tested for TLS and for a PROXY header.)',
    parse: boolean,
    deliver: false,
  }),
  history: option({
    group: 'Scheduled runs',
    topic: 'reports',
    default: '',
    value: 'path',
    help: 'File to which this run is added, with one line of JSON per target. The summary and the HTML page then show uptime, time to greeting and days until the certificate expires. The last 1,000 runs are kept. Use `actions/cache` to keep the file between runs.',
    parse: optional(path),
    repeatable: false,
    merge: true,
  }),
  'incident-issue': option({
    group: 'Scheduled runs',
    default: 'false',
    value: 'boolean',
    help: 'Keep one GitHub issue open while the gate fails. It is opened and updated, and closed when the gate passes. Needs `permissions: issues: write`.',
    parse: boolean,
    actionOnly: true,
    merge: true,
  }),
  'incident-key': option({
    group: 'Scheduled runs',
    default: '',
    value: 'text',
    help: 'Name that identifies the incident. The default is made of the workflow, the job and the targets. Each job of a matrix needs its own.',
    parse: optional(incidentKey),
    actionOnly: true,
    merge: true,
  }),
  'incident-labels': option({
    group: 'Scheduled runs',
    default: '',
    value: 'label',
    help: 'Labels of the issue, one per line.',
    parse: lines(label),
    list: true,
    actionOnly: true,
    merge: true,
  }),
  'incident-assignees': option({
    group: 'Scheduled runs',
    default: '',
    value: 'login',
    help: 'GitHub logins of the people who are assigned to the issue, one per line.',
    parse: lines(login),
    list: true,
    actionOnly: true,
    merge: true,
  }),
  'incident-threshold': option({
    group: 'Scheduled runs',
    default: '1',
    value: 'number',
    help: 'Number of consecutive failing runs before the issue is opened.',
    parse: wholeNumber({ atLeast: 1, atMost: 1_000, of: 'runs', example: 3 }),
    actionOnly: true,
    merge: true,
  }),
  'github-token': option({
    group: 'Scheduled runs',
    default: '',
    expression: JOB_TOKEN,
    value: 'token',
    help: 'Token for the incident issue, and for nothing else. Needs `issues: write`.',
    parse: optional(apiToken),
    actionOnly: true,
    secret: true,
    merge: true,
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** An option's row, whatever the type of its value. */
export function optionOf(name: OptionName): Option<unknown> {
  return OPTIONS[name];
}

type Fact =
  | 'merge'
  | 'elsewhere'
  | 'namesTarget'
  | 'perTarget'
  | 'mayHoldAtSign'
  | 'beyondGreeting'
  | 'needsTls'
  | 'reporting'
  | 'secret';

/** The options of which a fact holds, in the order of the table. */
export function namesWith(fact: Fact): readonly OptionName[] {
  return OPTION_NAMES.filter((name) => optionOf(name)[fact]);
}

/** The words that an option takes, where it takes only a few; empty where it takes any text. */
export function choicesOf({ parse }: Option<unknown>): readonly string[] {
  return (parse as Choosing<unknown>).choices ?? [];
}

/** The options that the command line has as flags. */
export const CLI_OPTIONS = OPTION_NAMES.filter((name) => !optionOf(name).actionOnly && !optionOf(name).secret);

/** The options that no output shows. */
export const SECRET_OPTIONS = namesWith('secret');

/** The options that the command line reads from the environment. */
export const ENVIRONMENT_OPTIONS = SECRET_OPTIONS.filter((name) => !optionOf(name).actionOnly);

/** Where the command line reads a secret: `SMTP_GATE_PASSWORD`. */
export function environmentName(name: string): string {
  return `SMTP_GATE_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** An option's name among the values: `tlsCa` for `tls-ca`. */
export function valueName(name: OptionName): keyof Options {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) as keyof Options;
}

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type ValueOf<O> = O extends Option<infer T> ? T : never;

/** Every option's value, under its name in camel case. */
export type Options = { readonly [N in OptionName as Camel<N>]: ValueOf<(typeof OPTIONS)[N]> };

/** The options that say how the run is reported. */
type ReportingName = { [N in OptionName]: true extends (typeof OPTIONS)[N]['reporting'] ? N : never }[OptionName];

/** How the run is reported: what is wrong with the other options is to be reported as well. */
export type Reporting = Pick<Options, Camel<ReportingName>>;
