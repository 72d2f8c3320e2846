import { lookupPending } from '../probe/dns/system-resolver.ts';

type WithExecve = NodeJS.Process & { execve?: (file: string, args: string[], env: NodeJS.ProcessEnv) => never };

/** How long a reader may keep us waiting that has stopped reading, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Ends the process with a status, once what was written is handed over. A lookup that nobody answers cannot be
 * cancelled, and `process.exit` waits for its thread: where Node can (22.15 and later, not on Windows), a shell takes the
 * process over.
 */
export function leave(status: number): void {
  const end = () => {
    if (lookupPending()) replaceProcess(status);
    process.exit(status);
  };
  // A pipe that is full takes the rest when its reader goes on: to leave before would cut the verdict off.
  const waiting = [process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0);
  if (waiting.length === 0) end();
  else {
    setTimeout(end, PATIENCE_MS);
    Promise.all(waiting.map(handOver)).then(end);
  }
}

/** Waits until a stream has taken all that was written, or takes no more. */
function handOver(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}

function replaceProcess(status: number): void {
  try {
    (process as WithExecve).execve?.('/bin/sh', ['sh', '-c', `exit ${status}`], {});
  } catch {
    // No shell, or a system without execve: the resolver's own time-out ends the wait.
  }
}
