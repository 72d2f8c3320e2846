import type { MailDomainSeen, TlsaRecord, TlsaSeen, TxtSeen } from '../model/mail-domain.ts';
import type { Certificate, Observation, TlsSession } from '../model/observation.ts';
import { matchesPattern, type Policy, parsePolicy, readStsRecords } from '../smtp/policy/mta-sts.ts';
import { readTlsRptRecords } from '../smtp/policy/tls-rpt.ts';
import { judge } from './diagnose.ts';
import type { Expectations } from './expectations.ts';
import { type FactsOf, type Finding, finding } from './findings.ts';

/** A policy that strict senders apply, and whose it is. */
export interface PolicyOf extends Policy {
  readonly domain: string;
  readonly id: string;
  /** The id to publish with a policy that is changed now. */
  readonly nextId: string;
}

/** The policy that senders apply to a domain; `null` where there is none, or none that anybody can use. */
export function policyOf({ domain, sts, policy, at }: MailDomainSeen): PolicyOf | null {
  if (sts.kind !== 'records' || policy?.kind !== 'document') return null;
  const record = readStsRecords(sts.records);
  const read = parsePolicy(policy.text).policy;
  return record.kind === 'valid' && read
    ? { ...read, domain, id: record.fields.get('id') ?? '', nextId: newId(at) }
    : null;
}

/** Whether a policy says something about MX hosts: with `mode: none` it does not. */
export function isInForce({ mode }: PolicyOf): boolean {
  return mode !== 'none';
}

/** What is wrong with what a domain publishes, whatever its MX hosts do; `hosts` are their names, by preference. */
export function domainFindings(seen: MailDomainSeen, hosts: readonly string[]): Finding[] {
  return [...stsRecordOf(seen, hosts), ...policyFindings(seen, hosts), ...tlsRptOf(seen)];
}

function stsRecordOf({ domain, sts, at }: MailDomainSeen, hosts: readonly string[]): Finding[] {
  if (sts.kind === 'unavailable') {
    return [finding('mta-sts-policy-unavailable', { domain, failure: { kind: 'no-record', errno: sts.errno }, hosts })];
  }
  const read = readStsRecords(recordsIn(sts));
  if (read.kind !== 'invalid') return [];
  return [
    finding('mta-sts-record-invalid', { domain, records: recordsIn(sts), problems: read.problems, id: newId(at) }),
  ];
}

/** An id that was not used before (RFC 8461 §3.1): the date and time. */
function newId(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 14);
}

function policyFindings({ domain, policy, at }: MailDomainSeen, hosts: readonly string[]): Finding[] {
  if (policy === null) return [];
  if (policy.kind !== 'document') return [finding('mta-sts-policy-unavailable', { domain, failure: policy, hosts })];
  const { contentType, text } = policy;
  const read = parsePolicy(text);
  const problems = [...read.problems, ...typeProblems(contentType)];
  if (problems.length === 0) return [];
  const mode = read.policy?.mode ?? null;
  const facts = { domain, problems, mode, text: text.slice(0, 500), hosts, id: newId(at) };
  return [finding('mta-sts-policy-invalid', facts)];
}

/** RFC 8461 §3.2: the media type has to be `text/plain`, whatever its parameters. */
function typeProblems(contentType: string | null): string[] {
  if (contentType === null) return ['it is sent without a Content-Type, and text/plain is needed'];
  if (/^\s*text\/plain\s*(?:;|$)/i.test(contentType)) return [];
  return [`it is sent as ${JSON.stringify(contentType.slice(0, 80))}, and not as text/plain`];
}

function tlsRptOf({ domain, tlsRpt }: MailDomainSeen): Finding[] {
  const read = readTlsRptRecords(recordsIn(tlsRpt));
  if (read.kind !== 'invalid') return [];
  return [finding('tls-rpt-invalid', { domain, records: recordsIn(tlsRpt), problems: read.problems })];
}

const recordsIn = (txt: TxtSeen): readonly string[] => (txt.kind === 'records' ? txt.records : []);

/** An MX host whose name is in no pattern: a strict sender does not deliver to it (RFC 8461 §4.1). */
export function mismatchOf(policy: PolicyOf, host: string, hosts: readonly string[]): Finding[] {
  const { domain, mode, mx, nextId: id } = policy;
  if (!isInForce(policy) || mx.some((pattern) => matchesPattern(host, pattern))) return [];
  return [finding('mta-sts-mx-mismatch', { domain, mode, host, patterns: mx, hosts, id }, statusIn(policy))];
}

const statusIn = ({ mode }: PolicyOf) => (mode === 'testing' ? 'warn' : 'fail');

/**
 * What a strict sender meets at an MX host (RFC 8461 §4.2), from a conversation up to STARTTLS and TLS with the host's
 * own name, and what such a sender wants. Of several policies the strictest decides. A conversation that ended for another reason leaves open what it would be.
 */
export function certificateUnder(policies: readonly PolicyOf[], seen: Observation, wanted: Expectations): Finding[] {
  const strictest = policies.find(({ mode }) => mode === 'enforce') ?? policies.find(isInForce);
  if (!strictest) return [];
  const found = judge(seen, wanted, () => false);
  const because = found.find(isAboutTls) ?? (seen.tls ? undefined : whyNotSeen(found));
  if (!because) return found.filter(({ code }) => code === 'certificate-expiring');
  const { domain, mode, nextId: id } = strictest;
  const others = policies.filter((one) => isInForce(one) && one !== strictest).map((one) => one.domain);
  const facts: FactsOf['mta-sts-certificate'] = { domain, others, mode, because, id };
  return [finding('mta-sts-certificate', facts, isAboutTls(because) ? statusIn(strictest) : 'warn')];
}

/** What kept TLS from being seen; an internal error where nothing did. */
function whyNotSeen(found: readonly Finding[]): Finding {
  const error = 'TLS was neither seen nor judged';
  return found.find(({ status }) => status === 'fail') ?? found[0] ?? finding('probe-crashed', { error });
}

/** Whether a finding is a reason for a strict sender not to deliver: TLS cannot be had, or does not prove the name. */
export function isAboutTls({ code, status }: Finding): boolean {
  return status === 'fail' && /^(?:starttls-|tls-(?:handshake|too)|certificate-)/.test(code);
}

/**
 * TLSA records of an MX host, and whether the certificate that it shows matches one of them. That is all that can be
 * said: a sender applies them only where DNSSEC proves them (RFC 7672 §2.2), and that is not seen from here.
 */
export function daneOf(domain: string, host: string, tlsa: TlsaSeen, tls: TlsSession | null): Finding[] {
  if (tlsa.kind !== 'records') return [];
  const { records, more } = tlsa;
  return [finding('dane-unverified', { domain, host, records, more, match: matchOf(records, tls) })];
}

/** RFC 7672 §3.1: DANE-TA names an authority of the chain, DANE-EE the server's own certificate. */
const [DANE_TA, DANE_EE] = [2, 3];

function matchOf(records: readonly TlsaRecord[], tls: TlsSession | null): FactsOf['dane-unverified']['match'] {
  const usable = records.filter(({ usage }) => usage === DANE_TA || usage === DANE_EE);
  if (usable.length === 0) return 'not-usable';
  if (!tls?.chain[0]?.digests) return 'not-seen';
  const { chain } = tls;
  const isMatch = (record: TlsaRecord) =>
    (record.usage === DANE_EE ? chain.slice(0, 1) : chain).some((certificate) => isNamedBy(certificate, record));
  return usable.some(isMatch) ? 'matches' : 'differs';
}

function isNamedBy({ digests }: Certificate, { selector, matchingType, data }: TlsaRecord): boolean {
  const of = selector === 0 ? digests?.whole : selector === 1 ? digests?.key : undefined;
  if (!of) return false;
  // Of all of it (0), the reader keeps the SHA-256.
  return (matchingType === 2 ? of.sha512 : matchingType <= 1 ? of.sha256 : null) === data.toLowerCase();
}
