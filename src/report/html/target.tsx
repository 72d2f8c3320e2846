import type { Place } from '../../diagnosis/catalogue/entry.ts';
import type { AddressAttempt } from '../../observation.ts';
import { sayMs } from '../../words.ts';
import type { ReportTarget, ReportTls } from '../report.ts';
import { Finding } from './finding.tsx';
import { Badge, count, Day, Fact, Prose } from './parts.tsx';
import { type Explained, isBrief, ROW_FINDINGS, type Scale, type Shown } from './shown.ts';
import { Steps, Strip } from './timeline.tsx';
import { Transcript } from './transcript.tsx';

/** A target: a row of the list that opens. */
export function Target(props: {
  readonly shown: Shown;
  /** Whether its message is the verdict, which stands above it. */
  readonly said: boolean;
  readonly scale: Scale;
  readonly place: Place;
  readonly explainedAt: ReadonlyMap<string, Explained>;
}) {
  const { shown, scale, place, said, explainedAt } = props;
  const { target, id, detail, open } = shown;
  const { status, findings, steps, message, transcript, latencyMs } = target;
  const codes = [...new Set(findings.map(({ code }) => code))].join(' ');
  const told = detail === 'row' ? findings.slice(0, ROW_FINDINGS) : findings;
  return (
    <details class="target" id={id} data-status={status} data-codes={codes} open={open}>
      <summary>
        <Badge status={status} />
        <span class="name">
          <h3>{target.target.label}</h3>
          <Essence target={target} />
        </span>
        {steps.length > 0 && <Strip steps={steps} scale={scale} />}
        <span class="latency">
          <span class="hidden">{latencyMs === null ? 'no greeting' : 'greeted after '}</span>
          {latencyMs === null ? <span aria-hidden="true">–</span> : sayMs(latencyMs)}
        </span>
      </summary>
      <div class="body">
        {!said && (
          <p class="message">
            <Prose text={message} />
          </p>
        )}
        {told.map((finding) => (
          <Finding
            finding={finding}
            place={place}
            said={message.startsWith(finding.message)}
            elsewhere={isBrief(detail) ? (explainedAt.get(finding.code) ?? 'nowhere') : null}
          />
        ))}
        {told.length < findings.length && (
          <p>{count(findings.length - told.length, 'more finding')} in the JSON report.</p>
        )}
        <Facts target={target} brief={isBrief(detail)} />
        {!isBrief(detail) && steps.length > 0 && <Steps steps={steps} scale={scale} />}
        {detail === 'whole' && transcript.length > 0 && <Transcript lines={transcript} />}
      </div>
    </details>
  );
}

/** What became of a target, in a few words. */
function Essence({ target: { code, findings, latencyMs } }: { readonly target: ReportTarget }) {
  const finding = findings.find((one) => one.code === code) ?? findings[0];
  if (finding) {
    return (
      <span class="essence">
        {finding.title} <code>{finding.code}</code>
        {findings.length > 1 && ` and ${findings.length - 1} more`}
      </span>
    );
  }
  return <span class="essence faint">{latencyMs === null ? 'passes' : 'greets as it should'}</span>;
}

function Facts({ target, brief }: { readonly target: ReportTarget; readonly brief: boolean }) {
  const { address, addresses, banner, latencyMs, tls, capabilities, attempts, durationMs } = target;
  const others = addresses.filter(({ outcome }) => outcome !== 'connected');
  return (
    <dl class="facts">
      <Fact name="Address">{address && address !== target.target.host && <code>{address}</code>}</Fact>
      <Fact name="Not connected">{others.length > 0 && others.map((one) => <Unconnected attempt={one} />)}</Fact>
      <Fact name="Greeting">{banner && <code>{banner}</code>}</Fact>
      <Fact name="Time to greeting">{!brief && latencyMs !== null && sayMs(latencyMs)}</Fact>
      <Fact name="TLS">{tls && `${tls.protocol}, ${tls.cipher}, ${tls.authorized ? 'verified' : 'not verified'}`}</Fact>
      <Fact name="Certificate">{tls && <Certificate tls={tls} />}</Fact>
      <Fact name="Offers">
        {capabilities &&
          capabilities.length > 0 &&
          capabilities.map((line) => (
            <>
              <code>{line}</code>{' '}
            </>
          ))}
      </Fact>
      <Fact name="Attempts">{attempts !== 1 && `${attempts} in ${sayMs(durationMs)}`}</Fact>
    </dl>
  );
}

function Unconnected({ attempt: { address, outcome, errno, tookMs } }: { readonly attempt: AddressAttempt }) {
  return (
    <span class="line">
      <code>{address}</code> {errno ?? outcome} after {sayMs(tookMs)}
    </span>
  );
}

function Certificate({ tls: { subject, issuer, validFrom, validTo, daysLeft } }: { readonly tls: ReportTls }) {
  return (
    <>
      <code>{subject}</code> by <code>{issuer}</code>, <Day iso={validFrom} /> to <Day iso={validTo} /> (
      {sayLeft(daysLeft)})
    </>
  );
}

/** Whole days until a certificate expires, or since it has. */
export function sayLeft(days: number): string {
  if (days >= 0) return `${count(days, 'day')} left`;
  // The end of a day that has begun counts as a day: -1 is less than a day ago.
  return days === -1 ? 'expired today' : `expired ${count(-days - 1, 'day')} ago`;
}
