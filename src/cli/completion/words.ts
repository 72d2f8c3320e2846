import { choicesOf, type Option } from '../../inputs/options.ts';
import { CODES } from '../../model/codes.ts';
import { ROWS } from '../arguments.ts';
import { COMMANDS, type CommandRow } from '../commands.ts';
import { FLAGS as DELIVER } from '../deliver.ts';
import { FLAGS as MERGE } from '../merge.ts';
import { TOPICS } from '../topics.ts';
import { type Flags, WORDS } from '../usage.ts';

/** What a flag takes: nothing, one of a few words, the path of a file, or any text. */
export type Takes = 'nothing' | 'choice' | 'path' | 'text';

/** A flag as a shell completes it. */
export interface CompletedFlag {
  readonly name: string;
  readonly short: string | null;
  readonly help: string;
  readonly takes: Takes;
  readonly choices: readonly string[];
  /** May be given several times. */
  readonly list: boolean;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly flags: readonly CompletedFlag[];
  readonly choices: readonly string[];
  readonly paths: boolean;
}

/** In characters: a description is beside its flag in one line. */
const LONGEST_HELP = 60;

/** The flags of the check, of every command, and the commands. */
export interface Completed {
  readonly flags: readonly CompletedFlag[];
  readonly commands: readonly CompletedCommand[];
}

/** All that shells complete, from the tables of options and commands. */
export function completed(): Completed {
  const own: Readonly<Record<string, Flags>> = { merge: MERGE, deliver: DELIVER };
  const choices: Readonly<Record<string, readonly string[]>> = { help: [...Object.keys(TOPICS), 'all'] };
  return {
    flags: [...flagsOf(ROWS), ...words()],
    commands: Object.entries<CommandRow>(COMMANDS).map(([name, row]) => ({
      name,
      help: row.summary,
      flags: own[name] ? [...flagsOf(own[name]), ...words()] : words().filter((word) => word.name === 'help'),
      choices: row.choices ?? choices[name] ?? [],
      paths: row.paths === true,
    })),
  };
}

function flagsOf(rows: Flags): CompletedFlag[] {
  return Object.entries(rows).map(([name, row]) => {
    const known = row.value === 'codes' ? Object.keys(CODES) : choicesOf(row);
    return {
      name,
      short: null,
      help: shortHelp(row.help),
      takes: takenBy(row, known),
      choices: known,
      list: row.list === true,
    };
  });
}

function takenBy({ value }: Option<unknown>, choices: readonly string[]): Takes {
  if (choices.length > 0) return 'choice';
  return /\bpath\b/.test(value) ? 'path' : 'text';
}

function words(): CompletedFlag[] {
  return Object.entries(WORDS).map(([name, { short, help }]) => ({
    name,
    short,
    help: shortHelp(help),
    takes: 'nothing' as const,
    choices: [],
    list: false,
  }));
}

/** The first sentence of a help text, in one short line. */
function shortHelp(text: string): string {
  const [sentence = ''] = text.replaceAll('`', '').split(/[.;](?:\s|$)/);
  return sentence.length > LONGEST_HELP ? `${sentence.slice(0, sentence.lastIndexOf(' ', LONGEST_HELP))} …` : sentence;
}
