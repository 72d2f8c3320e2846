import { describe, expect, test } from '@jest/globals';
import { outputValues } from '../src/action/outputs.ts';
import { type GateIo, runGate } from '../src/gate/gate.ts';
import { readSettings } from '../src/inputs/settings.ts';
import { lookAround } from '../src/probe/look-around/index.ts';
import { probe } from '../src/probe/probe.ts';
import { buildReport } from '../src/report/build.ts';
import { summary } from '../src/report/summary.ts';
import { account } from '../src/report/text.ts';
import { readSurroundings } from '../src/runtime/context.ts';
import { NOTHING_ELSE } from './support/gate.ts';
import { httpProxy, OPENED, openTo, type Reply, say, socksProxy } from './support/proxies.ts';
import { viewed } from './support/reports.ts';
import { greet, type Script, scriptedIo } from './support/scripted.ts';

const USER = 'ada';
const PASSWORD = 'hunter2+hunter/2&x';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const LOGIN = `${USER}:${PASSWORD}`;
const WRITTEN = `${USER}:${encodeURIComponent(PASSWORD).toLowerCase()}`;
const FORMS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  encodeURIComponent(PASSWORD).toLowerCase(),
  LOGIN,
  WRITTEN,
].flatMap((form) => [form, base64(form)]);
const echo = FORMS.join(' ');
const OK = 'HTTP/1.1 200 OK\r\n\r\n';

/** Every text that a gate writes, and the code. */
async function everything(proxy: string, script: Script, env: Record<string, string> = {}) {
  const inputs: Record<string, string> = { host: 'mail.example.com', port: '25', proxy, timeout: '1s' };
  const read = await readSettings((name) => inputs[name], env);
  if ('problems' in read) throw new Error('these were not read');
  const io = scriptedIo({ answers: { '198.51.100.8': script } });
  const gateIo: GateIo = {
    ...NOTHING_ELSE,
    clock: io.clock,
    probe: (plan) => probe(plan, io),
    lookAround: (plan, seen) => lookAround(plan, seen, { ...io, env }),
    progress: () => {},
  };
  const result = await io.clock.runUntil(runGate(read.settings, gateIo));
  const report = await buildReport(result, readSurroundings({}));
  const texts = [
    JSON.stringify(report),
    account(viewed(report)).join('\n'),
    summary(viewed(report, { place: 'kubernetes' })),
    JSON.stringify(outputValues(report, '')),
  ];
  return { code: report.code, texts, text: texts.join('\n') };
}

function expectNothingOf(text: string): void {
  for (const form of [...FORMS, 'hunter']) expect(text).not.toContain(form);
}

describe('nothing of the proxy’s password is written', () => {
  const url = (scheme: string) => `${scheme}://${USER}:${encodeURIComponent(PASSWORD).toLowerCase()}@198.51.100.8:3128`;
  const NAMED = 'http://198.51.100.8:3128';
  const answers: [string, Reply, string][] = [
    ['opens', openTo(say(OK), greet('220 up ESMTP\r\n')), ''],
    ['opens, and the server repeats it', openTo(say(OK), greet(`220 up ESMTP ${echo}\r\n`)), ''],
    ['refuses, and repeats it', say(`HTTP/1.1 403 ${echo}\r\n\r\n`), 'proxy-refused'],
    [
      'wants another, and repeats it',
      say(`HTTP/1.1 407 ${echo}\r\nProxy-Authenticate: Basic\r\n\r\n`),
      'proxy-auth-required',
    ],
    ['answers with garbage, and repeats it', say(`${echo}\r\n`), 'proxy-refused'],
    ['repeats it, and never ends', say(`HTTP/1.1 ${echo}\r\n`), 'proxy-refused'],
    ['says nothing', () => {}, 'proxy-unreachable'],
  ];

  test.each(answers)('when it %s', async (_, reply, code) => {
    for (const [proxy, env] of [[url('http'), {}] as const, ['env', { HTTPS_PROXY: url('http') }] as const]) {
      const asked: string[] = [];
      const written = await everything(proxy, httpProxy(reply, asked), env);
      // What was sent proves that there was something to hide.
      expect(asked[0]).toContain(base64(LOGIN));
      expect(written.code).toBe(code);
      expectNothingOf(written.text);
      if (code !== '') expect(written.text).toContain(proxy === 'env' ? '--proxy=env' : `--proxy=${NAMED}`);
      expect(written.text).toContain(NAMED);
    }
  });

  test.each<[string, (Reply | number[])[], string]>([
    ['opens', [[5, 2], [1, 0], openTo(say(Buffer.from(OPENED)), greet(`220 up ESMTP ${echo}\r\n`))], ''],
    [
      'rejects it',
      [
        [5, 2],
        [1, 1],
      ],
      'proxy-auth-required',
    ],
    [
      'refuses',
      [
        [5, 2],
        [1, 0],
        [5, 2],
      ],
      'proxy-refused',
    ],
    ['repeats it', [[5, 2], say(echo)], 'proxy-refused'],
  ])('when one of SOCKS %s', async (_, replies, code) => {
    const written = await everything(url('socks5h'), socksProxy(replies));
    expect(written.code).toBe(code);
    expectNothingOf(written.text);
  });

  test('nor when our own code fails', async () => {
    const inputs: Record<string, string> = { host: 'a.example', port: '25', proxy: url('http') };
    const read = await readSettings((name) => inputs[name]);
    if ('problems' in read) throw new Error('these were not read');
    const io = scriptedIo({});
    const crash = async () => {
      throw new Error(`no way to ${echo}`);
    };
    const result = await io.clock.runUntil(
      runGate(read.settings, { ...NOTHING_ELSE, clock: io.clock, probe: crash, progress: () => {} }),
    );
    expect(result.deciding?.finding.code).toBe('probe-crashed');
    expectNothingOf(JSON.stringify(result));
  });
});
