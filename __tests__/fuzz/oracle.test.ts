import { describe, expect, test } from '@jest/globals';
import { identityOf } from '../support/fuzz/identities.ts';
import { faults } from '../support/fuzz/oracle.ts';
import { GOOD, warmUp } from '../support/fuzz/properties.ts';
import { type Run, runCase } from '../support/fuzz/run.ts';
import type { Asked, Override } from '../support/fuzz/script.ts';
import type { Connection, Event } from '../support/fuzz/server.ts';

await warmUp();

const MAIL = 'MAIL FROM:<gate@client.fuzz.test>';
const RCPT = 'RCPT TO:<r0@client.fuzz.test>';
const ASKED: Asked = {
  tls: 'none',
  login: null,
  recipients: 1,
  utf8: false,
  require: [],
  banner: null,
  wait: 0,
  ignore: [],
  all: false,
  quorum: 'all',
  timeout: 10_000,
  deadline: 30_000,
};
const login = (method: NonNullable<Asked['login']>['method'], right = true): Asked['login'] => ({
  method,
  kind: method === 'XOAUTH2' ? 'token' : 'password',
  overPlaintext: true,
  right,
});

/** The gate before a server that is out of the usual as `overrides` say. */
const gate = (asked: Partial<Asked>, overrides: readonly Override[] = []): Promise<Run> =>
  runCase({
    asked: { ...ASKED, ...asked },
    targets: [[{ capabilities: ['AUTH PLAIN SCRAM-SHA-256 CRAM-MD5 XOAUTH2'], sessions: [{ overrides, chunk: 0 }] }]],
  });

/** What is said in turn: `C: ` by the client, `S: ` by the server in one segment, `proof`, and a number for time that passes, in ms. */
type Line = `C: ${string}` | `S: ${string}` | 'proof' | number;

/** `|` ends a line, and `…` in the last place leaves it without its end. */
const textOf = (text: string) => `${text.replaceAll('|', '\r\n')}\r\n`.replace('…\r\n', '');

function connection(lines: readonly Line[], address = '192.0.2.1'): Connection {
  let [at, index] = [0, -1];
  const events = lines.flatMap((line): Event[] => {
    if (typeof line === 'number') at += line;
    if (line === 'proof') return [{ kind: 'proof' }];
    if (typeof line === 'number') return [];
    const text = line.slice(3);
    if (line.startsWith('S')) return [{ kind: 'bytes', at, text: textOf(text), answers: index, secured: false }];
    index += 1;
    return [{ kind: 'command', at, line: text, index, sasl: false, secured: false, alone: true }];
  });
  return { address, secured: false, events: [...events, { kind: 'gone' }] } as unknown as Connection;
}

/** What the oracle says of a gate that passes behind these conversations. */
async function said(asked: Partial<Asked>, ...connections: Connection[]): Promise<string[]> {
  const run = await gate(asked);
  expect(run.result.status).toBe('pass');
  return faults({ ...run, connections });
}

const HELLO: readonly Line[] = ['S: 220 hi', 'C: EHLO me', 'S: 250 hi'];
const TO_RCPT: readonly Line[] = [...HELLO, `C: ${MAIL}`, 'S: 250 ok', `C: ${RCPT}`];

describe('a reply too many, taken for a pass', () => {
  test.each<[string, Line[]]>([
    ['in one segment with the answer', ['S: 250 ok|550 no', 'C: RSET', 'C: QUIT']],
    ['that shifts all others', ['S: 250 ok', 'S: 550 no', 'C: RSET', 'S: 250 ok', 'C: QUIT', 'S: 221 bye']],
    ['that lay there for a while', ['S: 250 ok', 'S: 550 no', 1, 'C: RSET', 'S: 250 ok']],
  ])('is a fault: %s', async (_, lines) => {
    expect(await said({}, connection([...TO_RCPT, ...lines]))).toEqual([
      `pass (no finding), and a reply too many hid that ${RCPT} was answered with 250, 550`,
    ]);
  });

  test.each<[string, Line[]]>([
    ['RSET and QUIT have no other', ['S: 250 ok', 'S: 550 no', 'C: RSET', 'C: QUIT']],
    ['QUIT has its own', ['S: 250 ok', 'S: 550 no', 'C: RSET', 'C: QUIT', 'S: 221 bye']],
  ])('is none where it may as well be the answer to RSET: %s', async (_, lines) => {
    expect(await said({}, connection([...TO_RCPT, ...lines]))).toEqual([]);
  });
});

describe('an answer that is begun and not finished', () => {
  const pass = async (...lines: Line[]) => said({}, connection([...TO_RCPT, ...lines]));

  test('is a refusal if all of it refuses', async () => {
    expect(await pass('S: 550-no')).toEqual(['pass (no finding), and RCPT was answered with 550']);
    expect(await pass('S: 550 no…')).toEqual(['pass (no finding), and RCPT was answered with 550']);
    expect(await pass('S: 550-no|what?')).toEqual(['pass (no finding), and RCPT was answered with 550']);
  });

  test('is none where its end could be a yes', async () => {
    expect(await pass('S: 250-ok')).toEqual(['pass (no finding), and RCPT was answered with nothing']);
    expect(await pass('S: 550-no|250 ok…')).toEqual(['pass (no finding), and RCPT was answered with nothing']);
    expect(await pass('S: 550-no|450-later')).toEqual(['pass (no finding), and RCPT was answered with nothing']);
  });
});

describe('a greeting', () => {
  const banner = { recipients: null };
  const ftp = { at: 'greeting', nth: null, say: [{ raw: '220-x\r\n421 FTP server ready\r\n' }] } as const;

  test('that is no yes is a fault of who passes', async () => {
    expect(await said(banner, connection(['S: 421 busy', 'C: QUIT']))).toEqual([
      'pass (no finding), and there was no greeting',
    ]);
  });

  test('of another protocol is told, and may be odd besides', async () => {
    const run = await gate(banner, [ftp]);
    expect(run.result.targets[0]?.findings.map(({ code }) => code)).toEqual(['not-smtp', 'protocol-deviation']);
    expect(faults(run)).toEqual([]);
  });
});

describe('a login', () => {
  const scram = { login: login('SCRAM-SHA-256'), recipients: null };
  const toFinal: readonly Line[] = [...HELLO, 'C: AUTH SCRAM-SHA-256 bixh', 'S: 334 cj1h', 'C: Yz1i'];

  test('that the server took before it had proved itself is a fault', async () => {
    expect(await said(scram, connection([...toFinal, 'S: 235 ok', 'C: QUIT']))).toEqual([
      'pass (no finding), and there was no login',
    ]);
  });

  test('is one although the server did not wait for the last empty answer', async () => {
    expect(await said(scram, connection([...toFinal, 'proof', 'S: 334 dj1h', 'S: 235 ok', 'C: ', 'C: QUIT']))).toEqual(
      [],
    );
  });

  const plain = { login: login('PLAIN') };
  const behind: readonly Line[] = [`C: ${MAIL}`, 'S: 235 ok', 'S: 250 ok', `C: ${RCPT}`, 'S: 250 ok', 'C: QUIT'];

  test('that is not waited for is a fault', async () => {
    expect(await said(plain, connection([...HELLO, 'C: AUTH PLAIN AGE', ...behind]))).toEqual([
      `it said ${MAIL} before AUTH was answered`,
    ]);
  });

  test('has an answer where one came too early', async () => {
    expect(await said(plain, connection([...HELLO, 'S: 235 ok', 'C: AUTH PLAIN AGE', `C: ${MAIL}`]))).not.toContain(
      `it said ${MAIL} before AUTH was answered`,
    );
  });
});

describe('a login that is sent again', () => {
  const one: readonly Line[] = [...HELLO, 'C: AUTH PLAIN AGE', 'S: 235 ok'];
  const all = (rcpt: string): Line[] => [...one, `C: ${MAIL}`, 'S: 250 ok', `C: ${RCPT}`, `S: ${rcpt}`, 'C: QUIT'];
  const cram: readonly Line[] = [...HELLO, 'C: AUTH CRAM-MD5'];
  const both = { login: login('PLAIN'), all: true };
  const twice = (first: readonly Line[], second: readonly Line[]) => [
    connection(first),
    connection(second, '192.0.2.2'),
    connection(all('250 ok')),
    connection(all('250 ok'), '192.0.2.2'),
  ];

  test('is a fault behind an answer that was lost, or that was a yes', async () => {
    expect(
      await said({ login: login('CRAM-MD5') }, connection([...cram, 'S: 334 PDE', 'C: Y2xh']), connection(cram)),
    ).toContain('it sent the login again after no answer');
    expect(await said(both, ...twice(all('250 ok'), all('250 ok')))).toEqual(
      Array(2).fill('it sent the login again after 235'),
    );
    expect(await said(both, ...twice([...HELLO, 'C: AUTH PLAIN AGE'], all('450 later')))).toEqual([
      'it sent the login again after no answer',
    ]);
    expect(await said(both, ...twice([...HELLO, 'C: AUTH PLAIN AGE', 'S: 454-half'], all('250 ok')))).toContain(
      'it sent the login again after 454',
    );
  });

  test('is a fault although AUTH alone was said', async () => {
    expect(await said({ login: login('CRAM-MD5') }, connection(cram), connection(cram))).toContain(
      'it sent the login again after no answer',
    );
  });

  test.each(['CRAM-MD5', 'PLAIN', 'SCRAM-SHA-256'] as const)(
    'is not one of the gate’s, without an answer: %s',
    async (method) => {
      const run = await gate({ login: login(method), wait: 20_000 }, [
        { at: 'auth', nth: null, say: [{ end: 'fin' }] },
      ]);
      expect(run.result.targets[0]).toMatchObject({ status: 'fail', attempts: 1 });
      expect(faults(run)).toEqual([]);
    },
  );

  test('is none where AUTH was not said, or where another address of the same host has put it off', async () => {
    expect(await said({ login: login('CRAM-MD5') }, connection(HELLO), connection(cram))).not.toContain(
      'it sent the login again after no answer',
    );
    expect(await said(both, ...twice(all('250 ok'), all('450 later')))).toEqual([]);
  });
});

describe('a second look', () => {
  test('is no conversation: it stands in for none, and asks for nothing', async () => {
    const run = await gate({}, [
      { at: 'rset', nth: null, say: [{ raw: '502 no\r\n' }] },
      { at: 'quit', nth: null, say: [{ raw: '250 bye\r\n' }] },
    ]);
    expect(run.connections.map(({ isLook }) => isLook)).toEqual([false, true]);
    expect(run.result.status).toBe('warn');
    expect(faults(run)).toEqual([]);
    const look = { ...connection(['S: 220 hi', `C: ${MAIL}`]), isLook: true } as unknown as Connection;
    expect(faults({ ...run, connections: [...run.connections, look] })).toEqual([`a second look said ${MAIL}`]);
  });
});

describe('TLS in memory', () => {
  test('comes about behind STARTTLS', async () => {
    const { options, ca } = await identityOf(GOOD);
    const server = { capabilities: ['PIPELINING'], sessions: [{ overrides: [], chunk: 0 }], tls: 'starttls' } as const;
    const one = { asked: { ...ASKED, tls: 'starttls' }, targets: [[server]] } as const;
    const run = await runCase(one, { identity: options, inputs: { 'tls-ca': ca } });
    expect(run.result.targets[0]).toMatchObject({ status: 'pass', findings: [] });
    expect(run.connections[0]?.secured).toBe(true);
  });
});

describe('the gate before servers that fuzzing has found', () => {
  const deciding = async (asked: Partial<Asked>, ...overrides: Override[]) => {
    const run = await gate(asked, overrides);
    expect(faults(run)).toEqual([]);
    return run.result.targets[0]?.findings.map(({ code, status }) => `${code}: ${status}`)[0];
  };
  const at = (point: Override['at'], ...say: Override['say']): Override => ({ at: point, nth: null, say });

  test('a login that was refused decides, although its last answer comes in the place of the one to QUIT', async () => {
    const late = at('sasl', { wait: 1_001 }, 'usual');
    expect(await deciding({ login: login('XOAUTH2', false), timeout: 1_000 }, late)).toBe('auth-rejected: fail');
  });

  test('what cannot be read behind the answer to QUIT is told: it may be of an answer before', async () => {
    const late = at('rcpt', 'usual', { wait: 1 }, 'usual', { raw: '535 no\r\n' }, { raw: '* OK IMAP\r\n' });
    expect(await deciding({}, late)).toBe('protocol-deviation: warn');
  });

  test.each(['421-no\r\n421 no\r\n', '550 no\r\n'])(
    'what cannot be read in the place of the answer to QUIT is told: it may be of an answer before %j',
    async (hidden) => {
      const late = at('rcpt', 'usual', { wait: 0 }, 'usual', { raw: '* OK IMAP\r\n' }, { raw: hidden });
      expect(await deciding({}, late)).toBe('protocol-deviation: warn');
    },
  );

  test('a 421 to RSET is no excuse for a reply too many', async () => {
    const late = at('rcpt', 'usual', { wait: 1 }, { raw: '421 no\r\n' }, { raw: '550 no\r\n' }, { raw: '250 ok\r\n' });
    expect(await deciding({}, late)).toBe('protocol-violation: fail');
  });
});
