import { stdout } from 'node:process';
import { nearest } from '../inputs/nearest.ts';
import { ENVIRONMENT_OPTIONS, optionOf } from '../inputs/options.ts';
import { quote } from '../inputs/parsers/result.ts';
import { ROWS } from './arguments.ts';
import { COMMANDS, type CommandRow, isCommand } from './commands.ts';
import { block, heading, optionLines, prose, table, WIDEST } from './help-layout.ts';
import { print, usage } from './output.ts';
import { TOPICS, topicOf } from './topics.ts';
import { type Flags, WORDS } from './usage.ts';

/** What the command is for. */
export const PURPOSE =
  'smtp-gate checks whether a mail server can be used from this machine. If not, it says what is wrong, whose fault it is and what to do.';
/** Command lines to begin with, and what each checks. */
export const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ['smtp-gate mail.example.com:587', 'does the server greet?'],
  ['smtp-gate mail.example.com 587 --tls=starttls', 'STARTTLS and the certificate'],
  ['smtp-gate smtps://mail.example.com', 'TLS from the first byte'],
  ['smtp-gate mx:example.com', 'every mail server of a domain'],
  ['smtp-gate --targets-file=servers.txt --json', 'many servers, as JSON'],
];
const HELP = 'smtp-gate help';
const EXIT_STATUS = 'Exit status: 0 passes, 1 fails, 2 wrong command line, 130 interrupted.';

/** Prints what is asked for: the first page, or all about topics, options or commands. The result is the exit status. */
export async function help(words: readonly string[], { strict = true } = {}): Promise<number> {
  const width = Math.min(stdout.columns || WIDEST, WIDEST);
  const [word] = words;
  // A target beside `--help` is no topic.
  if (word === undefined || (!strict && /[.:/]/.test(word))) return print(overview(width));
  const page = await pageOn(word, width);
  if (page !== null) return print(page);
  const known = new Set([...Object.keys(TOPICS), 'all', ...Object.keys(COMMANDS), ...Object.keys(ROWS)]);
  const near = nearest(word, [...known]);
  const meant = near === null ? '' : ` (did you mean \`${near}\`?)`;
  const topics = [...Object.keys(TOPICS), 'all'].join(', ');
  const problem = `has no topic ${quote(word)}${meant}; write one of ${topics}, or the name of an option or a command`;
  return usage([{ input: 'the help', problem }], false);
}

/** The first page: what the command is for, examples, and what more there is. */
export function overview(width: number): string {
  return block(
    prose(PURPOSE, width),
    heading('Usage', ['  smtp-gate [options] TARGET…', '  smtp-gate COMMAND']),
    heading('Examples', table(EXAMPLES, width)),
    heading('Commands', table(commandRows(), width)),
    heading(
      'Topics (smtp-gate help TOPIC)',
      table(
        [...Object.entries(TOPICS).map(([name, { about }]) => [name, about] as const), ['all', 'all of these']],
        width,
      ),
    ),
    heading('Everywhere', table(wordRows(), width)),
    prose(EXIT_STATUS, width),
  );
}

/** The page on a topic, a command or an option; `null` when it is none of them. */
export async function pageOn(word: string, width: number): Promise<string | null> {
  const name = word.replace(/^-+/, '');
  const row = ROWS[name];
  if (name === 'all') return allPages(width);
  // `tls` is a topic, and `--tls` one of its options.
  if (Object.hasOwn(TOPICS, name) && !(row && word.startsWith('--'))) return topicPage(name, width);
  if (isCommand(name)) return commandPage(name, width);
  if (row)
    return block(optionLines({ [name]: row }, width), prose(`${HELP} ${topicOf(row)} lists related options.`, width));
  const secret = ENVIRONMENT_OPTIONS.find((one) => one === name);
  return secret === undefined ? null : topicPage(topicOf(optionOf(secret)), width);
}

function allPages(width: number): string {
  return block([overview(width)], ...Object.keys(TOPICS).map((name) => [topicPage(name, width)]));
}

function topicPage(name: string, width: number): string {
  const { about, explained } = TOPICS[name] ?? { about: '', explained: [] };
  const rows = Object.fromEntries(Object.entries(ROWS).filter(([, row]) => topicOf(row) === name));
  const texts = explained.flatMap((text) => (text.startsWith('  ') ? [text] : prose(text, width)));
  return block([`${name.toUpperCase()}: ${about}`], texts, optionLines(rows, width));
}

async function commandPage(name: keyof typeof COMMANDS, width: number): Promise<string> {
  const { takes, summary, ...row }: CommandRow = COMMANDS[name];
  const explained = (row.explained ?? []).flatMap((text) => (text.startsWith('  ') ? [text] : prose(text, width)));
  const flags: Flags = name === 'merge' ? (await import('./merge.ts')).FLAGS : {};
  return block(
    prose(`smtp-gate ${name}: ${summary}.`, width),
    heading('Usage', [`  smtp-gate ${name} ${takes}`.trimEnd()]),
    explained,
    optionLines(flags, width),
  );
}

function commandRows(): (readonly [string, string])[] {
  return Object.entries(COMMANDS).map(([name, { takes, summary }]) => [`${name} ${takes}`.trimEnd(), summary]);
}

function wordRows(): (readonly [string, string])[] {
  return Object.entries(WORDS).map(([name, { short, help }]) => [
    short === null ? `--${name}` : `-${short}, --${name}`,
    help.replaceAll('`', ''),
  ]);
}
