// The recipes of docs/other-pipelines.md: each file is checked by what its system publishes (a schema, systemd-analyze),
// and each command in it is run by a shell, against servers on loopback.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { namedSnippets } from '../scripts/documents/snippets.ts';
import { closed, healthy } from '../src/cli/demo/servers.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const node = process.env.SMTP_GATE_NODE ?? process.execPath;
const tools = process.env.RECIPE_TOOLS_DIR;
const folder = mkdtempSync(path.join(os.tmpdir(), 'recipes-'));
const files = new Map(namedSnippets(readFileSync(path.join(root, 'docs/other-pipelines.md'), 'utf8')));
const used = new Set();
let up;
let down;

before(async () => {
  [up, down] = [await healthy(), await closed()];
  mkdirSync(path.join(folder, 'bin'));
  const script = `#!/bin/sh\nexec '${node}' '${path.join(root, 'dist/cli.js')}' "$@"\n`;
  writeFileSync(path.join(folder, 'bin/smtp-gate'), script, { mode: 0o755 });
});
after(async () => {
  await up.close();
  await down.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The text of a recipe's file, which is then known to be checked. */
function recipe(name) {
  used.add(name);
  const text = files.get(name);
  assert.ok(text, `docs/other-pipelines.md has no ${name}`);
  return text;
}

function written(name, text = recipe(name)) {
  const file = path.join(folder, path.basename(name));
  writeFileSync(file, text);
  return file;
}

/** A recipe's command against one of our servers. */
const against = (text, { port }) => text.replace('smtp.example.com:587 --tls=starttls', `127.0.0.1:${port}`);

/** What a shell of a pipeline does with a command; its output and exit status. */
async function shell(command, env = {}) {
  const PATH = `${folder}/bin:/usr/local/bin:/usr/bin:/bin`;
  const options = { cwd: folder, env: { PATH, HOME: folder, ...env } };
  return run('/bin/sh', ['-c', command], options).then(
    ({ stdout, stderr }) => ({ exit: 0, out: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ exit: code, out: stdout + stderr }),
  );
}

const python = (...args) => execFileSync('python3', ['-m', ...args], { env: { ...process.env, PYTHONPATH: tools } });
const byBuiltIn = (schema, file) => python('check_jsonschema', '--builtin-schema', schema, file);

test('GitLab CI: both files are valid, and the job keeps its reports', async () => {
  const included = readFileSync(path.join(root, 'gitlab/smtp-gate.yml'), 'utf8');
  byBuiltIn('vendor.gitlab-ci', written('.gitlab-ci.yml'));
  byBuiltIn('vendor.gitlab-ci', written('gitlab/smtp-gate.yml', included));
  const job = parse(included)['.smtp-gate'];
  const { mail, include } = parse(recipe('.gitlab-ci.yml'));
  assert.equal(mail.extends, '.smtp-gate');
  assert.match(include[0].remote, /\/gitlab\/smtp-gate\.yml$/);
  assert.deepEqual(job.image.entrypoint, ['']);
  for (const [server, exit] of [
    [up, 0],
    [down, 1],
  ]) {
    const SMTP_GATE_ARGUMENTS = against(mail.variables.SMTP_GATE_ARGUMENTS, server);
    const done = await shell(job.script.join('\n'), { SMTP_GATE_ARGUMENTS });
    assert.equal(done.exit, exit, done.out);
    for (const file of [job.artifacts.reports.junit, ...job.artifacts.paths])
      assert.ok(existsSync(path.join(folder, file)));
  }
});

test('Jenkins: what its step runs works, and its reports are there', async () => {
  const pipeline = recipe('Jenkinsfile');
  const [, command] = /^\s*sh '(.+)'$/m.exec(pipeline);
  assert.equal((await shell(against(command, up))).exit, 0);
  const reports = [...pipeline.matchAll(/(?:junit|archiveArtifacts) '(.+)'/g)].map(([, file]) => file);
  assert.equal(reports.length, 2);
  for (const file of reports) assert.ok(existsSync(path.join(folder, file)));
});

test('cron: its job prints only when the check fails', async () => {
  const lines = recipe('/etc/cron.d/smtp-gate').split('\n');
  const job = lines.find((line) => line.startsWith('*'));
  // Cron makes a line end of each.
  assert.ok(!job.includes('%'));
  const command = job
    .split(' ')
    .slice(6)
    .join(' ')
    .replace('/etc/smtp-gate/', `${folder}/`)
    .replace('--tls=starttls ', '');
  const list = (port) => writeFileSync(path.join(folder, 'targets.txt'), `127.0.0.1:${port}\n`);
  list(up.port);
  assert.deepEqual(await shell(command), { exit: 0, out: '' });
  list(down.port);
  assert.match((await shell(command)).out, /connect-refused/);
});

test('systemd: both units are valid', async () => {
  const service = recipe('/etc/systemd/system/smtp-gate.service');
  assert.match(service, /^ExecStart=\/usr\/local\/bin\/smtp-gate /m);
  written('smtp-gate.service', service.replace('/usr/local/bin/smtp-gate', path.join(folder, 'bin/smtp-gate')));
  const timer = written('smtp-gate.timer', recipe('/etc/systemd/system/smtp-gate.timer'));
  const { stderr } = await run('systemd-analyze', [
    'verify',
    '--man=no',
    timer,
    path.join(folder, 'smtp-gate.service'),
  ]);
  assert.deepEqual(
    stderr.split('\n').filter((line) => line.includes('smtp-gate')),
    [],
  );
});

test('Kubernetes: the CronJob is valid, and one run is never beside another', () => {
  const file = written('cronjob.yaml');
  python('kubernetes_validate', '--strict', file);
  const { spec } = parse(recipe('cronjob.yaml'));
  assert.equal(spec.concurrencyPolicy, 'Forbid');
  assert.equal(spec.jobTemplate.spec.backoffLimit, 0);
});

test('Docker Compose: the file is valid', () => {
  byBuiltIn('vendor.compose-spec', written('compose.yaml'));
});

test('every file of the page is one of these', () => {
  assert.deepEqual(
    [...files.keys()].filter((name) => !used.has(name)),
    [],
  );
});
