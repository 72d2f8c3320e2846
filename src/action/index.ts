import { run, runCrashed } from './run.ts';

/** Runs the step, and ends the process. */
export function index(): void {
  // A log that cannot be written hides no verdict: that is in the outputs and the exit status.
  process.stdout.on('error', () => {});
  process.once('uncaughtException', runCrashed);
  run().catch(runCrashed);
}
