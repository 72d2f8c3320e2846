import { env, stderr } from 'node:process';
import { plain } from '../report/escape/plain.ts';
import { leave } from '../runtime/exit.ts';
import { terminalStyle } from './terminal.ts';

/** The signals that end a command, with its exit status as shells have it: 128 and the number of the signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** From here on, an interrupt says where the command stood, behind `interrupted`, and ends it; a second one ends it at once. */
export function whenInterrupted(where: () => string, clear: () => void = () => {}): void {
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      const text = `smtp-gate: interrupted (${signal}) ${where()}`;
      clear();
      stderr.write(
        `${terminalStyle(stderr, env)
          .fold(text, '  ')
          .map((line) => plain(line))
          .join('\n')}\n`,
      );
      leave(status);
    });
  }
}
