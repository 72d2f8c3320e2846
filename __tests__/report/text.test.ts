import { describe, expect, test } from '@jest/globals';
import { account } from '../../src/report/text.ts';
import { fine, inTurn, refused } from '../support/gate.ts';
import { garbled, unconnected } from '../support/observation.ts';
import { reportOn, several, viewed } from '../support/reports.ts';

const lines = async (...args: Parameters<typeof reportOn>) => account(viewed(await reportOn(...args)));

describe('the account', () => {
  test('of a pass is the time, the address, the greeting and the verdict', async () => {
    expect(await lines(fine)).toEqual([
      'mail.example.com:587',
      '  resolve      5 ms  ████████',
      '  connect      5 ms          ████████',
      '  greeting     5 ms                  ████████',
      '  quit         5 ms                          ████████',
      '  address   192.0.2.25',
      '  greeting  220 mail.example.com ESMTP ready',
      '',
      '✓ pass: mail.example.com:587 greeted after 10 ms with "220 mail.example.com ESMTP ready"',
    ]);
  });

  test('of a failure shows each address with its error', async () => {
    const text = await lines(() => unconnected(null, 'ECONNREFUSED'));
    expect(text).toEqual(expect.arrayContaining(['  192.0.2.25: timeout', '  192.0.2.26: ECONNREFUSED']));
    expect(text.join('\n')).not.toMatch(/ {2}address|^ {2}greeting {2}\S/m);
  });

  test('of one finding has its message in the verdict alone', async () => {
    const { message } = await reportOn(refused);
    expect((await lines(refused)).filter((line) => line.includes(message))).toEqual([
      `✗ fail: the mail server: ${message}`,
    ]);
  });

  test('counts the kinds of runner that other remedies are for, and says where they are, if anywhere', async () => {
    const report = await reportOn(refused);
    const [finding] = report.targets[0]?.findings ?? [];
    if (!finding) throw new Error('nothing was found');
    const remedies = (['kubernetes', 'kubernetes', 'github-hosted'] as const).map((environment, i) => ({
      environment,
      text: `do ${i}`,
      commands: [],
    }));
    const changed = {
      ...report,
      targets: report.targets.map((one) => ({ ...one, findings: [{ ...finding, remedies }] })),
    };
    const said = (reportFile: string | null) =>
      account(viewed(changed, { reportFile })).filter((line) => line.includes('kinds of runner'));
    expect(said('smtp-gate.json')).toEqual([
      expect.stringMatching(/ remedies for 2 other kinds of runner: smtp-gate\.json$/),
    ]);
    expect(said(null)).toEqual([]);
  });

  test('of two findings has the message of each', async () => {
    const inputs = { 'expect-banner': 'ESMTP' };
    const attempt = () => garbled('SSH-2.0-x');
    const report = await reportOn(attempt, inputs);
    const text = await lines(attempt, inputs);
    for (const { message } of report.targets[0]?.findings ?? []) expect(text).toContain(`  ${message}`);
    expect(text).toContain('ℹ settings: Another protocol answered (not-smtp)');
    expect(text).toContain('✗ the mail server: Not the expected greeting (banner-mismatch)');
  });

  test('of what is ignored says so', async () => {
    const text = await lines(refused, { ignore: 'connect-refused' });
    expect(text).toContain('✗ the mail server: Nothing listens on the port (connect-refused, ignored)');
    expect(text.at(-1)).toMatch(/^✓ pass: .*left out of the verdict: connect-refused/);
  });

  test('of several attempts counts them', async () => {
    expect((await lines(inTurn(refused, fine), { wait: '5s' })).at(-1)).toMatch(
      /^✓ pass: .* \(2 attempts in 550 ms\)$/,
    );
  });

  test('of several targets has a line for each that passes, each code once, and the worst as the verdict', async () => {
    const text = await lines((plan, n) => (plan.host === 'b' ? refused : fine)(plan, n), several('a', 'b'));
    const at = (line: string) => text.indexOf(line);
    expect(at('✗ the mail server: 1 of 2 mail servers cannot be used: Nothing listens on the port')).toBe(0);
    expect([at('✓ 1 target passes'), at('  ✓ a:25: pass in 10 ms')]).toEqual([1, 2]);
    expect(at('✗ the mail server: Nothing listens on the port (connect-refused, 1 target)')).toBeGreaterThan(1);
    expect(text).toContain('  Seen    b:25: 192.0.2.25: ECONNREFUSED after 2 ms');
    // Of a few targets, where the time went is told as well.
    expect(text.filter((line) => /^ {2}connect +5 ms/.test(line))).toHaveLength(1);
    expect(text.filter((line) => line.startsWith('✗ the mail server: b:25 refused'))).toEqual([]);
    expect(text.at(-1)).toMatch(/^✗ fail: the mail server: 1 of 2 targets cannot be used: b:25 refused/);
  });

  test('of many that fail alike says what happened once, and names the others', async () => {
    const names = Array.from({ length: 13 }, (_, i) => `h${i}`);
    const text = await lines(refused, several(...names));
    expect(text.filter((line) => /^✗ the mail server: h\d+:25 refused/.test(line))).toHaveLength(1);
    expect(text).toContain('  also h1:25, h2:25, h3:25, h4:25, h5:25 and 7 more targets');
    for (const name of names)
      expect(text.filter((line) => line.includes(`${name}:25: 192.0.2.25: ECONN`))).toHaveLength(1);
    expect(text.filter((line) => /^ {2}Likely/.test(line))).toHaveLength(1);
    expect(text.at(-1)).toMatch(/^✗ fail: the mail server: 13 of 13 targets cannot be used: h0:25 refused/);
  });

  test('of many that fail alike, but not by the same fault, names each fault with its targets', async () => {
    const report = await reportOn(refused, several('h0', 'h1', 'h2', 'h3'));
    const targets = report.targets.map((target, i) =>
      i === 1 || i === 3
        ? { ...target, findings: target.findings.map((found) => ({ ...found, fault: 'settings' as const })) }
        : target,
    );
    const text = account(viewed({ ...report, targets }));
    const at = text.findIndex((line) => /^✗ the mail server: h0:25 refused/.test(line));
    expect(text.slice(at + 1, at + 4)).toEqual([
      '  also h2:25',
      expect.stringMatching(/^✗ settings: h1:25 refused/),
      '  also h3:25',
    ]);
  });

  test('of targets that repeat each other says so before the verdict', async () => {
    const text = await lines(fine, { targets: 'a:25\na:25' });
    expect(text.at(-2)).toBe('note: targets: line 2 repeats line 1, and is checked once');
  });

  test('of nothing to probe is what to do about it', async () => {
    const text = await lines(fine, { host: '' });
    expect(text[0]).toBe('– settings: Nothing was checked');
    expect(text.at(-1)).toMatch(/^– skip: settings: Nothing was checked, because host is empty/);
  });

  test('names each part of a finding once, and numbers its causes', async () => {
    const text = await lines(refused);
    const names = text.flatMap((line) => /^ {2}(Seen|Likely|Do|Verify|More) /.exec(line)?.[1] ?? []);
    expect(names).toEqual(['Seen', 'Likely', 'Do', 'Verify', 'More']);
    expect(text.filter((line) => / \d\. /.test(line))).toHaveLength(3);
    expect(text).toContain('  Verify  $ smtp-gate mail.example.com:587 --timeout=5s');
  });
});

test('very many targets that pass have a line each for the first, and a count for the others', async () => {
  const targets = Array.from({ length: 1_002 }, (_, i) => `m${i}.example.com:25`).join('\n');
  const text = await lines(fine, { targets });
  expect(text[0]).toBe('✓ 1002 targets pass');
  expect(text.filter((line) => line.startsWith('  ✓ '))).toHaveLength(1_000);
  expect(text).toContain('  … and 2 more targets');
});
