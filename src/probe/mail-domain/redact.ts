import type { MailDomainSeen, PolicySeen, TxtSeen } from '../../model/mail-domain.ts';
import type { Secrets } from '../../shared/redaction.ts';
import { redactCertificate } from '../redact.ts';

/** How much is kept of a record, a header, or the words of others, in characters. */
const LONGEST = 1_000;

/** The one way out of a reading: without secrets, and then cut, since all of it is outside text. */
export function redactMailDomain(seen: MailDomainSeen, secrets: Secrets): MailDomainSeen {
  const { sts, policy, tlsRpt } = seen;
  return {
    ...seen,
    sts: redactTxt(sts, secrets),
    policy: policy && redactPolicy(policy, secrets),
    tlsRpt: redactTxt(tlsRpt, secrets),
  };
}

function kept(text: string, secrets: Secrets): string {
  return secrets.redact(text).slice(0, LONGEST);
}

function redactTxt(txt: TxtSeen, secrets: Secrets): TxtSeen {
  return txt.kind === 'records' ? { ...txt, records: txt.records.map((record) => kept(record, secrets)) } : txt;
}

function redactPolicy(policy: PolicySeen, secrets: Secrets): PolicySeen {
  const orNull = (text: string | null) => (text === null ? null : kept(text, secrets));
  switch (policy.kind) {
    case 'document':
      return { ...policy, contentType: orNull(policy.contentType), text: secrets.redact(policy.text) };
    case 'status':
      return { ...policy, location: orNull(policy.location) };
    case 'no-tls':
      return { ...policy, reason: kept(policy.reason, secrets) };
    case 'no-connection':
    case 'no-http':
      return { ...policy, what: kept(policy.what, secrets) };
    case 'certificate': {
      const { session } = policy;
      return { ...policy, session: { ...session, chain: session.chain.map((one) => redactCertificate(one, secrets)) } };
    }
    default:
      return policy;
  }
}
