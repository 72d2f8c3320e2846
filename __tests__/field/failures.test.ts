import { describe, expect, test } from '@jest/globals';
import type { Place } from '../../src/diagnosis/catalogue/entry.ts';
import { refuse } from '../../src/gate/gate.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import type { Code } from '../../src/model/codes.ts';
import type { AddressAttempt, Around, MxSeen, Observation, TlsSession } from '../../src/model/observation.ts';
import { authorities } from '../../src/probe/tls/trust-store.ts';
import { buildReport } from '../../src/report/build.ts';
import type { Report } from '../../src/report/report.ts';
import {
  type BrokenServer,
  close,
  endlessLines,
  gateAgainst,
  HOST,
  PASSWORD,
  type Reaction,
  silence,
  USER,
} from '../support/broken.ts';
import { makeAuthority, makeCertificate } from '../support/certificates.ts';
import { FakeClock } from '../support/clock.ts';
import { fine, gate } from '../support/gate.ts';
import {
  around,
  certificate,
  certified,
  daysOn,
  dialled,
  greetingPort,
  notSecured,
  portLook,
  unconnected,
  unproxied,
  unresolved,
} from '../support/observation.ts';
import { reportOn, surroundings } from '../support/reports.ts';
// Loaded when it is needed, which must not take place while time passes.
import '../../src/probe/tls/handshake.ts';
import '../../src/probe/session.ts';

type Inputs = Readonly<Record<string, string>>;
/** What users see and where that is known from; how to have it here; the code; and what the first remedy says there. */
type Row = readonly [seen: string, how: (place: Place) => Promise<Report>, at: Place, code: Code, first: RegExp];

// Of the authorities, only those that a row gives: to read the well-known ones takes 25 ms a connection.
process.env.SSL_CERT_FILE = '/dev/null';
Object.assign(authorities, { all: (ca: string | null) => authorities.added(ca) });
const authority = await makeAuthority();
const GOOD = await makeCertificate({ names: [HOST], issuer: authority });

/** A server that is scripted to say so, and what is asked of it. */
const server =
  (script: BrokenServer, inputs: Inputs = {}) =>
  async (place: Place): Promise<Report> =>
    buildReport(await gateAgainst(script, inputs), surroundings({ place }));
/** An attempt that saw this, where no server in memory can show it. */
const seen =
  (what: Observation, inputs: Inputs = {}) =>
  (place: Place): Promise<Report> =>
    reportOn(() => what, inputs, { place });
/** Inputs that cannot be read. */
const given =
  (inputs: Inputs) =>
  async (place: Place): Promise<Report> => {
    const all: Inputs = { host: 'smtp.example.com', port: '587', ...inputs };
    const read = await readSettings((name) => all[name]);
    if (!('problems' in read)) throw new Error('the inputs can be read');
    return buildReport(refuse(read.problems, new FakeClock()), surroundings({ place }));
  };

/** An attempt that did not connect, and what a look around the host saw. */
const looked =
  (what: Observation, sights: Partial<Around>, inputs: Inputs = {}) =>
  async (place: Place): Promise<Report> => {
    const port = Number(inputs.port ?? 587);
    const lookAround = async () => around({ port, hosted: place === 'github-hosted', ...sights });
    return buildReport((await gate(() => what, inputs, 0, { lookAround })).result, surroundings({ place }));
  };
/** What the DNS says of a mail domain. */
const mx =
  (answer: MxSeen) =>
  async (place: Place): Promise<Report> => {
    const world = { lookUpMx: async () => answer };
    return buildReport((await gate(fine, { targets: 'mx:example.com' }, 0, world)).result, surroundings({ place }));
  };
const over6 = (errno: string) => [dialled({ address: '2001:db8::25', family: 6, outcome: 'failed', errno })];
const unreached = (attempts: AddressAttempt[]): Observation => ({ ...unconnected(null), dialled: attempts });

const ENVELOPE = { 'mail-from': 'gate@example.com', 'rcpt-to': 'ops@example.net' };
const LOGIN = { username: USER, password: PASSWORD, 'auth-method': 'PLAIN' };
const PLAINTEXT = { tls: 'none', 'auth-over-plaintext': 'true' };
const greets = (reply: Reaction, inputs: Inputs = {}) => server({ at: { greeting: reply } }, inputs);
const says = (reply: string) => reply.replaceAll('\n', '\r\n');
/** AUTH is answered so, on a server that greets as its provider does. */
const login = (reply: string, greeting = `220 ${HOST} ESMTP`, inputs: Inputs = LOGIN) =>
  server(
    { capabilities: ['AUTH PLAIN LOGIN XOAUTH2'], auth: [says(reply)], at: { greeting } },
    { ...PLAINTEXT, ...inputs },
  );
const mail = (reply: string, greeting = `220 ${HOST} ESMTP`, inputs: Inputs = {}) =>
  server({ at: { mail: says(reply), greeting } }, { ...ENVELOPE, ...inputs });
const rcpt = (reply: string, greeting = `220 ${HOST} ESMTP`, inputs: Inputs = {}) =>
  server({ at: { rcpt: says(reply), greeting } }, { ...ENVELOPE, ...inputs });
const starttls = (script: BrokenServer, inputs: Inputs = {}) =>
  server({ tls: 'starttls', identity: GOOD, ...script }, { tls: 'starttls', 'tls-ca': authority.cert, ...inputs });
const chain = (over: Partial<TlsSession>) => seen(certified(over), { tls: 'starttls' });
const firstLineThenSilence: Reaction = (talk) => {
  talk.raw('220-mail.example.test ESMTP Postfix\r\n');
  talk.stop();
  return undefined;
};
const closeAfter =
  (text: string): Reaction =>
  (talk) => {
    talk.end(text);
    return undefined;
  };

const GMAIL = '220 smtp.gmail.com ESMTP a1-20020a - gsmtp';
const MICROSOFT = '220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready';
const SES = '220 email-smtp.amazonaws.com ESMTP SimpleEmailService-d-A1B2C3 abcdef';
const APP_PASSWORDS = /https:\/\/myaccount\.google\.com\/apppasswords/;
const UNTRUSTED = { anchored: false, chain: [certificate()] };

const ROWS: readonly Row[] = [
  // peers.md, "Failures in the wild": the name.
  [
    'ENOTFOUND "smtp.example.com"',
    given({ host: '"smtp.example.com"' }),
    'github-hosted',
    'input-invalid',
    /double quote.*write smtp\.example\.com/,
  ],
  ['ENOTFOUND smtp.example.com;', given({ host: 'smtp.example.com;' }), 'systemd', 'input-invalid', /semicolon|\(;\)/],
  ['ENOTFOUND smtp.example.com,', given({ host: 'smtp.example.com,' }), 'kubernetes', 'input-invalid', /comma/],
  [
    'ENOTFOUND with a newline within',
    given({ host: 'smtp.example\n.com' }),
    'docker-compose',
    'input-invalid',
    /`host`: .*(?:line|LF|newline)/,
  ],
  [
    'queryA ETIMEOUT',
    seen(unresolved('ETIMEOUT')),
    'systemd',
    'dns-unavailable',
    /which DNS servers[^$]*resolvectl status/,
  ],
  ['EAI_AGAIN in a container', seen(unresolved('EAI_AGAIN')), 'docker-compose', 'dns-unavailable', /`dns: 1\.1\.1\.1`/],
  ['EAI_AGAIN in a pod', seen(unresolved('EAI_AGAIN')), 'kubernetes', 'dns-unavailable', /kube-dns/],
  ['EAI_AGAIN at GitHub', seen(unresolved('EAI_AGAIN')), 'github-hosted', 'dns-unavailable', /wait: 60s/],
  [
    'ENOTFOUND mailpit, a service container',
    seen(unresolved('ENOTFOUND', false), { host: 'mailpit', port: '1025' }),
    'github-hosted',
    'dns-not-found',
    /ports: \["1025:1025"\].*host: localhost/,
  ],
  [
    'ENOTFOUND smpt.example.com',
    seen(unresolved('ENOTFOUND', false), { host: 'smpt.example.com' }),
    'systemd',
    'dns-not-found',
    /spelling.*nslookup smpt\.example\.com 1\.1\.1\.1/s,
  ],
  [
    'ENODATA example.com',
    seen(unresolved('ENOTFOUND', true), { host: 'example.com' }),
    'systemd',
    'dns-no-address',
    /nslookup -type=MX example\.com/,
  ],
  [
    'ENODATA over IPv6',
    seen(unresolved('ENOTFOUND', true), { 'ip-family': '6' }),
    'github-hosted',
    'dns-no-address',
    /ip-family: auto/,
  ],

  // peers.md, "Failures in the wild": the connection.
  [
    'ETIMEDOUT …:25 from a cloud network',
    looked(unconnected(null), { ports: [greetingPort(587, { startTls: true }), portLook(465)] }, { port: '25' }),
    'github-hosted',
    'connect-blocked',
    /`port: 587`/,
  ],
  [
    'ETIMEDOUT …:25 from a hosted runner, and nothing else answers',
    looked(unconnected(null), { ports: [portLook(587), portLook(465)] }, { port: '25' }),
    'github-hosted',
    'connect-blocked',
    /587|self-hosted/,
  ],
  [
    'ETIMEDOUT …:465 of a provider that wants 587',
    looked(unconnected(null), { ports: [greetingPort(587, { startTls: true })] }, { port: '465' }),
    'docker-compose',
    'connect-timeout',
    /`port: 587`.*`tls: starttls`/,
  ],
  [
    'times out from hosted runners only',
    looked(unconnected(null), { ports: [portLook(465), portLook(25)] }),
    'github-hosted',
    'connect-timeout',
    /static addresses|self-hosted/,
  ],
  ['ETIMEDOUT behind a firewall of one’s own', looked(unconnected(null), {}), 'systemd', 'connect-timeout', /firewall/],
  ['ETIMEDOUT from a pod', looked(unconnected(null), {}), 'kubernetes', 'connect-timeout', /kubectl get networkpolicy/],
  [
    'ETIMEDOUT, with a proxy in the environment',
    looked(unconnected(null), { proxyVariable: 'https_proxy' }),
    'systemd',
    'connect-timeout',
    /`proxy: env`|firewall/,
  ],
  ['ECONNREFUSED', looked(unconnected('ECONNREFUSED'), {}), 'systemd', 'connect-refused', /ss -ltnp/],
  [
    'ECONNREFUSED in Compose',
    looked(unconnected('ECONNREFUSED'), {}),
    'docker-compose',
    'connect-refused',
    /docker compose ps/,
  ],
  [
    'ECONNREFUSED, and 2525 greets',
    looked(unconnected('ECONNREFUSED'), { ports: [greetingPort(2525)] }),
    'systemd',
    'connect-refused',
    /`port: 2525`/,
  ],
  [
    'ENETUNREACH over IPv6',
    looked(unreached(over6('ENETUNREACH')), { ipv6Route: false }),
    'github-hosted',
    'connect-unreachable',
    /`ip-family: 4`/,
  ],
  [
    'EHOSTUNREACH over IPv6',
    looked(unreached(over6('EHOSTUNREACH')), {}),
    'systemd',
    'connect-unreachable',
    /`ip-family: 4`/,
  ],
  [
    'AggregateError [ETIMEDOUT]',
    looked(unconnected(null, 'ENETUNREACH'), {}),
    'docker-compose',
    'connect-timeout',
    /docker run --rm|container/,
  ],
  [
    'ECONNRESET before a greeting',
    looked(unconnected('ECONNRESET'), {}),
    'systemd',
    'connect-reset',
    /fail2ban|firewall|admit|allow/,
  ],
  // RFC 7505, and domains without a server.
  ['a null MX', mx({ kind: 'null', preference: 0 }), 'systemd', 'mx-null', /another domain|accepts no mail|MX/],
  ['no MX', mx({ kind: 'none' }), 'systemd', 'mx-not-found', /MX/],
  // The proxy's faults.
  [
    'ECONNREFUSED of the proxy',
    seen(unproxied({ what: 'unreachable', stage: 'connect', errno: 'ECONNREFUSED', dialled: [] })),
    'systemd',
    'proxy-unreachable',
    /nc -zv/,
  ],
  [
    '407 Proxy Authentication Required',
    seen(unproxied({ what: 'auth', said: 'HTTP/1.1 407 Proxy Authentication Required', offers: [] })),
    'github-hosted',
    'proxy-auth-required',
    /user|password|secret/,
  ],

  // peers.md, "Failures in the wild": the greeting, and TLS where none is expected or the other way round.
  [
    'Greeting never received, on a port for implicit TLS',
    server({ tls: 'implicit', identity: GOOD }),
    'github-hosted',
    'tls-expected',
    /`tls: implicit`/,
  ],
  [
    'Greeting never received, from postscreen',
    greets(firstLineThenSilence),
    'kubernetes',
    'greeting-timeout',
    /timeout: 30s/,
  ],
  [
    'Greeting never received, behind a delay',
    greets(silence, { timeout: '20s', deadline: '40s' }),
    'systemd',
    'greeting-timeout',
    /timeout: 40s.*deadline: 80s/,
  ],
  [
    'wrong version number',
    server({ tls: 'starttls', identity: GOOD }, { tls: 'implicit' }),
    'github-hosted',
    'plaintext-expected',
    /`tls: starttls`/,
  ],
  [
    'wrong version number, and no STARTTLS',
    server({}, { tls: 'implicit' }),
    'docker-compose',
    'plaintext-expected',
    /`tls: none`/,
  ],
  ['220 ****', greets('220 ***********************0***2**'), 'systemd', 'greeting-rewritten', /no inspect esmtp/],
  [
    '250 XXXA',
    server({ capabilities: ['SIZE 1000', 'XXXXXXXA'] }, { tls: 'starttls' }),
    'systemd',
    'starttls-not-offered',
    /no inspect esmtp/,
  ],
  [
    "500 'XXXXXXXX'",
    server(
      { at: { ehlo: "500 5.5.1 Command unrecognized: 'XXXX'", helo: "500 5.5.1 Command unrecognized: 'XXXX'" } },
      ENVELOPE,
    ),
    'kubernetes',
    'ehlo-refused',
    /no inspect esmtp/,
  ],
  [
    '421 too many connections',
    greets('421 4.7.0 mail.example.test Error: too many connections from 192.0.2.1'),
    'github-hosted',
    'greeting-busy',
    /wait: 2m/,
  ],
  [
    '554 SMTP synchronization error',
    greets('554 SMTP synchronization error'),
    'kubernetes',
    'greeting-refused',
    /send-proxy/,
  ],
  [
    '554 Spamhaus, in the greeting',
    greets('554 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org'),
    'github-hosted',
    'greeting-refused',
    /check\.spamhaus\.org/,
  ],

  // peers.md, "Failures in the wild": certificates and versions of TLS.
  [
    'unable to get local issuer certificate',
    chain({ ...UNTRUSTED, chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }),
    'github-hosted',
    'certificate-untrusted',
    /fullchain\.pem.*`tls-ca`/,
  ],
  [
    'unable to verify the first certificate',
    chain({ ...UNTRUSTED, chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
    'systemd',
    'certificate-untrusted',
    /whole chain \(fullchain\.pem/,
  ],
  [
    'self-signed certificate in certificate chain',
    chain({ ...UNTRUSTED, chainError: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    'docker-compose',
    'certificate-untrusted',
    /`tls-ca: ca\.pem`/,
  ],
  [
    'self-signed certificate',
    chain({
      ...UNTRUSTED,
      chain: [certificate({ issuer: 'CN=mail.example.com' })],
      chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    }),
    'kubernetes',
    'certificate-self-signed',
    /`tls-ca: ca\.pem`.*fingerprint/,
  ],
  [
    'certificate has expired',
    chain({ chain: [certificate({ validTo: daysOn(-2) })], chainError: 'CERT_HAS_EXPIRED' }),
    'kubernetes',
    'certificate-expired',
    /renew.*reload the server.*systemctl reload/s,
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    chain({ named: false, name: '192.0.2.25', chain: [certificate({ names: ['*.example.com', 'mail.example.com'] })] }),
    'github-hosted',
    'certificate-name-mismatch',
    /`tls-servername: mail\.example\.com`/,
  ],
  [
    'unsupported protocol',
    seen(notSecured({ kind: 'handshake', errno: 'ERR_SSL_UNSUPPORTED_PROTOCOL', reason: 'unsupported protocol' }), {
      tls: 'implicit',
      port: '465',
    }),
    'systemd',
    'tls-too-old',
    /TLS 1\.2.*smtpd_tls_protocols = >=TLSv1\.2/s,
  ],
  [
    '454 4.7.0 TLS not available',
    starttls({ at: { starttls: '454 4.7.0 TLS not available due to local problem' } }),
    'docker-compose',
    'starttls-refused',
    /cannot load certificate.*journalctl/s,
  ],

  // peers.md, "Failures in the wild": logins, and what wants one.
  [
    '535-5.7.8',
    login(
      '535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials a1-20020a - gsmtp',
      GMAIL,
    ),
    'github-hosted',
    'auth-rejected',
    APP_PASSWORDS,
  ],
  [
    '535 5.7.8 of Postfix',
    login('535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6'),
    'github-hosted',
    'auth-rejected',
    /gh secret set SMTP_PASSWORD/,
  ],
  [
    '534-5.7.9',
    login(
      '534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor a1-20020a - gsmtp',
      GMAIL,
    ),
    'systemd',
    'auth-app-password-needed',
    APP_PASSWORDS,
  ],
  [
    '535 5.7.139, the tenant',
    login(
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
    ),
    'github-hosted',
    'auth-disabled',
    /Set-TransportConfig -SmtpClientAuthenticationDisabled \$false/,
  ],
  [
    '535 5.7.139, basic authentication',
    login('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'),
    'systemd',
    'auth-disabled',
    /`access-token`.*XOAUTH2/,
  ],
  [
    '503 AUTH not advertised',
    login('503 AUTH command used when not advertised', '220 mail.example.test ESMTP Exim', { ...LOGIN, port: '25' }),
    'systemd',
    'auth-not-offered',
    /`port: 587`.*`tls: starttls`/,
  ],
  [
    '530 5.7.0 Must issue a STARTTLS, to AUTH',
    login('530 5.7.0 Must issue a STARTTLS command first'),
    'docker-compose',
    'auth-needs-tls',
    /`tls: starttls`/,
  ],
  [
    '530 5.7.0 Must issue a STARTTLS, to MAIL',
    mail('530 5.7.0 Must issue a STARTTLS command first'),
    'kubernetes',
    'sender-refused',
    /`tls: starttls`/,
  ],
  [
    '504 need fully-qualified hostname',
    server(
      {
        at: {
          ehlo: '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname',
          helo: '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname',
        },
      },
      ENVELOPE,
    ),
    'github-hosted',
    'ehlo-refused',
    /`ehlo-name: runner\.example\.com`/,
  ],
  [
    '501 Syntactically invalid EHLO',
    server(
      {
        at: { ehlo: '501 Syntactically invalid EHLO argument(s)', helo: '501 Syntactically invalid HELO argument(s)' },
      },
      ENVELOPE,
    ),
    'docker-compose',
    'ehlo-refused',
    /`ehlo-name: /,
  ],
  [
    '550 5.7.1 Spamhaus, to the recipient',
    rcpt('550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus.'),
    'github-hosted',
    'client-refused',
    /check\.spamhaus\.org/,
  ],

  // peers.md, the peers' weaknesses: what they pass, or never see.
  [
    'credentials, and AUTH is not advertised (nodemailer passes it)',
    server({ capabilities: ['SIZE 1000'] }, { ...PLAINTEXT, ...LOGIN, port: '25' }),
    'github-hosted',
    'auth-not-offered',
    /`port: 587`/,
  ],
  [
    'an endless 334 (nodemailer goes on)',
    server({ capabilities: ['AUTH PLAIN'], auth: '334 ' }, { ...PLAINTEXT, ...LOGIN }),
    'systemd',
    'protocol-violation',
    /what answers there/,
  ],
  [
    'an endless 250- (nodemailer grows)',
    server({ at: { ehlo: endlessLines } }, ENVELOPE),
    'docker-compose',
    'protocol-violation',
    /what answers there/,
  ],
  [
    'a 554 greeting (blackbox_exporter skips it)',
    greets('554 5.7.1 no SMTP service here'),
    'github-hosted',
    'greeting-refused',
    /allow this runner’s address.*api\.ipify\.org/s,
  ],
  [
    'listening, and every session dies (wait-for-it passes it)',
    greets(close),
    'docker-compose',
    'greeting-closed',
    /wait: 60s/,
  ],
  [
    '220 TLS go ahead, and no TLS (Uptime Kuma loops)',
    starttls({ at: { handshake: close } }),
    'systemd',
    'tls-handshake-failed',
    /-starttls smtp/,
  ],

  // peers.md, "Odd and hostile servers".
  [
    'plaintext behind the 220 to STARTTLS',
    starttls({ at: { starttls: '220 2.0.0 go ahead\r\n250 injected' } }),
    'systemd',
    'starttls-injection',
    /Do not send credentials.*`port: 465` with `tls: implicit`/,
  ],
  [
    'STARTTLS is stripped',
    server({}, { tls: 'starttls', port: '25' }),
    'kubernetes',
    'starttls-not-offered',
    /`port: 587`, or `port: 465` with `tls: implicit`/,
  ],
  [
    'CR and LF in the EHLO name',
    given({ 'ehlo-name': 'a.example\r\nMAIL FROM:<x>' }),
    'github-hosted',
    'input-invalid',
    /`ehlo-name`: /,
  ],
  [
    'CR and LF in the sender',
    given({ 'mail-from': 'a@example.com>\r\nRCPT TO:<b@example.com' }),
    'github-hosted',
    'input-invalid',
    /`mail-from`: /,
  ],
  ['NUL in the greeting', greets('220 \0\0 ESMTP\r\n\0\0'), 'systemd', 'protocol-violation', /what answers there/],
  [
    'a telnet IAC prefix',
    greets(closeAfter('\xff\xfb\x01\xff\xfb\x03login: ')),
    'systemd',
    'not-smtp',
    /`port: 587`|587: see where that port leads/,
  ],
  ['a close with no word at all', greets(close), 'kubernetes', 'greeting-closed', /fail2ban/],
  ...(
    [
      ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
      ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
      ['POP3', '+OK Dovecot ready.\r\n'],
      ['IMAP', '* OK [CAPABILITY IMAP4rev1] ready\r\n'],
      ['NNTP', '200 news.example.com InterNetNews NNRP server ready\r\n'],
      ['FTP', '220 (vsFTPd 3.0.5)\r\n'],
    ] as const
  ).map(
    ([protocol, text]): Row => [
      `${protocol} on the port`,
      greets(closeAfter(text), { port: '2525' }),
      'github-hosted',
      'not-smtp',
      /`port: 587`/,
    ],
  ),

  // The providers' published replies (their addresses are in src/diagnosis/catalogue/providers.ts).
  [
    'Gmail: 530-5.7.0 Authentication Required',
    mail(
      '530-5.7.0 Authentication Required. For more information, go to\n530 5.7.0  https://support.google.com/accounts/troubleshooter/2402620. a1 - gsmtp',
      GMAIL,
    ),
    'github-hosted',
    'sender-refused',
    /`username`.*`password`/,
  ],
  [
    'Gmail: 550-5.7.26 unauthenticated',
    rcpt(
      '550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550 5.7.26  https://support.google.com/mail/answer/81126 - gsmtp',
      '220 mx.google.com ESMTP a1 - gsmtp',
      { port: '25' },
    ),
    'systemd',
    'sender-refused',
    /SPF record.*nslookup -type=TXT/s,
  ],
  [
    'Gmail: 421-4.7.0 rate limited',
    greets(
      '421-4.7.0 Our system has detected an unusual rate of unsolicited mail.\r\n421 4.7.0  https://support.google.com/mail/?p=UnsolicitedRateLimitError - gsmtp',
    ),
    'github-hosted',
    'greeting-busy',
    /wait: 5m/,
  ],
  [
    'Microsoft 365: 535 5.7.3',
    login('535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]', MICROSOFT),
    'kubernetes',
    'auth-rejected',
    /whole address/,
  ],
  [
    'Microsoft 365: 530 5.7.57',
    mail('530 5.7.57 Client not authenticated to send mail. [AM0PR01CA0001.eurprd01.prod.outlook.com]', MICROSOFT),
    'systemd',
    'sender-refused',
    /`username`.*`password`/,
  ],
  [
    'Microsoft 365: 550 5.7.60',
    mail(
      '550 5.7.60 SMTP; Client does not have permissions to send as this sender [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]',
      MICROSOFT,
    ),
    'systemd',
    'sender-refused',
    /`mail-from`.*Add-RecipientPermission/s,
  ],
  [
    'Microsoft 365: 554 5.2.252 SendAsDenied',
    mail(
      '554 5.2.252 SendAsDenied; user@example.com not allowed to send as gate@example.com; STOREDRV.Submission.Exception',
      MICROSOFT,
    ),
    'systemd',
    'sender-refused',
    /Send As/,
  ],
  [
    'Microsoft 365: 550 5.7.64 TenantAttribution',
    rcpt(
      '550 5.7.64 TenantAttribution; Relay Access Denied [AM0EUR01FT001.eop-EUR01.prod.protection.outlook.com]',
      MICROSOFT,
      { port: '25' },
    ),
    'systemd',
    'relay-denied',
    /Mail flow > Connectors/,
  ],
  [
    'Microsoft 365: 432 4.3.2',
    mail(
      '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]',
      MICROSOFT,
    ),
    'github-hosted',
    'envelope-deferred',
    /`concurrency` group/,
  ],
  [
    'Amazon SES: not verified',
    mail(
      '554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: gate@example.com',
      SES,
    ),
    'github-hosted',
    'sender-refused',
    /--region eu-west-1/,
  ],
  [
    'Amazon SES: 535',
    login('535 Authentication Credentials Invalid', SES),
    'docker-compose',
    'auth-rejected',
    /Create SMTP credentials/,
  ],
  [
    'Amazon SES: 454 Throttling',
    mail('454 Throttling failure: Maximum sending rate exceeded.', SES),
    'kubernetes',
    'envelope-deferred',
    /wait: 2m/,
  ],
  [
    'SendGrid: 535',
    login('535 Authentication failed: Bad username / password'),
    'github-hosted',
    'auth-rejected',
    /`username: apikey`/,
  ],
  [
    'SendGrid: 550',
    mail(
      '550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.',
    ),
    'github-hosted',
    'sender-refused',
    /app\.sendgrid\.com\/settings\/sender_auth/,
  ],
  [
    'SendGrid: 451',
    login('451 Authentication failed: Maximum credits exceeded'),
    'github-hosted',
    'auth-unavailable',
    /Email API plan/,
  ],
  [
    'Mailgun: 535',
    login('535 5.7.0 Mailgun: Invalid credentials', '220 Mailgun Influx ready'),
    'systemd',
    'auth-rejected',
    /SMTP credentials at https:\/\/app\.mailgun\.com/,
  ],
  [
    'Postmark: 535',
    login('535 5.7.8 Error: authentication failed', '220 smtp.postmarkapp.com ESMTP'),
    'github-hosted',
    'auth-rejected',
    /Server API token/,
  ],
  [
    'Brevo: 525',
    login('525 5.7.1 Unauthorized IP address', '220 smtp-relay.brevo.com ESMTP Service Ready'),
    'github-hosted',
    'auth-disabled',
    /app\.brevo\.com\/security\/authorised_ips/,
  ],
  [
    'Brevo: 535',
    login('535 5.7.8 Authentication failed', '220 smtp-relay.sendinblue.com ESMTP Service Ready'),
    'kubernetes',
    'auth-rejected',
    /app\.brevo\.com\/settings\/keys\/smtp/,
  ],

  // What Postfix, Exim and Exchange say of themselves.
  [
    '454 4.7.0 Temporary authentication failure',
    login('454 4.7.0 Temporary authentication failure: Connection lost to authentication server'),
    'systemd',
    'auth-unavailable',
    /systemctl restart dovecot/,
  ],
  [
    '554 5.7.1 Relay access denied',
    rcpt('554 5.7.1 <ops@example.net>: Relay access denied', undefined, { port: '25' }),
    'docker-compose',
    'relay-denied',
    /`port: 587`.*`username`, `password`/,
  ],
  [
    '450 4.2.0 Greylisted',
    rcpt('450 4.2.0 <ops@example.net>: Recipient address rejected: Greylisted'),
    'github-hosted',
    'envelope-deferred',
    /wait: 10m/,
  ],
  [
    '452 4.3.1 Insufficient system storage',
    mail('452 4.3.1 Insufficient system storage'),
    'docker-compose',
    'queue-full',
    /df -h \/var\/spool/,
  ],
  [
    '550 5.1.1 User unknown',
    rcpt('550 5.1.1 <ops@example.net>: Recipient address rejected: User unknown'),
    'systemd',
    'recipient-refused',
    /Correct `rcpt-to`: ops@example\.net/,
  ],
];

test('the table has at least 40 texts, and each has a name of its own', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(ROWS.map(([name]) => name)).size).toBe(ROWS.length);
});

describe('what users see has its code, and first of all the remedy for its cause:', () => {
  test.each(ROWS)('%s', async (_, how, place, code, first) => {
    const report = await how(place);
    const finding = [...report.findings, ...report.targets.flatMap(({ findings }) => findings)].find(
      (one) => one.code === code,
    );
    expect(report.code).toBe(code);
    const [remedy] = finding?.remedies ?? [];
    expect([remedy?.text, ...(remedy?.commands ?? [])].join('\n')).toMatch(first);
    expect([place, 'any']).toContain(remedy?.environment);
  });
});
