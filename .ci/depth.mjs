// Probes those services of .ci/postfix.sh that have TLS, as an action and on the command line, and lets no secret pass.
import assert from 'node:assert/strict';
import path from 'node:path';
import { runAction, runCli } from './bundle.mjs';
import { assertClean, withLog } from './mail-log.mjs';

const { env } = process;
const host = '127.0.0.1';

/** Two services with login; how their sessions begin, up to the certificate and beyond; how they deny relaying. */
export const SERVICES = {
  STARTTLS: {
    port: env.POSTFIX_STARTTLS_PORT,
    tls: 'starttls',
    untrusted: { ehlo: '1', starttls: '1' },
    secured: { ehlo: '2', starttls: '1' },
    relayDenied: /454 4\.7\.1 .*Relay access denied/,
  },
  'implicit TLS': {
    port: env.POSTFIX_IMPLICIT_PORT,
    tls: 'implicit',
    untrusted: {},
    secured: { ehlo: '1' },
    relayDenied: /554 5\.7\.1 .*Relay access denied/,
  },
};
/** Two with STARTTLS that want a client's certificate, each with one version of TLS. */
export const MUTUAL = { 'TLSv1.2': env.POSTFIX_MUTUAL12_PORT, 'TLSv1.3': env.POSTFIX_MUTUAL13_PORT };

const username = env.DOVECOT_USERNAME;
const wrong = `not the ${env.DOVECOT_PASSWORD}`;
export const rightLogin = { username, password: env.DOVECOT_PASSWORD };
export const wrongLogin = { username, password: wrong };

/** The path of a file that .ci/certificates.sh made. */
export const pem = (name) => path.join(env.CERTIFICATES, name);

/** The action against a service: its result, with what the client said, and the lines of the server's log. */
export async function probe({ port, tls }, inputs, { sessions } = {}) {
  const given = { host, port, tls, 'tls-ca': pem('ca.pem'), ...inputs };
  const { result, lines } = await withLog(() => runAction(given), { sessions });
  const { log, outputs, summary, report } = result;
  assertNoSecret([log.replace(/^::add-mask::.*$/gm, ''), summary, JSON.stringify([outputs, report])].join('\n'));
  return { ...result, said: saidIn(report), lines };
}

/** The command line against a service: its result, and the lines of the server's log. */
export async function probeByCli({ port, tls }, login, ...args) {
  const command = [`${host}:${port}`, '--tls', tls, '--tls-ca', pem('ca.pem'), ...args];
  const secrets = { SMTP_GATE_USERNAME: login.username, SMTP_GATE_PASSWORD: login.password };
  const { result, lines } = await withLog(() => runCli(command, secrets));
  assertNoSecret(result.log);
  return { ...result, lines };
}

/** What the client said, by a report. */
export function saidIn({ targets: [{ transcript }] }) {
  return transcript.filter((line) => line.from === 'client').map((line) => line.text);
}

function assertNoSecret(output) {
  for (const { password } of [rightLogin, wrongLogin]) {
    const forms = [password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1), inHtml(password)];
    const messages = [username, password, `\0${username}\0${password}`];
    const inBase64 = messages.map((message) => Buffer.from(message).toString('base64'));
    for (const form of [...forms, ...inBase64]) assert.ok(!output.includes(form), `${form} is in:\n${output}`);
  }
}

function inHtml(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}

/** That this was the verdict: `code`, or a pass without one. */
export function assertVerdict({ exit, log, outputs }, code = '') {
  assert.equal(outputs.code, code, log);
  assert.equal(outputs.status, code === '' ? 'pass' : 'fail', log);
  assert.equal(exit, code === '' ? 0 : 1, log);
}

/** That the log of a session shows one login, refused, and nothing else that is unusual. */
export function assertRefusedOnce(lines, secured) {
  const isRefusal = (line) => /warning: .* SASL [\w-]+ authentication failed/.test(line);
  assert.equal(lines.filter(isRefusal).length, 1, lines.join('\n'));
  const others = lines.filter((line) => !isRefusal(line));
  assertClean(others, { ...secured, auth: '0/1', quit: '1' });
}
