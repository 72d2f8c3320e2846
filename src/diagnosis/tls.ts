import type { Status } from '../model/codes.ts';
import {
  type Certificate,
  DAY_MS,
  type End,
  earliestEnd,
  isNotTls,
  type Observation,
  type TlsSession,
} from '../model/observation.ts';
import { type Hello, offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { decidingPart, isYes, replyText } from '../smtp/reply.ts';
import type { Expectations } from './expectations.ts';
import { type Finding, finding } from './findings.ts';

const TOO_OLD = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|INAPPROPRIATE_FALLBACK/;

/** Replies that refuse (RFC 5321 §4.2.1), and nothing else. */
const REFUSES = /^(?:[45]\d\d(?:[ -][^\n]*)?(?:\r?\n|$))+$/;

/** What kept TLS from coming about, or ended it; `null` when the end has nothing to do with TLS. */
export function handshakeFailure(
  end: End,
  { plainLook: look, starttls }: Observation,
  { tlsMinVersion }: Expectations,
): Finding | null {
  if (end.kind === 'injected') return plaintextFailure(end.heard);
  if (end.kind === 'handshake') {
    const { errno, reason } = end;
    if (TOO_OLD.test(errno)) return finding('tls-too-old', { errno, minVersion: tlsMinVersion });
    // What is not TLS behind STARTTLS is plaintext behind its 220.
    if (starttls && isNotTls(end)) return finding('starttls-injection', { heard: '' });
    return finding('tls-handshake-failed', { errno, reason, look });
  }
  // With TLS 1.3, a server refuses our certificate, or the lack of one, only after the handshake.
  if (end.kind === 'reset' && /SSL|EPROTO/.test(end.errno)) {
    return finding('tls-handshake-failed', { errno: end.errno, reason: '', look });
  }
  if (end.step !== 'tls' || (end.kind !== 'closed' && end.kind !== 'reset')) return null;
  const errno = end.kind === 'reset' ? end.errno : 'closed';
  return finding('tls-handshake-failed', {
    errno,
    reason: `the server ${end.kind === 'reset' ? 'reset' : 'closed'} the connection`,
    look,
  });
}

/** Plaintext behind the 220 to STARTTLS. Some servers say 220, find that they have no TLS, and say so: that is a refusal. */
function plaintextFailure(heard: string): Finding {
  return REFUSES.test(heard) ? finding('starttls-refused', { reply: heard }) : finding('starttls-injection', { heard });
}

/** What EHLO was refused with, where only HELO was accepted, which offers nothing. */
export function refusedHello(hello: Hello | null): { ehloRefused?: string } {
  return hello?.refused ? { ehloRefused: replyText(decidingPart(hello.refused)) } : {};
}

/** STARTTLS that was wanted and did not come about. */
export function startTlsOf({ starttls, ehlo, tls }: Observation, { asksForTls }: Expectations): Finding[] {
  if (!starttls || tls) return [];
  const { offered, reply } = starttls;
  if (!offered) {
    if (!asksForTls || !ehlo || !isYes(ehlo.reply, 250)) return [];
    const facts = { offered: sayCapabilities(offeredBy(ehlo)), ...refusedHello(ehlo) };
    return [finding('starttls-not-offered', facts)];
  }
  if (!reply || isYes(reply, 220) || reply.code === 421) return [];
  const text = replyText(decidingPart(reply));
  if (reply.code >= 400) return [finding('starttls-refused', { reply: text })];
  const what = `STARTTLS was answered with ${reply.code} instead of 220`;
  return [finding('protocol-violation', { step: 'starttls', what, text })];
}

/** What is wrong with the certificate; with `tls: auto`, problems only warn. */
export function certificateOf({ tls }: Observation, wanted: Expectations): Finding[] {
  if (!tls) return [];
  const status: Status = wanted.tls === 'auto' ? 'warn' : 'fail';
  const leaf = tls.chain[0];
  if (!leaf) return wanted.tlsVerify ? [withoutCertificate(tls, status)] : [];
  const faults = wanted.tlsVerify
    ? [...dateFaults(tls, status, wanted), ...trustFaults(tls, leaf, status)]
    : [...dateFaults(tls, 'warn', wanted), ...unreadableDates(tls, 'warn')];
  // What OpenSSL holds against the chain is never passed over, for example an authority of our own that has expired.
  if (wanted.tlsVerify && tls.chainError !== null && faults.length === 0) {
    faults.push(finding('certificate-untrusted', { certificate: leaf, name: tls.name, errno: tls.chainError }, status));
  }
  return faults.some(({ code }) => code === 'certificate-expired') ? faults : [...faults, ...expiry(tls, wanted)];
}

/** TLS with an anonymous cipher, or with a certificate of which nothing can be read, proves nothing of the server. */
function withoutCertificate({ chainError }: TlsSession, status: Status): Finding {
  const errno = chainError ?? 'NO_CERTIFICATE';
  return finding('tls-handshake-failed', { errno, reason: 'the server sent no certificate', look: null }, status);
}

function dateFaults(
  { chain, chainError, at, name }: TlsSession,
  status: Status,
  { certificateFailDays }: Expectations,
): Finding[] {
  // An old certificate that nobody needs may well have been sent: OpenSSL says whether it matters.
  const judged = chainError === null ? chain.slice(0, 1) : chain;
  const expired = judged.find(({ validTo }) => validTo < at);
  const early = judged.find(({ validFrom }) => validFrom > at);
  // Who says how many days have to be left asks about the end of what is not verified too.
  const late: Status = certificateFailDays > 0 ? 'fail' : status;
  return [
    ...(expired
      ? [finding('certificate-expired', { certificate: expired, name, daysAgo: days(+at - +expired.validTo) }, late)]
      : []),
    ...(early
      ? [
          finding(
            'certificate-not-yet-valid',
            { certificate: early, name, daysAhead: days(+early.validFrom - +at) },
            status,
          ),
        ]
      : []),
  ];
}

/** Dates that nobody can read: OpenSSL says so of a chain that it verifies, and they are no dates to be judged. */
function unreadableDates({ chain, chainError, name }: TlsSession, status: Status): Finding[] {
  const unreadable = (date: Date) => Number.isNaN(+date);
  const certificate = chain.find(({ validFrom, validTo }) => unreadable(validFrom) || unreadable(validTo));
  if (!certificate) return [];
  const field = unreadable(certificate.validFrom) ? 'BEFORE' : 'AFTER';
  const errno = isBadDate(chainError) ? String(chainError) : `ERROR_IN_CERT_NOT_${field}_FIELD`;
  return [finding('certificate-untrusted', { certificate, name, errno }, status)];
}

const isBadDate = (errno: string | null) => /^ERROR_IN_CERT_NOT_/.test(errno ?? '');

function trustFaults(
  { chain, chainError, anchored, weak, named, name }: TlsSession,
  certificate: Certificate,
  status: Status,
): Finding[] {
  const alone = chain.length === 1 && certificate.subject === certificate.issuer && !isBadDate(chainError);
  const errno = chainError ?? '';
  const trust = alone
    ? finding('certificate-self-signed', { certificate, name }, status)
    : finding('certificate-untrusted', { certificate, name, errno }, status);
  return [
    ...(anchored ? [] : [trust]),
    ...weakness({ weak, chainError, name }, certificate, status),
    ...(named ? [] : [finding('certificate-name-mismatch', { certificate, name }, status)]),
  ];
}

const TOO_WEAK = /_TOO_(?:WEAK|SMALL)$/;

function weakness(
  { weak, chainError, name }: Pick<TlsSession, 'weak' | 'chainError' | 'name'>,
  certificate: Certificate,
  status: Status,
): Finding[] {
  if (weak) return [finding('certificate-weak', { ...weak, name }, status)];
  if (chainError === null || !TOO_WEAK.test(chainError)) return [];
  const what = chainError.includes('MD_TOO_WEAK') ? 'a signature with an old digest' : 'a short key';
  return [finding('certificate-weak', { certificate, name, errno: chainError, weakness: what }, status)];
}

/** The earliest end of the chain against the limits in days. */
function expiry(tls: TlsSession, { certificateWarnDays, certificateFailDays }: Expectations): Finding[] {
  const end = earliestEnd(tls);
  if (!end) return [];
  const { daysLeft, certificate } = end;
  const facts = { certificate, name: tls.name, daysLeft };
  if (daysLeft < certificateFailDays) {
    return [
      finding(
        'certificate-expiring',
        { ...facts, limit: certificateFailDays, option: 'certificate-fail-days' },
        'fail',
      ),
    ];
  }
  if (daysLeft >= certificateWarnDays) return [];
  return [finding('certificate-expiring', { ...facts, limit: certificateWarnDays, option: 'certificate-warn-days' })];
}

function days(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
