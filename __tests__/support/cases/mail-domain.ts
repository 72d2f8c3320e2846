import {
  certificateUnder,
  daneOf,
  domainFindings,
  mismatchOf,
  type PolicyOf,
  policyOf,
} from '../../../src/diagnosis/mail-domain.ts';
import type { MailDomainSeen, PolicySeen, TlsaSeen } from '../../../src/model/mail-domain.ts';
import type { Observation, TlsSession } from '../../../src/model/observation.ts';
import { document, policyText, published, records, withPolicy } from '../mail-domain.ts';
import {
  behindStartTls,
  certificate,
  certified,
  daysOn,
  observation,
  reply,
  secured,
  session,
} from '../observation.ts';
import { type Case, type CasesOf, NOTHING } from './case.ts';

const HOSTS = ['mx1.example.com', 'mx2.example.com'];

const of = (name: string, seen: MailDomainSeen): Case => [name, () => domainFindings(seen, HOSTS)];
const record = (name: string, ...texts: string[]): Case => of(name, published({ sts: records(...texts) }));
const failed = (name: string, policy: PolicySeen): Case =>
  of(name, published({ sts: records('v=STSv1; id=1'), policy }));
const policy = (name: string, text: string, contentType?: string | null): Case =>
  failed(name, document(text, contentType));
const rpt = (name: string, ...texts: string[]): Case => of(name, published({ tlsRpt: records(...texts) }));

/** A policy as senders apply it. */
export function applied(mode: string, ...mx: string[]): PolicyOf {
  const read = policyOf(withPolicy(mode, ...mx));
  if (!read) throw new Error('nobody can use this policy');
  return read;
}

const mismatch = (name: string, host: string, mode: string, ...mx: string[]): Case => [
  name,
  () => mismatchOf(applied(mode, ...mx), host, [host]),
];

export const STRICT = { ...NOTHING, tls: 'starttls', asksForTls: true, beyondGreeting: true } as const;
const strict = (name: string, seen: Observation): Case => [
  name,
  () => certificateUnder([applied('enforce', '*.example.com')], seen, STRICT),
];
const offered = (seen: Partial<Observation>) =>
  observation({ ehlo: { verb: 'EHLO', reply: reply('250-mx1.example.com\n250 SIZE') }, ...seen });

const DIGESTS = {
  whole: { sha256: 'aa', sha512: 'bb' },
  key: { sha256: 'cc', sha512: 'dd' },
};
export const WITH_DIGESTS = session({ chain: [certificate({ digests: DIGESTS })] });
const dane = (name: string, tlsa: TlsaSeen, tls: TlsSession | null = WITH_DIGESTS): Case => [
  name,
  () => daneOf('example.com', 'mx1.example.com', tlsa, tls),
];
const tlsa = (usage: number, selector: number, matchingType: number, data: string): TlsaSeen => ({
  kind: 'records',
  records: [{ usage, selector, matchingType, data }],
  more: 0,
});

const UNUSABLE = policy(
  'a policy with a misspelt key',
  'version: STSv1\nmode: enforce\nnmx: mx.example.com\nmax_age: 604800\n',
);
const NOT_FOUND = failed('a policy host without the file', { kind: 'status', status: 404, location: null });
const FINE = of('a domain with all in order', withPolicy('enforce', ...HOSTS));
const NOTHING_AT_ALL = of('a domain that publishes nothing', published());

export const mailDomain: CasesOf = {
  'mta-sts-record-invalid': {
    found: [
      record('an id with hyphens', 'v=STSv1; id=2026-01-01'),
      record('two records', 'v=STSv1; id=1', 'v=STSv1; id=2'),
      record('no id', 'v=STSv1;'),
      record('a version in capitals', 'V=STSV1; id=1'),
    ],
    notFound: [
      FINE,
      NOTHING_AT_ALL,
      record('a wildcard that answers for all names', 'v=spf1 -all'),
      record('another record beside it', 'v=STSv1; id=1', 'google-site-verification=x'),
    ],
  },
  'mta-sts-policy-unavailable': {
    found: [
      NOT_FOUND,
      failed('a redirect', { kind: 'status', status: 301, location: 'https://www.example.com/' }),
      failed('no address', { kind: 'no-address', errno: 'ENOTFOUND' }),
      failed('a private address', { kind: 'private-address', address: '10.0.0.1' }),
      failed('a closed port', { kind: 'no-connection', what: 'ECONNREFUSED' }),
      failed('no TLS', { kind: 'no-tls', errno: 'ERR_SSL_X', reason: 'alert' }),
      failed('no TLS at all', { kind: 'no-tls', errno: '', reason: 'the connection was closed' }),
      failed('another name', { kind: 'certificate', session: session({ named: false, chainError: null }) }),
      failed('a self-signed certificate', {
        kind: 'certificate',
        session: session({ chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT', named: false }),
      }),
      failed('an expired one', {
        kind: 'certificate',
        session: session({ chain: [certificate({ validTo: daysOn(-3) })], chainError: 'CERT_HAS_EXPIRED' }),
      }),
      failed('an authority that nobody knows', {
        kind: 'certificate',
        session: session({ chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }),
      }),
      failed('no certificate', { kind: 'certificate', session: session({ chain: [], chainError: null }) }),
      failed('a page without end', { kind: 'too-large', limit: 65_536 }),
      failed('silence', { kind: 'timeout', ms: 30_000 }),
      failed('another protocol', { kind: 'no-http', what: 'HPE_INVALID_CONSTANT' }),
      of('a DNS server that fails on the record', published({ sts: { kind: 'unavailable', errno: 'ESERVFAIL' } })),
    ],
    notFound: [FINE, NOTHING_AT_ALL, UNUSABLE, record('a record that is not valid', 'v=STSv1; id=a-b')],
  },
  'mta-sts-policy-invalid': {
    found: [
      UNUSABLE,
      policy('HTML', '<!doctype html><title>x</title>', 'text/html'),
      policy('another media type', policyText('enforce', 'mx1.example.com'), 'application/octet-stream'),
      policy('no media type', policyText('enforce', 'mx1.example.com'), null),
      policy('a byte order mark', `\ufeff${policyText('enforce', 'mx1.example.com')}`),
    ],
    notFound: [FINE, NOTHING_AT_ALL, NOT_FOUND, policy('a charset', policyText('none'), 'Text/Plain;charset=utf-8')],
  },
  'mta-sts-mx-mismatch': {
    found: [
      mismatch('another host', 'mx2.example.com', 'enforce', 'mx1.example.com'),
      mismatch('a wildcard with too few labels', 'mx.eu.example.com', 'enforce', '*.example.com'),
      mismatch('a wildcard for the domain itself', 'example.com', 'enforce', '*.example.com'),
    ],
    notFound: [
      mismatch('the host', 'MX1.example.com', 'enforce', 'mx1.example.com'),
      mismatch('a wildcard', 'mx1.example.com', 'enforce', 'x.example', '*.example.com'),
      mismatch('mode none', 'mx1.example.com', 'none', 'x.example'),
    ],
  },
  'mta-sts-certificate': {
    found: [
      strict('another name', certified({ named: false })),
      strict('no STARTTLS', offered({ starttls: { offered: false, reply: null } })),
      strict('STARTTLS refused', offered({ starttls: { offered: true, reply: reply('454 no TLS') } })),
      strict('a handshake that fails', behindStartTls({ kind: 'handshake', errno: 'ERR_SSL_X', reason: 'alert' })),
      strict('plaintext behind STARTTLS', behindStartTls({ kind: 'injected', heard: '250 x' })),
      strict('expired', certified({ chain: [certificate({ validTo: daysOn(-1) })], chainError: 'CERT_HAS_EXPIRED' })),
      strict(
        'not valid yet',
        certified({ chain: [certificate({ validFrom: daysOn(1) })], chainError: 'CERT_NOT_YET_VALID' }),
      ),
      strict('untrusted', certified({ anchored: false, chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })),
      strict(
        'self-signed',
        certified({
          anchored: false,
          chain: [certificate({ issuer: 'CN=mail.example.com' })],
          chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        }),
      ),
      strict('too weak', certified({ chainError: 'EE_KEY_TOO_SMALL' })),
      [
        'of several domains',
        () => {
          const policies = [
            applied('testing', 'mx1.example.com'),
            { ...applied('enforce', 'mx1.example.com'), domain: 'b.example' },
          ];
          return certificateUnder(policies, certified({ named: false }), STRICT);
        },
      ],
    ],
    notFound: [
      strict('a valid certificate', secured()),
      strict('one that expires soon', certified({ chain: [certificate({ validTo: daysOn(3) })] })),
      ['mode none', () => certificateUnder([applied('none')], certified({ named: false }), STRICT)],
      ['no policy', () => certificateUnder([], certified({ named: false }), STRICT)],
    ],
  },
  'tls-rpt-invalid': {
    found: [
      rpt('no mailto', 'v=TLSRPTv1; rua=tls@example.com'),
      rpt('no rua', 'v=TLSRPTv1;'),
      rpt('two records', 'v=TLSRPTv1; rua=mailto:a@example.com', 'v=TLSRPTv1; rua=mailto:b@example.com'),
      rpt('another version', 'v=TLSRPT1; rua=mailto:a@example.com'),
    ],
    notFound: [
      NOTHING_AT_ALL,
      rpt('in order', 'v=TLSRPTv1;rua=mailto:a@example.com,https://example.com/v1'),
      rpt('a wildcard that answers for all names', 'v=spf1 -all'),
    ],
  },
  'dane-unverified': {
    found: [
      dane('a record that matches', tlsa(3, 1, 1, 'cc')),
      dane('one that does not', tlsa(3, 1, 1, 'ee')),
      dane('one that mail does not use', tlsa(1, 1, 1, 'cc')),
      dane('no certificate', tlsa(3, 1, 1, 'cc'), null),
    ],
    notFound: [dane('no record', { kind: 'none' }), dane('a Node that cannot ask', { kind: 'not-asked' })],
  },
};
