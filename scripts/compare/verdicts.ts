import type { Run } from './run.ts';

/** What a tool made of a server. */
export type Verdict = 'green' | 'red' | 'hangs' | 'cannot be asked' | 'not installed';

/** One server, as the page tells of it. */
export interface Result {
  readonly name: string;
  readonly good: boolean;
  /** In the order of the tools; the gate is the first. */
  readonly verdicts: readonly Verdict[];
  /** How long each tool took, in milliseconds; `null` where it was not run. */
  readonly tookMs: readonly (number | null)[];
}

/** A tool in the summary. */
export interface Score {
  readonly asked: number;
  readonly falseGreen: number;
  readonly falseRed: number;
  readonly hangs: number;
  readonly cannot: number;
  readonly medianMs: number | null;
}

/** An exit status of 0 is green, as for every shell and pipeline; whoever does not end in time hangs. */
export function verdictOf({ exit }: Pick<Run, 'exit'>): Verdict {
  if (exit === null) return 'hangs';
  return exit === 0 ? 'green' : 'red';
}

/** The tool at `index`, over all servers. */
export function scoreOf(results: readonly Result[], index: number): Score {
  const count = (verdict: Verdict, good?: boolean) =>
    results.filter((one) => one.verdicts[index] === verdict && (good === undefined || one.good === good)).length;
  const cannot = count('cannot be asked');
  return {
    asked: results.length - cannot - count('not installed'),
    falseGreen: count('green', false),
    falseRed: count('red', true),
    hangs: count('hangs'),
    cannot,
    medianMs: median(results.flatMap(({ tookMs }) => tookMs[index] ?? [])),
  };
}

/** The middle one; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? null;
}

/** What the report of the gate says: the verdict, and the code where it is one of failure. */
export function gateSays({ exit, output }: Pick<Run, 'exit' | 'output'>): {
  readonly verdict: Verdict;
  readonly code: string | null;
} {
  return { verdict: verdictOf({ exit }), code: exit === null ? null : codeIn(output) };
}

function codeIn(output: string): string | null {
  try {
    const { code } = JSON.parse(output) as { code?: unknown };
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}

/**
 * What the gate says other than is known of it, in one line; `null` where it says what it should. `code` is the one that
 * decides, and `null` for a server in good health; `gatePasses` is true of a finding that is documented to fail nothing.
 */
export function whyWrong(
  { name, code, gatePasses = false }: { name: string; code: string | null; gatePasses?: boolean },
  run: Pick<Run, 'exit' | 'output'>,
): string | null {
  const said = gateSays(run);
  const expected = code === null || gatePasses ? 'green' : 'red';
  if (said.verdict === expected && (code === null || said.code === code)) return null;
  return `${name}: expected ${expected} (${code ?? 'any code'}), and the gate says ${said.verdict} (${said.code})`;
}
