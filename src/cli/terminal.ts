import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Status } from '../model/codes.ts';
import { columnsOf, terminal } from '../report/escape/terminal.ts';
import { type Style, undressed } from '../report/text.ts';

type Format = Parameters<typeof styleText>[0];
const COLOURS: Readonly<Record<Status, Format>> = {
  pass: 'green',
  info: 'cyan',
  warn: 'yellow',
  fail: 'red',
  skip: 'gray',
};

/** Narrower than this, folding would hurt more than it helps. */
const NARROWEST = 20;

/**
 * Colour on a terminal alone; NO_COLOR (no-color.org) forbids it, FORCE_COLOR asks for it anywhere. A terminal's width is
 * what lines are folded to.
 */
export function terminalStyle(stream: Pick<WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv): Style {
  const { FORCE_COLOR } = env;
  const forbidden = FORCE_COLOR === '0' || FORCE_COLOR === 'false';
  const forced = !forbidden && Boolean(FORCE_COLOR);
  const wanted = forced || (stream.isTTY && !env.NO_COLOR && !forbidden && env.TERM !== 'dumb');
  const { columns } = stream;
  const fitted = stream.isTTY && columns >= NARROWEST ? { ...undressed, columns, fold: folder(columns) } : undressed;
  if (!wanted) return fitted;
  const style = (format: Format, text: string) => styleText(format, text, UNCHECKED);
  return {
    ...fitted,
    status: (status, text) => style(['bold', COLOURS[status]] as Format, text),
    strong: (text) => style('bold', text),
    faint: (text) => style('dim', text),
  };
}

/** Folds at spaces; a word that is longer than a line stays whole, so that an address can be clicked. */
function folder(columns: number): Style['fold'] {
  return (text, indent, taken = 0) => {
    const lines: string[] = [];
    const [margin = ''] = /^\s*/.exec(text) ?? [];
    let line = margin;
    let empty = true;
    for (const word of text.slice(margin.length).split(' ')) {
      const longer = empty ? `${line}${word}` : `${line} ${word}`;
      if (empty || word === '' || taken + columnsOf(longer) <= columns) line = longer;
      else {
        lines.push(line);
        line = `${indent}${word}`;
      }
      empty = false;
    }
    // At the beginning of a line, `::` is a runner's, should the terminal's output become a log.
    return [...lines, line].map((one, i) => (i === 0 ? one : one.replace(/^(\s*)::(?=[a-z])/i, '$1\\::')));
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
      stream.write(terminal(text, (stream.columns || 80) - 1));
    },
    clear,
  };
}
