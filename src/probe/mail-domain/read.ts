import type { promises } from 'node:dns';
import type { MailDomainSeen, TlsaRecord, TlsaSeen, TxtSeen } from '../../model/mail-domain.ts';
import { readStsRecords } from '../../smtp/policy/mta-sts.ts';
import { type Answer, answerTo, type QueryOptions, query, TIMEOUT } from '../dns/query.ts';
import type { Plan } from '../plan.ts';
import type { ProbeIo } from '../probe.ts';
import { fetchPolicy } from './fetch-policy.ts';
import { redactMailDomain } from './redact.ts';

/** How many records are kept. */
const MOST_RECORDS = 16;
/** The port that mail is relayed to (RFC 5321 §4.5.4.2), as TLSA records name it (RFC 7672 §3.1). */
const TLSA_PREFIX = '_25._tcp.';

/** The world of a reading: that of a probe, and the DNS servers to ask instead of the system's. */
export type ReadingIo = ProbeIo & Pick<QueryOptions, 'servers'>;

/**
 * What a domain publishes for strict senders: its MTA-STS record, the policy where exactly one valid record says that
 * there is one (RFC 8461 §3.1), and its TLS-RPT record. `plan` is about the policy host: its limits, proxy and
 * authorities. Whatever the network does is in the result; a throw is an internal error.
 */
export async function readMailDomain(domain: string, plan: Plan, io: ReadingIo): Promise<MailDomainSeen> {
  const name = domain.replace(/\.$/, '');
  const { timeoutMs } = plan;
  const options = { timeoutMs, clock: io.clock, ...(io.servers && { servers: io.servers }) };
  const readPolicy = async () => {
    const sts = await lookUpTxt(`_mta-sts.${name}`, options);
    return { sts, policy: isAskedFor(sts) ? await fetchPolicy(plan, io) : null };
  };
  const [{ sts, policy }, tlsRpt] = await Promise.all([readPolicy(), lookUpTxt(`_smtp._tls.${name}`, options)]);
  const seen = { domain: name, sts, policy, tlsRpt, at: io.clock.date() };
  return redactMailDomain(seen, plan.secrets);
}

function isAskedFor(sts: TxtSeen): boolean {
  return sts.kind === 'records' && readStsRecords(sts.records).kind === 'valid';
}

async function lookUpTxt(name: string, options: QueryOptions): Promise<TxtSeen> {
  const answer = await query((resolver) => answerTo(resolver.resolveTxt(name)), options);
  if (answer === null) return { kind: 'unavailable', errno: TIMEOUT };
  if (answer.kind === 'unavailable') return answer;
  // A record is its strings one behind the other (RFC 8461 §3.1).
  const records = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
  if (records.length === 0) return { kind: 'none' };
  return { kind: 'records', records: records.slice(0, MOST_RECORDS) };
}

/** A TLSA record as Node has it from 22.15 on. */
interface NodeTlsa {
  readonly certUsage: number;
  readonly selector: number;
  readonly match: number;
  readonly data: ArrayBuffer;
}

type TlsaResolver = { resolveTlsa?: (name: string) => Promise<NodeTlsa[]> };

/** The TLSA records of a host's port 25 (RFC 7672); nothing is known of DNSSEC. */
export async function lookUpTlsa(host: string, options: QueryOptions): Promise<TlsaSeen> {
  const ask = async (resolver: promises.Resolver): Promise<Answer<NodeTlsa> | 'not-asked'> => {
    const asking = resolver as TlsaResolver;
    return asking.resolveTlsa ? answerTo(asking.resolveTlsa(`${TLSA_PREFIX}${host}`)) : 'not-asked';
  };
  const answer = await query(ask, options);
  if (answer === 'not-asked') return { kind: 'not-asked' };
  if (answer?.kind !== 'records' || answer.records.length === 0) return { kind: 'none' };
  const { createHash } = await import('node:crypto');
  const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  const records = answer.records.slice(0, MOST_RECORDS).map((record) => readTlsa(record, digest));
  return { kind: 'records', records, more: answer.records.length - records.length };
}

function readTlsa({ certUsage, selector, match, data }: NodeTlsa, digest: (data: Buffer) => string): TlsaRecord {
  const bytes = Buffer.from(data);
  // A whole certificate or key may be long, and is compared by its digest.
  const hex = match === 0 ? digest(bytes) : bytes.subarray(0, 64).toString('hex');
  return { usage: certUsage, selector, matchingType: match, data: hex };
}
