// Observes which functions are called when the action and the command line do what they do most, and writes them to
// scripts/build/eager.txt: the build has V8 compile them at once. With --check it only says how many of them
// the list has, and fails when that are too few to be of use.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeAuthority, makeCertificate } from '../__tests__/support/certificates.ts';
import { closedPort, greeter, loopbackServer } from '../__tests__/support/servers.ts';
import { submissionServer } from './bench/submission-server.ts';
import { functionsIn, listFile, readList, writeList } from './build/eager.mjs';
import { compile, leaveStage, root, stage } from './build/stage.mjs';

/** So much of what is called has to be in the list. */
const ENOUGH = 0.9;

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-profile-'));

/** The functions that one run has called, by module. */
type Calls = ReadonlyMap<string, readonly string[]>;

/** What V8 writes of the coverage of a process, as far as it is of use here. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** `status`: how the run has to end, since one that ends otherwise has done something else. */
async function observe(
  status: number,
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Calls> {
  const cwd = mkdtempSync(path.join(folder, 'run-'));
  const coverage = path.join(cwd, 'coverage');
  mkdirSync(coverage);
  for (const name of ['output', 'summary']) writeFileSync(path.join(cwd, name), '');
  const child = spawn(process.execPath, [path.join(stage, 'src', script), ...args], {
    cwd,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      RUNNER_TEMP: cwd,
      GITHUB_OUTPUT: path.join(cwd, 'output'),
      GITHUB_STEP_SUMMARY: path.join(cwd, 'summary'),
      NODE_V8_COVERAGE: coverage,
      ...env,
    },
  });
  const [ended] = await once(child, 'exit');
  if (ended !== status) throw new Error(`${[script, ...args].join(' ')} ends with ${ended} rather than ${status}`);
  const [file = ''] = readdirSync(coverage);
  return callsIn(JSON.parse(readFileSync(path.join(coverage, file), 'utf8')));
}

function callsIn({ result }: Coverage): Calls {
  const calls = new Map<string, string[]>();
  for (const { url, functions } of result) {
    const name = url.startsWith('file:') ? path.relative(stage, fileURLToPath(url)) : url;
    if (!name.startsWith('src/')) continue;
    const declared = functionsIn(readFileSync(path.join(stage, name), 'utf8'));
    const called = functions.filter(({ functionName, ranges }) => ranges[0]?.count && declared.has(functionName));
    calls.set(
      name,
      called.map(({ functionName }) => functionName),
    );
  }
  return calls;
}

/** The action and the command line at work, what they do most first. */
async function* ordinaryRuns(): AsyncGenerator<Calls> {
  const inputs = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  const reports = { 'report-json': 'r.json', 'report-junit': 'r.xml', 'report-html': 'r.html' };
  const greets = await loopbackServer(greeter('220 mail.example.test ESMTP\r\n'));
  const authority = await makeAuthority();
  const submits = await submissionServer(await makeCertificate({ issuer: authority }));
  const ca = path.join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  const login = { username: 'gate', password: 'a secret of the profile' };
  const envelope = { 'mail-from': 'gate@example.test', 'rcpt-to': 'ops@example.test' };
  const closed = String(await closedPort());
  const [host, port] = ['127.0.0.1', String(submits.port)];

  const deep = { host, port, tls: 'starttls', 'tls-ca': ca, ...login, ...envelope };
  yield observe(0, 'index.js', [], inputs({ host, port: String(greets.port), ...reports }));
  yield observe(0, 'index.js', [], inputs({ ...deep, ...reports }));
  yield observe(1, 'index.js', [], inputs({ host, port: closed, ...reports }));
  yield observe(0, 'cli.js', [`${host}:${greets.port}`]);
  yield observe(1, 'cli.js', [`${host}:${closed}`]);
  await greets.close();
  submits.close();
}

/** The functions of each module that are called in the first of the runs that loads it. */
async function profile(): Promise<Calls> {
  const first = new Map<string, readonly string[]>();
  for await (const calls of ordinaryRuns()) {
    for (const [name, functions] of calls) if (!first.has(name)) first.set(name, functions);
  }
  return first;
}

compile({ type: 'module' });
try {
  const observed = await profile();
  if (process.argv[2] === '--check') {
    const listed = readList();
    const called = [...observed].flatMap(([name, functions]) => functions.map((one) => [name, one] as const));
    const known = called.filter(([name, one]) => listed.get(name)?.includes(one)).length;
    console.log(`${known} of ${called.length} functions that are called are in the list`);
    if (known < called.length * ENOUGH) {
      console.log('npm run profile brings it up to date');
      process.exitCode = 1;
    }
  } else {
    writeList(observed);
    console.log(`${path.relative(root, listFile)} is written`);
  }
} finally {
  leaveStage();
  rmSync(folder, { recursive: true });
}
