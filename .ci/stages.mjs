// The shell that runs the stages of .ci/run side by side: whose log is printed and when, who is named, what is stopped.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { until } from './mail-log.mjs';

function start(script) {
  const setup = 'set -euo pipefail; cd "$1"; . .ci/stages.sh; eval "$2"';
  const root = new URL('..', import.meta.url).pathname;
  return spawn('bash', ['-c', setup, 'stages', root, script], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(script, { meanwhile } = {}) {
  const child = start(script);
  const [[code], out, errors] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
    meanwhile?.(child),
  ]);
  return { code, out, log: out + errors };
}

const SERVER = `
  one_start() { setsid sleep 60 & echo $! >"$1.pid"; }
  one_log() { echo 'log of one'; }
  one_stop() { kill "$(cat "$work/one.pid")"; echo 'one stopped'; }
`;

test('each log is printed whole, at its end', async () => {
  const { code, log } = await run(`
    cd "$work"; mkfifo first second
    slow() { echo slow begins; echo >first; cat second >/dev/null; echo slow ends; }
    quick() { cat first >/dev/null; echo quick; echo >second; }
    side_by_side 'a/slow one' slow -- 'the quick one' quick
    echo after`);
  assert.equal(code, 0, log);
  assert.match(log, /==== a\/slow one \([^\n]*\nslow begins\nslow ends\n/);
  assert.match(log, /==== the quick one \([^\n]*\nquick\n/);
  assert.match(log, /after\n$/);
});

test('those that fail are named, after all have ended, and nothing comes after', async () => {
  const { code, log } = await run(`
    fails() { echo about to fail; false; echo not reached; }
    side_by_side one fails -- two true -- three 'exit' 7
    echo not reached`);
  assert.equal(code, 1, log);
  assert.doesNotMatch(log, /not reached/);
  assert.match(log, /==== one \([^\n]*\nabout to fail\n---- failed: one \(exit 1\)/);
  assert.match(log, /---- failed: three \(exit 7\)/);
  assert.match(log, /==== FAILED: (one, three|three, one) \(exit 1/);
});

test('a server that a stage started is stopped at its end, and its log is printed where the stage failed', async () => {
  const { code, log } = await run(
    `${SERVER} fails() { start_server one; false; }; side_by_side server fails -- other true`,
  );
  assert.equal(code, 1, log);
  assert.match(log, /---- the log of one\nlog of one\none stopped\n/);
  const passed = await run(`${SERVER} passes() { start_server one; }; side_by_side server passes`);
  assert.equal(passed.code, 0, passed.log);
  assert.match(passed.log, /one stopped/);
  assert.doesNotMatch(passed.log, /log of one/);
});

test('who ends the run ends the stages, and their servers', async () => {
  const script = `${SERVER} hangs() { start_server one; cat "$work/one.pid" >"$work/up"; sleep 60; }
    mkfifo "$work/up"; ( cat "$work/up"; ) & side_by_side hanging hangs`;
  let server;
  const { code } = await run(script, {
    meanwhile: async (child) => {
      [server] = await once(child.stdout, 'data');
      child.kill('SIGTERM');
    },
  });
  assert.equal(code, 143);
  // Whoever adopts it may take a moment to bury it.
  await until(() => assert.throws(() => process.kill(Number(server), 0), { code: 'ESRCH' }));
});
