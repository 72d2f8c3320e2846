// What the action says of the servers in .ci/servers, a row for each case, and what their logs say of it. VERDICTS_OF
// names the server that runs; with VERDICTS_STOPPED it has been stopped, and its log is complete.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { describe, test } from 'node:test';
import { runAction } from './bundle.mjs';
import { assertVerdict, pem } from './depth.mjs';

const { env } = process;
const host = '127.0.0.1';
const secured = { tls: 'starttls', 'tls-ca': pem('ca.pem') };
const from = 'gate@example.test';
const here = 'ops@mail.example.test';
const missing = 'nobody@mail.example.test';
const elsewhere = 'someone@example.net';
const five = Array.from({ length: 5 }, (_, i) => `nobody${i}@mail.example.test`).join('\n');
const envelope = (recipient, sender = from) => ({ 'mail-from': sender, 'rcpt-to': recipient });
const login = (server, wrong = '') => ({
  username: env[`${server}_USERNAME`],
  password: wrong + env[`${server}_PASSWORD`],
});

/** What servers say of a client that leaves without a word, or talks out of turn. */
const COMPLAINT =
  /lost connection|improper command pipelining|unexpected disconnection|synchronization error|SMTP protocol error|Connection lost|Error in (?:read|write)/i;

/**
 * By server, the port that is stopped, and rows: what, port, inputs, code ('' for a pass), and what the message or the
 * first remedy must say. `busy` holds that many connections meanwhile.
 */
const SERVERS = {
  exim: {
    port: env.EXIM_PORT,
    log: env.EXIM_LOG,
    rows: [
      ['the banner', env.EXIM_PORT, { tls: 'none', 'expect-banner': 'ESMTP Exim' }, ''],
      ['STARTTLS', env.EXIM_PORT, secured, ''],
      ['STARTTLS, no authority given', env.EXIM_PORT, { tls: 'starttls' }, 'certificate-untrusted', /tls-ca/],
      [
        'STARTTLS, another name',
        env.EXIM_PORT,
        { ...secured, 'tls-servername': 'other.example.test' },
        'certificate-name-mismatch',
        /tls-servername/,
      ],
      ['the right password', env.EXIM_PORT, { ...secured, ...login('EXIM') }, ''],
      ['a wrong password', env.EXIM_PORT, { ...secured, ...login('EXIM', 'not ') }, 'auth-rejected', /password/i],
      [
        'a wrong password and five recipients',
        env.EXIM_PORT,
        { ...secured, ...login('EXIM', 'not '), ...envelope(five) },
        'auth-rejected',
        /password/i,
      ],
      ['a recipient', env.EXIM_PORT, { ...secured, ...envelope(here) }, ''],
      ['no such recipient', env.EXIM_PORT, { ...secured, ...envelope(missing) }, 'recipient-refused', /nobody/],
      ['five that do not exist', env.EXIM_PORT, { ...secured, ...envelope(five) }, 'recipient-refused', /nobody0/],
      [
        'a sender that does not verify, at RCPT',
        env.EXIM_PORT,
        { ...secured, ...envelope(here, missing) },
        'sender-refused',
        /sender|mail-from/i,
      ],
      ['a recipient elsewhere', env.EXIM_PORT, { ...secured, ...envelope(elsewhere) }, 'relay-denied', /log ?in|user/i],
      ['one elsewhere, logged in', env.EXIM_PORT, { ...secured, ...login('EXIM'), ...envelope(elsewhere) }, ''],
      ['too many clients', env.EXIM_BUSY_PORT, { tls: 'none' }, 'greeting-busy', /421|later|busy/i, { busy: 1 }],
      ['the name, refused at RCPT', env.EXIM_HELO_PORT, { tls: 'none', ...envelope(here) }, 'ehlo-refused', /ehlo/i],
    ],
  },
};

const name = env.VERDICTS_OF;
const { port: mainPort, log, rows } = SERVERS[name];

if (env.VERDICTS_STOPPED) {
  describe(`${name}, stopped`, () => {
    test('connect-refused', async () => {
      assertVerdict(await runAction({ host, port: mainPort, tls: 'none' }), 'connect-refused');
    });

    test('its log has no complaint', () => {
      assert.doesNotMatch(readFileSync(log, 'utf8'), COMPLAINT);
    });
  });
} else {
  describe(name, () => {
    for (const [what, port, inputs, code, says = /./, { busy = 0 } = {}] of rows) {
      test(`${what}: ${code || 'pass'}`, async () => {
        const held = await Promise.all(Array.from({ length: busy }, () => hold(port)));
        const run = await runAction({ host, port, ...inputs });
        await Promise.all(held.map((release) => release()));
        if (env.VERDICTS_TEXTS && code) console.log(`${name} | ${what} | ${run.outputs.code} | ${run.outputs.message}`);
        assertVerdict(run, code);
        if (code) assert.match(`${run.outputs.message}\n${firstRemedy(run)}`, says, run.log);
      });
    }
  });
}

function firstRemedy({ report }) {
  const [{ findings }] = report.targets;
  return JSON.stringify(findings[0].remedies?.[0] ?? findings[0]);
}

/** A connection that was greeted, and how to leave politely. */
async function hold(port) {
  const socket = net.connect(port, host);
  await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));
  return async () => {
    socket.end('QUIT\r\n').resume();
    await new Promise((resolve) => socket.once('close', resolve));
  };
}
