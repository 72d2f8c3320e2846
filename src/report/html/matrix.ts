import type { Status } from '../../model/codes.ts';
import { type Html, html } from '../escape/html.ts';
import { plain } from '../escape/plain.ts';
import { formatPassed, type Matrix, type MatrixRow } from '../matrix.ts';
import type { ReportTarget } from '../report.ts';
import { GLYPHS } from '../view.ts';
import { badge, count } from './components.ts';
import type { Shown } from './model.ts';

/** What the table of targets by vantage points may take, in bytes; it has no more rows than fit. */
export const MATRIX_BYTES = 150_000;
/** So many rows and columns there are at most; the list below it has more. */
const MOST = { rows: 300, columns: 40 } as const;
const LABEL_LENGTH = 120;

/** Targets by vantage points, the worst first: a mark and a word in each cell, and a link to what was seen there. */
export function matrixTable(matrix: Matrix, shown: readonly Shown[]): Html {
  const { vantages, rows, troubled } = matrix;
  const failed =
    troubled > 0 ? [`${count(troubled, 'target')} ${troubled === 1 ? 'does' : 'do'} not pass from everywhere`] : [];
  const ids = new Map(shown.map(({ target, id }) => [target.target.label, id]));
  const columns = vantages.slice(0, MOST.columns);
  const made: Html[] = [];
  let left = MATRIX_BYTES - 2_000;
  for (const one of rows.slice(0, MOST.rows)) {
    const next = row(one, columns, ids);
    left -= Buffer.byteLength(String(next));
    if (left < 0) break;
    made.push(next);
  }
  const missing = rows.length - made.length;
  const hidden = vantages.length - columns.length;
  return html`
    <section aria-labelledby="matrix">
      <h2 id="matrix">Targets by vantage points</h2>
      <p class="faint">
        ${[...failed, ...formatPassed(matrix)].map((sentence) => `${sentence}.`).join(' ')}
      </p>
      <div class="matrix" tabindex="0" role="region" aria-labelledby="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">Verdict</th>
              ${columns.map((vantage) => html`<th scope="col">${vantage}</th>`)}
            </tr>
          </thead>
          <tbody>${made}</tbody>
        </table>
      </div>
      ${missing > 0 && html`<p class="faint">${count(missing, 'more target')} in the list below and in the JSON report.</p>`}
      ${hidden > 0 && html`<p class="faint">${count(hidden, 'more vantage point')} in the JSON report.</p>`}
    </section>`;
}

function row({ label, status, cells }: MatrixRow, columns: readonly string[], ids: ReadonlyMap<string, string>): Html {
  return html`
    <tr>
      <th scope="row"><code>${plain(label, LABEL_LENGTH)}</code></th>
      <td>${badge(status)}</td>
      ${columns.map((vantage, i) => cell(cells[i] ?? null, ids.get(`${label} from ${vantage}`)))}
    </tr>`;
}

function cell(target: ReportTarget | null, id: string | undefined): Html {
  if (target === null)
    return html`<td><span class="hidden">not checked</span><span aria-hidden="true">&ndash;</span></td>`;
  const { status, code } = target;
  const words = html`<span aria-hidden="true">${GLYPHS[status]}</span> ${wordsFor(status, code)}`;
  const content = id === undefined ? html`<span>${words}</span>` : html`<a href="#${id}">${words}</a>`;
  return html`<td class="cell ${status}">${content}</td>`;
}

function wordsFor(status: Status, code: string): string {
  return code === '' ? status : code;
}
