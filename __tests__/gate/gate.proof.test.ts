import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/model/observation.ts';
import type { StepName } from '../../src/model/steps.ts';
import { type Attempt, each, gate } from '../support/gate.ts';
import { ended, enveloped, greeted, loggedIn, STARTTLS_STEPS, secured, unconnected } from '../support/observation.ts';

const LOGIN = { username: 'ada', password: 'correct horse' };
const MAIL = { 'mail-from': 'gate@example.com', 'rcpt-to': 'ops@example.net' };

/** An observation whose steps behind this one were not taken. */
function stoppedBehind(last: StepName, seen: Observation): Observation {
  const at = STARTTLS_STEPS.indexOf(last);
  const steps = STARTTLS_STEPS.map((step, i) => ({
    step,
    status: i <= at || step === 'quit' ? ('done' as const) : ('skipped' as const),
    startMs: 0,
    tookMs: 1,
    because: null,
  }));
  return { ...seen, steps };
}

describe('what was asked for and not done', () => {
  test.each<[string, Observation]>([
    ['nothing ended it', stoppedBehind('ehlo-again', secured())],
    [
      'something was odd',
      stoppedBehind('ehlo-again', secured({ deviations: [{ kind: 'empty-line', step: 'ehlo', text: '' }] })),
    ],
  ])('is no pass where %s: it is our own defect', async (_, seen) => {
    const { result } = await gate(() => seen, { ...LOGIN, ...MAIL });
    expect(result).toMatchObject({ status: 'fail', deciding: { finding: { code: 'probe-crashed' } } });
  });

  test('may be TLS where nobody insists on it', async () => {
    const steps = stoppedBehind('ehlo', secured()).steps.map((one) =>
      /^(?:auth|mail|rcpt)$/.test(one.step) ? { ...one, status: 'done' as const } : one,
    );
    const seen = enveloped('250 ok', '250 ok');
    const plain = { ...seen, steps, tls: null, starttls: { offered: false, reply: null } };
    expect((await gate(() => plain, MAIL)).result.status).toBe('pass');
    expect((await gate(() => plain, { ...MAIL, tls: 'starttls' })).result).toMatchObject({
      status: 'fail',
      deciding: { finding: { code: 'starttls-not-offered' } },
    });
  });
});

describe('ignore', () => {
  const busy = stoppedBehind('greeting', greeted('421 4.7.0 too many connections'));
  const noLogin = stoppedBehind('auth', loggedIn('535 5.7.8 no'));
  const lost = ended('mail', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS);
  const noTls = stoppedBehind('ehlo', secured({ tls: null, starttls: { offered: false, reply: null } }));

  test.each<[string, Observation, Record<string, string>, string, string]>([
    ['a greeting', busy, { ...LOGIN, ignore: 'greeting-busy' }, 'fail', 'greeting-busy'],
    ['a connection', unconnected('ECONNREFUSED'), { ...MAIL, ignore: 'connect-refused' }, 'fail', 'connect-refused'],
    [
      'a connection, before a banner',
      unconnected('ECONNREFUSED'),
      { 'expect-banner': 'x', ignore: 'connect-refused' },
      'fail',
      'connect-refused',
    ],
    ['a login, before an envelope', noLogin, { ...LOGIN, ...MAIL, ignore: 'auth-rejected' }, 'fail', 'auth-rejected'],
    [
      'a login that broke the rules',
      secured({ auth: { outcome: 'broken', mechanism: 'PLAIN', what: 'x', reply: { code: 334, lines: [''] } } }),
      { ...LOGIN, ignore: 'protocol-violation' },
      'fail',
      'protocol-violation',
    ],
    [
      'EHLO, where something is required',
      stoppedBehind(
        'ehlo',
        secured({ starttls: null, tls: null, ehlo: { verb: 'EHLO', reply: { code: 421, lines: ['no'] } } }),
      ),
      { require: 'SIZE', ignore: 'service-unavailable' },
      'fail',
      'service-unavailable',
    ],
    [
      'a recipient that is refused, before another',
      enveloped('250 ok', '550 5.1.1 no', '354 what'),
      { ...MAIL, ignore: 'recipient-refused\nprotocol-violation' },
      'fail',
      'recipient-refused',
    ],
    [
      'a login that a 421 answers',
      loggedIn('421 4.3.2 shutting down'),
      { ...LOGIN, ignore: 'service-unavailable' },
      'fail',
      'service-unavailable',
    ],
    [
      'a recipient that a 421 answers',
      enveloped('250 ok', '421 4.3.2 shutting down'),
      { ...MAIL, ignore: 'service-unavailable' },
      'fail',
      'service-unavailable',
    ],
    [
      'a login that was not sent',
      stoppedBehind(
        'ehlo',
        secured({
          tls: null,
          starttls: { offered: false, reply: null },
          auth: { outcome: 'withheld', because: 'no-tls' },
        }),
      ),
      { ...LOGIN, ignore: 'auth-needs-tls' },
      'fail',
      'auth-needs-tls',
    ],
    ['a lost connection', lost, { ...MAIL, ignore: 'connection-lost' }, 'fail', 'connection-lost'],
    [
      'STARTTLS, before an envelope',
      noTls,
      { ...MAIL, tls: 'starttls', ignore: 'starttls-not-offered' },
      'fail',
      'starttls-not-offered',
    ],
    [
      'a deferral, before a recipient',
      stoppedBehind('mail', enveloped('450 4.2.0 later')),
      { ...MAIL, ignore: 'envelope-deferred' },
      'warn',
      'envelope-deferred',
    ],
  ])('does not hold for %s because of which more was not checked', async (_, seen, inputs, status, code) => {
    const { result } = await gate(() => seen, inputs);
    expect(result).toMatchObject({ status, deciding: { finding: { code } }, targets: [{ ignored: [] }] });
    expect(result.targets[0]?.deciding?.unchecked?.length).toBeGreaterThan(0);
  });

  test.each<[string, Observation, Record<string, string>]>([
    ['a greeting, where nothing more was asked for', busy, { ignore: 'greeting-busy' }],
    ['a connection, where nothing more was asked for', unconnected('ECONNREFUSED'), { ignore: 'connect-refused' }],
    ['the last answer', loggedIn('535 5.7.8 no'), { ...LOGIN, ignore: 'auth-rejected' }],
    ['a recipient', enveloped('250 ok', '550 no'), { ...MAIL, ignore: 'recipient-refused' }],
    ['what was seen on the way', enveloped('250 ok', '250 ok'), { ...MAIL, ignore: 'slow', 'latency-warn': '1ms' }],
  ])('holds for %s', async (_, seen, inputs) => {
    expect((await gate(() => seen, inputs)).result.status).toBe('pass');
  });

  test('does not hold for a login because of which another address was not asked', async () => {
    const steps = stoppedBehind('ehlo-again', secured()).steps.map((one) =>
      one.step === 'mail' || one.step === 'rcpt' ? { ...one, status: 'done' as const } : one,
    );
    const seen: Attempt = each({ '192.0.2.1': loggedIn('535 5.7.8 no'), '192.0.2.2': { ...secured(), steps } });
    const { result } = await gate(seen, { ...LOGIN, addresses: 'all', ignore: 'auth-rejected' });
    expect(result).toMatchObject({
      status: 'fail',
      deciding: { finding: { code: 'auth-rejected', address: '192.0.2.1' } },
    });
  });
});
