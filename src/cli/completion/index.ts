import { nearest } from '../../inputs/nearest.ts';
import { quote } from '../../inputs/parsers/result.ts';
import { SHELLS } from '../commands.ts';
import type { UsageProblem } from '../usage.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completed } from './words.ts';
import { zshScript } from './zsh.ts';

type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<Shell, unknown>;

/** The script that completes commands, flags and their values in a shell. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell](completed());
}

/** The shell that is asked for, or what is wrong with how it is. */
export function readShell(args: readonly string[]): Shell | UsageProblem {
  const [name = '', ...others] = args.filter((arg) => arg !== '--json');
  const shell = SHELLS.find((one) => one === name);
  if (shell !== undefined && others.length === 0) return shell;
  const choices = SHELLS.join(', ');
  if (name === '') return { input: 'completion', problem: `needs the name of a shell; write one of ${choices}` };
  if (shell !== undefined) return { input: 'completion', problem: `takes one shell; write one of ${choices}` };
  const near = nearest(name, SHELLS);
  const meant = near === null ? '' : ` (did you mean \`${near}\`?)`;
  return { input: 'completion', problem: `is not there for the shell ${quote(name)}${meant}; write one of ${choices}` };
}
