import { type Checks, HIDDEN, shown } from '../inputs/checks.ts';
import { environmentName, valueName } from '../inputs/options.ts';
import type { Environment, Parsed } from '../inputs/parsers/result.ts';
import { type Entry, type Reporting, readSettings, type Settings } from '../inputs/settings.ts';
import type { Mailbox } from '../smtp/commands.ts';
import type { Credentials } from '../smtp/sasl/mechanisms.ts';
import type { MailboxPlace } from './mailbox-url.ts';
import { DELIVER_OPTIONS, OWN_NAMES, type OwnName, type OwnValues, ownOption, type Requirement } from './options.ts';

/** What a delivery is asked for. */
export interface DeliverySettings {
  /** What the gate reads of the inputs: the reports, the history, the incident. */
  readonly gate: Settings;
  /** The server to send through; `null` when it was left empty, and nothing is to be done. */
  readonly job: DeliveryJob | null;
}

/** One message, from whom to whom, through which server, and where it is looked for. */
export interface DeliveryJob {
  readonly entry: Entry;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly place: MailboxPlace;
  readonly login: Credentials;
  /** In milliseconds from the server's 250; so is `warnMs`. */
  readonly timeoutMs: number;
  readonly warnMs: number;
  readonly require: readonly Requirement[];
  readonly authservId: string | null;
  readonly keep: boolean;
  /** The check's own options that were given and differ from their defaults, as text; no secrets. */
  readonly given: ReadonlyMap<OwnName, string>;
}

/** What is wrong with one input. */
export interface DeliveryProblem {
  readonly input: string;
  readonly problem: string;
}

type Read =
  | { readonly settings: DeliverySettings }
  | { readonly problems: readonly DeliveryProblem[]; readonly reporting: Reporting };

/** An input's text, or why it cannot be had. */
type Source = (name: string) => string | undefined | Parsed<string>;

function textIn(source: Source, name: string): string {
  const given = source(name);
  if (typeof given !== 'object') return given ?? '';
  return 'value' in given ? given.value : '';
}

/** Reads every option and reports all problems at once; with any, nothing is sent. */
export async function readDeliverySettings(source: Source, env: Environment = process.env): Promise<Read> {
  const read = await readSettings((name) => (name in DELIVER_OPTIONS ? source(name) : undefined), env);
  const { own, given, problems } = readOwn(source, env);
  if ('problems' in read) {
    const hasFrom = Boolean(textIn(source, 'mail-from').trim());
    const all = [
      ...read.problems,
      ...problems,
      ...targetProblems([], textIn(source, 'targets')),
      ...ownProblems(own, given, { from: null, hasFrom }),
    ];
    return { problems: ordered(all), reporting: read.reporting };
  }
  const { settings: gate } = read;
  const [entry] = gate.entries;
  const from = entry?.checks.envelope?.from ?? null;
  // What is not configured at all is skipped, or fails, as with the gate.
  const configured = entry !== undefined || given.size > 0;
  const all = [
    ...problems,
    ...targetProblems(gate.entries, textIn(source, 'targets')),
    ...(configured ? ownProblems(own, given, { from, hasFrom: from !== null || entry === undefined }) : []),
  ];
  if (all.length > 0) return { problems: ordered(all), reporting: gate };
  const isReal = entry !== undefined && from !== null && from !== 'null-path';
  return { settings: { gate, job: isReal ? jobOf(entry, from, own as OwnValues, given) : null } };
}

function readOwn(source: Source, env: Environment) {
  const own: Record<string, unknown> = {};
  const given = new Map<OwnName, string>();
  const problems: DeliveryProblem[] = [];
  for (const name of OWN_NAMES) {
    const option = ownOption(name);
    const read = source(name);
    const unread = typeof read === 'object' && 'problem' in read ? read : null;
    const text = textIn(source, name).trim() || option.default;
    const parsed = unread ?? option.parse(text, env);
    if (text !== option.default || unread !== null) given.set(name, shown(option, text, parsed));
    if ('value' in parsed) own[valueName(name as Parameters<typeof valueName>[0])] = parsed.value;
    else problems.push({ input: name, problem: parsed.problem });
  }
  return { own: own as Partial<OwnValues>, given, problems };
}

function ordered(problems: readonly DeliveryProblem[]): DeliveryProblem[] {
  const names = Object.keys(DELIVER_OPTIONS);
  return [...problems].sort((a, b) => names.indexOf(a.input) - names.indexOf(b.input));
}

/** One message goes through one server, whose name is given: an MX host takes mail of strangers, and LMTP has no queue. */
function targetProblems(entries: readonly Entry[], text = ''): DeliveryProblem[] {
  const problem = (what: string) => [{ input: 'targets', problem: what }];
  if (/^\s*lmtp:/im.test(text)) {
    return problem(
      'names an LMTP server, which has no queue; write the server that takes your mail, as smtp://host:587',
    );
  }
  if (entries.length > 1) {
    return problem(`names ${entries.length} servers, and one message goes through one; check each on its own`);
  }
  if (entries.some(({ mx }) => mx)) {
    return problem('is a mail domain; write the server that takes your mail, as smtp://host:587');
  }
  const query = entries.flatMap(({ checks }) => [...checks.given.keys()].filter((name) => !(name in DELIVER_OPTIONS)));
  if (query.length === 0) return [];
  return problem(`has ${query.join(', ')} in its query, which the delivery check does not have; leave it out`);
}

type Given = ReadonlyMap<OwnName, string>;

function ownProblems(
  own: Partial<OwnValues>,
  given: Given,
  { from, hasFrom }: { readonly from: Mailbox | 'null-path' | null; readonly hasFrom: boolean },
): DeliveryProblem[] {
  return [
    ...missing('deliver-to', given, 'the address that the message is sent to'),
    ...missing('mailbox', given, 'where its mailbox is read, such as imaps://mail.example.com'),
    ...(hasFrom ? [] : [{ input: 'mail-from', problem: 'is empty; write the address that the message is sent from' }]),
    ...(from === 'null-path'
      ? [{ input: 'mail-from', problem: 'is <>, to which no notice of a failure can go; write a real address' }]
      : []),
    ...loginProblems(given),
    ...timeProblems(own, given),
    ...authenticationProblems(own, given),
  ];
}

function missing(name: OwnName, given: Given, what: string): DeliveryProblem[] {
  return given.has(name) ? [] : [{ input: name, problem: `is empty; write ${what}` }];
}

function loginProblems(given: Given): DeliveryProblem[] {
  const [password, token] = [given.has('mailbox-password'), given.has('mailbox-access-token')];
  if (password && token) {
    const problem = 'is given together with mailbox-password, but only one of them can be used; give one of them';
    return [{ input: 'mailbox-access-token', problem }];
  }
  if (password || token || !given.has('mailbox')) return [];
  const problem = 'is empty; give it, or mailbox-access-token (is the secret set here?)';
  return [{ input: 'mailbox-password', problem }];
}

function timeProblems({ deliveryTimeout, deliveryWarn }: Partial<OwnValues>, given: Given): DeliveryProblem[] {
  if (!given.has('delivery-warn') || deliveryTimeout === undefined || deliveryWarn === undefined) return [];
  if (deliveryWarn <= deliveryTimeout) return [];
  const problem = `${deliveryWarn} ms is above delivery-timeout (${deliveryTimeout} ms), so it can never warn; write a shorter time`;
  return [{ input: 'delivery-warn', problem }];
}

function authenticationProblems({ deliveryRequire }: Partial<OwnValues>, given: Given): DeliveryProblem[] {
  const methods = deliveryRequire?.filter((one) => one !== 'inbox') ?? [];
  if (methods.length === 0 || given.has('authserv-id')) return [];
  const needs = methods.length === 1 ? 'needs' : 'need';
  const problem = `has ${methods.join(', ')}, which ${needs} authserv-id: set it to the word that stands first in the Authentication-Results of your receiver, such as mx.example.com`;
  return [{ input: 'delivery-require', problem }];
}

function jobOf(entry: Entry, from: Mailbox, own: OwnValues, given: Given): DeliveryJob | null {
  const { deliverTo: to, mailbox: place } = own;
  if (to === null || place === null) return null;
  return {
    entry: { ...entry, checks: forDelivery(entry.checks, from, to) },
    from,
    to,
    place,
    login: loginOf(own, to),
    timeoutMs: own.deliveryTimeout,
    warnMs: own.deliveryWarn,
    require: own.deliveryRequire,
    authservId: own.authservId,
    keep: own.deliveryKeep,
    given,
  };
}

/** The checks of a server that a message goes through: its envelope has the one recipient. */
function forDelivery(checks: Checks, from: Mailbox, to: Mailbox): Checks {
  return { ...checks, envelope: { from, to: [to], size: null }, beyondGreeting: true };
}

function loginOf({ mailboxUsername, mailboxPassword, mailboxAccessToken }: OwnValues, to: Mailbox): Credentials {
  const username = mailboxUsername ?? `${to.local}@${to.domain}`;
  if (mailboxPassword !== null) return { kind: 'password', username, password: mailboxPassword };
  return { kind: 'token', username, token: mailboxAccessToken ?? '' };
}

/** The command that repeats the check, from that which repeats the gate's; no secrets. */
export function repeatDelivery(gate: string, given: Given, quoteForShell: (text: string) => string): string {
  const flags = [...given].flatMap(([name, text]) => (text === HIDDEN ? [] : flagOf(name, text, quoteForShell)));
  const secrets = [...given].filter(([, text]) => text === HIDDEN).map(([name]) => environmentName(name));
  const command = gate.replace(/smtp-gate\S* /, '$&deliver ');
  return [...secrets.map((name) => `${name}="\${${name}:?}"`), command, ...flags].join(' ');
}

function flagOf(name: OwnName, text: string, quoteForShell: (text: string) => string): string[] {
  const values = ownOption(name).list ? text.split(/\s*[\r\n]+\s*/).filter((one) => one !== '') : [text];
  return values.map((value) => `--${name}=${quoteForShell(value)}`);
}
