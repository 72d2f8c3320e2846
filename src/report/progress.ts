import { hostPort } from '../address.ts';
import type { Progress } from '../gate.ts';
import { sayMs } from '../words.ts';

/** What is shown while the gate waits. */
export function sayProgress({ target, code, attempt, inMs }: Progress): string {
  return `${hostPort(target)}: attempt ${attempt} ended with ${code}; trying again in ${sayMs(inMs)}`;
}
