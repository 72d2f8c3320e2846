import type { Code, Fault } from '../../model/codes.ts';
import type { AddressAttempt } from '../../model/observation.ts';
import { sayMs } from '../../shared/text.ts';
import { type Html, html } from '../escape/html.ts';
import { formatFault } from '../fault.ts';
import type { ReportTarget, ReportTls } from '../report.ts';
import { formatVerified, type View } from '../view.ts';
import { badge, count, day, fact, prose } from './components.ts';
import { findingSection } from './finding.ts';
import { BRIEF_FINDINGS, type Scale, type Shown } from './model.ts';
import { hopTable, stepTable, strip } from './timeline.ts';
import { conversation } from './transcript.ts';

/** What a target refers to beyond itself. */
export interface Setting {
  readonly scale: Scale;
  readonly place: View['place'];
  /** The codes that are explained in a section of their own. */
  readonly explained: { has(code: Code): boolean };
  /** Whether the list has targets of several vantage points, which a filter tells apart. */
  readonly isMatrix: boolean;
}

/** A vantage point as a word that is none of the codes. */
export function placeWord(vantage: string): string {
  return `@${encodeURIComponent(vantage)}`;
}

/** A fault as a word that is none of the codes. */
export function faultWord(fault: Fault): string {
  return `!${fault}`;
}

/** A target: a row of the list that opens. `said`: whether its message is the verdict, which stands above it. */
export function targetRow(shown: Shown, said: boolean, { scale, place, explained, isMatrix }: Setting): Html {
  const { target, id, detail, open } = shown;
  const brief = detail === 'brief';
  const { status, findings, steps, message, transcript, vantage, delivery } = target;
  // The filters look for these words: codes, faults, and of several vantage points the target's own.
  const faults = findings.flatMap(({ fault, ignored }) => (ignored ? [] : [faultWord(fault)]));
  const words = [...findings.map(({ code }) => code), ...faults, ...(isMatrix ? [placeWord(vantage)] : [])];
  const codes = [...new Set<string>(words)].join(' ');
  const told = brief ? findings.slice(0, BRIEF_FINDINGS) : findings;
  const left = findings.length - told.length;
  const sections = told.map((finding) =>
    findingSection(finding, {
      place,
      said: message.startsWith(finding.message),
      help: brief ? 'none' : explained.has(finding.code) ? 'folded' : 'open',
      hasSection: explained.has(finding.code),
    }),
  );
  return html`
    <details class="target" id="${id}" data-status="${status}" data-codes="${codes}"${open && ' open'}>
      <summary>
        ${badge(status)}
        <span class="name"><h3>${target.target.label}</h3>${essence(target)}</span>
        ${steps.length > 0 && strip(steps, scale)}
        ${latency(target)}
      </summary>
      <div class="body">
        ${!said && html`<p class="message">${prose(message)}</p>`}
        ${sections}
        ${left > 0 && html`<p>${count(left, 'more finding')} in the JSON report.</p>`}
        ${facts(target, brief)}
        ${!brief && steps.length > 0 && stepTable(steps, scale)}
        ${!brief && delivery && delivery.hops.length > 0 && hopTable(delivery.hops)}
        ${!brief && transcript.length > 0 && conversation(transcript)}
      </div>
    </details>`;
}

/** What became of a target, in a few words. */
function essence({ code, findings, latencyMs, delivery }: ReportTarget): Html {
  const finding = findings.find((one) => one.code === code) ?? findings[0];
  if (!finding) {
    const said = delivery?.verdict ?? (latencyMs === null ? 'passes' : 'greets as it should');
    return html`<span class="essence faint">${said}</span>`;
  }
  const more = findings.length > 1 && ` and ${findings.length - 1} more`;
  return html`<span class="essence">${formatFault(finding)}: ${finding.title} <code>${finding.code}</code>${more}</span>`;
}

function latency({ latencyMs }: ReportTarget): Html {
  return latencyMs === null
    ? html`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`
    : html`<span class="latency"><span class="hidden">greeted after </span>${sayMs(latencyMs)}</span>`;
}

function facts({ target, ...seen }: ReportTarget, brief: boolean): Html {
  const { address, localAddress, addresses, banner, latencyMs, tls, capabilities, attempts, durationMs, delivery } =
    seen;
  const others = addresses.filter(({ outcome }) => outcome !== 'connected');
  const offers = capabilities ?? [];
  return html`
    <dl class="facts">
      ${fact('Address', address && address !== target.host && html`<code>${address}</code>`)}
      ${fact('Connected from', localAddress && html`<code>${localAddress}</code>`)}
      ${fact('Not connected', others.length > 0 && others.map(unconnected))}
      ${fact('Greeting', banner && html`<code>${banner}</code>`)}
      ${fact('Time to greeting', !brief && latencyMs !== null && sayMs(latencyMs))}
      ${fact('TLS', tls && `${tls.protocol}, ${tls.cipher}, ${formatVerified(tls.authorized)}`)}
      ${fact('Certificate', tls && certificate(tls))}
      ${fact('Offers', offers.length > 0 && offers.map((line) => html`<code>${line}</code> `))}
      ${(delivery?.shown ?? []).map(([label, text]) => fact(capitalised(label), html`<code>${text}</code>`))}
      ${fact('Attempts', attempts !== 1 && `${attempts} in ${sayMs(durationMs)}`)}
    </dl>`;
}

function capitalised(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function unconnected({ address, outcome, errno, tookMs }: AddressAttempt): Html {
  return html`<span class="line"><code>${address}</code> ${errno ?? outcome} after ${sayMs(tookMs)}</span>`;
}

function certificate({ subject, issuer, validFrom, validTo, daysLeft }: ReportTls): Html {
  const days = html`${dayOrNone(validFrom)} to ${dayOrNone(validTo)} (${sayLeft(daysLeft)})`;
  return html`<code>${subject}</code> by <code>${issuer}</code>, ${days}`;
}

function dayOrNone(iso: string | null): Html | string {
  return iso === null ? '(unreadable)' : day(iso);
}

/** Whole days until a certificate expires, or since it has; `null` where its dates cannot be read. */
export function sayLeft(days: number | null): string {
  if (days === null) return 'unknown';
  if (days >= 0) return `${count(days, 'day')} left`;
  // The end of a day that has begun counts as a day: -1 is less than a day ago.
  return days === -1 ? 'expired today' : `expired ${count(-days - 1, 'day')} ago`;
}
