import { PROJECT } from '../shared/project.ts';

/** How the version is asked for, where nothing else is: that takes no longer than Node itself. */
const VERSION: readonly string[] = ['--version', '-V', 'version'];

/** Runs the command, and ends the process with its exit status. */
export function cli(): void {
  const args = process.argv.slice(2);
  if (args.length === 1 && VERSION.includes(args[0] ?? '')) process.stdout.write(`${PROJECT.version}\n`);
  else import('./main.ts').then(({ run }) => run(args));
}
