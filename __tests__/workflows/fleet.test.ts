import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readOutputFile } from '../support/runner.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => parse(readFileSync(path.join(root, '.github/workflows', name), 'utf8'));
const { jobs } = read('fleet.yml');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
const stepNamed = (job: string, name: string): Step => {
  const found = (jobs[job].steps as Step[]).find((step) => step.name === name);
  if (!found) throw new Error(`${job} has no step ${name}`);
  return found;
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fleet-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script of a step as a runner does, and says what it printed and wrote to the file of `variable`. */
function runScript({ run = '' }: Step, variable: string, env: Readonly<Record<string, string>>) {
  const [script, file] = [path.join(folder, 'script.sh'), path.join(folder, 'file')];
  writeFileSync(script, run);
  writeFileSync(file, '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env, [variable]: file },
  });
  return { status, stderr, printed: stdout.split('\n').filter(Boolean), written: readFileSync(file, 'utf8') };
}

// On Windows, `bash` may be the one of a Linux that has no Node.
const describeHere = process.platform === 'win32' ? describe.skip : describe;

describeHere('the plan', () => {
  const EXAMPLE = { NAME: 'mail', HAS_TARGETS: 'true', VANTAGES: '{"github": "ubuntu-latest"}', SHARDS: '1' };
  const plan = (given: Partial<typeof EXAMPLE>) =>
    runScript(stepNamed('plan', 'Plan'), 'GITHUB_OUTPUT', { ...EXAMPLE, ...given });
  const planned = (given: Partial<typeof EXAMPLE>) => {
    const { status, stderr, written } = plan(given);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { matrix = '', expect: legs = '' } = readOutputFile(written);
    return { include: JSON.parse(matrix).include, expect: legs };
  };

  test('takes what the workflow gives it', () => {
    expect(Object.keys(stepNamed('plan', 'Plan').env ?? {}).sort()).toEqual(Object.keys(EXAMPLE).sort());
  });

  test('is one job by default', () => {
    const { inputs } = read('fleet.yml').on.workflow_call;
    expect(planned({ VANTAGES: inputs.vantages.default, SHARDS: String(inputs.shards.default) })).toEqual({
      include: [{ vantage: 'github', 'runs-on': 'ubuntu-latest', shard: '', leg: 'github-1-of-1' }],
      expect: 'github',
    });
  });

  test('is one job for each vantage point and shard, and names each in the matrix', () => {
    const dmz = { group: 'internal', labels: ['dmz'] };
    const VANTAGES = JSON.stringify({ azure: 'ubuntu-latest', lab: ['self-hosted', 'lab'], dmz });
    expect(planned({ VANTAGES, SHARDS: '2' })).toEqual({
      include: [
        { vantage: 'azure', 'runs-on': 'ubuntu-latest', shard: '1/2', leg: 'azure-1-of-2' },
        { vantage: 'azure', 'runs-on': 'ubuntu-latest', shard: '2/2', leg: 'azure-2-of-2' },
        { vantage: 'lab', 'runs-on': ['self-hosted', 'lab'], shard: '1/2', leg: 'lab-1-of-2' },
        { vantage: 'lab', 'runs-on': ['self-hosted', 'lab'], shard: '2/2', leg: 'lab-2-of-2' },
        { vantage: 'dmz', 'runs-on': dmz, shard: '1/2', leg: 'dmz-1-of-2' },
        { vantage: 'dmz', 'runs-on': dmz, shard: '2/2', leg: 'dmz-2-of-2' },
      ],
      expect: 'azure 1/2\nazure 2/2\nlab 1/2\nlab 2/2\ndmz 1/2\ndmz 2/2',
    });
  });

  test('has as many jobs as a matrix has at most', () => {
    expect(planned({ SHARDS: '256' }).include).toHaveLength(256);
    expect(planned({ VANTAGES: '{"a": "x", "b": "y"}', SHARDS: '128' }).include).toHaveLength(256);
  });

  test('takes the same word for a vantage point, for a label and within a string', () => {
    const { include } = planned({ VANTAGES: String.raw`{"lab": ["lab", "\"lab\": {"], "group": {"group": "lab"}}` });
    expect(include.map(({ vantage }: { vantage: string }) => vantage)).toEqual(['lab', 'group']);
  });

  const REFUSED: [Partial<typeof EXAMPLE>, RegExp][] = [
    [{ VANTAGES: '' }, /^vantages: is not JSON .*write a name and a runner for each, such as \{"azure"/],
    [{ VANTAGES: 'azure: ubuntu-latest' }, /^vantages: is not JSON/],
    [{ VANTAGES: '{"azure": "x",}' }, /^vantages: is not JSON/],
    [{ VANTAGES: '{}' }, /^vantages: has no vantage point; write a JSON object/],
    [{ VANTAGES: 'null' }, /^vantages: has no vantage point/],
    [{ VANTAGES: '["azure"]' }, /^vantages: has no vantage point/],
    [{ VANTAGES: '"azure"' }, /^vantages: has no vantage point/],
    [{ VANTAGES: '{"a b": "x"}' }, /^vantages: "a b" is no name; write one word/],
    [{ VANTAGES: '{"": "x"}' }, /^vantages: "" is no name/],
    [{ VANTAGES: '{"a/b": "x"}' }, /^vantages: "a\/b" is no name/],
    [{ VANTAGES: `{"${'a'.repeat(65)}": "x"}` }, /is no name; write one word of at most 64/],
    [{ VANTAGES: '{"a": ""}' }, /^vantages: the runner of "a" is ""; write a label, an array of labels/],
    [{ VANTAGES: '{"a": 24}' }, /^vantages: the runner of "a" is 24/],
    [{ VANTAGES: '{"a": []}' }, /^vantages: the runner of "a" is \[\]/],
    [{ VANTAGES: '{"a": ["x", null]}' }, /^vantages: the runner of "a" is \["x",null\]/],
    [{ VANTAGES: '{"a": {"labels": "x"}}' }, /^vantages: the runner of "a" is \{"labels":"x"\}/],
    [{ VANTAGES: '{"a": {"group": "x", "label": "y"}}' }, /^vantages: the runner of "a"/],
    [{ VANTAGES: '{"a": "x", "b": "y", "a": "z"}' }, /^vantages: "a" is there twice/],
    [{ VANTAGES: '{"azure": "x", "Azure": "y"}' }, /^vantages: "Azure" is there twice/],
    [{ VANTAGES: String.raw`{"a": "x", "\u0061": "y"}` }, /^vantages: "\\u0061" is there twice/],
    [{ SHARDS: '0' }, /^shards: is 0; write a whole number, 1 or more/],
    [{ SHARDS: '-1' }, /^shards: is -1/],
    [{ SHARDS: '1.5' }, /^shards: is 1\.5/],
    [{ SHARDS: '' }, /^shards: is empty; write a whole number/],
    [{ SHARDS: '257' }, /\(1\) times shards \(257\) are 257 jobs, .* at most 256; write at most 256$/],
    [{ VANTAGES: '{"a": "x", "b": "x", "c": "x"}', SHARDS: '86' }, /are 258 jobs.*; write at most 85$/],
    [
      { VANTAGES: JSON.stringify(Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`v${i}`, 'x']))) },
      /^vantages: has 257 vantage points, .*; write at most 256$/,
    ],
    [{ HAS_TARGETS: 'false' }, /^targets-file: is empty, and targets too; write the path of a file/],
    [{ NAME: '' }, /^name: is ""; write at most 64 letters, digits and hyphens/],
    [{ NAME: 'mail*' }, /^name: is "mail\*"/],
  ];
  test.each(REFUSED.map(([given, message]) => [JSON.stringify(given).slice(0, 80), given, message] as const))(
    '%s is refused',
    (_, given, message) => {
      const { status, printed, written } = plan(given);
      expect({ status, written }).toEqual({ status: 1, written: '' });
      expect(printed).toHaveLength(1);
      expect(printed[0]).toMatch(/^::error::/);
      expect(printed[0]?.slice('::error::'.length)).toMatch(message);
    },
  );

  test('says all problems at once, each in one line, whatever it quotes', () => {
    const { printed } = plan({
      NAME: 'a\n::error::b',
      VANTAGES: '{\n::error::%0A\n',
      SHARDS: 'x',
      HAS_TARGETS: 'false',
    });
    expect(printed.map((line) => /^::error::(\S+):/.exec(line)?.[1]).sort()).toEqual([
      'name',
      'shards',
      'targets-file',
      'vantages',
    ]);
    expect(printed.join('')).not.toContain('%%0A');
  });
});

describeHere('the variables of logins', () => {
  const set = (LOGINS: string) =>
    runScript(stepNamed('probe', 'Set the variables of logins'), 'GITHUB_ENV', { LOGINS });

  test('nothing is set without them', () => {
    expect(set('')).toEqual({ status: 0, stderr: '', printed: [], written: '' });
  });

  const EXPRESSION = '$'.concat('{{ x }}');

  test('are masked, and set as they are written', () => {
    const text = [
      '# of mx1\r',
      'MX1_USER=check@example.com\r',
      '',
      '  _p2=  a=b % %0A%25 <<E $(id) `id` \\ & "x  ',
      `MX3=${EXPRESSION}`,
    ];
    const { status, stderr, printed, written } = set(text.join('\n'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readOutputFile(written)).toEqual({
      MX1_USER: 'check@example.com',
      _p2: 'a=b % %0A%25 <<E $(id) `id` \\ & "x',
      MX3: EXPRESSION,
    });
    expect(printed).toEqual([
      '::add-mask::# of mx1',
      '::add-mask::check@example.com',
      '::add-mask::a=b %25 %250A%2525 <<E $(id) `id` \\ & "x',
      `::add-mask::${EXPRESSION}`,
    ]);
  });

  test('no two runs end a value in the same way', () => {
    const ends = [1, 2].map(() => /<<([\da-f]{36})\n/.exec(set('A1=b').written)?.[1]);
    expect(new Set(ends).size).toBe(2);
    expect(ends).not.toContain(undefined);
  });

  const SECRET = 'k3y-0f-mx1';
  test.each([
    [SECRET, 'is not NAME=value; write'],
    [`export MX1=${SECRET}`, 'is not NAME=value'],
    [`MX1 =${SECRET}`, 'is not NAME=value'],
    [`1MX=${SECRET}`, 'is not NAME=value'],
    [`MX-1=${SECRET}`, 'is not NAME=value'],
    [`=${SECRET}`, 'is not NAME=value'],
    [`MX1: ${SECRET}`, 'is not NAME=value'],
    // The end of something in base64, behind which there is nothing.
    ['k3yk3yk3y0fmx1=', 'has no value; write it behind the ='],
    ['MX1=   ', 'has no value'],
    [`MX1="${SECRET}"`, 'has a value in quotes'],
    [`MX1='${SECRET}'`, 'has a value in quotes'],
    [`MX1=${SECRET}\u0007x`, 'has a control character'],
    [`MX1=${SECRET}\rMX2=x`, 'has a control character'],
    [`OK=yes-it-is\nOK=${SECRET}`, 'sets a name that an earlier line sets'],
    ...[
      ...['PATH', 'Path', 'NODE_OPTIONS', 'node_options', 'NODE_EXTRA_CA_CERTS', 'GITHUB_ENV', 'GITHUB_TOKEN'],
      ...['RUNNER_TEMP', 'ACTIONS_RUNTIME_TOKEN', 'INPUT_HOST', 'LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'BASH_ENV'],
      ...['ENV', 'IFS', 'HOME', 'https_proxy', 'NO_PROXY', 'GIT_SSH_COMMAND', 'OPENSSL_CONF', 'SSL_CERT_FILE'],
    ].map((name) => [`${name}=${SECRET}`, `sets ${name}, which has a meaning for the runner`] as const),
  ])('%j is refused by its line, and by nothing of it', (text, message) => {
    const line = text.split('\n').length + 2;
    const { status, printed, written } = set(`GOOD=g00d-value\n\n${text}\nLAST=l4st-value`);
    expect({ status, written }).toEqual({ status: 1, written: '' });
    const masks = printed.filter((said) => said.startsWith('::add-mask::'));
    expect(printed.slice(0, masks.length)).toEqual(masks);
    expect(printed.slice(masks.length)).toEqual([expect.stringContaining(`::error::logins, line ${line}: ${message}`)]);
    expect(printed.slice(masks.length).join('\n')).not.toMatch(/k3y|g00d|l4st|yes-it-is/);
  });

  test('names that only look alike are taken', () => {
    const names = ['MX_PATH', 'PATHS', 'MY_NODE_OPTIONS', 'PROXY1', 'GITHUBTOKEN', 'MAIL_HOME'];
    const { status, written } = set(names.map((name) => `${name}=value`).join('\n'));
    expect(status).toBe(0);
    expect(Object.keys(readOutputFile(written))).toEqual(names);
  });
});

describe('the jobs', () => {
  test('only the merge may write issues', () => {
    const issues = Object.entries<{ permissions: Record<string, string> }>(jobs).flatMap(([name, job]) =>
      'issues' in job.permissions ? [name] : [],
    );
    expect(issues).toEqual(['merge']);
  });

  test('the verdict is the merge’s alone, and it judges what came whatever else failed', () => {
    expect(stepNamed('probe', 'Check').with).toMatchObject({ 'fail-on': 'never' });
    expect(jobs.probe.strategy['fail-fast']).toBe(false);
    expect(jobs.merge.needs).toEqual(['plan', 'probe']);
    expect(jobs.merge.if).toContain("{{ !cancelled() && needs.plan.result == 'success' }}");
  });

  test('what is uploaded is what is downloaded, and what is merged', () => {
    const upload = stepNamed('probe', 'Hand the report on').with;
    expect(upload?.path).toBe(stepNamed('probe', 'Check').with?.['report-json']);
    const { pattern, path: to } = stepNamed('merge', 'Collect the reports').with ?? {};
    expect(`${upload?.name}`.startsWith(`${pattern}`.slice(0, -1))).toBe(true);
    expect(`${upload?.path}`.startsWith(`${to}/report-`)).toBe(true);
    expect(stepNamed('merge', 'Merge').with?.reports).toBe(`${to}/report-*.json`);
  });

  test.each(['fleet.yml', 'monitor.yml'])('%s: what is not configured fails', (file) => {
    const steps = Object.values<{ steps: Step[] }>(read(file).jobs).flatMap((job) => job.steps);
    const gates = steps.filter(({ uses = '' }) => /\/smtp-gate@/.test(uses));
    expect(gates.map(({ with: inputs }) => inputs?.['if-not-configured'])).toEqual(['fail']);
  });

  test('a fleet takes what a monitor takes', () => {
    const [fleet, monitor] = ['fleet.yml', 'monitor.yml'].map((file) => read(file).on.workflow_call);
    expect(Object.keys(fleet.inputs)).toEqual(expect.arrayContaining(Object.keys(monitor.inputs)));
    expect(Object.keys(fleet.secrets)).toEqual(expect.arrayContaining(Object.keys(monitor.secrets)));
    expect(Object.keys(fleet.outputs).sort()).toEqual(Object.keys(monitor.outputs).sort());
  });
});
