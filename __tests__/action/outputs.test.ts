import { describe, expect, test } from '@jest/globals';
import { INITIAL_OUTPUTS, OUTPUTS, outputValues } from '../../src/action/outputs.ts';
import { type Attempt, fine, refused } from '../support/gate.ts';
import { ended, garbled, observation } from '../support/observation.ts';
import { REPORTS, reportOn, several } from '../support/reports.ts';

const names = Object.keys(OUTPUTS);
const values = async (attempt: Attempt, inputs = {}) =>
  outputValues(await reportOn(attempt, inputs), '/tmp/report.json');

describe('every output has a value, whatever became of the gate:', () => {
  test('before it begins', () => {
    expect(Object.keys(INITIAL_OUTPUTS)).toEqual(names);
    expect(INITIAL_OUTPUTS).toMatchObject({ status: 'fail', reachable: '', code: 'probe-crashed', total: '0' });
  });

  test.each(REPORTS)('%s', async (_, make) => {
    const report = await make();
    const outputs = outputValues(report, '/tmp/report.json');
    expect(Object.keys(outputs)).toEqual(names);
    for (const value of Object.values(outputs)) expect(typeof value).toBe('string');
    expect(outputs).toMatchObject({
      status: report.status,
      code: report.code,
      message: report.message,
      report: '/tmp/report.json',
    });
    expect(outputs).toMatchObject({ 'incident-state': 'none', 'incident-url': '' });
    expect(outputs).toMatchObject({ 'tls-protocol': report.targets[0]?.tls?.protocol ?? '' });
  });
});

describe('the outputs of', () => {
  test.each<[string, Attempt, object, object]>([
    [
      'a pass',
      fine,
      {},
      {
        status: 'pass',
        reachable: 'true',
        code: '',
        codes: '',
        banner: '220 mail.example.com ESMTP ready',
        address: '192.0.2.25',
        'latency-ms': '10',
        total: '1',
        passed: '1',
        failed: '0',
      },
    ],
    [
      'a failure',
      refused,
      {},
      {
        status: 'fail',
        reachable: 'false',
        code: 'connect-refused',
        codes: 'connect-refused',
        banner: '',
        address: '',
        'latency-ms': '',
        passed: '0',
        failed: '1',
      },
    ],
    [
      'two findings',
      () => garbled('SSH-2.0-x'),
      { 'expect-banner': '^220' },
      { code: 'banner-mismatch', codes: 'not-smtp\nbanner-mismatch', banner: 'SSH-2.0-x', reachable: 'true' },
    ],
    [
      'what is ignored',
      refused,
      { ignore: 'connect-refused' },
      { status: 'pass', reachable: 'false', code: '', codes: 'connect-refused', passed: '1', failed: '0' },
    ],
    ['a greeting in no time', () => observation({ latencyMs: 0.2 }), {}, { 'latency-ms': '0' }],
    [
      'a silent server',
      () => ended('greeting', { kind: 'silence', ms: 1, heard: '' }),
      {},
      { reachable: 'true', address: '192.0.2.25', 'latency-ms': '', banner: '' },
    ],
    [
      'nothing to probe',
      fine,
      { host: '' },
      {
        status: 'skip',
        reachable: '',
        code: 'not-configured',
        codes: 'not-configured',
        total: '0',
        passed: '0',
        failed: '0',
      },
    ],
  ])('%s', async (_, attempt, inputs, expected) => {
    expect(await values(attempt, inputs)).toMatchObject(expected);
  });

  test('several targets are of the first, and count all', async () => {
    const outputs = await values(
      ({ host }) => observation({ address: host === 'a' ? '192.0.2.1' : '192.0.2.2' }),
      several('a', 'b'),
    );
    expect(outputs).toMatchObject({ address: '192.0.2.1', total: '2', passed: '2', failed: '0', reachable: 'true' });
  });

  test.each([
    [['up', 'up'], 'true'],
    [['up', 'down'], 'false'],
    [['up', 'bug'], ''],
    [['down', 'bug'], 'false'],
    [['bug', 'down'], 'false'],
  ])('targets %j say whether all of them are reachable: %j', async (hosts, reachable) => {
    const attempt: Attempt = (plan, n) => {
      if (plan.host === 'bug') throw new Error('boom');
      return plan.host === 'up' ? fine(plan, n) : refused(plan, n);
    };
    expect(await values(attempt, several(...hosts))).toMatchObject({ reachable });
  });

  test('two targets name each code once', async () => {
    expect(await values(refused, several('a', 'b'))).toMatchObject({ codes: 'connect-refused', failed: '2' });
  });
});
