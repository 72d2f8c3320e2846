import type { WriteStream } from 'node:tty';
import type { Progress } from '../gate/gate.ts';
import type { Begins } from '../gate/system-io.ts';
import { stepRow } from '../model/steps.ts';
import { progressLog, sayProgress } from '../report/progress.ts';
import { hostPort } from '../shared/address.ts';
import type { Clock } from '../shared/clock.ts';
import { transientLine } from './terminal.ts';

/** How often a line that waits is written again, in milliseconds. */
const EVERY_MS = 1_000;
/** The most targets that are named as still open. */
const MOST_OPEN = 3;

type Step = Parameters<Begins>[1];

/** What is shown while the gate is at work, and where it stands. */
export interface Following {
  readonly progress: (event: Progress) => void;
  readonly begins: Begins;
  /** Behind "interrupted". */
  where(): string;
  /** Takes the line away: the check is done. */
  clear(): void;
}

/**
 * Follows the check of `total` targets: on a terminal with one line, which says of a single target what it waits for and
 * since when; in a log with a line for each of several targets.
 */
export function follow(
  total: number,
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  clock: Clock,
): Following {
  const line = transientLine(stream);
  const log = stream.isTTY ? (event: Progress) => line.show(sayProgress(event)) : progressLog(line.show, clock);
  /** The targets that are not done, with what they wait for. */
  const open = new Map<string, Step>();
  let [done, of] = [0, total];
  let finished = false;
  let cancel = () => {};
  const wait = (at: string, step: Step, since: number) => {
    const seconds = Math.floor((clock.now() - since) / 1_000);
    line.show(`${at}: ${sayStep(step)} …${seconds > 0 ? ` ${seconds} s` : ''}`);
    cancel = clock.after(EVERY_MS, () => wait(at, step, since));
  };
  if (total > 1) line.show(`0 of ${total} …`);
  return {
    progress(event) {
      cancel();
      if (event.kind === 'done') {
        ({ done, of } = event);
        open.delete(hostPort(event.target));
      }
      log(event);
    },
    begins(target, step) {
      const at = hostPort(target);
      open.set(at, step);
      if (total > 1 || !stream.isTTY) return;
      cancel();
      wait(at, step, clock.now());
    },
    where: () => (finished ? 'while the result was written' : `${sayWhere(open, done, of)}; there is no verdict`),
    clear() {
      finished = true;
      cancel();
      line.clear();
    },
  };
}

function sayStep(step: Step): string {
  return step === 'look-around' ? 'looking for evidence at its other ports' : stepRow(step).label;
}

function sayWhere(open: ReadonlyMap<string, Step>, done: number, of: number): string {
  const named = [...open].slice(0, MOST_OPEN).map(([at, step]) => `at ${at} (${sayStep(step)})`);
  const left = open.size - named.length;
  const where = [...named, ...(left > 0 ? [`at ${left} more`] : [])].join(', ');
  if (of <= 1) return where === '' ? 'before the first connection' : where;
  return `when ${done} of ${of} targets were done${where === '' ? '' : `, ${where}`}`;
}
