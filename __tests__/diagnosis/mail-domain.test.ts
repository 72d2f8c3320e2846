import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import type { Finding } from '../../src/diagnosis/findings.ts';
import {
  certificateUnder,
  daneOf,
  domainFindings,
  mismatchOf,
  type PolicyOf,
  policyOf,
} from '../../src/diagnosis/mail-domain.ts';
import type { TlsaRecord } from '../../src/model/mail-domain.ts';
import type { Observation } from '../../src/model/observation.ts';
import { closed, reset } from '../support/cases/case.ts';
import { applied, STRICT, WITH_DIGESTS } from '../support/cases/mail-domain.ts';
import { document, policyText, published, records, withPolicy } from '../support/mail-domain.ts';
import {
  behindStartTls,
  certificate,
  certified,
  daysOn,
  ended,
  reply,
  secured,
  session,
} from '../support/observation.ts';

const MX = { host: 'mx1.example.com', port: 25, at: 'mx1.example.com:25' };
const HOSTS = ['mx1.example.com', 'mx2.example.com'];
const inWords = (found: Finding | undefined) => {
  if (!found) throw new Error('nothing was found');
  return explain(found, MX, 'systemd');
};
const statuses = (found: readonly Finding[]) => found.map(({ code, status }) => `${code} ${status}`);

describe('the policy that senders apply', () => {
  test('is the one that the record speaks of', () => {
    const policy = { domain: 'example.com', id: '1', mode: 'enforce', maxAge: 604_800, mx: HOSTS };
    expect(policyOf(withPolicy('enforce', ...HOSTS))).toMatchObject(policy);
  });

  test.each([
    ['without a record', published({ policy: document(policyText('enforce', 'mx1.example.com')) })],
    ['with a record that is not valid', { ...withPolicy('enforce', 'mx1.example.com'), sts: records('v=STSv1; id=-') }],
    ['that was not read', published({ sts: records('v=STSv1; id=1'), policy: { kind: 'timeout', ms: 1 } })],
    ['that nobody can use', published({ sts: records('v=STSv1; id=1'), policy: document('mode: enforce') })],
  ])('is none %s', (_, seen) => {
    expect(policyOf(seen)).toBeNull();
  });
});

describe('what is published and in order', () => {
  test.each([
    ['a policy', withPolicy('enforce', ...HOSTS)],
    ['mode none', withPolicy('none')],
    ['nothing', published()],
    ['a TLS-RPT record that nobody could tell', published({ tlsRpt: { kind: 'unavailable', errno: 'ESERVFAIL' } })],
  ])('is no finding: %s', (_, seen) => {
    expect(domainFindings(seen, HOSTS)).toEqual([]);
  });
});

describe('remedies carry what is to be published', () => {
  const text = (found: Finding | undefined) => JSON.stringify(inWords(found).remedies);

  test('the record, with an id that is new', () => {
    const [found] = domainFindings(published({ sts: records('v=STSv1; id=a-b') }), HOSTS);
    expect(inWords(found).remedies[0]?.text).toContain('`_mta-sts.example.com. TXT "v=STSv1; id=20260101000000"`');
  });

  test('the policy, with every MX host and its mode', () => {
    const policy = document('version: STSv1\nmode: enforce\nmx: mx9.example.com\nmx: 192.0.2.1\nmax_age: 604800\n');
    const [found] = domainFindings(published({ sts: records('v=STSv1; id=1'), policy }), HOSTS);
    expect(inWords(found).remedies[0]?.commands).toEqual([
      "printf '%s\\n' 'version: STSv1' 'mode: enforce' 'mx: mx1.example.com' 'mx: mx2.example.com' 'max_age: 604800' > mta-sts.txt",
    ]);
  });

  test('a policy to begin with, where nobody knows what was meant', () => {
    const policy = document('<html>', 'text/html');
    const [found] = domainFindings(published({ sts: records('v=STSv1; id=1'), policy }), HOSTS);
    expect(inWords(found).remedies[0]?.commands[0]).toContain("'mode: testing'");
  });

  test('the line of the host that is missing', () => {
    expect(text(mismatchOf(applied('enforce', 'mx2.example.com'), 'mx1.example.com', HOSTS)[0])).toContain(
      '`mx: mx1.example.com`',
    );
  });

  test('the record with a new id, wherever the policy is to be changed', () => {
    const RECORD = /_mta-sts\.example\.com\. TXT "v=STSv1; id=(\d{14})"/;
    const seen = published({ sts: records('v=STSv1; id=1'), policy: document('version: STSv1\nmode: enforce\n') });
    const found = [
      ...domainFindings(seen, HOSTS),
      ...mismatchOf(applied('enforce', 'mx1.example.com'), 'mx2.example.com', HOSTS),
      ...certificateUnder([applied('enforce', ...HOSTS)], certified({ named: false }), STRICT),
    ];
    expect(found.map(({ code }) => code)).toEqual([
      'mta-sts-policy-invalid',
      'mta-sts-mx-mismatch',
      'mta-sts-certificate',
    ]);
    for (const one of found) {
      const told = inWords(one).remedies.map((remedy) => remedy.text);
      expect(told).toContainEqual(expect.stringMatching(RECORD));
    }
  });

  test('a policy with the MX hosts, where it cannot be read', () => {
    const policy = { kind: 'status', status: 404, location: null } as const;
    const [found] = domainFindings(published({ sts: records('v=STSv1; id=1'), policy }), HOSTS);
    const [first] = inWords(found).remedies;
    expect(first?.commands.join('\n')).toMatch(/'mx: mx1\.example\.com' 'mx: mx2\.example\.com'/);
  });

  test('the TLS-RPT record', () => {
    const [found] = domainFindings(published({ tlsRpt: records('v=TLSRPTv1; rua=tls@example.com') }), HOSTS);
    expect(text(found)).toContain('_smtp._tls.example.com. TXT \\"v=TLSRPTv1; rua=mailto:tls-reports@example.com\\"');
  });
});

describe('a policy that is only partly valid', () => {
  test('is told, and applied as far as it can be read', () => {
    const policy = document('version: STSv1\nmode: enforce\nmx: mx1.example.com\nmx: 192.0.2.1\nmax_age: 604800\n');
    const seen = published({ sts: records('v=STSv1; id=1'), policy });
    expect(statuses(domainFindings(seen, HOSTS))).toEqual(['mta-sts-policy-invalid warn']);
    expect(inWords(domainFindings(seen, HOSTS)[0]).message).toContain('some senders ignore it');
    expect(policyOf(seen)?.mx).toEqual(['mx1.example.com']);
  });
});

describe('an MX host under a policy', () => {
  const testing = applied('testing', '*.example.com');
  const judge = (seen: Observation, ...policies: PolicyOf[]) => certificateUnder(policies, seen, STRICT);

  test('warns with mode testing, and fails where one of its domains has mode enforce', () => {
    const wrong = certified({ named: false });
    expect(statuses(judge(wrong, testing))).toEqual(['mta-sts-certificate warn']);
    const [found] = judge(wrong, testing, { ...applied('enforce', 'mx1.example.com'), domain: 'b.example' });
    expect(found).toMatchObject({ status: 'fail', facts: { domain: 'b.example', others: ['example.com'] } });
    expect(inWords(found).message).toContain('of b.example (also of example.com)');
  });

  test('is not in a policy with mode testing: warns', () => {
    expect(statuses(mismatchOf(testing, 'mx.example.net', HOSTS))).toEqual(['mta-sts-mx-mismatch warn']);
  });

  test.each([
    ['was cut off', ended('greeting', closed()), 'greeting-closed'],
    ['was reset at STARTTLS', behindStartTls(reset('', 'ECONNRESET')), 'tls-handshake-failed'],
    [
      'was put off',
      secured({ tls: null, starttls: { offered: true, reply: reply('421 later') } }),
      'service-unavailable',
    ],
    ['says nothing of TLS', secured({ tls: null }), 'probe-crashed'],
  ])('whose conversation %s is never passed over', (_, seen, because) => {
    const [found] = judge(seen, applied('enforce', '*.example.com'));
    expect(found).toMatchObject({ code: 'mta-sts-certificate', facts: { because: { code: because } } });
    expect(found?.status).toBe(because === 'tls-handshake-failed' ? 'fail' : 'warn');
  });

  test('whose certificate expires soon says so', () => {
    const soon = certified({ chain: [certificate({ validTo: daysOn(3) })] });
    expect(statuses(judge(soon, applied('enforce', '*.example.com')))).toEqual(['certificate-expiring warn']);
  });

  test.each([
    [
      'expired',
      certified({ chain: [certificate({ validTo: daysOn(-1) })], chainError: 'CERT_HAS_EXPIRED' }),
      /has expired/,
    ],
    ['names another', certified({ named: false }), /does not name mail\.example\.com/],
    ['not offered', secured({ tls: null, starttls: { offered: false, reply: null } }), /does not offer STARTTLS/],
  ])('is told what a sender meets: %s', (_, seen, words) => {
    expect(inWords(judge(seen, applied('enforce', '*.example.com'))[0]).message).toMatch(words);
  });
});

describe('TLSA records', () => {
  const record = (usage: number, selector: number, matchingType: number, data: string): TlsaRecord => ({
    usage,
    selector,
    matchingType,
    data,
  });
  const authority = { whole: { sha256: 'ee', sha512: 'ff' }, key: { sha256: '01', sha512: '02' } };
  const tls = session({ chain: [...WITH_DIGESTS.chain, certificate({ digests: authority })] });

  test.each<[string, TlsaRecord, string]>([
    ['the key of the server', record(3, 1, 1, 'cc'), 'matches'],
    ['the key of the server, in capitals', record(3, 1, 1, 'CC'), 'matches'],
    ['its SHA-512', record(3, 1, 2, 'dd'), 'matches'],
    ['the whole certificate', record(3, 0, 1, 'aa'), 'matches'],
    ['all of it', record(3, 0, 0, 'aa'), 'matches'],
    ['the authority', record(2, 0, 1, 'ee'), 'matches'],
    ['the authority in the place of the server', record(3, 0, 1, 'ee'), 'differs'],
    ['another key', record(3, 1, 1, 'ab'), 'differs'],
    ['an unknown digest', record(3, 1, 9, 'cc'), 'differs'],
    ['an unknown selector', record(3, 7, 1, 'cc'), 'differs'],
    ['a usage of the web', record(1, 1, 1, 'cc'), 'not-usable'],
  ])('name %s', (_, one, match) => {
    const [found] = daneOf('example.com', 'mx1.example.com', { kind: 'records', records: [one], more: 0 }, tls);
    expect(found).toMatchObject({ code: 'dane-unverified', status: 'info', facts: { match } });
  });

  test('without a certificate are only said', () => {
    const tlsa = { kind: 'records', records: [record(3, 1, 1, 'cc')], more: 20 } as const;
    expect(daneOf('example.com', 'mx1.example.com', tlsa, session())[0]).toMatchObject({
      facts: { match: 'not-seen' },
    });
  });
});
