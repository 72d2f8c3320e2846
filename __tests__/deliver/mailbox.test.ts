import { readFileSync } from 'node:fs';
import net from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Mailbox, openMailbox } from '../../src/deliver/mailbox.ts';
import { MailboxError } from '../../src/deliver/mailbox-error.ts';
import { composeMessage, makeToken, TOKEN_FIELD } from '../../src/deliver/message.ts';
import { cleanUp, watchFor } from '../../src/deliver/watch.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { systemIo } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { type Identity, makeAuthority, makeCertificate } from '../support/certificates.ts';
import { leapingClock } from '../support/clock.ts';
import { type ImapOptions, type ImapServer, imapServer } from '../support/imap-server.ts';
import { proxyPlan } from '../support/proxies.ts';
import { PLAN } from '../support/scripted.ts';
import { closedPort, greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

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

async function serve(options: Partial<ImapOptions> = {}): Promise<ImapServer> {
  const server = await imapServer({ identity, ...options });
  servers.push(server);
  return server;
}

const io = systemIo(systemClock);

function planFor(port: number, more: Partial<Plan> = {}, when: 'implicit' | 'starttls' = 'implicit'): Plan {
  return {
    ...PLAN,
    host: '127.0.0.1',
    port,
    timeoutMs: 5_000,
    deadlineMs: 10_000,
    tls: { ...PLAN.tls, when, strict: true, name: '127.0.0.1', ca: authority.cert },
    secrets: new Secrets(['tulip-garden']).prepare(),
    ...more,
  };
}

const login = (password = 'tulip-garden') => ({ kind: 'password', username: 'ops', password }) as const;

const opened: Mailbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((mailbox) => mailbox.close()));
});

async function open(server: { readonly port: number }, plan: Partial<Plan> = {}, when?: 'starttls'): Promise<Mailbox> {
  const mailbox = await openMailbox(planFor(server.port, plan, when), login(), io);
  opened.push(mailbox);
  return mailbox;
}

async function troubleOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailboxError)) throw new Error(`no trouble, but ${error}`);
  return error.trouble;
}

const HOUR = 3_600_000;
const tokenOf = (age: number, seed: number) => makeToken(new Date(Date.now() - age), new Uint8Array(16).fill(seed));
const TOKEN = tokenOf(0, 1);
const sender = { local: 'gate', domain: 'example.com' };
const ours = (token = TOKEN, ...above: string[]) =>
  [...above, ...composeMessage({ from: sender, to: sender }, token, new Date()).lines, ''].join('\r\n');
const stranger = (subject = 'Lunch?') =>
  `From: a@example.org\r\nSubject: ${subject}\r\n\r\nSecret of somebody else\r\n`;

/** Waits for a message at a server, on a mailbox that is open. */
async function watch(mailbox: Mailbox, server: ImapServer, timeoutMs = 200, token = TOKEN) {
  let current = mailbox;
  const clock = leapingClock();
  return watchFor(
    { token, folders: mailbox.folders, timeoutMs, fromMs: clock.now() },
    {
      clock,
      mailbox: () => current,
      reopen: async () => {
        current = await open(server);
      },
    },
  );
}

describe('a mailbox', () => {
  test('is opened by TLS from the first byte, and by STARTTLS', async () => {
    for (const implicit of [true, false]) {
      const server = await serve({ implicit });
      const mailbox = await open(server, {}, implicit ? undefined : 'starttls');
      expect(mailbox.folders.map(({ path, junk }) => [path, junk])).toEqual([
        ['INBOX', false],
        ['Junk', true],
      ]);
    }
  });

  test('is looked at in a folder for junk whose name is not ASCII', async () => {
    const server = await serve();
    server.boxes.set('Ind&AOk-sirables', { uidValidity: 3, uidNext: 1, messages: [], use: '\\Junk' });
    server.boxes.delete('Junk');
    expect((await open(server)).folders.map(({ path }) => path)).toEqual(['INBOX', 'Indésirables']);
  });

  test('is reached through the proxy, by name, and its certificate is verified as without one', async () => {
    const server = await serve();
    const asked: string[] = [];
    const proxy = await loopbackServer((client) => {
      client.once('data', (chunk: Buffer) => {
        asked.push(chunk.toString().split('\r\n')[0] ?? '');
        const upstream = net.connect(server.port, '127.0.0.1', () => {
          client.write('HTTP/1.1 200 OK\r\n\r\n');
          client.pipe(upstream).pipe(client);
        });
        upstream.on('error', () => client.destroy());
        client.on('close', () => upstream.destroy());
      });
    });
    servers.push(proxy);
    const through = proxyPlan({ host: '127.0.0.1', port: proxy.port });
    expect((await open(server, { proxy: through, host: 'localhost' })).folders).toHaveLength(2);
    expect(asked).toEqual([`CONNECT localhost:${server.port} HTTP/1.1`]);
    const other = { ...planFor(server.port).tls, name: 'imap.example.net' };
    const plan = planFor(server.port, { proxy: through, tls: other });
    expect((await troubleOf(openMailbox(plan, login(), io))).kind).toBe('unreachable');
  });

  test('is never read without TLS: who takes STARTTLS away, or says that we are in already, gets no password', async () => {
    const without = await serve({ implicit: false });
    without.twist = (command, write) => {
      if (command !== 'CAPABILITY') return false;
      write('* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n');
      return true;
    };
    expect(await troubleOf(openMailbox(planFor(without.port, {}, 'starttls'), login(), io))).toMatchObject({
      kind: 'unreachable',
      how: expect.stringMatching(/STARTTLS/),
    });
    const preauth = await serve({ implicit: false });
    preauth.twist = (command, write) => {
      if (command === '') write('* PREAUTH come in\r\n');
      return command === '';
    };
    await troubleOf(openMailbox(planFor(preauth.port, {}, 'starttls'), login(), io));
    for (const { commands } of [without, preauth]) {
      expect(commands.filter((one) => /^(?:LOGIN|AUTHENTICATE|SELECT|EXAMINE)/.test(one))).toEqual([]);
    }
  });

  test('is not read where its certificate does not verify, unless that is wanted', async () => {
    const server = await serve();
    const tls = { ...planFor(server.port).tls, ca: null };
    expect(await troubleOf(openMailbox(planFor(server.port, { tls }), login(), io))).toMatchObject({
      kind: 'unreachable',
      how: expect.stringMatching(/UNABLE_TO/),
    });
    expect(server.commands).toEqual([]);
    const named = { ...planFor(server.port).tls, name: 'imap.example.net' };
    expect((await troubleOf(openMailbox(planFor(server.port, { tls: named }), login(), io))).kind).toBe('unreachable');
    expect((await open(server, { tls: { ...tls, verify: false } })).folders).toHaveLength(2);
  });

  test('says why it cannot be read, and nothing of the password', async () => {
    const server = await serve();
    server.twist = null;
    const refused = await troubleOf(openMailbox(planFor(server.port), login('wrong'), io));
    expect(refused).toEqual({ kind: 'login-refused', how: expect.stringContaining('Authentication failed for ops') });
    expect(await troubleOf(openMailbox(planFor(await closedPort()), login(), io))).toEqual({
      kind: 'unreachable',
      how: 'ECONNREFUSED',
    });
    server.boxes.delete('INBOX');
    expect(await troubleOf(openMailbox(planFor(server.port), login(), io))).toMatchObject({ kind: 'folder-missing' });
    const smtp = await loopbackServer(greeter('220 mail ESMTP\r\n'));
    servers.push(smtp);
    expect(await troubleOf(openMailbox(planFor(smtp.port), login(), io))).toMatchObject({
      how: expect.stringContaining('does not answer in TLS'),
    });
  });

  test('ends with a word of farewell where the server has one', async () => {
    const server = await serve();
    server.twist = (command, write, socket) => {
      if (command !== '') return false;
      write('* BYE Too many connections, tulip-garden\r\n');
      socket.end();
      return true;
    };
    const trouble = await troubleOf(openMailbox(planFor(server.port), login(), io));
    expect(trouble.how).toContain('Too many connections');
    expect(trouble.how).not.toContain('tulip');
  });

  test.each([
    ['a login that cannot be looked at now', /^AUTH/, 'NO [UNAVAILABLE] Temporary failure', 'unreachable'],
    ['too many of them', /^AUTH/, 'NO [ALERT] Too many simultaneous connections. (Failure)', 'unreachable'],
    ['a login that is expired', /^AUTH/, 'NO [EXPIRED] That password is no longer valid', 'login-refused'],
    ['an inbox that nobody may open', /^EXAMINE INBOX/, 'NO [NOPERM] not for you', 'folder-missing'],
    ['an inbox that cannot be opened now', /^EXAMINE INBOX/, 'NO [SERVERBUG] Internal error', 'unreachable'],
  ])('tells a refusal from a failure of the server: %s', async (_, at, answer, kind) => {
    const server = await serve();
    server.twist = (command, write) => {
      if (!at.test(command)) return false;
      write(`TAG ${answer}\r\n`);
      return true;
    };
    const trouble = await troubleOf(openMailbox(planFor(server.port), login(), io));
    expect(trouble).toEqual({ kind, how: expect.stringContaining(answer.split('] ')[1] ?? '') });
  });

  test('has to offer a login of the kind that is wanted, and is told apart from a network that fails', async () => {
    const server = await serve();
    const token = { kind: 'token', username: 'ops', token: 'tulip-garden' } as const;
    const refused = { kind: 'login-refused', how: expect.stringContaining('offers no login') };
    expect(await troubleOf(openMailbox(planFor(server.port), token, io))).toEqual(refused);
    server.twist = (command, write) => {
      if (command !== 'CAPABILITY') return false;
      write('* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n');
      return true;
    };
    expect(await troubleOf(openMailbox(planFor(server.port), login(), io))).toEqual(refused);
  });

  test('can be read without its folder for junk', async () => {
    const server = await serve();
    server.twist = (command, write) => {
      if (!command.startsWith('EXAMINE Junk')) return false;
      write('TAG NO not now\r\n');
      return true;
    };
    expect((await open(server)).folders.map(({ path }) => path)).toEqual(['INBOX']);
  });

  test('is left without waiting long for a farewell', async () => {
    const server = await serve();
    server.twist = (command) => command === 'LOGOUT';
    const waits: number[] = [];
    const clock = {
      ...systemClock,
      after: (ms: number, then: () => void) => {
        waits.push(ms);
        return systemClock.after(0, then);
      },
    };
    const patient = { ...systemClock, after: () => () => {} };
    const world = { ...io, clock: patient };
    const mailbox = await openMailbox(planFor(server.port), login(), world);
    Object.assign(world.clock, clock);
    await mailbox.close();
    expect(waits).toEqual([1_000]);
  });

  test('is given up where it does not answer', async () => {
    const server = await serve();
    server.twist = (command) => command.startsWith('EXAMINE');
    const plan = planFor(server.port, { timeoutMs: 60_000, deadlineMs: 50 });
    expect(await troubleOf(openMailbox(plan, login(), io))).toMatchObject({
      how: expect.stringContaining('no answer'),
    });
  });
});

describe('a message is waited for', () => {
  test('and found by its token, of all that comes', async () => {
    const server = await serve();
    server.deliver('INBOX', stranger());
    const mailbox = await open(server);
    server.deliver('INBOX', stranger());
    server.deliver('INBOX', ours(tokenOf(0, 2)));
    server.deliver('Junk', ours(TOKEN));
    const seen = await watch(mailbox, server);
    expect(seen.sightings).toMatchObject([{ folder: 'Junk', junk: true, uid: 1, uidValidity: 8n }]);
    expect(seen.arrivedMs).not.toBeNull();
  });

  test.each([
    [
      'subject',
      ours()
        .replace(/^X-SMTP-Gate-Token.*\r\n/m, '')
        .replace(/^Message-ID.*\r\n/m, '')
        .replace('Subject: ', 'Subject: [EXT] '),
    ],
    [
      'Message-ID',
      ours()
        .replace(/^X-SMTP-Gate-Token.*\r\n/m, '')
        .replace(/^Subject.*\r\n/m, ''),
    ],
    [
      'subject, which they have encoded,',
      ours()
        .replace(/^X-SMTP-Gate-Token.*\r\n/m, '')
        .replace(/^Message-ID.*\r\n/m, '')
        .replace(
          /^Subject.*\r\n/m,
          [
            `Subject: =?utf-8?B?${Buffer.from('[außen: 1] smtp-gate delivery check ').toString('base64')}?=`,
            ` =?utf-8?Q?${TOKEN.replaceAll('-', '=2D').slice(0, 30)}?=`,
            ` =?iso-8859-1?q?${TOKEN.replaceAll('-', '=2D').slice(30)}?=\r\n`,
          ].join('\r\n'),
        ),
    ],
    [
      'field of our own',
      ours()
        .replace(/^Message-ID.*\r\n/m, '')
        .replace(/^Subject.*\r\n/m, ''),
    ],
  ])('and found where relays have left the %s alone', async (_, text) => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', text);
    expect((await watch(mailbox, server)).sightings).toHaveLength(1);
  });

  test.each([
    ['an absence notice', `Subject: Re: ${TOKEN}\r\nAuto-Submitted: auto-replied\r\n\r\n`],
    ['a person who answers', `Subject: Re: smtp-gate delivery check ${TOKEN}\r\n\r\n`],
    [
      'a part of the token',
      `Subject: ${TOKEN.slice(0, -1)}\r\n${TOKEN_FIELD}: ${TOKEN}x\r\nMessage-ID: <x${TOKEN}@a>\r\n\r\n`,
    ],
    [
      'an automatic reply',
      `Subject: Automatic reply: smtp-gate delivery check ${TOKEN}\r\nAuto-Submitted: auto-generated\r\n\r\n`,
    ],
    ['an answer in another language', `Subject: Antwort: smtp-gate delivery check ${TOKEN}\r\n\r\n`],
    ['an answer that is counted', `Subject: RE[2]: smtp-gate delivery check ${TOKEN}\r\n\r\n`],
    ['an answer with the same subject', `Subject: smtp-gate delivery check ${TOKEN}\r\nIn-Reply-To: <a@b>\r\n\r\n`],
    ['a thread with the same subject', `Subject: smtp-gate delivery check ${TOKEN}\r\nReferences: <a@b>\r\n\r\n`],
    ['an encoded answer', `Subject: =?utf-8?Q?Re=3A?= smtp-gate delivery check ${TOKEN}\r\n\r\n`],
    ['the token in the body', `Subject: x\r\n\r\n${TOKEN}\r\n`],
  ])('and not taken for another one: %s', async (_, text) => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', text);
    expect(await watch(mailbox, server)).toMatchObject({ arrivedMs: null, sightings: [], bounce: null });
  });

  test('until the time has passed, and not longer', async () => {
    const server = await serve();
    const seen = await watch(await open(server), server, 120);
    expect(seen).toMatchObject({ arrivedMs: null, trouble: null, sightings: [] });
    expect(seen.waitedMs).toBeGreaterThanOrEqual(120);
  });

  test('and its copies are counted; one message in several folders is one', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    server.deliver('Junk', ours());
    expect((await watch(mailbox, server)).sightings).toHaveLength(2);
    const gmail = await serve({ capabilities: ['UIDPLUS', 'MOVE', 'SPECIAL-USE', 'X-GM-EXT-1'] });
    gmail.boxes.set('All', { uidValidity: 9, uidNext: 1, messages: [], use: '\\All' });
    const other = await open(gmail);
    for (const folder of ['INBOX', 'All']) gmail.deliver(folder, ours(), { emailId: '1234' });
    expect((await watch(other, gmail)).sightings).toMatchObject([{ folder: 'INBOX', emailId: '1234' }]);
  });

  test('in a folder that is made anew', async () => {
    const server = await serve();
    server.deliver('INBOX', stranger(), { uid: 500 });
    const mailbox = await open(server);
    server.boxes.set('INBOX', { uidValidity: 70, uidNext: 1, messages: [] });
    server.deliver('INBOX', ours());
    expect((await watch(mailbox, server)).sightings).toMatchObject([{ uid: 1, uidValidity: 70n }]);
  });

  test('over a connection that breaks, and is made again', async () => {
    const server = await serve();
    const mailbox = await open(server);
    let broken = 0;
    server.twist = (command, write, socket) => {
      if (command !== 'NOOP' || broken > 0) return false;
      broken += 1;
      server.deliver('INBOX', ours());
      write('* BYE shutting down\r\n');
      socket.end();
      return true;
    };
    const seen = await watch(mailbox, server, 60_000);
    expect([broken, seen.sightings.length, seen.trouble]).toEqual([1, 1, null]);
  });

  test('and where it was moved meanwhile, it is where it is now, and no copy', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    let looks = 0;
    server.twist = (command) => {
      if (command === 'NOOP') looks += 1;
      // Of two folders, the first look has asked twice.
      if (looks === 3) {
        const [message] = server.boxes.get('INBOX')?.messages.splice(0) ?? [];
        if (message) server.deliver('Junk', message.text);
      }
      return false;
    };
    const seen = await watch(mailbox, server);
    expect(seen.sightings).toMatchObject([{ folder: 'Junk', uid: 1 }]);
    expect(seen.arrivedMs).not.toBeNull();
  });

  test('from look to look, of which each takes its time', async () => {
    let now = 0;
    const looks: number[] = [];
    const clock = {
      ...systemClock,
      now: () => now,
      after: (ms: number, then: () => void) => {
        now += ms;
        setImmediate(then);
        return () => {};
      },
    };
    const look = async () => {
      looks.push(now);
      now += 600;
      return [];
    };
    const folders = [{ path: 'INBOX', junk: false, uidValidity: 1n, uidNext: 1 }];
    const mailbox = () => ({ look }) as unknown as Mailbox;
    await watchFor({ token: TOKEN, folders, timeoutMs: 10_000, fromMs: 0 }, { clock, mailbox, reopen: async () => {} });
    const gaps = looks.slice(1).map((at, i) => at - (looks[i] ?? 0));
    expect(gaps.slice(0, 5)).toEqual([850, 850, 1_000, 1_000, 1_000]);
  });

  test('but is not called missing by who could not look', async () => {
    const server = await serve();
    const mailbox = await open(server, { deadlineMs: 200 });
    server.deliver('INBOX', ours());
    server.twist = (command) => command === 'NOOP';
    const plan = { deadlineMs: 1_000 };
    let current = mailbox;
    const reopen = async () => {
      current = await open(server, plan);
    };
    const watching = { token: TOKEN, folders: mailbox.folders, timeoutMs: 1, fromMs: systemClock.now() };
    const blind = await watchFor(watching, { clock: systemClock, mailbox: () => current, reopen });
    expect([blind.arrivedMs, blind.trouble?.kind]).toEqual([null, 'unreachable']);
    // One look more than the time allows, where the connection broke in the last one.
    let broken = false;
    server.twist = (command, _, socket) => {
      if (command !== 'NOOP' || broken) return false;
      broken = true;
      socket.end();
      return true;
    };
    const late = { ...watching, fromMs: systemClock.now() - 5 };
    await reopen();
    expect((await watchFor(late, { clock: systemClock, mailbox: () => current, reopen })).sightings).toHaveLength(1);
  });

  test('and what was sent from the very account has not arrived in it', async () => {
    const server = await serve({ capabilities: ['UIDPLUS', 'MOVE', 'SPECIAL-USE', 'X-GM-EXT-1'] });
    server.boxes.set('All', { uidValidity: 9, uidNext: 1, messages: [], use: '\\All' });
    const mailbox = await open(server);
    server.deliver('All', ours(), { emailId: '1', labels: '\\Sent' });
    expect((await watch(mailbox, server)).sightings).toEqual([]);
    server.deliver('All', ours(), { emailId: '2', labels: 'Work' });
    expect((await watch(mailbox, server)).sightings).toMatchObject([{ folder: 'All', emailId: '2' }]);
  });

  test('until the connection has broken too often', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.twist = (command, write, socket) => {
      if (command !== 'NOOP') return false;
      write('* BYE shutting down\r\n');
      socket.end();
      return true;
    };
    const seen = await watch(mailbox, server, 60_000);
    expect(seen.trouble).toMatchObject({ kind: 'unreachable', how: expect.stringContaining('shutting down') });
    expect(server.connections()).toBe(4);
  });

  test('and a server that sends messages without end is given up', async () => {
    const server = await serve();
    const mailbox = await open(server);
    let stop = false;
    server.deliver('INBOX', stranger());
    server.twist = (command, write, socket) => {
      if (!/^UID FETCH/.test(command)) return false;
      const text = stranger();
      const flood = (uid: number) => {
        if (stop || socket.destroyed) return;
        for (let i = 0; i < 50; i += 1) {
          write(`* ${uid + i} FETCH (UID ${uid + i} BODY[HEADER.FIELDS (SUBJECT)] {${text.length}}\r\n${text})\r\n`);
        }
        setImmediate(flood, uid + 50);
      };
      flood(1);
      return true;
    };
    expect(await troubleOf(mailbox.look('INBOX', { uidValidity: 7n, uidNext: 1 }))).toMatchObject({
      how: 'it sent more messages than it can have',
    });
    stop = true;
  });

  test('beside messages of others with headers of a megabyte, and is read itself only at its beginning', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', stranger('x'.repeat(1_000_000)));
    server.deliver(
      'INBOX',
      ours(TOKEN, 'Received: by mx; Sun, 29 Nov 2026 10:00:09 +0000', `X-Long: ${'y'.repeat(1_000_000)}`),
    );
    const seen = await watch(mailbox, server);
    const [sighting] = seen.sightings;
    if (!sighting) throw new Error('not found');
    const fields = await mailbox.header(sighting);
    expect(fields[0]?.[0]).toBe('received');
    expect(fields.map(([, value]) => value).join('').length).toBeLessThan(140_000);
  });

  test('and its notice of failure is read, once, and no other', async () => {
    const server = await serve();
    const mailbox = await open(server);
    const notice = (token: string) =>
      `From: MAILER-DAEMON\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\nAction: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 full\r\n\r\n${TOKEN_FIELD}: ${token}\r\n`;
    server.deliver('INBOX', notice(tokenOf(0, 3)));
    server.deliver('INBOX', stranger());
    expect(await watch(mailbox, server, 600)).toMatchObject({ bounce: null });
    server.deliver('INBOX', notice(TOKEN));
    expect(await watch(mailbox, server)).toMatchObject({
      arrivedMs: null,
      bounce: { status: '5.2.2', diagnostic: '552 full' },
    });
    const read = server.commands.filter((one) => one.includes('BODY.PEEK[TEXT]'));
    expect(read.map((one) => one.split(' ')[2])).toEqual(['1', '1', '3']);
  });
});

describe('a mailbox is left clean', () => {
  test('of the message and its copies, and of nothing else', async () => {
    const server = await serve();
    server.deliver('INBOX', stranger(), { flags: new Set(['\\Deleted']) });
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    server.deliver('INBOX', stranger());
    server.deliver('Junk', ours());
    const { sightings } = await watch(mailbox, server);
    expect(await cleanUp(mailbox, sightings, mailbox.folders, new Date())).toBeNull();
    expect(server.boxes.get('INBOX')?.messages.map(({ uid }) => uid)).toEqual([1, 3]);
    expect(server.boxes.get('Junk')?.messages).toEqual([]);
    expect(server.commands.filter((one) => /^(?:EXPUNGE|CLOSE|UNSELECT|DELETE)/.test(one))).toEqual([]);
  });

  test('of messages of older runs, by their token and by the server’s clock', async () => {
    const server = await serve();
    const [old, young] = [tokenOf(3 * HOUR, 4), tokenOf(HOUR / 2, 5)];
    const past = { date: new Date(Date.now() - 2 * HOUR) };
    server.deliver('INBOX', ours(old), past);
    server.deliver('INBOX', ours(young), past);
    server.deliver('INBOX', ours(old));
    server.deliver('INBOX', stranger(old), past);
    server.deliver('INBOX', `${TOKEN_FIELD}: smtp-gate-1\r\n\r\n`, past);
    const mailbox = await open(server);
    expect(await cleanUp(mailbox, [], mailbox.folders, new Date())).toBeNull();
    expect(server.boxes.get('INBOX')?.messages.map(({ uid }) => uid)).toEqual([2, 3, 4, 5]);
  });

  test('of at most fifty of them at once', async () => {
    const server = await serve();
    const past = { date: new Date(Date.now() - 2 * HOUR) };
    for (let i = 0; i < 60; i += 1) server.deliver('INBOX', ours(tokenOf(3 * HOUR, i)), past);
    const mailbox = await open(server);
    await cleanUp(mailbox, [], mailbox.folders, new Date());
    expect(server.boxes.get('INBOX')?.messages).toHaveLength(10);
  });

  test('but not where the server would delete what others have marked', async () => {
    const server = await serve({ capabilities: ['SPECIAL-USE'] });
    server.deliver('INBOX', stranger(), { flags: new Set(['\\Deleted']) });
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    const { sightings } = await watch(mailbox, server);
    expect(await cleanUp(mailbox, sightings, mailbox.folders, new Date())).toMatchObject({
      folder: 'INBOX',
      why: expect.stringContaining('UIDPLUS'),
    });
    expect(server.boxes.get('INBOX')?.messages).toHaveLength(2);
    expect(server.commands.filter((one) => /EXPUNGE|STORE/.test(one))).toEqual([]);
  });

  test('but not in a folder that was made anew, whose numbers mean other messages', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    const { sightings } = await watch(mailbox, server);
    server.boxes.set('INBOX', { uidValidity: 70, uidNext: 1, messages: [] });
    server.deliver('INBOX', stranger());
    expect(await cleanUp(mailbox, sightings, mailbox.folders, new Date())).toEqual({
      folder: 'INBOX',
      why: 'the folder was made anew meanwhile',
    });
    expect(server.boxes.get('INBOX')?.messages).toHaveLength(1);
  });

  test('and says which copy is still there, and why; the others go', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    server.deliver('Junk', ours());
    const { sightings } = await watch(mailbox, server);
    server.twist = (command, write) => {
      if (!command.startsWith('SELECT INBOX')) return false;
      write('* 1 EXISTS\r\n* OK [UIDVALIDITY 7]\r\nTAG OK [READ-ONLY] done\r\n');
      return true;
    };
    const left = await cleanUp(mailbox, sightings, mailbox.folders, new Date());
    expect(left).toEqual({ folder: 'INBOX', why: 'the folder is read-only' });
    expect(server.boxes.get('Junk')?.messages).toEqual([]);
  });

  test('and believes no server that says so and keeps the message', async () => {
    const server = await serve();
    const mailbox = await open(server);
    server.deliver('INBOX', ours());
    const { sightings } = await watch(mailbox, server);
    server.twist = (command, write) => {
      if (!command.startsWith('UID EXPUNGE')) return false;
      write('TAG OK done\r\n');
      return true;
    };
    const left = await cleanUp(mailbox, sightings, mailbox.folders, new Date());
    expect(left?.why).toContain('still has it');
  });

  test('where a message of an older run cannot be deleted, without a word about the one of this run', async () => {
    const server = await serve();
    server.deliver('INBOX', ours(tokenOf(3 * HOUR, 4)), { date: new Date(Date.now() - 2 * HOUR) });
    const mailbox = await open(server);
    server.twist = (command, _, socket) => {
      if (command.startsWith('UID EXPUNGE')) socket.end();
      return command.startsWith('UID EXPUNGE');
    };
    expect(await cleanUp(mailbox, [], mailbox.folders, new Date())).toBeNull();
  });

  test('by way of the trash, where the server archives what is deleted', async () => {
    const server = await serve({ capabilities: ['UIDPLUS', 'MOVE', 'SPECIAL-USE', 'X-GM-EXT-1'] });
    server.boxes.set('Bin', { uidValidity: 10, uidNext: 5, messages: [], use: '\\Trash' });
    server.deliver('Bin', stranger(), { flags: new Set(['\\Deleted']) });
    const mailbox = await open(server);
    server.deliver('INBOX', ours(), { emailId: '1' });
    const { sightings } = await watch(mailbox, server);
    expect(await cleanUp(mailbox, sightings, mailbox.folders, new Date())).toBeNull();
    expect(server.boxes.get('INBOX')?.messages).toEqual([]);
    expect(server.boxes.get('Bin')?.messages.map(({ uid }) => uid)).toEqual([5]);
  });
});

test('the gate and the merge load nothing of the mailbox', () => {
  for (const file of [
    'src/action/run.ts',
    'src/cli/index.ts',
    'src/gate/system-io.ts',
    'src/merge/index.ts',
    'src/probe/probe.ts',
  ])
    expect(readFileSync(file, 'utf8')).not.toMatch(/imapflow|from '.*(?:deliver\/|imap-wire|submission)/);
});
