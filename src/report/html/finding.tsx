import type { Place, Remedy } from '../../diagnosis/catalogue/entry.ts';
import { PLACE_NAMES } from '../account.ts';
import { MOST_LINES } from '../firsts.ts';
import type { ReportFinding } from '../report.ts';
import { Badge, Commands, grouped, Link, Prose } from './parts.tsx';
import type { Explained } from './shown.ts';

/** A finding: what was seen, why, what to do, how to check it. */
export function Finding(props: {
  readonly finding: ReportFinding;
  readonly place: Place;
  /** Whether its message already stands above it. */
  readonly said: boolean;
  /** Where causes and remedies are, when they are not here. */
  readonly elsewhere: Explained | 'nowhere' | null;
}) {
  const { finding, place, said, elsewhere } = props;
  const { code, status, title, message, impact, evidence, verify, docs, ignored } = finding;
  return (
    <section class="finding">
      <h4>
        <Badge status={status} /> {title} <code>{code}</code>
        {ignored && <span class="faint"> (ignored)</span>}
      </h4>
      {!said && (
        <p>
          <Prose text={message} />
        </p>
      )}
      <h5>Seen</h5>
      <pre>
        <code>{evidence}</code>
      </pre>
      {elsewhere === null && (
        <p>
          <strong>Why it matters:</strong> {impact}
        </p>
      )}
      {elsewhere === null ? (
        <Explanation finding={finding} place={place} />
      ) : (
        <p>
          {elsewhere === 'nowhere' ? (
            'Causes and remedies are in the JSON report.'
          ) : (
            <>
              Causes and remedies are those of <a href={`#${elsewhere.id}`}>{elsewhere.label}</a>.
            </>
          )}
        </p>
      )}
      <h5>To check the fix</h5>
      <Commands lines={[verify]} />
      {(elsewhere === null || elsewhere === 'nowhere') && (
        <p>
          <Link href={docs}>
            More about <code>{code}</code>
          </Link>
        </p>
      )}
    </section>
  );
}

function Explanation({
  finding: { causes, remedies },
  place,
}: {
  readonly finding: ReportFinding;
  readonly place: Place;
}) {
  const mine = remedies.filter(({ environment }) => environment === place || environment === 'any');
  const others = remedies.filter((remedy) => !mine.includes(remedy));
  return (
    <>
      <h5>{causes.length === 1 ? 'Likely cause' : 'Likely causes, the likeliest first'}</h5>
      <ol>
        {causes.slice(0, MOST_LINES).map((cause) => (
          <li>
            <Prose text={cause} />
          </li>
        ))}
      </ol>
      <More of={causes} />
      <h5>What to do</h5>
      <Remedies remedies={mine} />
      <More of={mine} />
      {others.length > 0 && (
        <details class="others">
          <summary>On other kinds of runner</summary>
          <Remedies remedies={others} />
        </details>
      )}
    </>
  );
}

function More({ of }: { readonly of: readonly unknown[] }) {
  if (of.length <= MOST_LINES) return null;
  return <p>{grouped(of.length - MOST_LINES)} more in the JSON report.</p>;
}

function Remedies({ remedies }: { readonly remedies: readonly Remedy[] }) {
  return (
    <ul class="remedies">
      {remedies.slice(0, MOST_LINES).map(({ environment, text, commands }) => (
        <li>
          <p>
            {environment !== 'any' && <strong>{PLACE_NAMES[environment]}: </strong>}
            <Prose text={text} />
          </p>
          {commands.length > 0 && <Commands lines={commands} />}
        </li>
      ))}
    </ul>
  );
}
