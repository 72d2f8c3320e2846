import type { Option } from '../inputs/options.ts';

/** Something on a command line that cannot be read: what it is about, and a sentence that goes on from there. */
export interface UsageProblem {
  readonly input: string;
  readonly problem: string;
  /** What to type instead, where there are several ways, and what each means. */
  readonly choices?: readonly Choice[];
  /** The page of the help that says more. */
  readonly topic?: string;
}

/** One way to write what is meant. */
export interface Choice {
  /** In a word, such as a port. */
  readonly name: string;
  readonly meaning: string;
  readonly command: string;
}

/** Why a command line cannot be read. */
export interface Usage {
  readonly usage: readonly UsageProblem[];
}

/** The rows of a table that are flags. */
export type Flags = Readonly<Record<string, Option<unknown>>>;

/** Flags that every command has; they stand without a value. */
export const WORDS = {
  json: { short: null, help: 'Print the JSON report and nothing else.' },
  help: { short: 'h', help: 'Print the help; `--help TOPIC` prints more about one topic.' },
  version: { short: 'V', help: 'Print the version.' },
} as const;

export type Word = keyof typeof WORDS;

/** The row of a flag; `undefined` where there is none. */
export function rowOf(rows: Flags, name: string): Option<unknown> | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/** Whether a name is one of the flags that every command has. */
export function isWord(name: string): name is Word {
  return Object.hasOwn(WORDS, name);
}

/** A problem in one sentence, for reports. */
export function sayProblem({ problem, choices = [] }: UsageProblem): string {
  if (choices.length === 0) return problem;
  return `${problem}; write ${choices.map(({ command, meaning }) => `${command} (${meaning})`).join(', or ')}`;
}

/** Problems as lines for a terminal. */
export function usageLines(problems: readonly UsageProblem[]): string[] {
  return problems.flatMap(({ input, problem, choices = [] }) => [
    `smtp-gate: ${input} ${problem}${choices.length > 0 ? '; write one of' : ''}`,
    ...choices.flatMap(({ name, meaning, command }) => [`  ${name.padEnd(4)} ${meaning}`, `         $ ${command}`]),
  ]);
}
