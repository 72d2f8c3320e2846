import type { GateIo } from '../../src/gate/retry.ts';
import type { MailDomainSeen, PolicySeen, TxtSeen } from '../../src/model/mail-domain.ts';

const AT = new Date('2026-01-01T00:00:00Z');
const NONE: TxtSeen = { kind: 'none' };

/** TXT records as a look-up returns them. */
export const records = (...texts: string[]): TxtSeen => ({ kind: 'records', records: texts });

/** A policy as a policy host sends it. */
export const document = (text: string, contentType: string | null = 'text/plain'): PolicySeen => ({
  kind: 'document',
  contentType,
  text,
});

/** The text of a policy. */
export const policyText = (mode: string, ...mx: string[]): string =>
  ['version: STSv1', `mode: ${mode}`, ...mx.map((name) => `mx: ${name}`), 'max_age: 604800', ''].join('\r\n');

/** What a domain publishes: nothing, unless given. */
export const published = (seen: Partial<MailDomainSeen> = {}): MailDomainSeen => ({
  domain: 'example.com',
  sts: NONE,
  policy: null,
  tlsRpt: NONE,
  at: AT,
  ...seen,
});

/** A domain with a policy. */
export const withPolicy = (mode: string, ...mx: string[]): MailDomainSeen =>
  published({ sts: records('v=STSv1; id=1'), policy: document(policyText(mode, ...mx)) });

/** Domains that publish nothing for senders. */
export const NOTHING_PUBLISHED: Pick<GateIo, 'readMailDomain' | 'lookUpTlsa'> = {
  readMailDomain: async (domain) => published({ domain }),
  lookUpTlsa: async () => ({ kind: 'none' }),
};
