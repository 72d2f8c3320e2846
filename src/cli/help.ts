import { stdout } from 'node:process';
import { isDeliveryName } from '../inputs/delivery-names.ts';
import { fileVariable } from '../inputs/environment-secrets.ts';
import { nearest } from '../inputs/nearest.ts';
import { ENVIRONMENT_OPTIONS, environmentName, optionOf } from '../inputs/options.ts';
import { quote } from '../inputs/parsers/result.ts';
import { ROWS } from './arguments.ts';
import { COMMANDS, type CommandRow, isCommand } from './commands.ts';
import { block, optionLines, prose, widthOf } from './help-layout.ts';
import { print, usage } from './output.ts';
import { overview } from './overview.ts';
import { TOPICS, topicOf } from './topics.ts';
import { type Flags, rowOf } from './usage.ts';

const HELP = 'smtp-gate help';

/** Prints what is asked for: the first page, or all about topics, options or commands. The result is the exit status. */
export async function help(words: readonly string[], { strict = true, json = false } = {}): Promise<number> {
  const width = widthOf(stdout);
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
  return usage([{ input: 'the help', problem }], json);
}

/** The page on a topic, a command or an option; `null` when it is none of them. */
export async function pageOn(word: string, width: number): Promise<string | null> {
  const name = word.replace(/^-+/, '');
  const row = rowOf(ROWS, name);
  if (name === 'all') return allPages(width);
  // `tls` is a topic, and `--tls` one of its options.
  if (Object.hasOwn(TOPICS, name) && !(row && word.startsWith('--'))) return topicPage(name, width);
  if (isCommand(name)) return commandPage(name, width);
  if (row)
    return block(optionLines({ [name]: row }, width), prose(`${HELP} ${topicOf(row)} lists related options.`, width));
  if (isDeliveryName(name)) return commandPage('deliver', width);
  const secret = ENVIRONMENT_OPTIONS.find((one) => one === name);
  return secret === undefined ? null : topicPage(topicOf(optionOf(secret)), width);
}

function allPages(width: number): string {
  return block([overview(width)], ...Object.keys(TOPICS).map((name) => [topicPage(name, width)]));
}

function topicPage(name: string, width: number): string {
  const { about, explained } = TOPICS[name] ?? { about: '', explained: [] };
  const rows = Object.fromEntries(Object.entries(ROWS).filter(([, row]) => topicOf(row) === name));
  const secrets = ENVIRONMENT_OPTIONS.filter((one) => topicOf(optionOf(one)) === name);
  return block(
    [`${name.toUpperCase()}: ${about}`],
    explained.flatMap((text) => prose(text, width)),
    secrets.map((one) => `  ${environmentName(one).padEnd(24)} or ${fileVariable(one)}`),
    optionLines(rows, width),
  );
}

async function commandPage(name: keyof typeof COMMANDS, width: number): Promise<string> {
  const { takes, summary, ...row }: CommandRow = COMMANDS[name];
  const explained = (row.explained ?? []).flatMap((text) => (text.startsWith('  ') ? [text] : prose(text, width)));
  const flags = await flagsOf(name);
  return block(
    prose(`smtp-gate ${name}: ${summary}.`, width),
    [`Usage: smtp-gate ${name} ${takes}`.trimEnd()],
    explained,
    optionLines(flags, width),
  );
}

async function flagsOf(name: keyof typeof COMMANDS): Promise<Flags> {
  if (name === 'merge') return (await import('./merge.ts')).FLAGS;
  return name === 'deliver' ? (await import('./deliver.ts')).FLAGS : {};
}
