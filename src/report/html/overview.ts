import type { Code, Status } from '../../model/codes.ts';
import { type Html, html } from '../escape/html.ts';
import type { Report } from '../report.ts';
import { badge, grouped } from './components.ts';
import type { Contents, Explained } from './model.ts';

/** A code that was found, and at how many targets. */
export interface Found {
  readonly code: Code;
  readonly status: Status;
  readonly title: string;
  readonly times: number;
}

/** Every code that was found, the most frequent first. */
export function foundIn({ targets }: Pick<Report, 'targets'>): Found[] {
  const found = new Map<Code, Found>();
  for (const { findings } of targets) {
    // Of several addresses, each may have the same.
    for (const { code, status, title } of new Map(findings.map((one) => [one.code, one])).values()) {
      const times = (found.get(code)?.times ?? 0) + 1;
      found.set(code, { status, title, ...found.get(code), code, times });
    }
  }
  return [...found.values()].sort((a, b) => b.times - a.times);
}

/** What was found at how many of several targets, and where it is explained. */
export function overview(found: readonly Found[], contents: Contents): Html | null {
  if (found.length === 0) return null;
  return html`
    <section aria-labelledby="found">
      <h2 id="found">What was found</h2>
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Finding</th>
            <th scope="col">Targets</th>
          </tr>
        </thead>
        <tbody>${found.map((one) => row(one, contents.explainedAt.get(one.code)))}</tbody>
      </table>
    </section>`;
}

/** `at`: where the finding is explained, if it is. */
function row({ code, status, title, times }: Found, at: Explained | undefined): Html {
  return html`
    <tr>
      <td>${badge(status)}</td>
      <th scope="row">
        ${at ? html`<a href="#${at.id}">${title}</a>` : html`<span>${title}</span>`} <code>${code}</code>
      </th>
      <td class="number">${grouped(times)}</td>
    </tr>`;
}
