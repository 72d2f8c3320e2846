import { PROJECT } from '../shared/project.ts';
import { widthOf } from './help-layout.ts';
import { overview } from './overview.ts';

/** What has an answer of its own where it is all that is typed: it takes hardly longer than Node itself. */
const EARLY: Readonly<Record<string, () => string>> = {
  '--version': () => PROJECT.version,
  '-V': () => PROJECT.version,
  version: () => PROJECT.version,
  '--help': () => overview(widthOf(process.stdout)),
  '-h': () => overview(widthOf(process.stdout)),
  help: () => overview(widthOf(process.stdout)),
};

/** Runs the command, and ends the process with its exit status. */
export function cli(): void {
  const args = process.argv.slice(2);
  const answer = args.length === 1 && Object.hasOwn(EARLY, args[0] ?? '') ? EARLY[args[0] ?? ''] : undefined;
  // Whoever reads us may have had enough: `smtp-gate help | head`.
  process.stdout.on('error', () => {});
  if (answer) process.stdout.write(`${answer()}\n`);
  else import('./main.ts').then(({ run }) => run(args));
}
