import { lookupPending } from './probe/resolve.ts';

/** How long the event loop may take to come to rest before the process is ended all the same, in milliseconds. */
const REST_MS = 200;

type WithExecve = NodeJS.Process & { execve?: (file: string, args: string[], env: NodeJS.ProcessEnv) => never };

/**
 * Ends the process with a status. It comes to rest by itself; but a lookup that nobody answers cannot be cancelled, and
 * `process.exit` waits for its thread: where Node can (22.15 and later, not on Windows), a shell takes the process over.
 */
export function leave(status: number): void {
  process.exitCode = status;
  if (lookupPending()) {
    // Nothing but an empty write's callback says that what was written has been handed over.
    process.stdout.write('', () => replaceProcess(status));
    return;
  }
  setTimeout(() => process.exit(status), REST_MS).unref();
}

function replaceProcess(status: number): void {
  try {
    (process as WithExecve).execve?.('/bin/sh', ['sh', '-c', `exit ${status}`], {});
  } catch {
    // No shell, or a system without execve: the resolver's own time-out ends the wait.
  }
  process.exit(status);
}
