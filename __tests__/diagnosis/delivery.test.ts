import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { deliveryFault, mailboxFinding } from '../../src/diagnosis/delivery.ts';
import type { Finding } from '../../src/diagnosis/findings.ts';
import { queueIdOf } from '../../src/smtp/queue-id.ts';
import { arrived, judged, missing, QUEUED, sighting, submitted, unanswered, WANTED } from '../support/deliveries.ts';
import { reply } from '../support/observation.ts';

const codes = (found: readonly Finding[]) => found.map(({ code, status }) => `${code} ${status}`);
const SUBJECT = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };
const only = (found: readonly Finding[]): Finding => {
  const [first] = found;
  if (!first || found.length !== 1) throw new Error(codes(found).join());
  return first;
};
const told = (found: Finding) => explain(found, SUBJECT, 'systemd');

describe('a delivery', () => {
  test('that arrives in the inbox has no finding', () => expect(judged(submitted(), arrived())).toEqual([]));

  test('fails where the recipient is only put off, since nothing was sent', () => {
    const envelope = {
      from: 'gate@example.com',
      needsUtf8: false,
      mail: reply('250 ok'),
      recipients: [{ to: 'ops@example.net', reply: reply('450 4.2.0 Greylisted') }],
      rset: null,
    };
    const { seen, submission } = submitted({}, { envelope });
    const steps = seen.steps.map((one) => (one.step === 'data' ? { ...one, status: 'skipped' as const } : one));
    const nothing = { ...submission, data: null, sent: false, answer: null };
    expect(codes(judged({ seen: { ...seen, steps }, submission: nothing }, null))).toEqual(['envelope-deferred fail']);
  });

  test('of which nobody knows is a warning where it arrives, and a failure where it does not', () => {
    expect(codes(judged(unanswered(), arrived()))).toEqual(['message-uncertain warn']);
    expect(codes(judged(unanswered(), missing()))).toEqual(['message-uncertain fail']);
  });

  test('cannot pass by ignoring why nothing arrived', () => {
    for (const [seen, code] of [
      [missing(), 'delivery-missing'],
      [missing({ bounce: { status: null, diagnostic: null, remote: null } }), 'delivery-bounced'],
      [missing({ trouble: { kind: 'unreachable', how: 'x' } }), 'mailbox-unreachable'],
    ] as const) {
      expect(judged(submitted(), seen, {}, [code])).toEqual([
        expect.objectContaining({ code, unchecked: ['arrival'] }),
      ]);
    }
    const refused = judged(submitted({ answer: '550 5.7.1 no' }), null, {}, ['message-refused']);
    expect(refused).toEqual([expect.objectContaining({ unchecked: ['data'] })]);
  });

  test('fails for what is required of it, and warns of it otherwise', () => {
    const junk = arrived({ sightings: [sighting({ folder: 'Spam', junk: true })] });
    expect(codes(judged(submitted(), junk))).toEqual(['delivery-junk warn']);
    expect(codes(judged(submitted(), junk, { require: ['inbox'] }))).toEqual(['delivery-junk fail']);
    const pass = { authentication: [{ method: 'spf', result: 'pass', about: [] }] };
    const [known] = judged(submitted(), { ...junk, ...pass }, { authservId: 'mx.example.net' });
    expect(known?.facts).toMatchObject({ believed: 'spf=pass' });
    // Nobody was asked whom to trust.
    expect(judged(submitted(), { ...junk, ...pass })[0]?.facts).not.toHaveProperty('believed');
    const dkim = arrived({ authentication: [{ method: 'dkim', result: 'fail', about: [] }] });
    const trusted = { authservId: 'mx.example.net' };
    expect(codes(judged(submitted(), dkim, trusted))).toEqual(['delivery-authentication-failed warn']);
    expect(codes(judged(submitted(), dkim, { ...trusted, require: ['dkim'] }))).toEqual([
      'delivery-authentication-failed fail',
    ]);
    const neutral = arrived({ authentication: [{ method: 'spf', result: 'neutral', about: [] }] });
    expect(codes(judged(submitted(), neutral, trusted))).toEqual([]);
    expect(codes(judged(submitted(), neutral, { ...trusted, require: ['spf'] }))).toEqual([
      'delivery-authentication-failed fail',
    ]);
    expect(codes(judged(submitted(), neutral, { ...trusted, require: ['dkim'] }))).toEqual([
      'delivery-authentication-unknown fail',
    ]);
    expect(codes(judged(submitted(), arrived(), trusted))).toEqual(['delivery-authentication-unknown info']);
    expect(codes(judged(submitted(), arrived(), { ...trusted, require: ['spf'] }))).toEqual([
      'delivery-authentication-unknown fail',
    ]);
  });

  test('that is missing tells what to ask the queue, with the name of the message there', () => {
    const { message, remedies } = told(only(judged(submitted(), missing())));
    expect(message).toContain('as 4cZ8Qx3kJyz9vXf');
    const commands = remedies.flatMap((one) => one.commands);
    expect(commands.slice(0, 3)).toEqual([
      'postqueue -p',
      'sudo postcat -qh 4cZ8Qx3kJyz9vXf',
      expect.stringContaining('grep -F 4cZ8Qx3kJyz9vXf'),
    ]);
  });

  test('whose queue is nobody’s that is known tells of all', () => {
    const { remedies } = told(only(judged(submitted({ answer: '250 ok' }), missing())));
    const text = JSON.stringify(remedies);
    for (const word of [
      'postqueue -p',
      'exim -bp',
      'mailq',
      'smtpctl show queue',
      'message trace',
      'Email Log Search',
      'Amazon SES',
    ])
      expect(text).toContain(word);
  });

  test.each([
    ['message-refused', '550 5.7.26 SPF check failed', 'address'],
    ['message-refused', '554 5.7.1 Client host blocked using zen.spamhaus.org', 'runner'],
    ['message-refused', '550 5.7.1 content rejected', 'server'],
  ])('has the fault that the words name: %s %s', (_, answer, fault) => {
    expect(deliveryFault(only(judged(submitted({ answer }), null)))).toBe(fault);
  });

  test.each([
    [{ status: '5.1.1', diagnostic: null }, 'address'],
    [{ status: '5.2.2', diagnostic: '552 5.2.2 Quota exceeded' }, 'address'],
    [{ status: '5.4.4', diagnostic: null }, 'dns'],
    [{ status: '5.7.1', diagnostic: '554 5.7.1 Service unavailable' }, 'server'],
    [{ status: null, diagnostic: null }, 'server'],
  ])('that comes back has the fault of its status: %j', (bounce, fault) => {
    expect(deliveryFault(only(judged(submitted(), missing({ bounce: { remote: null, ...bounce } }))))).toBe(fault);
  });

  test('says of a mailbox that cannot be read whether anything was sent', () => {
    const trouble = { kind: 'login-refused', how: 'Authentication failed.' } as const;
    expect(told(mailboxFinding(trouble, WANTED, false)).message).toContain('nothing was sent');
    expect(told(mailboxFinding(trouble, WANTED, true)).message).toContain('had been sent');
  });
});

describe('the name of a message in a queue', () => {
  test.each([
    [QUEUED, '220 mail ESMTP', { id: '4cZ8Qx3kJyz9vXf', keeper: 'postfix' }],
    ['250 OK id=1qABcd-0001Xy-2f', '220 x', { id: '1qABcd-0001Xy-2f', keeper: 'exim' }],
    ['250 OK id=1wXyZ0-000000012Ab-3cDe', '220 x', { id: '1wXyZ0-000000012Ab-3cDe', keeper: 'exim' }],
    [
      '250 2.0.0 5ATAB5xx012345 Message accepted for delivery',
      '220 x ESMTP Sendmail 8.17',
      { id: '5ATAB5xx012345', keeper: 'sendmail' },
    ],
    [
      '250 2.0.0 4f6e1a2b Message accepted for delivery',
      '220 x ESMTP OpenSMTPD',
      { id: '4f6e1a2b', keeper: 'opensmtpd' },
    ],
    [
      '250 2.6.0 <a@b.prod.outlook.com> [InternalId=1, Hostname=x] Queued mail for delivery',
      '220 x',
      { id: '<a@b.prod.outlook.com>', keeper: 'microsoft' },
    ],
    ['250 2.0.0 OK  1701251204 d9-20020a05620a.3 - gsmtp', '220 x', { id: 'd9-20020a05620a.3', keeper: 'google' }],
    [
      '250 Ok 0100018c0ee1d2ab-1d2c3b4a-1111-2222-3333-444455556666-000000',
      '220 x',
      { id: '0100018c0ee1d2ab-1d2c3b4a-1111-2222-3333-444455556666-000000', keeper: 'amazon' },
    ],
    ['250 ok', '220 x ESMTP Exim 4.96', { id: null, keeper: 'exim' }],
    ['250 ok', '220 x ESMTP', { id: null, keeper: null }],
    ['250 queued as $(rm -rf /)', '220 x', { id: null, keeper: null }],
  ])('is read: %s', (text, greeting, id) => expect(queueIdOf(text, greeting)).toEqual(id));
});
