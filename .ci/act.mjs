// The repository's own workflows, run for real: the jobs assert their outputs themselves, and here it is asserted that
// they did, and what act read back of their summaries. SMTP_GATE_ACT is the binary of act.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { runWorkflow } from './act/act.mjs';

const CI = '.github/workflows/ci.yml';
const GATE = ['--job', 'gate', '--matrix', 'os:ubuntu-latest'];
const temp = mkdtempSync(path.join(os.tmpdir(), 'workflows-'));
after(() => rmSync(temp, { recursive: true }));

async function isListening(port) {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('the gate’s own job: a healthy server, a closed port, fail-on never, and nothing configured', async () => {
  const { exit, steps, log } = await runWorkflow(CI, GATE);
  assert.equal(exit, 0, log);
  const { servers, healthy, closed, never, skipped } = steps;
  assert.deepEqual(
    [healthy, closed, never, skipped].map(({ result }) => result),
    ['success', 'failure', 'success', 'success'],
  );
  assert.match(healthy.summary, /^## ✅ /);
  assert.ok(healthy.summary.includes(`127.0.0.1:${servers.outputs.port}`), healthy.summary);
  assert.match(closed.summary, /^## ❌ /);
  assert.match(closed.summary, /connect-refused/);
  assert.ok(closed.summary.includes(`127.0.0.1:${servers.outputs['closed-port']}`), closed.summary);
  assert.match(skipped.summary, /not-configured/);
  assert.equal(await isListening(servers.outputs.port), false);
});

test('the gate’s own job fails where an output is not what it should be, and stops its server all the same', async () => {
  const changed = path.join(temp, 'changed.yml');
  const text = readFileSync(CI, 'utf8');
  writeFileSync(changed, text.replace("'220 mail.example.test ESMTP ready'", "'220 another greeting'"));
  assert.notEqual(readFileSync(changed, 'utf8'), text);
  const { exit, steps, log } = await runWorkflow(changed, GATE);
  assert.equal(exit, 1, log);
  assert.equal(steps.healthy.result, 'success');
  assert.equal(steps.closed?.result, undefined);
  assert.equal(await isListening(steps.servers.outputs.port), false);
});
