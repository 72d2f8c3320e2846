import { lookupPending } from './probe/resolve.ts';

type WithExecve = NodeJS.Process & { execve?: (file: string, args: string[], env: NodeJS.ProcessEnv) => never };

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
  // Writing to a pipe is synchronous on Linux alone: elsewhere, only the callback of a later write says that it is done.
  if (process.platform !== 'linux') process.stdout.write('', end);
  else end();
}

function replaceProcess(status: number): void {
  try {
    (process as WithExecve).execve?.('/bin/sh', ['sh', '-c', `exit ${status}`], {});
  } catch {
    // No shell, or a system without execve: the resolver's own time-out ends the wait.
  }
}
