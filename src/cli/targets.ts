import { nearest } from '../inputs/nearest.ts';
import { host } from '../inputs/parsers/host.ts';
import { hasAt, withoutCredentials } from '../inputs/parsers/result.ts';
import { ipFamily } from '../shared/address.ts';
import { shellQuote } from '../shared/shell.ts';
import { COMMANDS } from './commands.ts';
import { isSecretFlag } from './unknown-flags.ts';
import type { Choice, UsageProblem } from './usage.ts';

/** A target as it is typed, in parts: `smtp://`, the host, and the query. */
interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly query: string;
}

/** A port behind its host: digits, or a name of one, which the reader of targets answers with the number. */
const PORT = /^(?:\d+|smtps?|submissions?)$/i;

/** Targets in the form that the reader of targets takes, and what is wrong with others. */
export interface TypedTargets {
  readonly targets: readonly string[];
  readonly problems: readonly UsageProblem[];
}

/**
 * The targets of a command line: `host:port` and the like as they are; a host and the number behind it, and a host that
 * `--port` goes with, as one. A host without a port is refused, with the ports to choose from. `args` is the whole
 * command line, from which the commands to choose from are made.
 */
export function typedTargets(
  words: readonly string[],
  port: string | undefined,
  args: readonly string[],
): TypedTargets {
  const targets = joinPorts(words).map((text) => (port === undefined ? text : withPort(text, port)));
  const command = misspeltCommand(targets[0] ?? '');
  if (command !== null) return { targets, problems: [command] };
  const stray = targets.flatMap((text, i) => emptyWord(text, i) ?? lonelyPort(text) ?? mailbox(text, i) ?? []);
  if (stray.length > 0) return { targets, problems: stray };
  if (port !== undefined && joinPorts(words).every((text) => partsWithoutPort(text) === null)) {
    const problem = 'is given, and the target has a port already; leave one of them out';
    return { targets, problems: [{ input: '--port', problem }] };
  }
  return { targets, problems: targets.flatMap((text) => withoutPort(text, args) ?? []) };
}

/** A word that has no port and needs one. */
function withoutPort(text: string, args: readonly string[]): UsageProblem | null {
  const parts = partsWithoutPort(text);
  if (parts === null || !needsPort(parts)) return null;
  return { input: text, problem: 'has no port', choices: portsOf(text, parts, args) };
}

/** A command that is misspelt, in the place of the first target. */
function misspeltCommand(text: string): UsageProblem | null {
  const command = partsWithoutPort(text) === null || text.includes('.') ? null : nearest(text, Object.keys(COMMANDS));
  if (command === null) return null;
  const problem = `is no command (did you mean \`${command}\`?); a server needs its port as well, such as ${text}:25`;
  return { input: text, problem };
}

/** The ports that a mail server listens on, with the command to type for each. */
function portsOf(text: string, parts: Parts, args: readonly string[]): Choice[] {
  const bare = bracketed(parts.host);
  const secured = parts.query === '' && !args.some((arg) => /^--tls(?:=|$)/.test(arg)) ? ' --tls=starttls' : '';
  const choice = (name: string, meaning: string, target: string, more = ''): Choice => ({
    name,
    meaning,
    command: repeated(args, text, target) + more,
  });
  // LMTP has no port of its own, and never SMTP's (RFC 2033 §5); 24 is what Dovecot's and Cyrus's examples use.
  if (/^lmtp:/i.test(parts.scheme)) {
    return [choice('24', 'the usual port of LMTP; servers have others', `lmtp://${bare}:24${parts.query}`)];
  }
  const last = /^(.*[^:]):(25|465|587|2525)$/.exec(parts.host);
  return [
    choice('25', 'mail exchange, from server to server', `${bare}:25${parts.query}`),
    choice('587', 'submission, with STARTTLS', `${bare}:587${parts.query}`, secured),
    choice('465', 'submission, with TLS from the first byte', `smtps://${bare}${parts.query}`),
    ...(ipFamily(parts.host) === 0
      ? [choice('MX', 'every mail server of the domain, port 25', `mx:${parts.host}${parts.query}`)]
      : []),
    ...(last && ipFamily(last[1] ?? '') === 6
      ? [choice(last[2] ?? '', 'if the last number is the port', `[${last[1]}]:${last[2]}${parts.query}`)]
      : []),
  ];
}

/** The command line with another target in the place of one; of what may be a credential, nothing is repeated. */
function repeated(args: readonly string[], text: string, target: string): string {
  const isTarget = (arg: string) => arg === text || arg === `--host=${text}`;
  const others = args.filter((arg, i) => !isTarget(arg) && !(arg === '--host' && args[i + 1] === text));
  const isOpen = others.every(mayBeShown);
  return ['smtp-gate', shellQuote(target), ...(isOpen ? others.map(shellQuote) : ['…'])].join(' ');
}

/** Whether an argument has nothing that may be a credential; an address has one at sign. */
function mayBeShown(arg: string): boolean {
  if (isSecretFlag(/^-*([^=]*)/.exec(arg)?.[1] ?? '')) return false;
  const bare = arg.replace('@', '');
  return withoutCredentials(bare) === bare && !/:.*@/.test(arg);
}

function emptyWord(text: string, i: number): UsageProblem | null {
  if (text.trim() !== '') return null;
  return { input: `target ${i + 1}`, problem: 'is empty; is the variable set that it comes from?' };
}

/** A number that has no host before it. */
function lonelyPort(text: string): UsageProblem | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  return { input: text, problem: 'is a port without a host; write the host before it, such as mail.example.com:587' };
}

/** An e-mail address; what stands before its at sign may be a credential, and is not repeated. */
function mailbox(text: string, i: number): UsageProblem | null {
  const domain = /^[^\s:@/?]+@([^\s:@/?]+\.[a-z]{2,})$/i.exec(text)?.[1];
  if (domain === undefined) return null;
  const problem = `is an e-mail address; write mx:${domain} for the mail servers of its domain, or the name and the port of one server`;
  return { input: `target ${i + 1}`, problem };
}

/** Every host with the number behind it as one. */
function joinPorts(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && PORT.test(word) && partsWithoutPort(before) !== null) {
      joined[joined.length - 1] = withPort(before, word);
    } else joined.push(word);
  }
  return joined;
}

/** A target that has no port with the given one; any other as it is. */
function withPort(text: string, port: string): string {
  const parts = partsWithoutPort(text);
  return parts === null ? text : `${parts.scheme}${bracketed(parts.host)}:${port}${parts.query}`;
}

function bracketed(host: string): string {
  return ipFamily(host) === 6 ? `[${host}]` : host;
}

/** The parts of a target without a port; `null` where it has one, or is no host at all. */
export function partsWithoutPort(text: string): Parts | null {
  const [, scheme = '', rest = '', query = ''] =
    /^(mx:(?!\/\/)|[a-z][a-z\d+.-]*:\/\/)?([^?]*)(\?.*)?$/is.exec(text) ?? [];
  const name = rest.replace(/\/$/, '').replace(/^\[(.*)\]$/, '$1');
  const isAddress = ipFamily(name) === 6;
  if (hasAt(text) || (!isAddress && /[:/]/.test(name)) || 'problem' in host(name)) return null;
  return { scheme, host: name, query };
}

/** Whether a port is missing: a mail domain, and TLS from the first byte, have one of their own. */
function needsPort({ scheme }: Parts): boolean {
  return !/^(?:mx:|smtps:\/\/)$/i.test(scheme);
}
