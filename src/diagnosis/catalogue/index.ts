import { CODES, type Code } from '../../model/codes.ts';
import { firstLine } from '../../shared/text.ts';
import type { FactsOf, Finding } from '../findings.ts';
import { meaningOf } from '../refusals.ts';
import * as login from './auth.ts';
import * as blocked from './blocked.ts';
import * as certificate from './certificate.ts';
import { withoutTryAgain } from './commands.ts';
import * as conversation from './conversation.ts';
import { type Advice, cure, type Entry, PLACES, type Place, type Remedy, type Subject } from './entry.ts';
import * as envelope from './envelope.ts';
import * as greeting from './greeting.ts';
import { IMPACT } from './impact.ts';
import { WORDS } from './meanings.ts';
import * as mx from './mx.ts';
import * as network from './network.ts';
import { adviceOn } from './provider-advice.ts';
import * as proxy from './proxy.ts';
import * as setup from './setup.ts';
import * as tls from './tls.ts';

/** What every code says to people. A code without an entry does not compile. */
export const CATALOGUE: { readonly [C in Code]: Entry<FactsOf[C]> } = {
  'not-configured': setup.notConfigured,
  'input-invalid': setup.inputInvalid,
  'dns-not-found': network.dnsNotFound,
  'dns-no-address': network.dnsNoAddress,
  'dns-unavailable': network.dnsUnavailable,
  'mx-not-found': mx.mxNotFound,
  'mx-null': mx.mxNull,
  'proxy-unreachable': proxy.proxyUnreachable,
  'proxy-auth-required': proxy.proxyAuthRequired,
  'proxy-refused': proxy.proxyRefused,
  'connect-refused': network.connectRefused,
  'connect-timeout': network.connectTimeout,
  'connect-unreachable': network.connectUnreachable,
  'connect-reset': network.connectReset,
  'connect-blocked': blocked.connectBlocked,
  'greeting-timeout': greeting.greetingTimeout,
  'greeting-closed': greeting.greetingClosed,
  'greeting-busy': greeting.greetingBusy,
  'greeting-refused': greeting.greetingRefused,
  'service-unavailable': conversation.serviceUnavailable,
  'not-smtp': greeting.notSmtp,
  'greeting-rewritten': greeting.greetingRewritten,
  'banner-mismatch': greeting.bannerMismatch,
  'tls-expected': greeting.tlsExpected,
  'plaintext-expected': tls.plaintextExpected,
  'connection-lost': conversation.connectionLost,
  'protocol-violation': conversation.protocolViolation,
  'protocol-deviation': conversation.protocolDeviation,
  'deadline-exceeded': conversation.deadlineExceeded,
  'ehlo-refused': conversation.ehloRefused,
  'client-refused': envelope.clientRefused,
  'capability-missing': conversation.capabilityMissing,
  'starttls-not-offered': tls.startTlsNotOffered,
  'starttls-refused': tls.startTlsRefused,
  'starttls-injection': tls.startTlsInjection,
  'tls-handshake-failed': tls.tlsHandshakeFailed,
  'tls-too-old': tls.tlsTooOld,
  'certificate-expired': certificate.certificateExpired,
  'certificate-not-yet-valid': certificate.certificateNotYetValid,
  'certificate-name-mismatch': certificate.certificateNameMismatch,
  'certificate-self-signed': certificate.certificateSelfSigned,
  'certificate-untrusted': certificate.certificateUntrusted,
  'certificate-weak': certificate.certificateWeak,
  'certificate-expiring': certificate.certificateExpiring,
  'auth-needs-tls': login.authNeedsTls,
  'auth-not-offered': login.authNotOffered,
  'auth-mechanism-missing': login.authMechanismMissing,
  'auth-rejected': login.authRejected,
  'auth-app-password-needed': login.authAppPasswordNeeded,
  'auth-disabled': login.authDisabled,
  'auth-unavailable': login.authUnavailable,
  'sender-refused': envelope.senderRefused,
  'recipient-refused': envelope.recipientRefused,
  'relay-denied': envelope.relayDenied,
  'envelope-deferred': envelope.envelopeDeferred,
  'queue-full': envelope.queueFull,
  slow: conversation.slow,
  'probe-crashed': setup.probeCrashed,
};

/** A finding put into words. */
export interface Explanation {
  readonly title: string;
  readonly message: string;
  /** Why it matters to who wants to send mail. */
  readonly impact: string;
  readonly evidence: string;
  readonly causes: readonly string[];
  /** What was seen to work, what removes the cause itself, then the runner's own place, what holds anywhere, the others. */
  readonly remedies: readonly Remedy[];
}

/** What a proxy between here and there can do as well as the server. */
const ALSO_BY_PROXY: ReadonlySet<Code> = new Set<Code>([
  'connect-reset',
  'greeting-timeout',
  'greeting-closed',
  'connection-lost',
  'deadline-exceeded',
]);

export function explain({ code, facts, unchecked, once }: Finding, subject: Subject, place: Place): Explanation {
  const entry = CATALOGUE[code] as Entry<typeof facts>;
  const asItIs = (text: string) =>
    once || !CODES[code].retryable ? withoutTryAgain(text, { login: once === true }) : text;
  const known = adviceOn(code, facts);
  const rank = ({ environment, first, proven }: Advice) =>
    proven ? -2 : first ? -1 : environment === place ? 0 : environment === 'any' ? 1 : 2 + PLACES.indexOf(environment);
  return {
    title: entry.title,
    message: `${entry.message(facts, subject)}${sayRefusedHello(facts)}${sayUnchecked(code, unchecked)}`,
    impact: IMPACT[code],
    evidence: `${entry.evidence(facts)}${sayRefusedHello(facts)}`,
    causes: [
      ...(known?.causes ?? []),
      ...(helloRefused(facts)
        ? ['The server refused EHLO and accepted HELO, which offers nothing (RFC 5321 §4.1.1.1).']
        : []),
      ...entry.causes(facts, subject),
      ...(subject.proxy && ALSO_BY_PROXY.has(code)
        ? [`The proxy ${subject.proxy} opened the connection, and then ended it or held it up itself.`]
        : []),
    ],
    remedies: [...(known?.remedies ?? []), ...mendHello(facts, subject), ...entry.remedies(facts, subject)]
      .sort((a, b) => rank(a) - rank(b))
      .map(({ environment, text, commands }) => ({ environment, text: asItIs(text), commands })),
  };
}

/** What EHLO was refused with, behind which nothing could be offered. */
const helloRefused = (facts: Finding['facts']): string | null =>
  'ehloRefused' in facts && typeof facts.ehloRefused === 'string' ? facts.ehloRefused : null;

function sayRefusedHello(facts: Finding['facts']): string {
  const refused = helloRefused(facts);
  return refused === null ? '' : ` (EHLO was refused with "${firstLine(refused)}", and HELO offers nothing)`;
}

function mendHello(facts: Finding['facts'], subject: Subject): Advice[] {
  const refused = helloRefused(facts);
  if (refused === null) return [];
  const meaning = meaningOf(refused, 'ehlo');
  if (meaning === 'ehlo-name') return [WORDS['ehlo-name'].remedy({ address: '', subject })];
  return [
    cure(
      'Have the server’s operator see why it refuses EHLO, without which it offers neither logins nor anything else.',
    ),
  ];
}

/** Why a finding counts that is ignored. */
function sayUnchecked(code: Code, steps: Finding['unchecked']): string {
  if (steps === undefined) return '';
  return ` (\`ignore: ${code}\` does not cover it, because what was asked for was not checked: ${steps.join(', ')})`;
}
