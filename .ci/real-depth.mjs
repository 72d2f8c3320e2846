// The bundles against a real Postfix with TLS and Dovecot's logins, which .ci/run starts: what we say of them, and what
// the log says of us. POSTFIX_…, DOVECOT_… and CERTIFICATES say where and who they are.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  assertRefusedOnce,
  assertVerdict,
  MUTUAL,
  pem,
  probe,
  probeByCli,
  rightLogin,
  SERVICES,
  saidIn,
  wrongLogin,
} from './depth.mjs';
import { assertClean, sessionsIn, until } from './mail-log.mjs';

const { POSTFIX_EXPIRED_PORT, POSTFIX_LOG, POSTFIX_QUEUE } = process.env;
const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'];
const from = 'gate@example.test';
const here = 'ops@mail.example.test';
const missing = 'nobody@mail.example.test';
const elsewhere = 'someone@example.net';
const toHere = { 'mail-from': from, 'rcpt-to': here };

for (const [name, service] of Object.entries(SERVICES)) {
  const { secured, untrusted, relayDenied } = service;
  const loggedIn = { ...secured, auth: '1', quit: '1' };

  describe(`${name}, without login`, () => {
    test('passes, and says what the certificate is', async () => {
      const run = await probe(service);
      assertVerdict(run);
      assertClean(run.lines, { ...secured, quit: '1' });
      const { validTo } = new X509Certificate(readFileSync(pem('server.pem')));
      assert.equal(run.outputs['tls-protocol'], 'TLSv1.3');
      assert.equal(Date.parse(run.outputs['certificate-expires-at']), Date.parse(validTo));
      assert.equal(run.outputs['certificate-days-left'], '89');
      assert.equal(run.report.targets[0].tls.authorized, true);
    });

    test('passes by a name of the certificate, and with the authority as text', async () => {
      const ca = readFileSync(pem('ca.pem'), 'utf8');
      assertVerdict(await probe(service, { 'tls-servername': 'mail.example.test', 'tls-ca': ca }));
    });
  });

  describe(`${name}, login`, () => {
    for (const mechanism of MECHANISMS) {
      test(`${mechanism} with the right password passes`, async () => {
        const run = await probe(service, { ...rightLogin, 'auth-method': mechanism });
        assertVerdict(run);
        assertClean(run.lines, loggedIn);
        assert.match(run.said.join('\n'), new RegExp(`^AUTH ${mechanism}( \\*\\*\\*)?$`, 'm'));
      });

      test(`${mechanism} with a wrong password is refused, once`, async () => {
        const run = await probe(service, { ...wrongLogin, 'auth-method': mechanism });
        assertVerdict(run, 'auth-rejected');
        assertRefusedOnce(run.lines, secured);
      });
    }

    test('auto takes the strongest', async () => {
      const run = await probe(service, rightLogin);
      assertVerdict(run);
      assertClean(run.lines, loggedIn);
      assert.ok(run.said.includes('AUTH SCRAM-SHA-256 ***'), run.said.join('\n'));
    });

    test('auto with a wrong password is refused, once', async () => {
      // A server that still starts is waited for; one that says no is not asked again.
      const run = await probe(service, { ...wrongLogin, wait: '5s' });
      assertVerdict(run, 'auth-rejected');
      assertRefusedOnce(run.lines, secured);
    });
  });

  describe(`${name}, a certificate`, () => {
    const rows = [
      ['by an authority that nobody knows', { 'tls-ca': '' }, 'certificate-untrusted'],
      ['by another authority', { 'tls-ca': pem('stranger-ca.pem') }, 'certificate-untrusted'],
      ['for another name', { 'tls-servername': 'other.example.test' }, 'certificate-name-mismatch'],
    ];
    for (const [what, inputs, code] of rows) {
      test(`${what}: ${code}, and the server sees no login`, async () => {
        const run = await probe(service, { ...rightLogin, ...toHere, ...inputs });
        assertVerdict(run, code);
        assertClean(run.lines, { ...untrusted, quit: '1' });
      });
    }

    test('that need not verify: pass', async () => {
      const run = await probe(service, { ...rightLogin, 'tls-ca': '', 'tls-verify': 'false' });
      assertVerdict(run);
      assertClean(run.lines, loggedIn);
    });
  });

  describe(`${name}, envelope`, () => {
    const rows = [
      ['a recipient that exists', [here], '', '1'],
      ['one that does not', [missing], 'recipient-refused', '0/1'],
      ['one elsewhere', [elsewhere], 'relay-denied', '0/1'],
      ['one that exists and one that does not', [here, missing], 'recipient-refused', '1/2'],
    ];
    for (const [what, recipients, code, rcpt] of rows) {
      test(`${what}: ${code || 'pass'}`, async () => {
        const run = await probe(service, { 'mail-from': from, 'rcpt-to': recipients.join('\n') });
        assertVerdict(run, code);
        assertClean(run.lines, { ...secured, mail: '1', rcpt, rset: '1', quit: '1' });
        const { findings } = run.report.targets[0];
        assert.equal(findings.map((finding) => finding.code).join(), code);
        if (code !== '') assert.ok(JSON.stringify(findings).includes(recipients.at(-1)));
        if (code === 'relay-denied') assert.match(JSON.stringify(findings), relayDenied);
      });
    }

    test('whoever has logged in may relay', async () => {
      const run = await probe(service, { ...rightLogin, 'mail-from': from, 'rcpt-to': elsewhere });
      assertVerdict(run);
      assertClean(run.lines, { ...loggedIn, mail: '1', rcpt: '1', rset: '1' });
    });
  });

  describe(`${name}, on the command line`, () => {
    test('login and envelope pass', async () => {
      const envelope = ['--mail-from', from, '--rcpt-to', here];
      const { exit, log, lines } = await probeByCli(service, rightLogin, '--json', ...envelope);
      assert.equal(exit, 0, log);
      assert.ok(saidIn(JSON.parse(log)).includes('AUTH SCRAM-SHA-256 ***'), log);
      assertClean(lines, { ...loggedIn, mail: '1', rcpt: '1', rset: '1' });
    });

    test('a wrong password is refused, once', async () => {
      const { exit, log, lines } = await probeByCli(service, wrongLogin);
      assert.equal(exit, 1, log);
      assert.match(log, /auth-rejected/);
      assertRefusedOnce(lines, secured);
    });
  });
}

for (const [protocol, port] of Object.entries(MUTUAL)) {
  const service = { port, tls: 'starttls' };
  const certificate = (name) => ({ 'tls-client-cert': pem(`${name}.pem`), 'tls-client-key': pem(`${name}.key`) });

  describe(`mutual TLS, ${protocol} only`, () => {
    test('passes with the certificate', async () => {
      const run = await probe(service, certificate('client'));
      assertVerdict(run);
      assertClean(run.lines, { ehlo: '2', starttls: '1', quit: '1' });
      assert.match(run.lines.join('\n'), / Trusted TLS connection established /);
      assert.equal(run.outputs['tls-protocol'], protocol);
    });

    test('passes with the certificate as text', async () => {
      const texts = Object.entries(certificate('client')).map(([input, file]) => [input, readFileSync(file, 'utf8')]);
      assertVerdict(await probe(service, Object.fromEntries(texts)));
    });

    const rows = [
      ['without one', {}, /No client certificate presented/],
      ['with one by another authority', certificate('stranger'), /Client certificate not trusted/],
    ];
    for (const [what, inputs, reason] of rows) {
      // Postfix lets the handshake succeed, and says 421 instead of the next answer.
      test(`fails ${what}`, async () => {
        const run = await probe(service, { ...inputs, ...toHere });
        assertVerdict(run, 'tls-handshake-failed');
        assert.match(run.outputs.message, reason);
        assertClean(run.lines, { ehlo: '1', starttls: '1' });
      });
    }

    test(`${protocol === 'TLSv1.3' ? 'passes' : 'is too old'} where TLSv1.3 is wanted`, async () => {
      const run = await probe(service, { ...certificate('client'), 'tls-min-version': 'TLSv1.3' });
      assertVerdict(run, protocol === 'TLSv1.3' ? '' : 'tls-too-old');
    });
  });
}

describe('the wrong mode', () => {
  // What the port speaks is found out in a second session. Which of the two ends first depends, and so does what the
  // server makes of the other: a TLS hello that happens to contain a line feed is a command to it.
  function assertSecondLook(lines, look) {
    const sessions = sessionsIn(lines);
    assert.ok(
      sessions.some((session) => isDeepStrictEqual(session, look)),
      lines.join('\n'),
    );
    assert.ok(
      sessions.every((session) => !session.auth && !session.mail),
      lines.join('\n'),
    );
  }

  test('TLS from the first byte, where the port has STARTTLS: plaintext-expected', async () => {
    const run = await probe({ ...SERVICES.STARTTLS, tls: 'implicit' }, rightLogin, { sessions: 2 });
    assertVerdict(run, 'plaintext-expected');
    assert.match(run.outputs.message, /starttls/);
    assertSecondLook(run.lines, { ehlo: '1', quit: '1' });
  });

  test('plaintext, where the port has TLS from the first byte: tls-expected', async () => {
    const service = { ...SERVICES['implicit TLS'], tls: 'none' };
    const run = await probe(service, { ...toHere, 'tls-ca': '', timeout: '2s' }, { sessions: 2 });
    assertVerdict(run, 'tls-expected');
    assert.match(run.outputs.message, /implicit/);
    assertSecondLook(run.lines, { quit: '1' });
  });

  test('tls: auto warns of a certificate that does not verify, and does not log in', async () => {
    const run = await probe({ ...SERVICES.STARTTLS, tls: 'auto' }, { ...rightLogin, 'tls-ca': '' });
    assert.equal(run.outputs.status, 'fail', run.log);
    assertClean(run.lines, { ehlo: '2', starttls: '1', quit: '1' });
  });
});

test('a certificate that has expired: certificate-expired, since when, and the server sees no login', async () => {
  const run = await probe({ port: POSTFIX_EXPIRED_PORT, tls: 'starttls' }, rightLogin);
  assertVerdict(run, 'certificate-expired');
  const { validTo } = new X509Certificate(readFileSync(pem('expired.pem')));
  assert.match(run.outputs.message, new RegExp(new Date(validTo).toISOString().slice(0, 10)));
  assertClean(run.lines, { ...SERVICES.STARTTLS.untrusted, quit: '1' });
});

test('no mail was ever sent', async () => {
  assert.doesNotMatch(readFileSync(POSTFIX_LOG, 'utf8'), / (data|bdat)=|message-id=/);
  const folders = ['maildrop', 'incoming', 'active', 'deferred', 'hold', 'corrupt'];
  const queued = () => folders.flatMap((name) => readdirSync(path.join(POSTFIX_QUEUE, name)));
  // The file that an accepted recipient opens is gone a little after the session.
  await until(() => assert.deepEqual(queued(), []));
});
