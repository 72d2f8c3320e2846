import type { Progress } from '../gate/gate.ts';
import { targetName } from '../shared/address.ts';
import type { Clock } from '../shared/clock.ts';
import { sayMs } from '../shared/text.ts';

/** What is shown while the gate is at work. */
export function sayProgress(event: Progress): string {
  const at = targetName(event.target);
  if (event.kind === 'done') {
    const { done, of, status, code } = event;
    return `${done} of ${of}: ${at} ${status}${code === '' ? '' : ` (${code})`}`;
  }
  return `${at}: attempt ${event.attempt} ended with ${event.code}; trying again in ${sayMs(event.inMs)}`;
}

/** Of so many targets a log names each as it is done. */
const FEW = 20;
/** Of more it names those that fail, and says how far it is this often, in milliseconds. */
const EVERY_MS = 1_000;

/** Progress in a log, which cannot take a line back. */
export function progressLog(print: (line: string) => void, clock: Clock): (event: Progress) => void {
  let last = clock.now();
  return (event) => {
    const now = clock.now();
    const quiet = event.kind === 'done' && event.of > FEW && event.status !== 'fail' && event.done < event.of;
    if (quiet && now - last < EVERY_MS) return;
    last = now;
    print(sayProgress(event));
  };
}
