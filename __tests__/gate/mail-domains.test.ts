import { describe, expect, test } from '@jest/globals';
import type { GateIo } from '../../src/gate/gate.ts';
import type { MailDomainSeen, TlsaSeen } from '../../src/model/mail-domain.ts';
import type { MxSeen, Observation } from '../../src/model/observation.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { type Attempt, fine, gate, refused } from '../support/gate.ts';
import { document, published, records, withPolicy } from '../support/mail-domain.ts';
import { observation, secured, session } from '../support/observation.ts';

const HOSTS = ['mx1.example.com', 'mx2.example.com'];

const mxOf = (...hosts: string[]): MxSeen => ({
  kind: 'hosts',
  hosts: hosts.map((host, i) => ({ host, preference: 10 * (i + 1) })),
  more: 0,
  odd: [],
});

interface Domain {
  readonly seen: MailDomainSeen;
  readonly hosts?: readonly string[];
  readonly tlsa?: TlsaSeen;
}

/** What a server shows in TLS, once it is asked for STARTTLS; its greeting before. */
const shows =
  (tls: (plan: Plan) => Observation): Attempt =>
  (plan) =>
    plan.beyond === null ? observation() : tls(plan);

const good = shows((plan) => secured({ tls: session({ name: plan.tls.name }) }));
const forAnother = shows((plan) => secured({ tls: session({ name: plan.tls.name, named: false }) }));

async function check({ seen, hosts = HOSTS, tlsa = { kind: 'none' } }: Domain, attempt: Attempt = good, inputs = {}) {
  const reads: Plan[] = [];
  const world: Partial<GateIo> = {
    lookUpMx: async () => mxOf(...hosts),
    readMailDomain: async (_, plan) => {
      reads.push(plan);
      return seen;
    },
    lookUpTlsa: async () => tlsa,
  };
  const run = await gate(attempt, { targets: 'mx:example.com', ...inputs }, 0, world);
  const found = run.result.targets.map(({ findings }) => findings.map(({ code, status }) => `${code} ${status}`));
  return { ...run, reads, found, status: run.result.status };
}

describe('a domain with a policy', () => {
  test('that its servers meet passes, and each is asked once more, up to STARTTLS', async () => {
    const { found, plans, reads, result } = await check({ seen: withPolicy('enforce', ...HOSTS) });
    expect(found).toEqual([[], []]);
    expect(plans.map(({ host, beyond, tls }) => [host, beyond !== null, tls.when])).toEqual([
      ['mx1.example.com', false, 'if-offered'],
      ['mx1.example.com', true, 'starttls'],
      ['mx2.example.com', false, 'if-offered'],
      ['mx2.example.com', true, 'starttls'],
    ]);
    expect(plans[1]).toMatchObject({ tls: { name: 'mx1.example.com', verify: true, ca: null }, only: { family: 4 } });
    expect(plans[1]?.beyond).toEqual({ ehloName: null, login: null, envelope: null });
    expect(reads).toHaveLength(1);
    expect(reads[0]).toMatchObject({
      host: 'mta-sts.example.com',
      port: 443,
      tls: { name: 'mta-sts.example.com', ca: null },
    });
    expect(result.targets[1]?.policiesMet).toMatchObject([{ domain: 'example.com', mode: 'enforce', id: '1' }]);
  });

  test.each([
    ['enforce', 'fail'],
    ['testing', 'warn'],
  ])('of mode %s that a server is not in: %s there, and nowhere else', async (mode, status) => {
    const { found } = await check({ seen: withPolicy(mode, 'mx1.example.com') });
    expect(found).toEqual([[], [`mta-sts-mx-mismatch ${status}`]]);
  });

  test.each([
    ['enforce', 'fail'],
    ['testing', 'warn'],
  ])('of mode %s whose servers show a certificate for another name: %s', async (mode, status) => {
    const { found } = await check({ seen: withPolicy(mode, '*.example.com') }, forAnother);
    expect(found).toEqual([[`mta-sts-certificate ${status}`], [`mta-sts-certificate ${status}`]]);
  });

  test.each<[string, MailDomainSeen]>([
    ['of mode none', withPolicy('none')],
    ['that nobody can use', published({ sts: records('v=STSv1; id=1'), policy: document('nothing') })],
    ['that cannot be read', published({ sts: records('v=STSv1; id=1'), policy: { kind: 'too-large', limit: 65_536 } })],
    ['whose record is not valid', published({ sts: records('v=STSv1; id=a-b') })],
    ['of its own in no way', published()],
  ])('%s leaves its servers alone', async (_, seen) => {
    const { plans } = await check({ seen }, forAnother);
    expect(plans.every(({ beyond }) => beyond === null)).toBe(true);
  });

  test('that is not valid says so once, at its first server', async () => {
    const { found } = await check({ seen: published({ sts: records('v=STSv1; id=a-b') }) });
    expect(found).toEqual([['mta-sts-record-invalid warn'], []]);
  });

  test('is not spoken to in TLS where a server does not greet', async () => {
    const { found, plans } = await check({ seen: withPolicy('enforce', 'mx1.example.com') }, refused);
    expect(found).toEqual([['connect-refused fail'], ['connect-refused fail', 'mta-sts-mx-mismatch fail']]);
    expect(plans.every(({ beyond }) => beyond === null)).toBe(true);
  });

  test('and a server that cannot be asked again warns that it was not checked', async () => {
    const { found } = await check({ seen: withPolicy('enforce', ...HOSTS) }, (plan, n) =>
      plan.beyond === null ? fine(plan, n) : refused(plan, n),
    );
    expect(found).toEqual([['mta-sts-certificate warn'], ['mta-sts-certificate warn']]);
  });

  test('is checked by the conversation that was asked for, where that has shown all of it', async () => {
    const { found, plans } = await check({ seen: withPolicy('enforce', ...HOSTS) }, good, { tls: 'starttls' });
    expect(found).toEqual([[], []]);
    expect(plans).toHaveLength(2);
  });

  test('is checked again where that conversation trusted more than senders do', async () => {
    const inputs = { tls: 'starttls', 'tls-servername': 'mail.example.com' };
    const { plans } = await check({ seen: withPolicy('enforce', ...HOSTS) }, good, inputs);
    expect(plans.map(({ tls }) => tls.name)).toEqual(HOSTS.flatMap((host) => ['mail.example.com', host]));
  });

  test('is not checked in TLS with tls: none', async () => {
    const { plans } = await check({ seen: withPolicy('enforce', ...HOSTS) }, forAnother, { tls: 'none' });
    expect(plans.every(({ tls }) => tls.when === 'never')).toBe(true);
    const { result } = await check({ seen: withPolicy('enforce', ...HOSTS) }, good, { tls: 'none' });
    expect(result.targets.map(({ policiesMet }) => policiesMet)).toEqual([undefined, undefined]);
  });

  test('is checked at every address with addresses: all', async () => {
    const seen = withPolicy('enforce', ...HOSTS);
    const attempt: Attempt = (plan, n) => [forAnother(plan, n), good(plan, n)].flat();
    const { result } = await check({ seen, hosts: ['mx1.example.com'] }, attempt, { addresses: 'all' });
    expect(result.targets[0]?.findings.map(({ code }) => code)).toEqual(['mta-sts-certificate']);
  });

  test('and ignore leaves a code out as any other', async () => {
    const seen = withPolicy('enforce', 'mx1.example.com');
    const { status, result } = await check({ seen }, good, { ignore: 'mta-sts-mx-mismatch' });
    expect(status).toBe('pass');
    expect(result.targets.map(({ policiesMet }) => policiesMet?.length)).toEqual([1, undefined]);
  });
});

describe('TLSA records', () => {
  const tlsa: TlsaSeen = {
    kind: 'records',
    records: [{ usage: 3, selector: 1, matchingType: 1, data: 'aa' }],
    more: 0,
  };

  test('are said, whatever the certificate, and decide nothing', async () => {
    const { found, plans } = await check({ seen: published(), tlsa }, forAnother);
    expect(found).toEqual([['dane-unverified info'], ['dane-unverified info']]);
    expect(plans[1]).toMatchObject({ tls: { digests: true, when: 'starttls' } });
  });

  test('are nothing where Node cannot ask', async () => {
    const { found } = await check({ seen: published(), tlsa: { kind: 'not-asked' } });
    expect(found).toEqual([[], []]);
  });
});

describe('of several domains', () => {
  const two = { targets: 'mx:a.example\nmx:b.example' };

  async function checkTwo(inputs: Record<string, string>, mode: (domain: string) => string) {
    const asked: string[] = [];
    const run = await gate(good, inputs, 0, {
      lookUpMx: async () => mxOf('mx.example.com'),
      readMailDomain: async (domain) => {
        asked.push(domain);
        return { ...withPolicy(mode(domain), 'other.example.com'), domain };
      },
    });
    return { asked, findings: run.result.targets.flatMap(({ findings }) => findings) };
  }

  test('that share a server each is checked there, which is probed once', async () => {
    const { asked, findings } = await checkTwo(two, (domain) => (domain === 'a.example' ? 'enforce' : 'testing'));
    expect(asked).toEqual(['a.example', 'b.example']);
    expect(findings.map(({ code, status, facts }) => [code, status, 'domain' in facts && facts.domain])).toEqual([
      ['mta-sts-mx-mismatch', 'fail', 'a.example'],
      ['mta-sts-mx-mismatch', 'warn', 'b.example'],
    ]);
  });

  test('one that is named twice with other options is read once', async () => {
    const { asked } = await checkTwo({ targets: 'mx:a.example\nmx:A.example?timeout=3s' }, () => 'enforce');
    expect(asked).toEqual(['a.example']);
  });

  test('one that switches it off is not read', async () => {
    const { asked } = await checkTwo(
      { targets: 'mx:a.example?mta-sts=false\nmx:b.example?timeout=3s' },
      () => 'enforce',
    );
    expect(asked).toEqual(['b.example']);
  });
});

test('mta-sts: false asks for nothing', async () => {
  const never = () => Promise.reject(new Error('nobody should ask'));
  const world = { lookUpMx: async () => mxOf('mx.example.com'), readMailDomain: never, lookUpTlsa: never };
  const { result } = await gate(fine, { targets: 'mx:example.com', 'mta-sts': 'false' }, 0, world);
  expect(result.status).toBe('pass');
});

test('what a domain or its server may repeat of a login is a secret in both readings', async () => {
  const inputs = { username: 'ada', password: 'correct-horse', 'tls-servername': 'a.example' };
  const { reads, plans } = await check({ seen: withPolicy('enforce', ...HOSTS) }, good, inputs);
  for (const { secrets } of [...reads, ...plans]) expect(secrets.redact('it is correct-horse')).toBe('it is ***');
  expect(plans.filter(({ beyond }) => beyond?.login)).toHaveLength(2);
  expect(plans.filter(({ tls }) => tls.name !== 'a.example').every(({ beyond }) => beyond?.login === null)).toBe(true);
});

test('an internal error in the reading is one of that server, and shows no secret', async () => {
  const world: Partial<GateIo> = {
    lookUpMx: async () => mxOf('mx.example.com'),
    readMailDomain: () => Promise.reject(new Error('it was correct-horse')),
  };
  const inputs = {
    targets: 'mx:example.com',
    username: 'ada',
    password: 'correct-horse',
    'tls-servername': 'a.example',
  };
  const { result } = await gate(good, inputs, 0, world);
  expect(result.targets[0]?.findings.at(-1)).toMatchObject({
    code: 'probe-crashed',
    facts: { error: 'Error: it was ***' },
  });
});
