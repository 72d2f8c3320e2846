import { markdown, markdownCode } from './escape/markdown.ts';
import { formatPassed, formatRow, type Matrix, type MatrixRow } from './matrix.ts';
import type { ReportTarget } from './report.ts';
import { ICONS } from './summary-finding.ts';

/** Of more vantage points than these, a target's are told in one column. */
const MOST_COLUMNS = 8;

/** The targets that do not pass from everywhere, by vantage points, as many as `most`; of the others, how many. */
export function* matrixBlocks(matrix: Matrix, most: number): Iterable<string> {
  const { vantages, rows, troubled } = matrix;
  const columns = vantages.length <= MOST_COLUMNS ? vantages : null;
  const head = ['Target', ...(columns?.map((vantage) => markdown(vantage)) ?? ['Seen from the vantage points'])];
  const shown = rows.slice(0, Math.min(troubled, most));
  if (shown.length > 0) {
    const lines = shown.map((row) => [
      `${ICONS[row.status]} ${markdownCode(row.label)}`,
      ...cellsOf(row, columns !== null),
    ]);
    yield [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
  const passed = formatPassed(matrix);
  if (passed.length > 0) yield passed.map((sentence) => `${ICONS.pass} ${sentence}.`).join('\n');
}

function cellsOf(row: MatrixRow, apart: boolean): string[] {
  return apart ? row.cells.map(cell) : [markdown(formatRow(row))];
}

function cell(target: ReportTarget | null): string {
  if (target === null) return '–';
  const { status, code, latencyMs } = target;
  if (code !== '') return `${ICONS[status]} ${markdownCode(code)}`;
  return `${ICONS[status]} ${latencyMs === null ? status : `${latencyMs} ms`}`;
}
