import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { annotate } from '../src/action/annotations.ts';
import { outputValues } from '../src/action/outputs.ts';
import { terminalStyle } from '../src/cli/terminal.ts';
import { type GateIo, type GateResult, runGate } from '../src/gate/gate.ts';
import { bodyOf, reopenedComment, titleOf } from '../src/incident/markdown.ts';
import { verdictOf } from '../src/incident/outage.ts';
import { nextState } from '../src/incident/state.ts';
import { readSettings } from '../src/inputs/settings.ts';
import { lookAround } from '../src/probe/look-around/index.ts';
import { probe } from '../src/probe/probe.ts';
import { authorities } from '../src/probe/tls/trust-store.ts';
import { buildReport } from '../src/report/build.ts';
import { ReportFiles } from '../src/report/files/report-files.ts';
import { htmlReport } from '../src/report/html/page.ts';
import { jsonText } from '../src/report/json.ts';
import { junit } from '../src/report/junit.ts';
import { metrics } from '../src/report/metrics.ts';
import { remember } from '../src/report/record-history.ts';
import { summary } from '../src/report/summary.ts';
import { account } from '../src/report/text.ts';
import { type BrokenServer, gateAgainst, HOST, type Reaction, raw } from './support/broken.ts';
import { makeAuthority, makeCertificate } from './support/certificates.ts';
import { NOTHING_ELSE } from './support/gate.ts';
import fc, { draws } from './support/property.ts';
import { httpProxy, say } from './support/proxies.ts';
import { ENCODERS, SPREADERS } from './support/repeated.ts';
import { surroundings, viewed } from './support/reports.ts';
import { greet, type Script, scriptedIo } from './support/scripted.ts';
// Loaded when it is needed, which must not take place while time passes.
import '../src/probe/tls/handshake.ts';
import '../src/probe/session.ts';

process.env.SSL_CERT_FILE = '/dev/null';
Object.assign(authorities, { all: (ca: string | null) => authorities.added(ca) });

const SEED = 15;
const USER = 'clara@login.test';
const root = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** All that is ever written of a gate, as one text. */
async function everythingOf(result: GateResult): Promise<string> {
  const around = surroundings();
  const report = await buildReport(result, around);
  const view = viewed(report, { place: around.place, quorum: result.quorum });
  const texts = [JSON.stringify(result), jsonText(report), JSON.stringify(outputValues(report, 'report.json'))];
  const wide = terminalStyle({ isTTY: true, columns: 80 }, {});
  const narrow = terminalStyle({ isTTY: true, columns: 24 }, { FORCE_COLOR: '1' });
  for (const style of [undefined, wide, narrow]) texts.push(account(view, style).join('\n'));
  texts.push(summary(view));
  texts.push([...junit(view)].join(''), htmlReport(view), [...metrics(view)].join(''));
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
  try {
    annotate(view, { path: 'report.json', warnings: 0 });
  } finally {
    written.mockRestore();
  }
  count += 1;
  const workspace = path.join(root, String(count));
  mkdirSync(workspace);
  const tell = { written: (text: string) => texts.push(text), warn: (text: string) => texts.push(text) };
  remember(report, { history: 'history.jsonl', vantage: null }, new ReportFiles(workspace, tell));
  if (report.targets.length > 0) texts.push(readFileSync(path.join(workspace, 'history.jsonl'), 'utf8'));
  const verdict = verdictOf(report, 'fail');
  if (verdict.kind === 'failing') {
    const { failing } = verdict;
    const at = '2026-01-01T12:00:00.000Z';
    const run = report.run?.url ?? '';
    const state = nextState(null, failing, { at, run, since: at, change: 'failing' });
    const page = { identity: 'f'.repeat(32), state, report, failing, workflow: 'Mail', job: 'monitor' };
    texts.push(bodyOf(page), titleOf(failing, report), reopenedComment(report, run));
  }
  return texts.join('\n');
}

/** No form of a secret. */
function expectNothingOf(secret: string, text: string): void {
  expectNone(
    Object.values(ENCODERS).map((encode) => encode(secret)),
    text,
  );
}

function expectNone(forms: readonly string[], text: string): void {
  for (const form of forms) {
    // Not toContain, which would write a page of some hundred kilobytes.
    if (text.includes(form)) {
      const at = text.indexOf(form);
      throw new Error(`${JSON.stringify(form)} stands in ${JSON.stringify(text.slice(at - 80, at + 80))}`);
    }
  }
}

/** Passwords of the kinds that people and generators make. */
const secret = fc
  .oneof(
    fc.stringMatching(/^[!-~]{12,24}$/),
    fc.stringMatching(/^[a-zA-Z\d]{12,40}$/),
    fc.stringMatching(/^[a-z]{4,8}[ '"&+%\\=]{1,2}[a-z]{4,8}[öéß]$/),
  )
  // An expression, and what redaction itself writes; and of one letter more than once all texts are full.
  .filter((value) => !/\$\{\{|\*\*/.test(value) && new Set(value).size > 7);
interface Encoded {
  readonly name: string;
  readonly linesOf: (value: string) => string[];
  /** The same where there is one line. */
  readonly wholeOf: (value: string) => string;
}
const inOneLine = Object.entries(ENCODERS).map(
  ([name, encode]): Encoded => ({ name, linesOf: (value) => [encode(value)], wholeOf: encode }),
);
const overLines = Object.entries(SPREADERS).map(
  ([name, linesOf]): Encoded => ({ name, linesOf, wholeOf: (value) => value }),
);
const encoded = fc.oneof(fc.constantFrom(...inOneLine), fc.constantFrom(...overLines));

/** A reply of this code with these lines. */
const reply = (code: number, lines: readonly string[]) =>
  lines.map((line, i) => `${code}${i < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n');
const base64 = (text: string) => Buffer.from(text).toString('base64');

const OFFERED = ['SIZE 10240000', '8BITMIME', 'AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER'];
const at = (place: keyof NonNullable<BrokenServer['at']>, reaction: Reaction): BrokenServer => ({
  at: { [place]: reaction },
});
const yes = '235 2.7.0 yes';
/** Where a server may repeat what it was told. */
const PLACES: Readonly<Record<string, (lines: string[], whole: string) => BrokenServer>> = {
  greeting: (lines) => at('greeting', reply(220, ['mail.example.test ESMTP', ...lines])),
  'a greeting that refuses': (lines) => at('greeting', reply(554, ['no', ...lines])),
  'a greeting that is none': (lines) => at('greeting', lines.join('\r\n')),
  'a greeting without an end': (lines) => at('greeting', raw(`220-hello\r\n220-${lines.join('\r\n220-')}`)),
  EHLO: (lines) => at('ehlo', reply(250, [HOST, ...lines, ...OFFERED])),
  'EHLO that is refused': (lines) => at('ehlo', reply(550, lines)),
  HELO: (lines) => ({ at: { ehlo: '502 no', helo: reply(250, lines) } }),
  'AUTH that is refused': (lines) => ({ auth: reply(535, ['5.7.8 wrong', ...lines]) }),
  'AUTH that is put off': (lines) => ({
    auth: reply(
      454,
      lines.map((line) => `4.7.0 ${line}`),
    ),
  }),
  'AUTH that is accepted': (lines) => ({ auth: reply(235, ['yes', ...lines]) }),
  'a challenge': (lines, whole) => ({
    auth: [`334 ${base64(`{"status":"401","scope":"${whole}"}`)}`, reply(535, lines)],
  }),
  'a challenge in the clear': (lines) => ({ auth: reply(334, lines) }),
  MAIL: (lines) => ({ auth: yes, ...at('mail', reply(550, ['5.1.8 who', ...lines])) }),
  RCPT: (lines) => ({ auth: yes, ...at('rcpt', reply(550, ['5.1.1 who', ...lines])) }),
  RSET: (lines) => ({ auth: yes, ...at('rset', reply(500, lines)) }),
  QUIT: (lines) => ({ auth: yes, ...at('quit', reply(221, ['bye', ...lines])) }),
  'what is no reply': (lines) => ({ auth: yes, ...at('mail', lines.join('\r\n')) }),
  'a line that is too long': (_, whole) => ({
    auth: yes,
    ...at('mail', `250 ${'x'.repeat(110)} ${whole}${'y'.repeat(4_200)}`),
  }),
};

const ENVELOPE = { 'mail-from': 'gate@example.test', 'rcpt-to': 'clara@example.test' };
const LOGIN = { username: USER, tls: 'none', 'auth-over-plaintext': 'true', ...ENVELOPE };

describe('a server that repeats a secret in any form at any place', () => {
  const places = fc.constantFrom(...Object.entries(PLACES));

  test.each(['password', 'access-token'])(
    'has no output show the %s',
    async (kind) => {
      const hidden = new Set<string>();
      await fc.assert(
        fc.asyncProperty(secret, encoded, places, async (value, { name, linesOf, wholeOf }, [place, serverOf]) => {
          const lines = linesOf(value);
          const server = { capabilities: OFFERED, ...serverOf(lines, wholeOf(value)) };
          const result = await gateAgainst(server, { ...LOGIN, [kind]: value });
          const written = await everythingOf(result);
          expectNothingOf(value, written);
          // A part may be a word of ours by chance, but not of what was seen.
          expectNone(
            lines.filter((line) => line.length >= 5),
            JSON.stringify(result),
          );
          if (written.includes('***')) hidden.add(`${name} ${place}`);
        }),
        { numRuns: draws(250), seed: SEED },
      );
      // The test tests nothing where nothing was there to hide.
      expect(hidden.size).toBeGreaterThan(draws(250) * 0.6);
    },
    60_000,
  );
});

const PASSWORD = 'Zq9x-FieldPassw0rd';

test('nor is it shown by a certificate that names it, whatever is wrong with it', async () => {
  const authority = await makeAuthority(`Authority of ${PASSWORD}`);
  for (const [names, issuer] of [
    [[HOST, `${PASSWORD}.example`], undefined],
    [[`${PASSWORD}.example`, base64(PASSWORD).replace(/=+$/, '')], authority],
    [[HOST, `${PASSWORD}.example`], authority],
  ] as const) {
    const identity = await makeCertificate({ names, ...(issuer ? { issuer } : {}) });
    for (const tls of ['starttls', 'implicit'] as const) {
      const server = { tls, identity, capabilities: OFFERED };
      const inputs = { username: USER, password: PASSWORD, tls, 'tls-ca': authority.cert, port: '465' };
      const result = await gateAgainst(server, inputs);
      expect(result.targets[0]?.seen?.tls?.chain).not.toHaveLength(0);
      expectNothingOf(PASSWORD, await everythingOf(result));
    }
  }
});

/** Runs the gate in a scripted world, with its own look around. */
async function runIn(
  inputs: Record<string, string>,
  world: Parameters<typeof scriptedIo>[0],
  more: Partial<GateIo> = {},
) {
  const all: Record<string, string> = { timeout: '1s', ...inputs };
  const read = await readSettings((name) => all[name]);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const io = scriptedIo(world);
  const result = await io.clock.runUntil(
    runGate(read.settings, {
      ...NOTHING_ELSE,
      clock: io.clock,
      probe: (plan) => probe(plan, io),
      lookAround: (plan, seen) => lookAround(plan, seen, { ...io, env: {} }),
      progress: () => {},
      ...more,
    }),
  );
  return everythingOf(result);
}

const AT = { host: HOST, port: '25' };
const LOGIN_AT = { ...AT, username: USER, password: PASSWORD };

describe.each(Object.entries(ENCODERS))('%s', (_, encode) => {
  const echo = encode(PASSWORD);

  test('it is not shown by another port of the server', async () => {
    const written = await runIn(LOGIN_AT, {
      answers: { '192.0.2.25 25': 'ECONNREFUSED' },
      otherwise: greet(`220 ${echo}\r\n`),
    });
    expectNothingOf(PASSWORD, written);
    expect(written.includes('***')).toBe(true);
  });

  test.each<[string, string]>([
    ['a status line', `HTTP/1.1 502 ${echo}\r\n\r\n`],
    ['a header', `HTTP/1.1 407 no\r\nProxy-Authenticate: ${echo}\r\n\r\n`],
    ['a page', `<html>${echo}</html>\r\n\r\n`],
    ['a page behind a yes', `HTTP/1.1 200 OK\r\n\r\n<html>${echo}</html>\r\n\r\n`],
  ])('it is not shown by a proxy in %s', async (_, answer) => {
    const proxy = `http://ada:${encodeURIComponent(PASSWORD)}@198.51.100.8:3128`;
    const script: Script = httpProxy(say(Buffer.from(answer)));
    expectNothingOf(PASSWORD, await runIn({ ...AT, proxy }, { answers: { '198.51.100.8': script } }));
  });

  test('it is not shown by an MX record', async () => {
    const proxy = `http://ada:${encodeURIComponent(PASSWORD)}@198.51.100.8:3128`;
    const host = `${echo}.example`;
    const lookUpMx = async () =>
      ({
        kind: 'hosts',
        hosts: [
          { host, preference: 1 },
          { host: 'mx.example', preference: 2 },
        ],
        more: 0,
        odd: [`${echo}.odd`],
      }) as const;
    const inputs = { targets: 'mx:example.com', proxy };
    const written = await runIn(inputs, { otherwise: 'ECONNREFUSED' }, { lookUpMx });
    expectNothingOf(PASSWORD, written);
    expect(written.includes('mx.example')).toBe(true);
  });

  test('it is not shown by a crash of ours', async () => {
    const crash = async () => {
      throw new Error(`no way to ${echo}`);
    };
    const written = await runIn(LOGIN_AT, {}, { probe: crash });
    expectNothingOf(PASSWORD, written);
    expect(written.includes('probe-crashed')).toBe(true);
  });
});

describe('what proves that the password is known is not shown by a server that repeats it', () => {
  /** Refuses a login, and repeats what it was told, as it was sent and decoded. */
  const mirror =
    (challenge: (message: string) => string, heard: string[]): Script =>
    (socket) => {
      socket.write('220 up\r\n');
      let first = '';
      socket.on('data', (chunk: Buffer) => {
        const line = chunk.toString().trim();
        const [verb = '', , initial = ''] = line.split(' ');
        const decoded = (text: string) => Buffer.from(text, 'base64').toString('latin1');
        if (verb === 'EHLO') socket.write('250-up\r\n250 AUTH CRAM-MD5 SCRAM-SHA-256\r\n');
        else if (verb === 'AUTH') {
          first = decoded(initial);
          socket.write(`334 ${base64(challenge(first))}\r\n`);
        } else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else {
          const proof = /(?:,p=| )(.*)$/.exec(decoded(line))?.[1] ?? '';
          const [from, to] = /^[\da-f]{32}$/.test(proof) ? (['hex', 'base64'] as const) : (['base64', 'hex'] as const);
          heard.push(proof, Buffer.from(proof, from).toString(to), line);
          socket.write(`535-5.7.8 ${line}\r\n535-5.7.8 ${decoded(line)}\r\n535 5.7.8 ${heard.join(' ')}\r\n`);
        }
      });
    };

  test.each<[string, (first: string) => string]>([
    ['CRAM-MD5', () => '<1896.697170952@mail.example.test>'],
    ['SCRAM-SHA-256', (first) => `r=${/r=(.*)$/.exec(first)?.[1]}more,s=${base64('sixteen bytes of')},i=4096`],
  ])('%s', async (mechanism, challenge) => {
    const heard: string[] = [];
    const inputs = { ...LOGIN_AT, 'auth-over-plaintext': 'true', tls: 'none', 'auth-method': mechanism };
    const written = await runIn(inputs, { otherwise: mirror(challenge, heard) });
    expect(heard).toHaveLength(3);
    expectNone(heard, written);
    expect(written.includes('5.7.8 ***')).toBe(true);
  });
});

describe('a password that is a word of ours', () => {
  test.each(['greeting', 'connect', 'done', 'starttls', 'smtp', '25', 'closed', 'ECONNREFUSED', 'fail'])(
    '%s',
    async (password) => {
      const server = { capabilities: OFFERED, auth: '535 5.7.8 no' };
      const { targets, deciding } = await gateAgainst(server, { ...LOGIN, password });
      const clean = await gateAgainst(server, { ...LOGIN, password: PASSWORD });
      expect(deciding?.finding.code).toBe('auth-rejected');
      expect(targets[0]?.seen?.steps.map(({ step, status }) => [step, status])).toEqual(
        clean.targets[0]?.seen?.steps.map(({ step, status }) => [step, status]),
      );
    },
  );
});
