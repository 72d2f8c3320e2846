import type { Code, Status } from '../../codes.ts';
import type { Report } from '../report.ts';
import { Badge, grouped } from './parts.tsx';
import type { Contents } from './shown.ts';

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
export function Overview({ found, contents }: { readonly found: readonly Found[]; readonly contents: Contents }) {
  if (found.length === 0) return null;
  return (
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
        <tbody>
          {found.map(({ code, status, title, times }) => (
            <tr>
              <td>
                <Badge status={status} />
              </td>
              <th scope="row">
                <Explained title={title} at={contents.explainedAt.get(code)} /> <code>{code}</code>
              </th>
              <td class="number">{grouped(times)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A finding’s title, which leads to where it is explained. */
function Explained({ title, at }: { readonly title: string; readonly at: { readonly id: string } | undefined }) {
  return at ? <a href={`#${at.id}`}>{title}</a> : <span>{title}</span>;
}
