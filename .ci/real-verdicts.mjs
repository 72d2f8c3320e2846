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
  /lost connection|improper command pipelining|unexpected disconnection|synchronization error|SMTP protocol error|Connection lost|Error in (?:read|write)|reason=(?:disconnect|timeout)/i;

/** What every server with STARTTLS and a login is asked for. */
function startTlsRows(server) {
  const port = env[`${server}_PORT`];
  const named = { ...secured, 'tls-servername': 'other.example.test' };
  return [
    ['STARTTLS', port, secured, ''],
    ['STARTTLS, no authority given', port, { tls: 'starttls' }, 'certificate-untrusted', /tls-ca/],
    ['STARTTLS, another name', port, named, 'certificate-name-mismatch', /tls-servername/],
    ['the right password', port, { ...secured, ...login(server) }, ''],
    ['a wrong password', port, { ...secured, ...login(server, 'not ') }, 'auth-rejected', /password/i],
    [
      'a wrong password and five recipients',
      port,
      { ...secured, ...login(server, 'not '), ...envelope(five) },
      'auth-rejected',
      /password/i,
    ],
  ];
}

/** aiosmtpd has "connection lost" for everybody: of its sessions, those that ended in another way than by QUIT or by it. */
function complaintsOfAiosmtpd(log) {
  const last = new Map();
  for (const [, peer, what] of log.matchAll(/\('127.0.0.1', (\d+)\) (>> .*|closed by the server)$/gm)) {
    last.set(peer, what);
  }
  assert.ok(last.size > 0, log);
  return [...last.values()].filter((what) => !/QUIT|closed/.test(what)).join('\n');
}

const complaintsOf = (log) =>
  log
    .split('\n')
    .filter((line) => COMPLAINT.test(line))
    .join('\n');

/**
 * By server, the port that is stopped, its log, and rows: what, port, inputs, code ('' for a pass), what the message or
 * the first remedy must say, and what differs: `busy` connections that are held meanwhile, and the `status`.
 */
const SERVERS = {
  exim: () => {
    const { EXIM_PORT: port, EXIM_LOG: log, EXIM_HELO_PORT, EXIM_BUSY_PORT, EXIM_HEADER_PORT } = env;
    const user = login('EXIM');
    return {
      port,
      log,
      rows: [
        ['the banner', port, { tls: 'none', 'expect-banner': 'ESMTP Exim' }, ''],
        ...startTlsRows('EXIM'),
        ['a recipient', port, { ...secured, ...envelope(here) }, ''],
        ['no such recipient', port, { ...secured, ...envelope(missing) }, 'recipient-refused', /nobody/],
        ['five that do not exist', port, { ...secured, ...envelope(five) }, 'recipient-refused', /nobody0/],
        ['a sender refused at RCPT', port, { ...secured, ...envelope(here, missing) }, 'sender-refused', /mail-from/],
        ['a recipient elsewhere', port, { ...secured, ...envelope(elsewhere) }, 'relay-denied', /log ?in/i],
        ['one elsewhere, logged in', port, { ...secured, ...user, ...envelope(elsewhere) }, ''],
        ['too many clients', EXIM_BUSY_PORT, { tls: 'none' }, 'greeting-busy', /421/, { busy: 1 }],
        ['no PROXY header', EXIM_HEADER_PORT, { tls: 'none' }, 'proxy-header-expected', /proxy-protocol: v2/],
        ['no PROXY header, STARTTLS', EXIM_HEADER_PORT, secured, 'proxy-header-expected', /proxy-protocol: v2/],
        ...['v1', 'v2'].flatMap((version) => [
          [
            `a PROXY header, ${version}`,
            EXIM_HEADER_PORT,
            { ...secured, ...envelope(here), 'proxy-protocol': version },
            '',
          ],
          [
            `a PROXY header that is not wanted, ${version}`,
            port,
            { tls: 'none', 'proxy-protocol': version },
            'proxy-header-unexpected',
            /leave/,
          ],
        ]),
        ['a name refused at RCPT', EXIM_HELO_PORT, { tls: 'none', ...envelope(here) }, 'ehlo-refused', /ehlo-name/],
      ],
    };
  },
  submission: () => {
    const { SUBMISSION_PORT: port, SUBMISSION_LOG: log, SUBMISSION_DOWN_PORT: down, SUBMISSION_LMTP_PORT } = env;
    const user = { ...secured, ...login('SUBMISSION') };
    const early = { status: 'warn' };
    return {
      port,
      log,
      rows: [
        ['the banner', port, { tls: 'none', 'expect-banner': 'Dovecot' }, ''],
        ...startTlsRows('SUBMISSION'),
        ['a recipient', port, { ...user, ...envelope(here) }, ''],
        ['no such recipient', port, { ...user, ...envelope(missing) }, 'recipient-refused', /nobody/],
        ['a recipient that the relay denies', port, { ...user, ...envelope(elsewhere) }, 'relay-denied', /relay/i],
        ['an envelope without login', port, { ...secured, ...envelope(here) }, 'sender-refused', /log ?in|username/i],
        ['its relay down', down, { ...user, ...envelope(here) }, 'service-unavailable', /421 4.4.0/],
        ['its relay down, login only', down, user, 'service-unavailable', /421 4.4.0/, early],
        ['LMTP', SUBMISSION_LMTP_PORT, { tls: 'none', ...envelope(here) }, 'lmtp-expected', /lmtp:\/\//],
      ],
    };
  },
  aiosmtpd: () => {
    const { AIOSMTPD_PORT: port, AIOSMTPD_LOG: log } = env;
    const { AIOSMTPD_BUSY_PORT: busy, AIOSMTPD_FULL_PORT: full, AIOSMTPD_DEFER_PORT: defer } = env;
    const user = { ...secured, ...login('AIOSMTPD') };
    const plain = { tls: 'none', ...envelope(here) };
    return {
      port,
      log,
      complaints: complaintsOfAiosmtpd,
      rows: [
        ['the banner', port, { tls: 'none', 'expect-banner': 'Python SMTP' }, ''],
        ...startTlsRows('AIOSMTPD'),
        ['a recipient', port, { ...user, ...envelope(here) }, ''],
        ['no such recipient', port, { ...user, ...envelope(missing) }, 'recipient-refused', /nobody/],
        ['an envelope without login', port, { ...secured, ...envelope(here) }, 'sender-refused', /log ?in/i],
        ['an envelope without TLS', port, plain, 'sender-refused', /starttls/i],
        ['421 to MAIL', busy, plain, 'service-unavailable', /421 4.3.2/],
        ['a full mailbox', full, plain, 'recipient-refused', /full/i],
        ['greylisting', defer, plain, 'envelope-deferred', /451 4.7.1/, { status: 'warn' }],
      ],
    };
  },
  opensmtpd: () => {
    const { OPENSMTPD_PORT: port, OPENSMTPD_LOG: log, OPENSMTPD_IMPLICIT_PORT, OPENSMTPD_VERSION } = env;
    const { OPENSMTPD_BUSY_PORT: busy, OPENSMTPD_DEFER_PORT: defer } = env;
    const plain = { tls: 'none', ...envelope(here) };
    const user = { ...secured, ...login('OPENSMTPD') };
    const implicit = { ...login('OPENSMTPD'), ...secured, tls: 'implicit' };
    // 6.8, which Debian 12 has, cannot sign with OpenSSL 3 (OpenSMTPD's issue 1171).
    const broken = [
      ['STARTTLS', port, secured, 'tls-handshake-failed', /internal.error/i],
      ['implicit TLS', OPENSMTPD_IMPLICIT_PORT, implicit, 'tls-handshake-failed', /internal.error/i],
    ];
    const working = [
      ...startTlsRows('OPENSMTPD'),
      ['one elsewhere, logged in', port, { ...user, ...envelope(elsewhere) }, ''],
      ['implicit TLS, login, a recipient', OPENSMTPD_IMPLICIT_PORT, { ...implicit, ...envelope(here) }, ''],
    ];
    return {
      port,
      log,
      rows: [
        ['the banner', port, { tls: 'none', 'expect-banner': 'ESMTP OpenSMTPD' }, ''],
        ...(OPENSMTPD_VERSION.startsWith('6.') ? broken : working),
        ['a recipient', port, plain, ''],
        ['no such recipient', port, { ...plain, 'rcpt-to': missing }, 'recipient-refused', /nobody/],
        ['five that do not exist', port, { ...plain, 'rcpt-to': five }, 'recipient-refused', /nobody0/],
        ['too many clients', busy, plain, 'greeting-busy', /421 4.3.2/],
        ['greylisting', defer, plain, 'envelope-deferred', /451 4.7.1/, { status: 'warn' }],
      ],
    };
  },
  haraka: () => {
    const { HARAKA_PORT: port, HARAKA_LOG: log } = env;
    const { HARAKA_BUSY_PORT: busy, HARAKA_DOWN_PORT: down, HARAKA_DEFER_PORT: defer } = env;
    const user = { ...secured, ...login('HARAKA') };
    const stranger = { ...secured, ...envelope(here) };
    const later = { status: 'warn' };
    const behind = { tls: 'none', timeout: '3s', 'source-address': env.HARAKA_HEADER_SOURCE };
    const unwanted = 'proxy-header-unexpected';
    return {
      port,
      log,
      rows: [
        ['the banner', port, { tls: 'none', 'expect-banner': 'ESMTP Haraka' }, ''],
        ...startTlsRows('HARAKA'),
        ['a recipient', port, stranger, ''],
        ['no such recipient', port, { ...stranger, 'rcpt-to': missing }, 'recipient-refused', /nobody/],
        ['five that do not exist', port, { ...stranger, 'rcpt-to': five }, 'recipient-refused', /nobody0/],
        ['a recipient elsewhere', port, { ...stranger, 'rcpt-to': elsewhere }, 'relay-denied', /log ?in/i],
        ['one elsewhere, logged in', port, { ...user, ...envelope(elsewhere) }, ''],
        ['too busy', busy, stranger, 'greeting-busy', /421 Too many/],
        // It says 450 and hangs up: the refusal decides.
        ['shutting down at MAIL', down, stranger, 'envelope-deferred', /450 Shutting down/, later],
        ['greylisting', defer, stranger, 'envelope-deferred', /450 Greylisted/, later],
        ['a PROXY header that is missing', port, behind, 'proxy-header-expected', /proxy-protocol: v1/],
        ['a PROXY header', port, { ...behind, 'proxy-protocol': 'v1' }, ''],
        [
          'a PROXY header of the other version',
          port,
          { ...behind, 'proxy-protocol': 'v2' },
          'proxy-header-expected',
          /proxy-protocol: v1/,
        ],
        ['a PROXY header that is not wanted', port, { tls: 'none', 'proxy-protocol': 'v1' }, unwanted, /leave/],
      ],
    };
  },
  lmtp: () => {
    const { LMTP_PORT: port, LMTP_LOG: log, LMTP_AIOSMTPD_PORT: aiosmtpd, POSTFIX_STARTTLS_PORT: smtp } = env;
    const at = (where, inputs = {}) => ({ targets: `lmtp://${host}:${where}`, ...inputs });
    const named = { ...secured, 'tls-servername': 'other.example.test' };
    const user = { ...secured, ...login('LMTP') };
    const plain = { tls: 'none', ...envelope(here) };
    return {
      port,
      log,
      rows: [
        ['Dovecot, as it is', port, at(port, { 'tls-ca': pem('ca.pem') }), ''],
        ['Dovecot, STARTTLS', port, at(port, secured), ''],
        ['Dovecot, another name', port, at(port, named), 'certificate-name-mismatch', /tls-servername/],
        ['Dovecot, a mailbox', port, at(port, { ...secured, ...envelope(here) }), ''],
        [
          'Dovecot, no such mailbox',
          port,
          at(port, { ...secured, ...envelope(missing) }),
          'recipient-refused',
          /nobody/,
        ],
        ['Dovecot, a capability', port, at(port, { ...secured, require: 'CHUNKING' }), ''],
        ['Dovecot in SMTP', port, plain, 'lmtp-expected', /lmtp:\/\//],
        ['aiosmtpd, login and a recipient', port, at(aiosmtpd, { ...user, ...envelope(here) }), ''],
        [
          'aiosmtpd, a wrong password',
          port,
          at(aiosmtpd, { ...secured, ...login('LMTP', 'not ') }),
          'auth-rejected',
          /password/i,
        ],
        ['aiosmtpd in SMTP', aiosmtpd, { tls: 'none', ...envelope(here) }, 'lmtp-expected', /lmtp:\/\//],
        ['Postfix in LMTP', port, at(smtp), 'smtp-expected', /smtp:\/\//],
        ['nothing there', port, at(1), 'connect-refused', /lmtp:\/\//],
      ],
    };
  },
  haproxy: () => {
    const { POSTFIX_HEADER_PORT: smtpd, POSTFIX_HEADER_SCREEN_PORT: screen, HAPROXY_LOG: log } = env;
    const { POSTFIX_HEADER_IMPLICIT_PORT: inTls, HAPROXY_ACCEPT_PORT: accept, HAPROXY_LMTP_PORT: lmtp } = env;
    const { POSTFIX_SMTPD_PORT, POSTFIX_POSTSCREEN_PORT, POSTFIX_IMPLICIT_PORT, POSTFIX_STARTTLS_PORT } = env;
    const implicit = { ...secured, tls: 'implicit' };
    const missingAt = (what, at, inputs = {}) => [
      `${what} without a header`,
      at,
      inputs,
      'proxy-header-expected',
      /proxy-protocol: v2/,
    ];
    const both = (what, at, inputs = {}, more = {}) =>
      ['v1', 'v2'].map((version) => [`${what}, ${version}`, at, { ...inputs, 'proxy-protocol': version, ...more }, '']);
    const unwanted = (what, at, inputs = {}) =>
      ['v1', 'v2'].map((version) => [
        `${what}, which wants none, ${version}`,
        at,
        { ...inputs, 'proxy-protocol': version },
        'proxy-header-unexpected',
        /without one.*leave/,
      ]);
    const plain = { tls: 'none' };
    const inLmtp = { targets: `lmtp://${host}:${lmtp}`, tls: 'none' };
    return {
      port: env.HAPROXY_V1_PORT,
      log,
      rows: [
        ['HAProxy, send-proxy', env.HAPROXY_V1_PORT, { ...secured, ...envelope(here) }, ''],
        ['HAProxy, send-proxy-v2', env.HAPROXY_V2_PORT, { ...secured, ...envelope(here) }, ''],
        ['HAProxy, send-proxy-v2, postscreen', env.HAPROXY_SCREEN_PORT, plain, ''],
        missingAt('HAProxy that sends none', env.HAPROXY_PLAIN_PORT, plain),
        ['HAProxy that sends one too many', env.HAPROXY_TWICE_PORT, plain, 'greeting-refused', /send-proxy/],
        [
          'HAProxy that sends one too many, an envelope',
          env.HAPROXY_TWICE_PORT,
          { ...plain, ...envelope(here) },
          'greeting-refused',
          /send-proxy/,
        ],
        missingAt('HAProxy, accept-proxy', accept, { ...plain, timeout: '3s' }),
        ...both('HAProxy, accept-proxy', accept, plain),
        missingAt('Postfix smtpd', smtpd, secured),
        missingAt('Postfix smtpd, with little time', smtpd, { ...plain, timeout: '2s' }),
        ...both('Postfix smtpd, STARTTLS', smtpd, { ...secured, ...envelope(here) }),
        missingAt('postscreen', screen, plain),
        ...both('postscreen', screen, plain),
        missingAt('Postfix, implicit TLS', inTls, implicit),
        ...both('Postfix, implicit TLS', inTls, { ...implicit, ...envelope(here) }),
        missingAt('Dovecot LMTP', lmtp, plain),
        missingAt('Dovecot LMTP, as LMTP', lmtp, inLmtp),
        ...both('Dovecot LMTP', lmtp, inLmtp),
        ...unwanted('Postfix smtpd', POSTFIX_SMTPD_PORT, plain),
        ...unwanted('Postfix smtpd, EHLO', POSTFIX_SMTPD_PORT, { ...plain, ...envelope(here) }),
        ...unwanted('Postfix, STARTTLS', POSTFIX_STARTTLS_PORT, secured),
        ...unwanted('postscreen', POSTFIX_POSTSCREEN_PORT, plain),
        ...unwanted('Postfix, implicit TLS', POSTFIX_IMPLICIT_PORT, implicit),
        ...unwanted('HAProxy, send-proxy', env.HAPROXY_V1_PORT, plain),
        ['from another address of loopback', POSTFIX_SMTPD_PORT, { ...plain, 'source-address': '127.0.0.9' }, ''],
        [
          'from an address of another machine',
          smtpd,
          { 'source-address': '203.0.113.77' },
          'input-invalid',
          /127\.0\.0\.1/,
        ],
      ],
    };
  },
};

const name = env.VERDICTS_OF;
const { port: mainPort, log, complaints = complaintsOf, rows } = SERVERS[name]();

if (env.VERDICTS_STOPPED) {
  describe(`${name}, stopped`, () => {
    test('connect-refused', async () => {
      assertVerdict(await runAction({ host, port: mainPort, tls: 'none' }), 'connect-refused');
    });

    test('its log has no complaint', () => {
      assert.equal(complaints(readFileSync(log, 'utf8')), '');
    });
  });
} else {
  describe(name, () => {
    for (const [what, port, inputs, code, says = /./, { busy = 0, status = 'fail' } = {}] of rows) {
      test(`${what}: ${code || 'pass'}`, async () => {
        const held = await Promise.all(Array.from({ length: busy }, () => hold(port)));
        const run = await runAction({ ...('targets' in inputs ? {} : { host, port }), ...inputs });
        await Promise.all(held.map((release) => release()));
        if (env.VERDICTS_TEXTS && code) console.log(`${name} | ${what} | ${run.outputs.code} | ${run.outputs.message}`);
        if (status === 'fail') assertVerdict(run, code);
        else assert.deepEqual([run.outputs.code, run.outputs.status, run.exit], [code, status, 0], run.log);
        if (code) assert.match(`${run.outputs.message}\n${firstRemedy(run)}`, says, run.log);
      });
    }
  });
}

function firstRemedy({ report }) {
  // What is wrong with the inputs is about no target.
  const { findings } = report.targets[0] ?? report;
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
