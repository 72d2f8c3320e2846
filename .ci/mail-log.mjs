// Reads Postfix's log, a session at a time: the tests of real servers run one after the other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { POSTFIX_LOG } = process.env;
const ENDED = / disconnect from | DISCONNECT /;
/** What Postfix holds against a client. */
const COMPLAINT =
  /lost connection|PREGREET|HANGUP|NON-SMTP|COMMAND|pipelining|timeout|SSL_accept error|warning:|error:|fatal:|panic:/;

/** Runs `probe` and resolves to its result, and to the lines logged meanwhile, up to the end of the last session. */
export async function withLog(probe, { sessions = 1 } = {}) {
  const from = readFileSync(POSTFIX_LOG).length;
  const result = await probe();
  // The server's processes hand their lines to its logger, so they come a little later than the reply.
  const lines = await until(() => {
    const logged = readFileSync(POSTFIX_LOG).subarray(from).toString().split('\n').slice(0, -1);
    const ends = [...logged.keys()].filter((i) => ENDED.test(logged[i]));
    const seen = [`${ends.length} of ${sessions} sessions ended in the log:`, ...logged, result?.log].join('\n');
    assert.ok(ends.length >= sessions, seen);
    return logged.slice(0, ends[sessions - 1] + 1);
  });
  return { result, lines };
}

/** What `check` returns, as soon as it no longer throws; after ten seconds, what it throws. */
export async function until(check) {
  for (let waited = 0; ; waited += 50) {
    try {
      return check();
    } catch (error) {
      if (waited >= 10_000) throw error;
    }
    await sleep(50);
  }
}

/** That there was one session, of these commands, and nothing was held against the client. */
export function assertClean(lines, commands) {
  assert.doesNotMatch(lines.join('\n'), COMPLAINT);
  assert.deepEqual(sessionsIn(lines), [commands]);
}

/** The commands of each session, as its last line counts them: `{ ehlo: '2', auth: '0/1' }`, accepted of those said. */
export function sessionsIn(lines) {
  return lines.filter((line) => ENDED.test(line)).map(commandsIn);
}

function commandsIn(line) {
  const counts = [...line.matchAll(/ (?!commands=)(\w+)=([\d/]+)/g)];
  return Object.fromEntries(counts.map(([, command, count]) => [command, count]));
}
