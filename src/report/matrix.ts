import { rank } from '../diagnosis/verdict.ts';
import type { Status } from '../model/codes.ts';
import { countTargets } from './counts.ts';
import type { ReportTarget } from './report.ts';
import { countedStatus } from './severity.ts';

/** Targets by vantage points, the worst target first. */
export interface Matrix {
  readonly vantages: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** How many rows, the first, have a target that does not pass from everywhere. */
  readonly troubled: number;
  /** Whether every report is there that had to be. */
  readonly complete: boolean;
}

export interface MatrixRow {
  readonly label: string;
  /** The worst that counts. */
  readonly status: Status;
  /** One for each vantage point; `null` where the target was not checked from there. */
  readonly cells: readonly (ReportTarget | null)[];
}

/** What became of a target, and from where: `connect-refused from azure; pass from cloud and dmz`; the worst first. */
export function formatRow({ cells }: MatrixRow): string {
  const alike = new Map<string, ReportTarget[]>();
  for (const cell of cells.filter((one) => one !== null).sort((a, b) => rank(b.status) - rank(a.status))) {
    const words = cell.code === '' ? cell.status : cell.code;
    alike.set(words, [...(alike.get(words) ?? []), cell]);
  }
  return [...alike].map(([words, all]) => `${words} from ${formatNames(all.map(({ vantage }) => vantage))}`).join('; ');
}

/** How many targets pass, as sentences: from everywhere, and from where they were checked; none is none. */
export function formatPassed({ rows, troubled, complete }: Matrix): string[] {
  const passed = rows.slice(troubled);
  const partly = passed.filter(({ cells }) => !complete || cells.includes(null)).length;
  const pass = (count: number) => `${countTargets(count)} ${count === 1 ? 'passes' : 'pass'}`;
  return [
    ...(passed.length > partly ? [`${pass(passed.length - partly)} from everywhere`] : []),
    ...(partly > 0
      ? [`${pass(partly)} where checked, but ${partly === 1 ? 'was' : 'were'} not checked from everywhere`]
      : []),
  ];
}

const MOST_NAMES = 8;

/** Vantage points in a sentence; of very many, the first. */
export function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Of several targets with one name at one vantage point the worst stands for all. */
export function matrixOf(targets: readonly ReportTarget[], vantages: readonly string[], complete: boolean): Matrix {
  const columns = new Map(vantages.map((vantage, i) => [vantage, i]));
  const byLabel = new Map<string, (ReportTarget | null)[]>();
  for (const target of targets) {
    const { label } = target.target;
    const cells = byLabel.get(label) ?? vantages.map(() => null);
    byLabel.set(label, cells);
    const column = columns.get(target.vantage) ?? 0;
    const known = cells[column] ?? null;
    if (known === null || rank(target.status) > rank(known.status)) cells[column] = target;
  }
  const rows = [...byLabel].map(([label, cells]) => ({ label, cells, ...worstOf(cells) }));
  rows.sort((a, b) => rank(b.status) - rank(a.status) || rank(b.seen) - rank(a.seen));
  return { vantages, rows, complete, troubled: rows.filter(({ seen }) => seen !== 'pass').length };
}

/** The worst that counts, and the worst that was seen. */
function worstOf(cells: readonly (ReportTarget | null)[]): { readonly status: Status; readonly seen: Status } {
  const worst = (a: Status, b: Status) => (rank(b) > rank(a) ? b : a);
  const there = cells.filter((cell) => cell !== null);
  return {
    status: there.map(countedStatus).reduce(worst, 'pass'),
    seen: there.map(({ status }) => status).reduce(worst, 'pass'),
  };
}
