import { describe, expect, test } from '@jest/globals';
import { refuse } from '../../src/gate/gate.ts';
import { targetLine } from '../../src/inputs/parsers/targets.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import type { MxSeen, Observation } from '../../src/model/observation.ts';
import { buildReport } from '../../src/report/build.ts';
import { plain } from '../../src/report/escape/plain.ts';
import { jsonText } from '../../src/report/json.ts';
import type { Report } from '../../src/report/report.ts';
import { readSurroundings } from '../../src/runtime/context.ts';
import { makeAuthority, makeCertificate } from '../support/certificates.ts';
import { FakeClock } from '../support/clock.ts';
import { type Attempt, fine, gate, inTurn, refused } from '../support/gate.ts';
import { document, policyText, published, records, withPolicy } from '../support/mail-domain.ts';
import { NASTY } from '../support/nasty.ts';
import {
  certificate,
  certified,
  daysOn,
  dialled,
  ended,
  garbled,
  greeted,
  notSecured,
  observation,
  proxySeen,
  reply,
  secured,
  session,
  unconnected,
  unproxied,
  unresolved,
} from '../support/observation.ts';
import { REPORTS, reportOn, several, surroundings } from '../support/reports.ts';

test('a report names a target of LMTP by its scheme, in every sentence and command', async () => {
  const [target] = (await reportOn(() => unconnected('ECONNREFUSED'), { targets: 'lmtp://mail.example.com:24' }))
    .targets;
  expect(target?.target).toEqual({ host: 'mail.example.com', port: 24, label: 'lmtp://mail.example.com:24' });
  expect(target?.message).toContain('lmtp://mail.example.com:24 refused the connection');
  expect(target?.findings[0]?.verify).toContain('smtp-gate lmtp://mail.example.com:24');
  const [passed] = (
    await reportOn(() => observation({ ehlo: { verb: 'LHLO', reply: reply('250-mail\n250 SIZE 1000') } }), {
      targets: 'lmtp://mail.example.com:24',
    })
  ).targets;
  expect(passed?.capabilities).toEqual(['SIZE 1000']);
});

test('a report says which local address was connected from, where one was given', async () => {
  const from = { localAddress: { address: '127.0.0.9', others: null } };
  const [target] = (await reportOn(() => observation(from), { 'source-address': '127.0.0.9' })).targets;
  expect(target?.localAddress).toBe('127.0.0.9');
  const [failed] = (await reportOn(() => ({ ...unconnected(null), ...from }))).targets;
  const commands = failed?.findings[0]?.remedies.flatMap((remedy) => remedy.commands) ?? [];
  expect(commands).toContain('nc -zv -w 5 -s 127.0.0.9 mail.example.com 587');
  // A container has other addresses.
  expect(commands.filter((command) => /docker|kubectl/.test(command)).join()).not.toContain('127.0.0.9');
});

describe('a report on a pass', () => {
  test('says what was seen, in whole and in tenths of milliseconds', async () => {
    const report = await reportOn(fine);
    expect(report).toMatchObject({
      schema: 'smtp-gate/report@1',
      checkId: 'check.notify.email.connectivity',
      status: 'pass',
      code: '',
      message: 'mail.example.com:587 greeted after 10 ms with "220 mail.example.com ESMTP ready"',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 25,
      runner: surroundings().runner,
      run: surroundings().run,
      totals: { targets: 1, pass: 1, info: 0, warn: 0, fail: 0, skip: 0 },
      findings: [],
    });
    expect(report.targets).toEqual([
      {
        target: { host: 'mail.example.com', port: 587, label: 'mail.example.com:587' },
        vantage: 'runner',
        source: null,
        status: 'pass',
        outvoted: false,
        reachable: true,
        code: '',
        message: report.message,
        attempts: 1,
        durationMs: 25,
        proxy: null,
        localAddress: null,
        address: '192.0.2.25',
        addresses: observation().dialled,
        banner: '220 mail.example.com ESMTP ready',
        latencyMs: 10,
        tls: null,
        capabilities: null,
        steps: observation().steps,
        transcript: observation().transcript,
        findings: [],
      },
    ]);
  });

  test('rounds every time', async () => {
    const report = await reportOn(() =>
      observation({
        latencyMs: 9.4999,
        dialled: [dialled({ startMs: 0.123, tookMs: 1.256 })],
        steps: [{ step: 'connect', status: 'done', startMs: 0.04, tookMs: 0.06, because: null }],
      }),
    );
    expect(report.targets).toMatchObject([
      { latencyMs: 9, addresses: [{ startMs: 0.1, tookMs: 1.3 }], steps: [{ startMs: 0, tookMs: 0.1 }] },
    ]);
  });
});

describe('a report on a failure', () => {
  test('explains every finding, for the place it is in', async () => {
    const { targets, status, code, message } = await reportOn(() => garbled('SSH-2.0-x'), { 'expect-banner': 'ESMTP' });
    expect({ status, code, message }).toEqual({
      status: 'fail',
      code: 'banner-mismatch',
      message: targets[0]?.message,
    });
    expect(targets[0]?.findings).toMatchObject([
      { code: 'not-smtp', status: 'info', ignored: false },
      {
        code: 'banner-mismatch',
        status: 'fail',
        ignored: false,
        title: 'Not the expected greeting',
        message,
        verify: 'smtp-gate mail.example.com:587 --timeout=5s',
        docs: 'https://github.com/octo/smtp-gate/blob/v1/docs/codes.md#banner-mismatch',
      },
    ]);
    const places = targets[0]?.findings[1]?.remedies.map(({ environment }) => environment);
    expect(places?.slice(0, 2)).toEqual(['any', 'github-hosted']);
  });

  test('names an IPv6 target with brackets', async () => {
    const report = await reportOn(refused, { host: '::1', port: '25' });
    expect(report.targets[0]?.target).toEqual({ host: '::1', port: 25, label: '[::1]:25' });
    expect(report.message).toContain('[::1]:25 refused');
    expect(report.targets[0]?.findings[0]?.verify).toContain('[::1]:25');
  });

  test('has a command to check the fix that can be pasted, however long it is', async () => {
    const inputs = { 'expect-banner': `it's ${'x'.repeat(2_000)}` };
    const { verify } = readSurroundings({});
    const command = (await reportOn(fine, inputs, { verify })).targets[0]?.findings[0]?.verify ?? "'";
    expect(command.replace(/\\.|'[^']*'/g, '')).not.toContain("'");
  });

  test.each([
    ['a name that is not known', unresolved('ENOTFOUND', false), false],
    ['a refusal', unconnected('ECONNREFUSED'), false],
    ['no answer', unconnected(null), false],
    ['a reset while connecting, which was accepted before', unconnected('ECONNRESET'), true],
    ['no greeting', ended('greeting', { kind: 'silence', ms: 1, heard: '' }), true],
    ['another protocol', garbled('SSH-2.0-x'), true],
  ])('says whether a connection was accepted: %s', async (_, seen, reachable) => {
    expect((await reportOn(() => seen)).targets[0]?.reachable).toBe(reachable);
  });

  test('does not know what was accepted when the probe crashed', async () => {
    const report = await reportOn(() => {
      throw new Error('boom');
    });
    expect(report.targets).toMatchObject([{ reachable: null, address: null, banner: null, steps: [], transcript: [] }]);
  });
});

describe('a report on several attempts', () => {
  test.each([
    ['that came to a pass', inTurn(refused, fine), {}, / \(2 attempts in 550 ms\)$/],
    ['that all failed', refused, {}, / \(3 attempts in 1\.5 s, and each failed\)$/],
    ['that ended in what cannot pass', inTurn(refused, () => greeted('554 no')), {}, / \(2 attempts in 550 ms\)$/],
  ])('counts them: %s', async (_, attempt, inputs, expected) => {
    const report = await reportOn(attempt, { wait: '1500ms', ...inputs });
    expect(report.message).toMatch(expected);
    expect(report.targets[0]?.message).toBe(report.message);
  });

  test('says nothing of attempts when there was one', async () => {
    expect((await reportOn(refused)).message).not.toContain('attempt');
  });
});

describe('a report on what is ignored', () => {
  test('keeps the finding, and says so', async () => {
    const report = await reportOn(refused, { ignore: 'connect-refused' });
    expect(report).toMatchObject({ status: 'pass', code: '', totals: { pass: 1, fail: 0 } });
    expect(report.targets[0]?.findings).toMatchObject([{ code: 'connect-refused', status: 'fail', ignored: true }]);
    expect(report.message).toContain('left out of the verdict: connect-refused');
  });

  test('still says how the server greeted', async () => {
    const report = await reportOn(fine, { ignore: 'slow', 'latency-fail': '1ms' });
    expect(report.message).toMatch(/greeted after 10 ms .*left out of the verdict: slow/);
  });
});

describe('a report on several targets', () => {
  test('counts them, and has the message of the worst', async () => {
    const report = await reportOn(
      ({ host }) => (host === 'a' ? observation() : unconnected(null)),
      several('a', 'b', 'c'),
    );
    expect(report.totals).toEqual({ targets: 3, pass: 1, info: 0, warn: 0, fail: 2, skip: 0 });
    expect(report.message).toBe(`2 of 3 targets cannot be used: ${report.targets[1]?.message}`);
    expect(report.message).toContain('b:25');
  });
});

describe('the verdict on several targets', () => {
  const byHost: Attempt = ({ host }) => (host.startsWith('down') ? unconnected('ECONNREFUSED') : observation());

  test.each<[Record<string, string>, RegExp]>([
    [several('a', 'b'), /^all 2 targets pass; the slowest, a:25, greeted after 10 ms$/],
    [several('a', 'down'), /^1 of 2 targets cannot be used: down:25 refused/],
    [
      { ...several('a', 'down'), quorum: 'any' },
      /^1 of 2 targets can be used, which is enough \(the quorum is 1\): down:25 refused/,
    ],
    [
      { ...several('a', 'down'), quorum: '2' },
      /^1 of 2 targets can be used, which is not enough \(the quorum is 2\): down/,
    ],
    [{ ...several('a', 'b'), quorum: 'any' }, /^all 2 targets pass/],
    [{ ...several('a', 'b'), 'latency-warn': '1ms' }, /^2 of 2 targets need attention \(warn\): a:25/],
  ])('of %j is one sentence', async (inputs, message) => {
    expect((await reportOn(byHost, inputs)).message).toMatch(message);
  });

  test('has what is worth knowing of the inputs', async () => {
    expect((await reportOn(fine, { targets: 'a:25\na:25' })).notes).toEqual([
      'targets: line 2 repeats line 1, and is checked once',
    ]);
  });

  test('has for each target the command that repeats its own check', async () => {
    const { verify } = readSurroundings({});
    const { targets } = await reportOn(byHost, { targets: 'down:25?timeout=1s\ndown2:25' }, { verify });
    expect(targets.map(({ findings }) => findings[0]?.verify)).toEqual([
      'npx smtp-gate@1 down:25 --timeout=1s',
      'npx smtp-gate@1 down2:25',
    ]);
  });
});

describe('the commands', () => {
  const handshake = () => notSecured({ kind: 'handshake', errno: 'ERR_SSL_NO_CIPHER', reason: 'no shared cipher' });

  test.each([
    ['implicit', '4650', false],
    ['implicit', '465', false],
    ['starttls', '465', true],
    ['starttls', '2525', true],
  ])('begin TLS as the gate did: tls %s on port %s', async (tls, port, starttls) => {
    const { targets } = await reportOn(handshake, { tls, port });
    const commands = targets[0]?.findings[0]?.remedies.flatMap((remedy) => remedy.commands).join('\n') ?? '';
    expect(commands).toContain('openssl s_client');
    expect(commands.includes('-starttls smtp')).toBe(starttls);
  });
});

describe('a server that an MX record names', () => {
  const lookUpMx = async (domain: string): Promise<MxSeen> =>
    domain === 'null.example'
      ? { kind: 'null', preference: 0 }
      : { kind: 'hosts', hosts: [{ host: 'a.example', preference: 10 }], more: 0, odd: [] };

  test('is named with its domain, and the domain itself where there is none', async () => {
    const inputs = { targets: 'mx:example.com\nmx:null.example' };
    const { result } = await gate(fine, inputs, 0, { lookUpMx });
    const { targets } = await buildReport(result, surroundings());
    expect(targets.map(({ target, reachable }) => [target.label, target.host, reachable])).toEqual([
      ['a.example:25 (MX 10 of example.com)', 'a.example', true],
      ['mx:null.example', 'null.example', null],
    ]);
    const { verify } = readSurroundings({});
    const again = await buildReport(result, surroundings({ verify }));
    expect(again.targets[1]?.findings[0]?.verify).toBe('npx smtp-gate@1 mx:null.example');
  });

  test('is told from itself with other options, and so is the domain', async () => {
    const lines = ['mx:example.com', 'mx:example.com?tls=none', 'mx:null.example', 'mx:null.example?tls=none'];
    const { result } = await gate(fine, { targets: lines.join('\n') }, 0, { lookUpMx });
    const { targets } = await buildReport(result, surroundings());
    expect(targets.map(({ target }) => target.label)).toEqual([
      'a.example:25 (MX 10 of example.com)',
      'a.example:25?tls=none (MX 10 of example.com)',
      'mx:null.example',
      'mx:null.example?tls=none',
    ]);
  });

  describe('of a domain with a policy', () => {
    const world = (mx: string) => ({ lookUpMx, readMailDomain: async () => withPolicy('enforce', mx) });
    const tls: Attempt = (plan) =>
      plan.beyond === null ? observation() : secured({ tls: session({ name: plan.tls.name, named: true }) });

    test('says that it meets the policy, where that was seen', async () => {
      const { result } = await gate(tls, { targets: 'mx:example.com' }, 0, world('a.example'));
      const { message, targets } = await buildReport(result, surroundings());
      expect(message).toMatch(/; it meets the MTA-STS policy of example\.com \(enforce\)$/);
      expect(targets[0]?.tls).toBeNull();
    });

    test('has findings that are checked again by the domain, and by no other name', async () => {
      const inputs = { targets: 'mx:example.com', 'tls-servername': 'pinned.example' };
      const wrong: Attempt = () => secured({ tls: session({ name: 'a.example', named: false }) });
      const { result } = await gate(wrong, inputs, 0, world('b.example'));
      const { verify } = readSurroundings({});
      const { targets } = await buildReport(result, surroundings({ verify }));
      const found = targets[0]?.findings.filter(({ code }) => code.startsWith('mta-sts-')) ?? [];
      expect(found.map(({ code }) => code)).toEqual(['mta-sts-mx-mismatch', 'mta-sts-certificate']);
      for (const { verify } of found)
        expect(verify).toBe('npx smtp-gate@1 mx:example.com --tls-servername=pinned.example');
      expect(JSON.stringify(found.map(({ remedies }) => remedies))).not.toContain('pinned.example');
    });

    test('warns before a certificate expires that only the policy asks for, which the domain checks again', async () => {
      const soon: Attempt = (plan) =>
        plan.beyond === null ? observation() : certified({ chain: [certificate({ validTo: daysOn(3) })] });
      const { result } = await gate(soon, { targets: 'mx:example.com' }, 0, world('a.example'));
      const { verify } = readSurroundings({});
      const { targets } = await buildReport(result, surroundings({ verify }));
      expect(targets[0]?.findings).toMatchObject([
        { code: 'certificate-expiring', verify: 'npx smtp-gate@1 mx:example.com' },
      ]);
    });
  });

  test('is no other target at the domain’s own host', async () => {
    const { result } = await gate(fine, { targets: 'mx:null.example\nnull.example:25' }, 0, { lookUpMx });
    const { targets } = await buildReport(result, surroundings());
    expect(targets.map(({ target }) => target.label)).toEqual(['mx:null.example', 'null.example:25']);
  });
});

describe('a report without a target', () => {
  test.each([
    ['nothing to probe', 'skip', 'not-configured', /host is empty/],
    ['nothing to probe, which fails', 'fail', 'not-configured', /host and port are empty/],
    ['inputs that cannot be read', 'fail', 'input-invalid', /host contains a double quote.*; and port "smtp"/],
    ['a crash of ours', 'fail', 'probe-crashed', /report it \(Error: boom\)/],
  ])('has a finding of its own: %s', async (kind, status, code, message) => {
    const report = await REPORTS.find(([name]) => name === kind)?.[1]();
    expect(report).toMatchObject({ status, code, targets: [], totals: { targets: 0, fail: 0, skip: 0 } });
    expect(report?.findings).toMatchObject([{ code, status, ignored: false, message: report?.message }]);
    expect(report?.message).toMatch(message);
  });

  test('says all that is wrong with the inputs, however much it is', async () => {
    const inputs: Record<string, string> = {
      port: 'x',
      timeout: 'soon',
      ignore: ['nope', 'slow@first', 'slow@second', 'never', 'slow@last'].join('\n'),
    };
    const read = await readSettings((name) => inputs[name]);
    const report = await buildReport(refuse('problems' in read ? read.problems : [], new FakeClock()), surroundings());
    const told = JSON.stringify(report.findings[0]?.remedies);
    for (const wrong of ['port', 'timeout', 'nope', 'first', 'second', 'never', 'last']) expect(told).toContain(wrong);
  });
});

describe('whatever a server says, all text of the report is plain', () => {
  const everyString = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(everyString)
        : [];

  test.each(NASTY)('%s', async (_, text) => {
    const transcript = [{ from: 'server', atMs: 1, text } as const];
    for (const attempt of [
      () => garbled(text),
      () => greeted(`220 ${text}`),
      () => ended('greeting', { kind: 'closed', heard: `220-${text}` }, { transcript }),
      () => greeted(`554 ${text}`),
    ]) {
      const strings = everyString(await reportOn(attempt, { 'expect-banner': 'zzz' }));
      expect(strings.filter((string) => plain(string) !== string)).toEqual([]);
      expect(Math.max(...strings.map((string) => string.length))).toBeLessThanOrEqual(2_000);
    }
  });

  test.each(NASTY)('and whatever a mail domain publishes: %s', async (_, text) => {
    const hosts: MxSeen = { kind: 'hosts', hosts: [{ host: 'a.example', preference: 1 }], more: 0, odd: [] };
    const lines = policyText('enforce', 'b.example').replace('604800', '1');
    for (const seen of [
      published({ sts: records(`v=STSv1; id=${text}`), tlsRpt: records(`v=TLSRPTv1; rua=${text}`) }),
      published({ sts: records('v=STSv1; id=1'), policy: document(`${lines}mx: ${text}\n${text}`, text) }),
      published({ sts: records('v=STSv1; id=1'), policy: { kind: 'status', status: 302, location: text } }),
      published({ sts: records('v=STSv1; id=1'), policy: { kind: 'no-connection', what: text } }),
      published({ sts: records('v=STSv1; id=1'), policy: { kind: 'no-tls', errno: 'X', reason: text } }),
      published({
        sts: records('v=STSv1; id=1'),
        policy: { kind: 'certificate', session: session({ named: false, chain: [certificate({ names: [text] })] }) },
      }),
    ]) {
      const strict: Attempt = () => certified({ chain: [certificate({ names: [text], subject: text })], named: false });
      const world = { lookUpMx: async () => hosts, readMailDomain: async () => seen };
      const { result } = await gate(strict, { targets: 'mx:example.com' }, 0, world);
      const strings = everyString(await buildReport(result, surroundings()));
      expect(result.targets[0]?.findings.length).toBeGreaterThan(0);
      expect(strings.filter((string) => plain(string) !== string)).toEqual([]);
    }
  });

  test('and its banner has at most 512 characters', async () => {
    const { targets } = await reportOn(() => greeted(`220 ${'é'.repeat(2_000)}`));
    expect(targets[0]?.banner).toHaveLength(512);
    expect(targets[0]?.banner).toMatch(/^220 é+…$/);
  });

  test('and an error of ours, too', async () => {
    const { result } = await gate(() => {
      throw new Error('##[error]\n::error::boom');
    });
    const { message } = await buildReport(result, surroundings());
    expect(message).toContain('##\\[error] / ::error::boom');
  });
});

describe('through a proxy', () => {
  const causes = async (seen: Observation) => (await reportOn(() => seen)).targets[0]?.findings[0]?.causes.join('\n');
  const closing = { kind: 'closed', heard: '' } as const;

  test('what the proxy may have done as well is among the causes, and without one it is not', async () => {
    const suspect = 'The proxy http://proxy.example:3128 opened the connection';
    expect(await causes(ended('greeting', closing, { proxy: proxySeen() }))).toContain(suspect);
    expect(await causes(ended('greeting', closing))).not.toContain('opened the connection');
    expect(await causes(greeted('554 no', { proxy: proxySeen() }))).not.toContain(suspect);
  });

  test('the report names it, and says nothing of a connection that it did not open', async () => {
    const passed = await reportOn(() => observation({ proxy: proxySeen({ withCredentials: true }) }));
    expect(passed.targets[0]?.proxy).toBe('http://proxy.example:3128');
    expect(passed.message).toContain('greeted through http://proxy.example:3128 after');
    const failed = await reportOn(() => unproxied({ what: 'refused', answer: 403, said: 'HTTP/1.1 403 no' }));
    expect(failed.targets[0]).toMatchObject({ reachable: false, address: null, addresses: [{ family: null }] });
  });

  test.each([
    ['an alert of TLS', '\x15\x03\x01\0\x02\x02F', null],
    ['words of no known protocol', 'hello there', null],
    ['a server of another protocol', 'SSH-2.0-OpenSSH_9.6', true],
  ])('%s is said to come from the server only where that is known', async (_, text, reached) => {
    const seen = { ...garbled(text), proxy: proxySeen({ scheme: 'socks5h' }) };
    const [target] = (await reportOn(() => seen)).targets;
    expect(target).toMatchObject({ status: 'info', code: 'not-smtp', reachable: reached });
    expect(target?.message).not.toMatch(/is reachable/);
    expect((await reportOn(() => ({ ...seen, proxy: null }))).targets[0]?.reachable).toBe(true);
  });

  test('a page of the proxy’s own is no server that was reached, and no banner', async () => {
    const heard = { ...garbled('<html>'), proxy: proxySeen(), address: 'mail.example.com' };
    const [target] = (await reportOn(() => heard, { 'expect-banner': 'ESMTP' })).targets;
    expect(target).toMatchObject({ status: 'fail', code: 'proxy-refused', reachable: false, banner: null });
    expect(target?.findings).toHaveLength(1);
    const direct = { ...heard, proxy: null };
    expect((await reportOn(() => direct)).targets).toMatchObject([{ reachable: true, code: 'not-smtp' }]);
  });
});

describe('the name of a target', () => {
  const names = async (inputs: Record<string, string>) =>
    (await reportOn(fine, inputs)).targets.map(({ target }) => target.label);

  test.each([
    ['has no options while host and port tell it from others', 'a:25?tls=none\nb:25\na:26', 'a:25 b:25 a:26'],
    [
      'has the options of its own that another at the same port has not',
      'a:25\nb:25\na:25?tls=none',
      'a:25 b:25 a:25?tls=none',
    ],
    [
      'has none that both have',
      'a:25?timeout=1s&tls=none\nA:25?timeout=2s&tls=none',
      'a:25?timeout=1s A:25?timeout=2s',
    ],
    [
      'has lists and spaces as a line does',
      'a:25\na:25?require=AUTH%20PLAIN&require=DSN',
      'a:25 a:25?require=AUTH%20PLAIN&require=DSN',
    ],
    ['has several of them', '[::1]:25?tls=none\n[::1]:25?addresses=all', '[::1]:25?tls=none [::1]:25?addresses=all'],
  ])('%s', async (_, targets, expected) => {
    const labels = await names({ targets });
    expect(labels.join(' ')).toBe(expected);
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(targetLine(label, [])).toHaveProperty('value');
  });

  test('has the options of the inputs where a line has others', async () => {
    expect(await names({ targets: 'a:25\na:25?tls=auto', tls: 'none' })).toEqual(['a:25?tls=none', 'a:25']);
  });

  test('does not hold a certificate, and tells two from one another', async () => {
    const line = async () => `a:25?tls-ca=${encodeURIComponent((await makeAuthority()).cert.trim())}`;
    const targets = `a:25\n${await line()}\n${await line()}`;
    const labels = await names({ targets });
    expect(labels).toEqual(['a:25', ...Array(2).fill(expect.stringMatching(/^a:25\?tls-ca=PEM-[\da-f]{8}$/))]);
    expect(new Set(labels).size).toBe(3);
    expect(await names({ targets })).toEqual(labels);
  });

  test('holds nothing of a key', async () => {
    const { cert, key } = await makeCertificate();
    const pem = (text: string) => encodeURIComponent(text.trim());
    const line = `a:25?tls-client-cert=${pem(cert)}&tls-client-key=${pem(key)}`;
    expect(await names({ targets: `a:25\n${line}` })).toEqual([
      'a:25',
      expect.stringMatching(/^a:25\?tls-client-cert=PEM-[\da-f]{8}$/),
    ]);
  });

  test('has the beginning of a long text, and is another for another text', async () => {
    const long = 'x'.repeat(2_000);
    const labels = await names({ targets: `a:25?expect-banner=${long}a\na:25?expect-banner=${long}b` });
    expect(new Set(labels).size).toBe(2);
    for (const label of labels) expect(label).toMatch(/^a:25\?expect-banner=x{60}%?.{0,20}$/);
  });

  test('is numbered where what differs is not shown, and never holds a login', async () => {
    const inputs = { proxy: 'http://user:s3cret@p:1', targets: 'a:25\na:25?proxy=http://p:1' };
    expect(await names(inputs)).toEqual(['a:25', 'a:25 (2)']);
  });

  test('is the same in whichever order options are written', async () => {
    const orders = ['tls=none&timeout=1s', 'timeout=1s&tls=none'];
    const labels = await Promise.all(orders.map((query) => names({ targets: `a:25\na:25?${query}` })));
    expect(labels[0]).toEqual(labels[1]);
  });

  test('is what messages say', async () => {
    const report = await reportOn(refused, { targets: 'a:25\na:25?tls=none', 'look-around': 'false' });
    const messages = report.targets.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/^a:25 refused/),
      expect.stringMatching(/^a:25\?tls=none refused/),
    ]);
    const { verify } = readSurroundings({});
    const again = await reportOn(refused, { targets: 'a:25\na:25?tls=none' }, { verify });
    expect(again.targets.map(({ findings }) => findings[0]?.verify)).toEqual([
      'npx smtp-gate@1 a:25',
      'npx smtp-gate@1 a:25 --tls=none',
    ]);
  });
});

describe('as JSON', () => {
  const text = (report: Report) => [...jsonText(report)].join('');

  test('a report of few targets is for people', async () => {
    const report = await reportOn(fine);
    expect(text(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });

  test('one of many is the same value, a line for each target, with its end', async () => {
    const one = await reportOn(refused);
    const targets = Array.from({ length: 101 }, () => one.targets).flat();
    const many = { ...one, targets, notes: ['a note'] };
    expect(JSON.parse(text(many))).toEqual(JSON.parse(JSON.stringify(many)));
    const lines = text(many).split('\n');
    expect(lines.at(-1)).toBe('');
    for (const line of targets.map((target) => JSON.stringify(target))) expect(lines.map(bare)).toContain(line);
  });

  test('the names of a report stand in the same order, however many targets it has', async () => {
    const one = await reportOn(refused);
    const targets = Array.from({ length: 101 }, () => one.targets).flat();
    expect(Object.keys(JSON.parse(text({ ...one, targets })))).toEqual(Object.keys(one));
  });
});

const bare = (line: string) => line.replace(/,$/, '');

describe('what cannot be told of one target', () => {
  const places = { targets: 'a.example.com:587\nb.example.com:587', tls: 'starttls' };
  const INVALID = new Date(Number.NaN);

  test.each([
    ['validFrom', { validFrom: INVALID, validTo: daysOn(9) }, { validFrom: null, daysLeft: 9 }],
    ['validTo', { validFrom: daysOn(-9), validTo: INVALID }, { validTo: null, daysLeft: null }],
    ['both', { validFrom: INVALID, validTo: INVALID }, { validFrom: null, validTo: null, daysLeft: null }],
  ])('a date of a certificate (%s) is null there, and every other field is kept', async (_, dates, expected) => {
    const broken = certified({ chain: [certificate(dates)], chainError: 'ERROR_IN_CERT_NOT_BEFORE_FIELD' });
    const report = await reportOn(({ host }) => (host.startsWith('a') ? broken : certified({})), places);
    expect(report.targets.map(({ status }) => status)).toEqual(['fail', 'pass']);
    expect(report.targets[0]).toMatchObject({
      code: 'certificate-untrusted',
      tls: { protocol: 'TLSv1.3', ...expected },
    });
    expect(report.targets[1]?.tls?.daysLeft).toBeGreaterThan(0);
  });

  test('costs it its sights, and no other target anything', async () => {
    const { result } = await gate(fine, { targets: places.targets }, 25);
    const [first, second] = result.targets;
    const broken = { ...first, seen: { ...first?.seen, dialled: null } } as unknown as typeof first;
    const report = await buildReport({ ...result, targets: [broken, second] as never }, surroundings());
    expect(report.totals).toMatchObject({ targets: 2, pass: 2 });
    expect(report.targets[0]).toMatchObject({ status: 'pass', address: null, steps: [] });
    expect(report.targets[1]?.address).not.toBeNull();
    expect(report.notes).toEqual([expect.stringMatching(/a\.example\.com:587 could not be put into words/)]);
  });

  test('a finding that cannot be explained leaves the verdict', async () => {
    const { result } = await gate(refused, { targets: places.targets }, 25);
    const [first, second] = result.targets;
    const found = { ...first?.findings[0], facts: null };
    const broken = { ...first, findings: [found], deciding: found };
    const report = await buildReport({ ...result, targets: [broken, second] as never }, surroundings());
    expect(report.targets[0]).toMatchObject({ status: 'fail', code: second?.deciding?.code, findings: [] });
    expect(report.targets[1]?.findings).toHaveLength(1);
  });
});
