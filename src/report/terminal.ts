import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Status } from '../codes.ts';
import { type Style, undressed } from './account.ts';

type Format = Parameters<typeof styleText>[0];
const COLOURS: Readonly<Record<Status, Format>> = {
  pass: 'green',
  info: 'cyan',
  warn: 'yellow',
  fail: 'red',
  skip: 'gray',
};

/** Colour on a terminal alone; NO_COLOR (no-color.org) forbids it, FORCE_COLOR asks for it anywhere. */
export function terminalStyle(stream: Pick<WriteStream, 'isTTY'>, env: NodeJS.ProcessEnv): Style {
  const { FORCE_COLOR } = env;
  const forbidden = FORCE_COLOR === '0' || FORCE_COLOR === 'false';
  const forced = !forbidden && Boolean(FORCE_COLOR);
  const wanted = forced || (stream.isTTY && !env.NO_COLOR && !forbidden && env.TERM !== 'dumb');
  if (!wanted) return undressed;
  const style = (format: Format, text: string) => styleText(format, text, UNCHECKED);
  return {
    status: (status, text) => style(['bold', COLOURS[status]] as Format, text),
    strong: (text) => style('bold', text),
    faint: (text) => style('dim', text),
  };
}

/** Whether to colour was decided above; newer versions of Node would decide again by looking at stdout. */
const UNCHECKED = { validateStream: false } as unknown as undefined;

/** A line that is overwritten by the next one and leaves nothing behind; on something else than a terminal, plain lines. */
export function transientLine(stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>): {
  show(text: string): void;
  clear(): void;
} {
  if (!stream.isTTY) return { show: (text) => stream.write(`${text}\n`), clear: () => {} };
  const clear = () => stream.write('\r\u001b[K');
  return {
    show(text) {
      clear();
      // A line that wraps could not be cleared.
      stream.write(text.slice(0, (stream.columns || 80) - 1));
    },
    clear,
  };
}
