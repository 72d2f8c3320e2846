import { ehloName, requirement } from './ehlo.ts';
import { host } from './host.ts';
import { ignoreRule } from './ignore.ts';
import { boolean, duration, lines, oneOf, optional, path, port, regularExpression } from './kinds.ts';
import type { Parse } from './parsed.ts';

/** One option: the only place where its name, its default, its meaning and its reading are written. */
export interface Option<T> {
  readonly group: 'Target' | 'Connection' | 'What to check beyond the greeting' | 'Verdict' | 'Reports';
  /** As text, as action.yml has it. */
  readonly default: string;
  /** What `--help` calls the value. */
  readonly value: string;
  /** GitHub Flavored Markdown, one sentence. */
  readonly help: string;
  readonly parse: Parse<T>;
  /** One value a line; on the command line the flag may be repeated. */
  readonly list?: true;
  /** Means nothing on the command line. */
  readonly actionOnly?: true;
}

const option = <T>(row: Option<T>): Option<T> => row;

export const OPTIONS = {
  host: option({
    group: 'Target',
    default: '',
    value: 'name',
    help: 'Host name, IPv4, or IPv6 (brackets optional).',
    parse: optional(host),
  }),
  port: option({ group: 'Target', default: '', value: 'number', help: '1–65535.', parse: optional(port) }),
  'if-not-configured': option({
    group: 'Target',
    default: 'skip',
    value: 'word',
    help: '`skip` or `fail`: what an empty host or port means.',
    parse: oneOf('skip', 'fail'),
  }),
  timeout: option({
    group: 'Connection',
    default: '10s',
    value: 'duration',
    help: 'Longest wait in any one network step (resolve, connect, greeting, each reply).',
    parse: duration({ zero: 'refused' }),
  }),
  deadline: option({
    group: 'Connection',
    default: '30s',
    value: 'duration',
    help: 'Longest wall-clock time of one attempt, all steps together.',
    parse: duration({ zero: 'refused' }),
  }),
  wait: option({
    group: 'Connection',
    default: '0s',
    value: 'duration',
    help: 'Keep retrying a retryable failure for this long (a server that is still starting).',
    parse: duration({ zero: 'allowed' }),
  }),
  'ip-family': option({
    group: 'Connection',
    default: 'auto',
    value: 'word',
    help: '`auto`, `4` or `6`.',
    parse: oneOf('auto', '4', '6'),
  }),
  'expect-banner': option({
    group: 'What to check beyond the greeting',
    default: '',
    value: 'regexp',
    help: 'Regular expression (JavaScript) that the greeting must match, its code included; `^` and `$` match at each line.',
    parse: optional(regularExpression),
  }),
  'ehlo-name': option({
    group: 'What to check beyond the greeting',
    default: '',
    value: 'name',
    help: 'The name said in EHLO; an address literal of the local socket unless given. Given, EHLO is said.',
    parse: optional(ehloName),
  }),
  require: option({
    group: 'What to check beyond the greeting',
    default: '',
    value: 'capability',
    help: 'Capabilities that must be offered, one a line: `SMTPUTF8`, `AUTH PLAIN`, `SIZE 20000000` (at least).',
    parse: lines(requirement),
    list: true,
  }),
  'latency-warn': option({
    group: 'What to check beyond the greeting',
    default: '',
    value: 'duration',
    help: 'Time from connecting to the end of the greeting that warns.',
    parse: optional(duration({ zero: 'refused' })),
  }),
  'latency-fail': option({
    group: 'What to check beyond the greeting',
    default: '',
    value: 'duration',
    help: 'Time from connecting to the end of the greeting that fails.',
    parse: optional(duration({ zero: 'refused' })),
  }),
  'fail-on': option({
    group: 'Verdict',
    default: 'fail',
    value: 'word',
    help: 'Lowest status that fails the step: `fail`, `warn`, `info` or `never`.',
    parse: oneOf('fail', 'warn', 'info', 'never'),
  }),
  ignore: option({
    group: 'Verdict',
    default: '',
    value: 'codes',
    help: 'Codes to leave out of the verdict, one a line: `code` or `code@host:port`.',
    parse: lines(ignoreRule),
    list: true,
  }),
  summary: option({
    group: 'Reports',
    default: 'true',
    value: 'boolean',
    help: 'Write the job summary.',
    parse: boolean,
    actionOnly: true,
  }),
  annotations: option({
    group: 'Reports',
    default: 'true',
    value: 'boolean',
    help: 'Write annotations.',
    parse: boolean,
    actionOnly: true,
  }),
  'report-json': option({
    group: 'Reports',
    default: '',
    value: 'path',
    help: 'Path to write the JSON report to. The action always writes one: under the runner’s temporary folder unless this says where.',
    parse: optional(path),
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** The options that the command line has as flags. */
export const CLI_OPTIONS = OPTION_NAMES.filter((name) => !(OPTIONS[name] as Option<unknown>).actionOnly);

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type ValueOf<O> = O extends Option<infer T> ? T : never;

/** Every option's value, under its name in camel case. */
export type Options = { readonly [N in OptionName as Camel<N>]: ValueOf<(typeof OPTIONS)[N]> };
