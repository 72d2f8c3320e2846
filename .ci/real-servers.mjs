// The bundles against real mail servers, which .ci/run starts: what we say of them, and what their logs say of us.
// POSTFIX_… say where the servers listen and log; SMTP_GATE_NODE is the Node that runs the bundles, if another one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, test } from 'node:test';
import { runAction, runCli } from './bundle.mjs';
import { assertClean, withLog } from './mail-log.mjs';

const { POSTFIX_SMTPD_PORT, POSTFIX_POSTSCREEN_PORT } = process.env;
const host = '127.0.0.1';
/** The commands of a session that ends well. */
const GREETED = { quit: '1' };
const SERVERS = {
  'Postfix smtpd': {
    port: POSTFIX_SMTPD_PORT,
    banner: /^220 mail\.example\.test ESMTP Postfix$/,
    slowerThanMs: 0,
  },
  'Postfix behind postscreen': {
    port: POSTFIX_POSTSCREEN_PORT,
    banner: /^220-mail\.example\.test please wait \/ 220 mail\.example\.test ESMTP Postfix$/,
    // postscreen counts whole seconds, so its 6 may be little more than 5.
    slowerThanMs: 4_900,
  },
};

for (const [name, server] of Object.entries(SERVERS)) {
  describe(name, () => {
    test('passes as an action, and saw a clean session', async () => {
      const { result, lines } = await withLog(() => runAction({ host, port: server.port }));
      const { exit, log, outputs, summary, report } = result;
      assert.equal(exit, 0, log);
      assert.equal(outputs.status, 'pass');
      assert.equal(outputs.reachable, 'true');
      assert.equal(outputs.code, '');
      assert.equal(outputs.address, host);
      assert.match(outputs.banner, server.banner);
      assert.ok(Number(outputs['latency-ms']) >= server.slowerThanMs, `greeted after ${outputs['latency-ms']} ms`);
      assert.match(summary, new RegExp(`${host}:${server.port}`));
      const [target] = report.targets;
      assert.equal(target.steps.find(({ step }) => step === 'quit').status, 'done');
      assert.match(target.transcript.at(-1).text, /^221 /);
      assertClean(lines, GREETED);
    });

    test('passes on the command line, and saw a clean session', async () => {
      const { result, lines } = await withLog(() => runCli([`${host}:${server.port}`]));
      assert.equal(result.exit, 0, result.log);
      assertClean(lines, GREETED);
    });
  });
}

describe('a port where nothing listens', () => {
  test('is refused, as an action and on the command line', async () => {
    const server = net.createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    const { exit, log, outputs } = await runAction({ host, port });
    assert.equal(exit, 1, log);
    assert.equal(outputs.status, 'fail');
    assert.equal(outputs.reachable, 'false');
    assert.equal(outputs.code, 'connect-refused');
    assert.match(log, /^::error/m);
    const cli = await runCli([`${host}:${port}`]);
    assert.equal(cli.exit, 1, cli.log);
  });
});

// A log without complaints says something only where there would be some.
describe('a client without manners shows in the log', () => {
  test('one that leaves without QUIT', async () => {
    const { lines } = await withLog(async () => {
      const client = net.connect(Number(POSTFIX_SMTPD_PORT), host);
      await once(client, 'data');
      client.destroy();
    });
    assert.match(lines.join('\n'), /lost connection after CONNECT/);
    assert.throws(() => assertClean(lines, {}));
  });

  test('one that speaks before the greeting is complete', async () => {
    const { lines } = await withLog(async () => {
      const client = net.connect(Number(POSTFIX_POSTSCREEN_PORT), host);
      await once(client, 'data');
      client.end('QUIT\r\n').resume();
      await once(client, 'close');
    });
    assert.match(lines.join('\n'), /PREGREET/);
    assert.throws(() => assertClean(lines, {}));
  });
});
