import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deliver } from '../../src/deliver/deliver.ts';
import { openMailbox } from '../../src/deliver/mailbox.ts';
import { makeToken } from '../../src/deliver/message.ts';
import { buildDeliveryReport } from '../../src/deliver/report.ts';
import { readDeliverySettings } from '../../src/deliver/settings.ts';
import { systemIo } from '../../src/probe/probe.ts';
import { submit } from '../../src/probe/submission.ts';
import type { Report } from '../../src/report/report.ts';
import { readSurroundings } from '../../src/runtime/context.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { type Identity, makeAuthority, makeCertificate } from '../support/certificates.ts';
import { leapingClock } from '../support/clock.ts';
import { type ImapOptions, type ImapServer, imapServer } from '../support/imap-server.ts';
import { type Answers, intoInbox, mailSystem, type Route } from '../support/mail-system.ts';
import { closedPort, type LoopbackServer } from '../support/servers.ts';

let authority: Identity;
let identity: Identity;
beforeAll(async () => {
  authority = await makeAuthority();
  identity = await makeCertificate({ issuer: authority });
});

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Setting {
  readonly clock?: Clock;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly answers?: () => Answers;
  readonly route?: (imap: ImapServer) => Route;
  readonly imap?: Partial<ImapOptions>;
  readonly prepare?: (imap: ImapServer) => void;
}

const PASSWORD = 'tulip-garden-7';

async function sendOne({
  inputs = {},
  answers,
  route = intoInbox,
  imap: options,
  prepare,
  clock = leapingClock(),
}: Setting = {}) {
  const imap = await imapServer({ identity, password: PASSWORD, ...options });
  servers.push(imap);
  prepare?.(imap);
  const smtp = await mailSystem(route(imap), answers);
  servers.push(smtp);
  const all: Readonly<Record<string, string>> = {
    host: '127.0.0.1',
    port: String(smtp.port),
    'mail-from': 'gate@example.com',
    'deliver-to': 'ops@example.net',
    mailbox: `imaps://127.0.0.1:${imap.port}`,
    'mailbox-password': PASSWORD,
    'tls-ca': authority.cert,
    tls: 'none',
    'delivery-timeout': '300ms',
    'delivery-warn': '300ms',
    ...inputs,
  };
  const read = await readDeliverySettings((name) => all[name], {});
  if ('problems' in read || read.settings.job === null) throw new Error(JSON.stringify(read));
  const { job, gate } = read.settings;
  const world = systemIo(systemClock);
  const delivered = await deliver(job, gate.failOn, {
    clock,
    submit: (plan, taken) => submit(plan, world, taken),
    openMailbox: (plan, login) => openMailbox(plan, login, world),
    random: () => randomBytes(16),
    progress: () => {},
    say: () => {},
  });
  const report = await buildDeliveryReport(delivered, job, readSurroundings({}), gate);
  const sent = smtp.heard.filter((line) => line === '.').length;
  return { delivered, report, smtp, imap, sent };
}

const codes = ({ targets }: Report) =>
  targets.flatMap(({ findings }) => findings.map(({ code, status }) => `${code} ${status}`));

describe('a delivery', () => {
  test('sends one message, sees it in the inbox, and deletes it', async () => {
    const { report, imap, sent } = await sendOne();
    const [target] = report.targets;
    expect([report.status, report.checkId, codes(report), sent]).toEqual(['pass', 'check.notify.queue.health', [], 1]);
    expect(target?.delivery).toMatchObject({
      to: 'ops@example.net',
      verdict: 'the message arrived',
      acceptMs: expect.any(Number),
      arrivalMs: expect.any(Number),
      folder: 'INBOX',
      folders: ['INBOX', 'Junk'],
      copies: 1,
      queueId: '4cZ8Qx3kJyz9vXf',
    });
    expect(report.message).toMatch(
      /^127\.0\.0\.1:\d+ to ops@example\.net took the message after .* arrived in INBOX .* later$/,
    );
    expect(imap.boxes.get('INBOX')?.messages).toEqual([]);
    expect(target?.steps.map(({ step }) => step)).toEqual([
      'mailbox',
      'resolve',
      'connect',
      'greeting',
      'ehlo',
      'mail',
      'rcpt',
      'data',
      'quit',
      'arrival',
      'clean-up',
    ]);
    for (const { startMs } of target?.steps ?? []) expect(startMs).toBeGreaterThanOrEqual(0);
  });

  test('shows names of servers on the way in the hops alone', async () => {
    const { report, imap } = await sendOne();
    const [target] = report.targets;
    expect(target?.delivery?.hops).toMatchObject([{ from: 'gate', by: 'mx.internal.example' }]);
    expect(
      JSON.stringify({ ...report, targets: [{ ...target, delivery: { ...target?.delivery, hops: [] } }] }),
    ).not.toContain('mx.internal');
    expect(target?.delivery?.shown.map(([label]) => label)).toEqual(['mailbox', 'accepted', 'arrived']);
    expect(target?.delivery?.hops).toHaveLength(1);
    expect(target?.delivery?.shown[0]).toEqual(['mailbox', `127.0.0.1:${imap.port}`]);
  });

  test('keeps the message where that is wanted', async () => {
    const { imap, report } = await sendOne({ inputs: { 'delivery-keep': 'true' } });
    expect([report.status, imap.boxes.get('INBOX')?.messages.length]).toEqual(['pass', 1]);
  });

  test.each<[string, Setting, string]>([
    ['a wrong password', { imap: { password: 'another' } }, 'mailbox-login-refused fail'],
    ['no inbox', { prepare: ({ boxes }) => void boxes.delete('INBOX') }, 'mailbox-folder-missing fail'],
  ])('sends nothing with %s', async (_, setting, code) => {
    const { report, smtp } = await sendOne({ ...setting, inputs: { wait: '5s' } });
    expect(codes(report)).toEqual([code]);
    expect(smtp.connections()).toBe(0);
    expect(report.message).toContain('nothing was sent');
  });

  test('sends nothing with a mailbox that is not there, and tries it again while that can help', async () => {
    const nobody = `imaps://127.0.0.1:${await closedPort()}`;
    const { report, smtp } = await sendOne({ inputs: { mailbox: nobody, wait: '600ms' } });
    expect([codes(report), smtp.connections()]).toEqual([['mailbox-unreachable fail'], 0]);
    expect(report.targets[0]?.attempts).toBeGreaterThan(1);
  });

  test('never sends a message twice, whatever `wait` says: it is missing', async () => {
    const { report, sent } = await sendOne({ inputs: { wait: '10s' }, route: () => () => {} });
    expect([codes(report), sent]).toEqual([['delivery-missing fail'], 1]);
    expect(report.message).toContain('4cZ8Qx3kJyz9vXf');
    expect(report.targets[0]?.delivery?.verdict).toBe('the message did not arrive');
  });

  test.each([
    ['and it arrives', intoInbox, 'message-uncertain warn'],
    ['and it does not', () => () => {}, 'message-uncertain fail'],
  ])('never sends a message twice, where the connection is cut behind the dot, %s', async (_, route, code) => {
    const { report, sent } = await sendOne({ inputs: { wait: '10s' }, answers: () => ({ '.': 'close' }), route });
    expect([codes(report), sent]).toEqual([[code], 1]);
  });

  test('asks again after a deferral, and then sends one message', async () => {
    let asked = 0;
    const answers = () => {
      asked += 1;
      return asked < 8 ? { RCPT: '450 4.2.0 Greylisted' } : {};
    };
    const { report, sent } = await sendOne({ inputs: { wait: '20s' }, answers });
    expect([report.status, sent]).toEqual(['pass', 1]);
    expect(report.targets[0]?.attempts).toBeGreaterThan(1);
  });

  test('asks again after a deferral behind the dot, which says that the message was not taken', async () => {
    let dots = 0;
    const answers = () => ({
      get '.'() {
        dots += 1;
        return dots === 1 ? '451 4.3.0 later' : '250 ok';
      },
    });
    const { report, imap } = await sendOne({ inputs: { wait: '20s', 'delivery-keep': 'true' }, answers });
    expect([report.status, imap.boxes.get('INBOX')?.messages.length]).toEqual(['pass', 1]);
  });

  test('without `wait` is one attempt, and a deferral is a failure', async () => {
    const { report, sent } = await sendOne({ answers: () => ({ RCPT: '450 4.2.0 Greylisted' }) });
    expect([codes(report), sent, report.targets[0]?.attempts]).toEqual([['envelope-deferred fail'], 0, 1]);
  });

  test('is refused behind the message, by whom the words name', async () => {
    const { report, imap } = await sendOne({ answers: () => ({ '.': '550 5.7.26 SPF check failed' }) });
    expect([codes(report), report.fault]).toEqual([['message-refused fail'], 'address']);
    expect(imap.commands.filter((one) => one === 'NOOP')).toEqual([]);
  });

  test('ends up in Junk, is doubled, or comes with what the receiver says', async () => {
    const junk = await sendOne({ route: (imap) => intoInbox(imap, 'Junk'), inputs: { 'delivery-require': 'inbox' } });
    expect(codes(junk.report)).toEqual(['delivery-junk fail']);
    expect(junk.report.targets[0]?.delivery?.verdict).toBe('the message arrived in the folder for junk');
    const twice = await sendOne({
      route: (imap) => (message) => {
        intoInbox(imap)(message);
        intoInbox(imap)(message);
      },
    });
    expect(codes(twice.report)).toEqual(['delivery-duplicate warn']);
    expect(twice.imap.boxes.get('INBOX')?.messages).toEqual([]);
    const forged = await sendOne({
      route: (imap) =>
        intoInbox(
          imap,
          'INBOX',
          'Authentication-Results: mx.example.net; dkim=fail\r\nAuthentication-Results: mx.example.net; dkim=pass; spf=pass\r\n',
        ),
      inputs: { 'authserv-id': 'mx.example.net', 'delivery-require': 'dkim' },
    });
    expect(codes(forged.report)).toEqual(
      ['delivery-authentication-failed fail', 'delivery-authentication-unknown info'].slice(0, 1),
    );
  });

  test('tells of a notice that the message failed', async () => {
    const { report } = await sendOne({
      inputs: { 'delivery-timeout': '10s', 'delivery-warn': '10s' },
      route: (imap) => (message) => {
        const notice = 'From: MAILER-DAEMON\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\n';
        imap.deliver(
          'INBOX',
          `${notice}Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 Quota exceeded\r\n\r\n${message}`,
        );
      },
    });
    expect(codes(report)).toEqual(['delivery-bounced fail']);
    expect(report.message).toContain('Quota exceeded');
  });

  test('is not deceived by a message with another token', async () => {
    const other = makeToken(new Date(), new Uint8Array(16).fill(9));
    const { report } = await sendOne({
      route: (imap) => (message) => void imap.deliver('INBOX', message.replace(/smtp-gate-[\da-z]+-[\da-f]+/g, other)),
    });
    expect(codes(report)).toEqual(['delivery-missing fail']);
  });

  const trusted = { 'authserv-id': 'mx', 'delivery-require': 'dkim' };
  const believed = (imap: ImapServer) => intoInbox(imap, 'INBOX', 'Authentication-Results: mx; dkim=pass\r\n');
  /** A mailbox that breaks off at a command, so many times. */
  const breaksAt =
    (at: RegExp, times = 1) =>
    (imap: ImapServer) => {
      let left = times;
      imap.twist = (command, write, socket) => {
        if (left === 0 || !at.test(command)) return false;
        left -= 1;
        write('* BYE see you\r\n');
        socket.end();
        return true;
      };
    };

  test.each([
    ['its header is read', /PEEK\[HEADER\]/],
    ['it is marked', /^UID STORE/],
    ['it is deleted', /^UID EXPUNGE/],
  ])('is read and deleted over a new connection, where the mailbox breaks off as %s', async (_, at) => {
    const { report, imap } = await sendOne({ prepare: breaksAt(at), route: believed, inputs: trusted });
    expect([codes(report), imap.connections()]).toEqual([[], 2]);
    expect(imap.boxes.get('INBOX')?.messages).toEqual([]);
  });

  test('holds nothing against the sender, where its header cannot be read', async () => {
    const prepare = breaksAt(/PEEK\[HEADER\]/, 9);
    const { report } = await sendOne({ prepare, route: believed, inputs: trusted });
    expect(codes(report)).toEqual(['mailbox-unreachable fail']);
    expect(report.message).toContain('had arrived');
    const asked = await sendOne({ prepare, route: believed, inputs: { 'authserv-id': 'mx' } });
    expect(codes(asked.report)).toEqual(['mailbox-unreachable warn']);
    const unasked = await sendOne({ prepare, route: believed });
    expect(codes(unasked.report)).toEqual([]);
  });

  test('sends no login again behind a 421, which ends the service', async () => {
    const inputs = { username: 'gate', password: PASSWORD, 'auth-over-plaintext': 'true', wait: '20s' };
    const login = { EHLO: '250-mail\r\n250 AUTH PLAIN', AUTH: '235 2.7.0 Ok' };
    for (const verb of ['DATA', '.']) {
      const { report, smtp } = await sendOne({ inputs, answers: () => ({ ...login, [verb]: '421 4.3.2 bye' }) });
      expect([codes(report), smtp.heard.filter((line) => line.startsWith('AUTH'))]).toEqual([
        ['message-deferred fail'],
        [expect.any(String)],
      ]);
    }
  });

  test('is looked for from the moment in which the server has it, however long the farewell takes', async () => {
    const { report } = await sendOne({ answers: () => ({ QUIT: '221-wait' }), inputs: { timeout: '700ms' } });
    const steps = report.targets[0]?.steps ?? [];
    const [quit, arrival] = ['quit', 'arrival'].map((name) => steps.find(({ step }) => step === name));
    expect(arrival?.startMs).toBeLessThan((quit?.startMs ?? 0) + (quit?.tookMs ?? 0));
    expect(steps.map(({ step }) => step).slice(-3)).toEqual(['quit', 'arrival', 'clean-up']);
    expect(codes(report)).toEqual([]);
  });

  test('says a PROXY header to the server alone', async () => {
    const { smtp, imap } = await sendOne({ inputs: { 'proxy-protocol': 'v1', timeout: '2s', deadline: '4s' } });
    expect([smtp.said[0], imap.commands[0]]).toEqual([expect.stringMatching(/^PROXY TCP4 /), 'CAPABILITY']);
  });

  test('may have been stamped long before the server has read it', async () => {
    let ahead = 0;
    const clock = { ...leapingClock(), date: () => new Date(Date.now() + ahead) };
    const route = (imap: ImapServer) => (message: string) => {
      intoInbox(imap)(message);
      // So long the server looked for viruses.
      ahead = 20_000;
    };
    const { report } = await sendOne({ clock, route });
    expect(codes(report)).toEqual([]);
    const [hop] = report.targets[0]?.delivery?.hops ?? [];
    expect(hop?.delayMs).toBeGreaterThanOrEqual(0);
  });

  test('is not sent by a second attempt whose mailbox can no longer be read', async () => {
    const { report, sent, imap } = await sendOne({
      inputs: { wait: '2s' },
      answers: () => ({ DATA: '451 4.3.0 later' }),
      prepare: (server) => {
        server.twist = (command, write, socket) => {
          if (command === 'NOOP') socket.end();
          if (command !== '' || server.connections() < 2) return command === 'NOOP';
          write('* BYE no more\r\n');
          socket.end();
          return true;
        };
      },
    });
    expect([sent, imap.connections() > 1]).toEqual([0, true]);
    expect(codes(report)).toEqual(['mailbox-unreachable fail']);
    expect(report.message).toContain('nothing was sent');
  });

  test('shows no password anywhere, whatever the server repeats', async () => {
    const { report } = await sendOne({ answers: () => ({ '.': `550 5.7.1 ${PASSWORD} is no good` }) });
    expect(JSON.stringify(report)).not.toContain(PASSWORD);
    const header = await sendOne({
      route: (imap) =>
        intoInbox(
          imap,
          'INBOX',
          `Received: from ${PASSWORD} by x; 1 Jan 2026 10:00 UTC\r\nAuthentication-Results: mx; spf=fail a.b=${PASSWORD}\r\n`,
        ),
      inputs: { 'authserv-id': 'mx' },
    });
    expect(header.report.targets[0]?.delivery?.hops).toHaveLength(2);
    expect(JSON.stringify(header.report)).not.toContain(PASSWORD);
    const login = await sendOne({
      inputs: { 'mailbox-password': 'wrong-garden-8', 'mailbox-username': 'secret-ops-user' },
    });
    expect(JSON.stringify(login.report)).not.toMatch(/wrong-garden-8|secret-ops-user/);
  });

  test('says how to repeat it', async () => {
    const { report } = await sendOne({ route: () => () => {} });
    expect(report.targets[0]?.findings[0]?.verify).toMatch(
      /SMTP_GATE_MAILBOX_PASSWORD.* npx smtp-gate@1 deliver 127\.0\.0\.1:\d+ .*--deliver-to=ops@example\.net/,
    );
  });
});
