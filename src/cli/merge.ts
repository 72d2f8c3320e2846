import { givenSecrets } from '../inputs/environment-secrets.ts';
import { mergeReports, refuseMerge } from '../merge/merge.ts';
import { MERGE_OPTIONS } from '../merge/options.ts';
import { readMergeSettings } from '../merge/settings.ts';
import type { Asked, Made } from '../report/publish.ts';
import { readSurroundings } from '../runtime/context.ts';
import { systemClock } from '../shared/clock.ts';
import { listed } from '../shared/text.ts';
import { readFlags, type Typed } from './flags.ts';
import type { Flags, Usage } from './usage.ts';

const ALL: Flags = Object.fromEntries(Object.entries(MERGE_OPTIONS).filter(([, { actionOnly }]) => !actionOnly));
/** The options of the merge that the help lists: the reports are named behind them, and may be by a flag as well. */
export const FLAGS: Flags = Object.fromEntries(Object.entries(ALL).filter(([name]) => name !== 'reports'));

/** Reads the command line of the merge, behind the word `merge`. */
export function readMergeLine(args: readonly string[]): Typed | Usage {
  const line = readFlags(args, ALL);
  if ('usage' in line || line.words.help || line.words.version) return line;
  if (line.positionals.length > 0 || line.texts.has('reports')) return line;
  return { usage: [{ input: 'nothing to merge;', problem: 'name the reports, such as reports/*.json' }] };
}

/** Merges what a command line names, and says how the result is to be written, and what the command exits with. */
export async function runMerge(
  { texts, positionals }: Typed,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly made: Made; readonly asked: Asked; readonly exit: 'pass' | 'fail' | 'usage' }> {
  const around = readSurroundings(env, { typed: true });
  const reports = [...listed(texts.get('reports') ?? ''), ...positionals].join('\n');
  const all = new Map([...texts, ['reports', reports]]);
  const read = readMergeSettings((name) => all.get(name), givenSecrets(env));
  if ('problems' in read) {
    const made = await refuseMerge(read.problems, around, systemClock);
    return { made, asked: { ...read.reporting, history: null }, exit: 'usage' };
  }
  const made = await mergeReports(read.settings, around, systemClock);
  if (made.report.legs === null) return { made, asked: { ...read.settings, history: null }, exit: 'usage' };
  return { made, asked: read.settings, exit: made.fails ? 'fail' : 'pass' };
}
