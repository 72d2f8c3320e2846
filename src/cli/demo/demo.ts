import { runGate } from '../../gate/gate.ts';
import { systemGateIo } from '../../gate/system-io.ts';
import { readSettings } from '../../inputs/settings.ts';
import type { Code, Status } from '../../model/codes.ts';
import { buildReport } from '../../report/build.ts';
import { account, type Style } from '../../report/text.ts';
import { GLYPHS, viewOf } from '../../report/view.ts';
import { readSurroundings } from '../../runtime/context.ts';
import { closed, type DemoServer, greetsWith, healthy } from './servers.ts';

interface Scene {
  readonly name: string;
  readonly start: () => Promise<DemoServer>;
  readonly expect: { readonly status: Status; readonly code: Code | '' };
}

const SCENES: readonly Scene[] = [
  { name: 'a healthy SMTP server', start: healthy, expect: { status: 'pass', code: '' } },
  {
    name: 'a server that says nothing',
    start: () => greetsWith(null),
    expect: { status: 'fail', code: 'greeting-timeout' },
  },
  {
    name: 'a server that refuses this client',
    start: () => greetsWith('554 5.7.1 no service for you'),
    expect: { status: 'fail', code: 'greeting-refused' },
  },
  {
    name: 'an SSH server on the port',
    start: () => greetsWith('SSH-2.0-OpenSSH_9.6'),
    expect: { status: 'info', code: 'not-smtp' },
  },
  { name: 'a closed port', start: closed, expect: { status: 'fail', code: 'connect-refused' } },
];

/** Probes embedded servers on loopback; true when each got the verdict that it should. `begins` is told of each. */
export async function demo(
  print: (text: string) => void,
  begins: (server: string) => void,
  style: Style,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const io = systemGateIo(() => {});
  let right = 0;
  for (const [i, { name, start, expect }] of SCENES.entries()) {
    begins(`${i + 1} of ${SCENES.length} (${name})`);
    const server = await start();
    const inputs: Record<string, string> = { host: '127.0.0.1', port: String(server.port), timeout: '1s' };
    const read = await readSettings((option) => inputs[option]);
    if ('problems' in read) throw new Error(`the demo's own inputs: ${JSON.stringify(read.problems)}`);
    const around = readSurroundings(env, { typed: true });
    const { failOn } = read.settings;
    const result = await runGate(read.settings, io);
    const report = await buildReport(result, around);
    const view = viewOf(report, { place: around.place, failOn, quorum: result.quorum, hostname: '' });
    server.close();
    const asExpected = report.status === expect.status && report.code === expect.code;
    if (asExpected) right += 1;
    print(style.strong(`── ${i + 1} of ${SCENES.length}: ${name} ──`));
    print(account(view, style).join('\n'));
    const wanted = [expect.status, ...(expect.code === '' ? [] : [expect.code])].join(' ');
    print(style.faint(asExpected ? `expected: ${wanted}\n` : `NOT as expected: ${wanted}\n`));
  }
  const status = right === SCENES.length ? 'pass' : 'fail';
  print(style.status(status, `${GLYPHS[status]} ${right} of ${SCENES.length} servers got the expected verdict.`));
  return right === SCENES.length;
}
