import { describe, expect, test } from '@jest/globals';
import { account } from '../../src/report/account.ts';
import { fine, inTurn, refused } from '../support/gate.ts';
import { garbled, unconnected } from '../support/observation.ts';
import { reportOn, several } from '../support/reports.ts';

const lines = async (...args: Parameters<typeof reportOn>) => account(await reportOn(...args), 'systemd');

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
    expect((await lines(refused)).filter((line) => line.includes(message))).toEqual([`✗ fail: ${message}`]);
  });

  test('of two findings has the message of each', async () => {
    const inputs = { 'expect-banner': 'ESMTP' };
    const attempt = () => garbled('SSH-2.0-x');
    const report = await reportOn(attempt, inputs);
    const text = await lines(attempt, inputs);
    for (const { message } of report.targets[0]?.findings ?? []) expect(text).toContain(`  ${message}`);
    expect(text).toContain('ℹ not-smtp: Another protocol answered');
    expect(text).toContain('✗ banner-mismatch: Not the expected greeting');
  });

  test('of what is ignored says so', async () => {
    const text = await lines(refused, { ignore: 'connect-refused' });
    expect(text).toContain('✗ connect-refused: The connection was refused (ignored)');
    expect(text.at(-1)).toMatch(/^✓ pass: .*left out of the verdict: connect-refused/);
  });

  test('of several attempts counts them', async () => {
    expect((await lines(inTurn(refused, fine), { wait: '5s' })).at(-1)).toMatch(
      /^✓ pass: .* \(2 attempts in 550 ms\)$/,
    );
  });

  test('of several targets shows each of them, and the worst as the verdict', async () => {
    const text = await lines((plan, n) => (plan.host === 'b' ? refused : fine)(plan, n), several('a', 'b'));
    expect(text).toEqual(expect.arrayContaining(['a:25', 'b:25']));
    expect(text.at(-1)).toMatch(/^✗ fail: b:25 refused/);
  });

  test('of nothing to probe is what to do about it', async () => {
    const text = await lines(fine, { host: '' });
    expect(text[0]).toBe('– not-configured: Nothing to probe');
    expect(text.at(-1)).toMatch(/^– skip: Nothing was probed, because host is empty/);
  });

  test('names each part of a finding once, and numbers its causes', async () => {
    const text = await lines(refused);
    const names = text.flatMap((line) => /^ {2}(Seen|Likely|Do|Verify|More) /.exec(line)?.[1] ?? []);
    expect(names).toEqual(['Seen', 'Likely', 'Do', 'Verify', 'More']);
    expect(text.filter((line) => / \d\. /.test(line))).toHaveLength(3);
    expect(text).toContain('  Verify  $ smtp-gate mail.example.com:587 --timeout=5s');
  });
});
