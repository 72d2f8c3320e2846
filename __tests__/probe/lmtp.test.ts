import type { Duplex } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { judge } from '../../src/diagnosis/diagnose.ts';
import { finding } from '../../src/diagnosis/findings.ts';
import { runGate } from '../../src/gate/gate.ts';
import { systemGateIo } from '../../src/gate/system-io.ts';
import { lookAround } from '../../src/probe/look-around/index.ts';
import { probe } from '../../src/probe/probe.ts';
import { NOTHING } from '../support/cases/case.ts';
import { FakeClock } from '../support/clock.ts';
import { PLAN, probeScript, type Script, scriptedIo } from '../support/scripted.ts';
import { type LoopbackServer, loopbackServer } from '../support/servers.ts';
import { settings } from '../support/settings.ts';

const BEYOND = { ehloName: 'gate.test', login: null, envelope: null };
const LMTP = { protocol: 'lmtp', beyond: BEYOND } as const;
const SUBJECT = { host: 'h.example', port: 24, at: 'lmtp://h.example:24', lmtp: true } as const;
const UNKNOWN = '500 5.5.1 Unknown command\r\n';

/** Greets, and answers each verb with its text; with `otherwise` what it does not know. */
const server =
  (replies: Readonly<Record<string, string>>, otherwise = UNKNOWN): Script =>
  (socket: Duplex) => {
    socket.write('220 mail.example.test ready\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const verb = line.slice(0, 4).toUpperCase();
        const reply = replies[verb] ?? (verb === 'QUIT' ? '221 2.0.0 Bye\r\n' : otherwise);
        socket.write(reply);
        if (reply.startsWith('421') || verb === 'QUIT') socket.end();
      }
    });
  };
const HELLO = '250-mail.example.test\r\n250 PIPELINING\r\n';
const YES = { MAIL: '250 2.1.0 Ok\r\n', RCPT: '250 2.1.5 Ok\r\n', RSET: '250 2.0.0 Ok\r\n' };
const lmtp = server({ LHLO: HELLO, ...YES });
const smtp = server({ EHLO: HELLO, HELO: '250 hi\r\n', ...YES });

const codesOf = (seen: Parameters<typeof judge>[0]) =>
  judge(seen, { ...NOTHING, beyondGreeting: true }, () => false).map(({ code }) => code);

describe('LMTP', () => {
  test('begins with LHLO, and offers what LHLO was answered with', async () => {
    const seen = await probeScript({ otherwise: lmtp }, LMTP);
    expect(seen.ehlo).toEqual({
      verb: 'LHLO',
      reply: { code: 250, lines: ['mail.example.test', 'PIPELINING'] },
    });
    expect(seen.io.said).toEqual(['LHLO gate.test', 'QUIT']);
    expect(codesOf(seen)).toEqual([]);
  });

  test('asks for sender and recipients as SMTP does, takes it back, and never sends DATA', async () => {
    const mailbox = (local: string) => ({ local, domain: 'example.com' });
    const envelope = { from: mailbox('gate'), to: [mailbox('ops'), mailbox('all')], size: null };
    const seen = await probeScript({ otherwise: lmtp }, { ...LMTP, beyond: { ...BEYOND, envelope } });
    expect(seen.io.said).toEqual([
      'LHLO gate.test',
      'MAIL FROM:<gate@example.com>',
      'RCPT TO:<ops@example.com>',
      'RCPT TO:<all@example.com>',
      'RSET',
      'QUIT',
    ]);
    expect(codesOf(seen)).toEqual([]);
  });

  test('says LHLO again behind STARTTLS, and not EHLO', async () => {
    const { io } = await probeScript(
      { otherwise: server({ LHLO: '250-a\r\n250 STARTTLS\r\n', STAR: '454 4.7.0 no\r\n' }) },
      { ...LMTP, tls: { ...PLAN.tls, when: 'starttls' } },
    );
    expect(io.said).toEqual(['LHLO gate.test', 'STARTTLS', 'QUIT']);
  });

  test.each(['500', '502', '503', '550'])('has no HELO behind a refusal with %s', async (code) => {
    const seen = await probeScript({ otherwise: server({}, `${code} no\r\n`) }, LMTP);
    expect(seen.io.said).toEqual(['LHLO gate.test', 'EHLO gate.test', 'QUIT']);
    expect(codesOf(seen)).toEqual(['ehlo-refused']);
  });

  test.each([
    ['250-a\r\n250 STARTTLS\r\n', 'set `tls: starttls`'],
    ['250 a\r\n', 'set `tls: none`'],
    ['502 no\r\n', 'set `tls: starttls`'],
  ])('in plaintext where TLS was expected is asked for STARTTLS in its own words: %j', async (LHLO, todo) => {
    const tls = { ...PLAN.tls, when: 'implicit' } as const;
    const seen = await probeScript({ otherwise: server({ LHLO }) }, { ...LMTP, tls });
    const [found] = judge(seen, { ...NOTHING, beyondGreeting: true }, () => false);
    expect(found?.code).toBe('plaintext-expected');
    const { message, remedies } = explain(found as never, SUBJECT, 'systemd');
    expect(remedies[0]?.text.toLowerCase()).toContain(todo);
    expect(`${message} ${remedies[0]?.text}`).not.toContain('465');
  });

  test('without STARTTLS has no remedies of SMTP', () => {
    const found = finding('starttls-not-offered', { offered: ['PIPELINING'] });
    const { remedies } = explain(found, SUBJECT, 'systemd');
    expect(remedies[0]?.text).toContain('`ssl = yes`');
    expect(remedies[0]?.text).not.toMatch(/465|587/);
    expect(JSON.stringify(remedies)).not.toContain('smtpd_tls');
  });

  test('is put off with 4xx without another try', async () => {
    const seen = await probeScript({ otherwise: server({ LHLO: '451 4.3.0 later\r\n' }) }, LMTP);
    expect(seen.io.said).toEqual(['LHLO gate.test', 'QUIT']);
    expect(codesOf(seen)).toEqual(['service-unavailable']);
  });

  test('is not looked for at ports of SMTP', async () => {
    const io = scriptedIo({ otherwise: 'ECONNREFUSED' });
    const plan = { ...PLAN, ...LMTP, port: 24 };
    const seen = await io.clock.runUntil(probe(plan, io));
    const machine = {
      dns: async () => ({ answer: 'unavailable', addresses: [] }) as const,
      hosts: async () => '',
      resolverConfiguration: async () => '',
      ipv6Route: async () => null,
    };
    const around = await io.clock.runUntil(lookAround(plan, seen, { ...io, env: {}, machine }));
    expect(around?.ports).toEqual([]);
  });
});

describe('a server of the other protocol', () => {
  test('speaks SMTP where LHLO is refused and EHLO accepted', async () => {
    const seen = await probeScript({ otherwise: smtp }, LMTP);
    expect(seen.io.said).toEqual(['LHLO gate.test', 'EHLO gate.test', 'QUIT']);
    expect(codesOf(seen)).toEqual(['smtp-expected']);
  });

  test.each(['500', '502', '503'])('speaks LMTP where EHLO and HELO get %s, and LHLO is accepted', async (code) => {
    const seen = await probeScript({ otherwise: server({ LHLO: HELLO }, `${code} no\r\n`) }, { beyond: BEYOND });
    expect(seen.io.said).toEqual(['EHLO gate.test', 'HELO gate.test', 'LHLO gate.test', 'QUIT']);
    expect(codesOf(seen)).toEqual(['lmtp-expected']);
  });

  test.each([
    ['501 5.5.4 LMTP only', '501 5.5.4 LMTP only'],
    ['550 5.7.1 use LHLO', '550 5.7.1 no'],
  ])('speaks LMTP where it says so in a refusal of another kind: %s', async (EHLO, HELO) => {
    const replies = { EHLO: `${EHLO}\r\n`, HELO: `${HELO}\r\n`, LHLO: HELLO };
    const seen = await probeScript({ otherwise: server(replies) }, { beyond: BEYOND });
    expect(codesOf(seen)).toEqual(['lmtp-expected']);
    const not = await probeScript({ otherwise: server({ ...replies, LHLO: '550 no\r\n' }) }, { beyond: BEYOND });
    expect(codesOf(not)).toEqual(['ehlo-refused']);
  });

  test('is not told by the greeting alone', async () => {
    const greeting: Script = (socket, clock) => {
      smtp(socket, clock);
    };
    const seen = await probeScript({ otherwise: greeting }, { beyond: BEYOND });
    expect(codesOf({ ...seen, greeting: { code: 220, lines: ['mail LMTP ready'] } })).toEqual([]);
  });

  test.each([
    ['HELO is accepted', { EHLO: UNKNOWN, HELO: '250 hi\r\n' }, []],
    ['LHLO is refused as well', {}, ['ehlo-refused']],
    ['it is policy', { EHLO: '550 no\r\n', HELO: '550 no\r\n', LHLO: HELLO }, ['ehlo-refused']],
    ['only EHLO is unknown', { EHLO: UNKNOWN, HELO: '504 name\r\n', LHLO: HELLO }, ['ehlo-refused']],
  ])('does not speak LMTP for certain where %s', async (_, replies, codes) => {
    const seen = await probeScript({ otherwise: server(replies as Record<string, string>) }, { beyond: BEYOND });
    expect(codesOf(seen)).toEqual(codes);
  });

  test('whose connection is lost in the second try keeps its refusal', async () => {
    const seen = await probeScript(
      {
        otherwise: (socket) => {
          socket.write('220 mail\r\n');
          socket.on('data', (chunk) => (/^LHLO/.test(String(chunk)) ? socket.write(UNKNOWN) : socket.end()));
        },
      },
      LMTP,
    );
    expect(codesOf(seen)).toEqual(['ehlo-refused']);
  });
});

test('a target of LMTP goes as far as LHLO without being asked for more, and keeps its name', async () => {
  let up: LoopbackServer | undefined;
  try {
    up = await loopbackServer((socket) => lmtp(socket, new FakeClock()));
    const at = `127.0.0.1:${up.port}`;
    const result = await runGate(
      await settings({ targets: `lmtp://${at}\n${at}` }),
      systemGateIo(() => {}),
    );
    expect(result.targets.map(({ target, status }) => [target.lmtp, status])).toEqual([
      [true, 'pass'],
      [undefined, 'pass'],
    ]);
    expect(up.said.toSorted()).toEqual([expect.stringMatching(/^LHLO /), 'QUIT', 'QUIT']);
  } finally {
    await up?.close();
  }
});
