// The bundles through real proxies to a real Postfix, all of which .ci/run starts: what we say of the way and of the
// server, and that nothing we write holds the proxy's password.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { runAction, runCli } from './bundle.mjs';
import { assertClean, withLog } from './mail-log.mjs';

const { CERTIFICATES, POSTFIX_SMTPD_PORT, POSTFIX_STARTTLS_PORT, POSTFIX_IMPLICIT_PORT, POSTFIX_POSTSCREEN_PORT } =
  process.env;
const { TINYPROXY_PORT, MICROSOCKS_PORT, MICROSOCKS_OPEN_PORT } = process.env;
const { TINYPROXY_PASSWORD, MICROSOCKS_PASSWORD } = process.env;
const { PROXIES_FILTERED, PROXIES_CLOSED_PORT, PROXIES_USERNAME } = process.env;

const at = (scheme, port, login = `${PROXIES_USERNAME}:${encodeURIComponent(passwordOf(scheme))}`) =>
  `${scheme}://${login === '' ? '' : `${login}@`}127.0.0.1:${port}`;
const passwordOf = (scheme) => (scheme.startsWith('http') ? TINYPROXY_PASSWORD : MICROSOCKS_PASSWORD);
const smtpd = { host: 'localhost', port: POSTFIX_SMTPD_PORT };
const PROXIES = {
  'tinyproxy, http': at('http', TINYPROXY_PORT),
  'microsocks, socks5': at('socks5', MICROSOCKS_PORT),
  'microsocks, socks5h': at('socks5h', MICROSOCKS_PORT),
  'microsocks without login, socks5h': at('socks5h', MICROSOCKS_OPEN_PORT, ''),
};

/** Every form in which the password could be written; the runner takes the commands that mask it out of the log. */
function assertSilent({ log, outputs, summary, report }) {
  const written = [log.replace(/^::add-mask::.*$/gm, ''), JSON.stringify([outputs, summary, report])].join('\n');
  const passwords = [TINYPROXY_PASSWORD, MICROSOCKS_PASSWORD];
  const logins = passwords.map((password) => `${PROXIES_USERNAME}:${password}`);
  for (const secret of [...passwords, ...logins])
    for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
      assert.ok(!written.includes(form), `${form} is in what was written`);
}

async function step(inputs, env) {
  const run = await runAction(inputs, env);
  assertSilent(run);
  return run;
}

function assertVerdict({ exit, log, outputs }, code) {
  assert.equal(outputs.code, code, log);
  assert.equal(exit, code === '' ? 0 : 1, log);
}

for (const [name, proxy] of Object.entries(PROXIES)) {
  describe(`through ${name}`, () => {
    test('a server passes, as an action, and saw a clean session', async () => {
      const { result, lines } = await withLog(() => step({ ...smtpd, proxy }));
      assertVerdict(result, '');
      assert.equal(result.report.targets[0].proxy, proxy.replace(/\/\/.*@/, '//'));
      assert.match(result.outputs.banner, /^220 mail\.example\.test/);
      assertClean(lines, { quit: '1' });
    });

    test('it passes on the command line, by the option and by the environment', async () => {
      for (const [option, env] of [
        [proxy, {}],
        ['env', { ALL_PROXY: proxy }],
      ]) {
        const target = `localhost:${POSTFIX_SMTPD_PORT}`;
        const { result, lines } = await withLog(() => runCli([target, `--proxy=${option}`], env));
        assert.equal(result.exit, 0, result.log);
        assert.match(result.log, /through (http|socks5h?):\/\/127\.0\.0\.1:\d+ after/);
        assertSilent(result);
        assertClean(lines, { quit: '1' });
      }
    });

    test('TLS is as it is without a proxy', async () => {
      const inputs = { ...smtpd, proxy, 'tls-ca': path.join(CERTIFICATES, 'ca.pem') };
      for (const [port, tls] of [
        [POSTFIX_STARTTLS_PORT, 'starttls'],
        [POSTFIX_IMPLICIT_PORT, 'implicit'],
      ]) {
        const run = await step({ ...inputs, port, tls });
        assertVerdict(run, '');
        assert.equal(run.report.targets[0].tls.authorized, true);
      }
    });

    test('a port where nothing listens is the proxy’s word', async () => {
      const run = await step({ ...smtpd, port: PROXIES_CLOSED_PORT, proxy });
      assertVerdict(run, 'proxy-refused');
      assert.match(run.outputs.message, /reports that it cannot reach localhost:\d+/);
    });
  });
}

describe('a login', () => {
  for (const [name, scheme, port] of [
    ['tinyproxy', 'http', TINYPROXY_PORT],
    ['microsocks', 'socks5', MICROSOCKS_PORT],
    ['microsocks', 'socks5h', MICROSOCKS_PORT],
  ]) {
    test(`that is wrong, or is not there, is what ${name} (${scheme}) asks for`, async () => {
      for (const login of [`${PROXIES_USERNAME}:wrong-password`, '']) {
        const run = await step({ ...smtpd, proxy: at(scheme, port, login) });
        assertVerdict(run, 'proxy-auth-required');
        assert.ok(!run.log.replace(/^::add-mask::.*$/gm, '').includes('wrong-password'));
      }
    });
  }
});

describe('what tinyproxy denies', () => {
  test('is refused by it: a port that is not allowed, and a name', async () => {
    const proxy = at('http', TINYPROXY_PORT);
    for (const target of [
      { host: 'localhost', port: POSTFIX_POSTSCREEN_PORT },
      { host: PROXIES_FILTERED, port: POSTFIX_SMTPD_PORT },
    ]) {
      const run = await step({ ...target, proxy });
      assertVerdict(run, 'proxy-refused');
      assert.match(run.outputs.message, /refuses to connect to .*HTTP\/1\.[01] 403/);
    }
  });
});

describe('the environment', () => {
  test('names a proxy for what it does not except', async () => {
    const env = { HTTPS_PROXY: at('http', TINYPROXY_PORT, '') };
    assertVerdict(await step({ ...smtpd, proxy: 'env' }, env), 'proxy-auth-required');
    assertVerdict(await step({ ...smtpd, proxy: 'env' }, { ...env, NO_PROXY: '10.0.0.0/8, localhost' }), '');
    assertVerdict(await step(smtpd, env), '');
  });
});

describe('a proxy that is not what it should be', () => {
  test('is a server of SMTP: what it says is no answer', async () => {
    for (const scheme of ['http', 'socks5']) {
      const run = await step({ ...smtpd, proxy: at(scheme, POSTFIX_SMTPD_PORT) });
      assertVerdict(run, 'proxy-refused');
      assert.match(run.outputs.message, /does not answer as a proxy does/);
    }
  });

  test('speaks SOCKS where HTTP is meant, and the other way round', async () => {
    const http = await step({ ...smtpd, proxy: at('http', MICROSOCKS_PORT) });
    assert.match(http.outputs.code, /^proxy-(refused|unreachable)$/);
    const socks = await step({ ...smtpd, proxy: at('socks5h', TINYPROXY_PORT), timeout: '2s' });
    assert.match(socks.outputs.code, /^proxy-(refused|unreachable)$/);
    const tls = await step({ ...smtpd, proxy: at('https', TINYPROXY_PORT), timeout: '2s' });
    assert.match(tls.outputs.code, /^proxy-(refused|unreachable)$/);
  });

  test('was stopped: it passes until then, and cannot be reached afterwards', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address();
    holder.close();
    await once(holder, 'close');
    const server = spawn('microsocks', ['-i', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const proxy = at('socks5h', port, '');
    try {
      let run = await step({ ...smtpd, proxy, wait: '10s' });
      assertVerdict(run, '');
      server.kill();
      await once(server, 'exit');
      run = await step({ ...smtpd, proxy });
      assertVerdict(run, 'proxy-unreachable');
      assert.match(run.outputs.message, /ECONNREFUSED/);
    } finally {
      server.kill('SIGKILL');
    }
  });
});
