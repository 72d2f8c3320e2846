import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { finding } from '../../src/diagnosis/findings.ts';
import { culpritOf, meaningOf } from '../../src/diagnosis/refusals.ts';
import type { Code } from '../../src/model/codes.ts';
import type { Observation, TlsSession } from '../../src/model/observation.ts';
import type { Reply } from '../../src/smtp/reply.ts';
import type { Mechanism } from '../../src/smtp/sasl/mechanisms.ts';
import { NOTHING } from '../support/cases/case.ts';
import {
  behindStartTls,
  certificate,
  daysOn,
  ended,
  enveloped,
  greeted,
  loggedIn,
  observation,
  reply,
  STARTTLS_STEPS,
  secured,
  session,
} from '../support/observation.ts';

const subject = { host: 'mx.example.org', port: 587, at: 'mx.example.org:587' };
type Step = 'mail' | 'rcpt' | 'ehlo' | 'greeting';

function say(step: Step, text: string): Observation {
  if (step === 'greeting') return greeted(text);
  if (step === 'ehlo') return observation({ ehlo: { verb: 'HELO', reply: reply(text) } });
  return step === 'mail' ? enveloped(text) : enveloped('250 2.1.0 Ok', text);
}

function told(seen: Observation) {
  const found = diagnose(seen, NOTHING)[0];
  if (!found) throw new Error('nothing was found');
  const { message, causes, remedies } = explain(found, subject, 'systemd');
  return { code: found.code, message, causes, first: `${remedies[0]?.text} ${remedies[0]?.commands.join(' ')}` };
}

/** The same words with 4 for 5 in the code and the enhanced status, and the other way round. */
const inClass = (text: string, digit: '4' | '5') =>
  text.replace(
    /^[45](\d\d[ -])(?:[45](\.\d+\.\d+))?/gm,
    (_, code, status) => `${digit}${code}${status ? `${digit}${status}` : ''}`,
  );

const DOMAIN = /domain of `mail-from`/;
const FROM = /`mail-from`/;
const LIST = /check\.spamhaus\.org/;
const REVERSE = /reverse name \(PTR record\)/;
const ADMIT = /allow this runner’s address/;
const NAME = /`ehlo-name: /;
const LOGIN = /Log in: set `username`/;
const TLS = /`tls: starttls`/;
const TO = /`rcpt-to`/;
const RULE = /which rule forbids it/;
const FILTER = /which filter refuses it/;
const CLOSED = /whether it will accept mail again/;
const SYNTAX = /Correct how `mail-from` is written/;

/** Who says so; where; the words; what 5xx is; and what the first remedy says, in 4xx and 5xx alike. */
const ROWS: readonly (readonly [who: string, step: Step, text: string, code: Code, first: RegExp])[] = [
  [
    'Postfix',
    'rcpt',
    '550 5.1.8 <gate@example.com>: Sender address rejected: Domain not found',
    'sender-refused',
    DOMAIN,
  ],
  [
    'Postfix',
    'rcpt',
    '550 5.1.7 <gate@example.com>: Sender address rejected: unverified address: host said: no',
    'sender-refused',
    FROM,
  ],
  [
    'Postfix',
    'rcpt',
    '550 5.1.0 <gate@example.com>: Sender address rejected: User unknown in local recipient table',
    'sender-refused',
    FROM,
  ],
  [
    'Postfix',
    'rcpt',
    '556 5.7.27 <gate@example.com>: Sender address rejected: Domain example.com does not accept mail (nullMX)',
    'sender-refused',
    DOMAIN,
  ],
  [
    'Postfix',
    'rcpt',
    '553 5.7.1 <gate@example.com>: Sender address rejected: not owned by user gate',
    'sender-refused',
    FROM,
  ],
  ['Postfix', 'rcpt', '553 5.7.1 <gate@example.com>: Sender address rejected: not logged in', 'sender-refused', LOGIN],
  ['Postfix', 'mail', '553 5.7.1 <gate@example.com>: Sender address rejected: not logged in', 'sender-refused', LOGIN],
  ['Postfix', 'rcpt', '554 5.7.1 <gate@example.com>: Sender address rejected: Access denied', 'sender-refused', FROM],
  ['Postfix', 'rcpt', '504 5.5.2 <runner>: Helo command rejected: need fully-qualified hostname', 'ehlo-refused', NAME],
  ['Postfix', 'rcpt', '550 5.7.1 <runner.example>: Helo command rejected: Host not found', 'ehlo-refused', NAME],
  ['Postfix', 'rcpt', '501 5.5.2 <x y>: Helo command rejected: Invalid name', 'ehlo-refused', NAME],
  [
    'Postfix',
    'rcpt',
    '554 5.7.1 Service unavailable; Helo command [x.example] blocked using dbl.spamhaus.org',
    'ehlo-refused',
    NAME,
  ],
  [
    'Postfix',
    'rcpt',
    '554 5.7.1 Service unavailable; Sender address [gate@example.com] blocked using dbl.spamhaus.org',
    'sender-refused',
    FROM,
  ],
  [
    'Postfix',
    'rcpt',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1',
    'client-refused',
    LIST,
  ],
  [
    'Postfix',
    'rcpt',
    '550 5.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]',
    'client-refused',
    REVERSE,
  ],
  [
    'Postfix',
    'rcpt',
    '550 5.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.1]',
    'client-refused',
    REVERSE,
  ],
  ['Postfix', 'mail', '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied', 'client-refused', ADMIT],
  ['Postfix', 'mail', '530 5.7.0 Must issue a STARTTLS command first', 'sender-refused', TLS],
  [
    'Postfix',
    'rcpt',
    '550 5.1.1 <ops@example.net>: Recipient address rejected: User unknown in local recipient table',
    'recipient-refused',
    TO,
  ],
  [
    'Postfix',
    'rcpt',
    '550 5.1.2 <ops@example.net>: Recipient address rejected: Domain not found',
    'recipient-refused',
    /domain of `rcpt-to`/,
  ],
  [
    'Postfix',
    'rcpt',
    '556 5.1.10 <ops@example.net>: Recipient address rejected: Domain example.net does not accept mail (nullMX)',
    'recipient-refused',
    /domain of `rcpt-to`/,
  ],
  ['Postfix', 'mail', '552 5.3.4 Message size exceeds fixed limit', 'sender-refused', /message_size_limit/],
  ['Postfix', 'rcpt', '552 5.5.3 Error: too many recipients', 'recipient-refused', /fewer addresses/],
  ['Postfix', 'mail', '550 5.7.1 Error: too much mail from 192.0.2.1', 'sender-refused', /let fewer do so|fewer jobs/],
  [
    'policyd-spf',
    'rcpt',
    '550 5.7.23 <ops@example.net>: Recipient address rejected: Message rejected due to: SPF fail - not authorized. Please see http://www.openspf.net/Why?s=mfrom;id=gate@example.com',
    'sender-refused',
    /SPF record of example\.com/,
  ],
  [
    'policyd-spf',
    'rcpt',
    '550 5.7.1 <ops@example.net>: Recipient address rejected: Please see http://www.openspf.net/Why?s=mfrom',
    'sender-refused',
    /SPF record of example\.com/,
  ],
  [
    'postgrey',
    'rcpt',
    '550 5.2.0 <ops@example.net>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/',
    'recipient-refused',
    /again after some minutes/,
  ],
  [
    'Postfix',
    'greeting',
    '554 5.7.1 Service unavailable; client [192.0.2.1] blocked using bl.spamcop.net',
    'greeting-refused',
    LIST,
  ],
  [
    'Exim',
    'rcpt',
    '550-Verification failed for <gate@example.com>\n550-Unrouteable address\n550 Sender verify failed',
    'sender-refused',
    FROM,
  ],
  [
    'Exim',
    'rcpt',
    '550-Callback setup failed while verifying <gate@example.com>\n550-The initial connection was refused\n550 Sender verify failed',
    'sender-refused',
    FROM,
  ],
  ['Exim', 'rcpt', '550 relay not permitted', 'relay-denied', LOGIN],
  ['Exim', 'rcpt', '550 Unrouteable address', 'recipient-refused', TO],
  ['Exim', 'ehlo', '501 Syntactically invalid HELO argument(s)', 'ehlo-refused', NAME],
  ['Exim', 'mail', '503 HELO or EHLO required', 'sender-refused', /./],
  ['cPanel Exim', 'rcpt', '550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)', 'ehlo-refused', NAME],
  [
    'cPanel Exim',
    'rcpt',
    '550-Please turn on SMTP Authentication in your mail client.\n550-runner [192.0.2.1] is not permitted to relay through this server without\n550 authentication.',
    'relay-denied',
    LOGIN,
  ],
  ['Exim', 'rcpt', '550 Rejected because 192.0.2.1 is in a black list at zen.spamhaus.org', 'client-refused', LIST],
  ['Exim', 'greeting', '550 192.0.2.1 is listed at bl.example.org', 'greeting-refused', LIST],
  [
    'sendmail',
    'mail',
    '553 5.1.8 <gate@example.com>... Domain of sender address gate@example.com does not exist',
    'sender-refused',
    DOMAIN,
  ],
  ['sendmail', 'mail', '553 5.5.4 <gate@x>... Domain name required for sender address gate@x', 'sender-refused', /./],
  ['sendmail', 'mail', '553 5.5.4 <gate@x>... Real domain name required for sender address', 'sender-refused', DOMAIN],
  [
    'sendmail',
    'rcpt',
    '550 5.7.1 <ops@example.net>... Relaying denied. IP name lookup failed [192.0.2.1]',
    'relay-denied',
    LOGIN,
  ],
  [
    'sendmail',
    'rcpt',
    '550 5.7.1 <ops@example.net>... Relaying temporarily denied. Cannot resolve PTR record for 192.0.2.1',
    'client-refused',
    REVERSE,
  ],
  ['sendmail', 'mail', '550 5.7.1 Fix reverse DNS for 192.0.2.1', 'client-refused', REVERSE],
  [
    'sendmail',
    'mail',
    '550 5.7.1 Access denied: mail from 192.0.2.1 refused by blackhole site zen.spamhaus.org',
    'client-refused',
    LIST,
  ],
  ['sendmail', 'rcpt', '550 5.1.1 <ops@example.net>... User unknown', 'recipient-refused', TO],
  ['sendmail', 'ehlo', '501 5.0.0 Invalid domain name', 'ehlo-refused', NAME],
  ['sendmail', 'ehlo', '550 5.0.0 polite people say HELO first', 'ehlo-refused', NAME],
  [
    'Exchange',
    'mail',
    '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM',
    'sender-refused',
    LOGIN,
  ],
  [
    'Exchange',
    'mail',
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    'sender-refused',
    FROM,
  ],
  ['Exchange', 'rcpt', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay-denied', LOGIN],
  [
    'Exchange',
    'rcpt',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'recipient-refused',
    TO,
  ],
  ['Exchange', 'ehlo', '501 5.5.4 Invalid domain name', 'ehlo-refused', NAME],
  ['Microsoft 365', 'mail', '550 5.7.3 STARTTLS is required to send mail', 'sender-refused', TLS],
  [
    'Microsoft 365',
    'rcpt',
    '550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/',
    'client-refused',
    /./,
  ],
  [
    'Microsoft 365',
    'rcpt',
    '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
    'sender-refused',
    /SPF record/,
  ],
  [
    'Microsoft 365',
    'rcpt',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    'recipient-refused',
    TO,
  ],
  [
    'Outlook.com',
    'mail',
    '550 5.7.1 Unfortunately, messages from [192.0.2.1] weren’t sent. Please contact your Internet service provider since part of their network is on our block list (S3140)',
    'client-refused',
    LIST,
  ],
  [
    'Gmail',
    'rcpt',
    '550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR\n550-5.7.25 record setup. x - gsmtp',
    'client-refused',
    REVERSE,
  ],
  [
    'Gmail',
    'rcpt',
    '550-5.7.23 The sending IP address for this message does not have a PTR record\n550 5.7.23 x - gsmtp',
    'client-refused',
    REVERSE,
  ],
  [
    'Gmail',
    'rcpt',
    '550-5.7.26 Unauthenticated email from example.com is not accepted due to\n550 5.7.26 domain’s DMARC policy. x',
    'sender-refused',
    /_dmarc\.example\.com/,
  ],
  [
    'Gmail',
    'rcpt',
    '550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550 5.7.26 x',
    'sender-refused',
    /_dmarc\.example\.com/,
  ],
  [
    'Gmail',
    'rcpt',
    '550 5.7.27 Your email has been blocked because SPF authentication did not pass',
    'sender-refused',
    /SPF record/,
  ],
  ['Gmail', 'rcpt', '550 5.7.29 Your message was not sent over a TLS connection', 'recipient-refused', TLS],
  ['Gmail', 'rcpt', '550 5.7.30 DKIM authentication didn’t pass', 'sender-refused', /DKIM/],
  [
    'Gmail',
    'mail',
    '530-5.7.0 Authentication Required. For more information, go to\n530 5.7.0 the help',
    'sender-refused',
    LOGIN,
  ],
  [
    'Gmail',
    'rcpt',
    '552-5.2.2 The recipient’s inbox is out of storage space and\n552 5.2.2 inactive',
    'recipient-refused',
    /Empty/,
  ],
  [
    'Gmail',
    'rcpt',
    '550 5.2.1 The email account that you tried to reach is inactive.',
    'recipient-refused',
    /Enable .* again/,
  ],
  [
    'Gmail',
    'rcpt',
    '550 5.7.28 Our system has detected an unusual amount of unsolicited mail',
    'recipient-refused',
    /fewer jobs/,
  ],
  [
    'Yahoo',
    'rcpt',
    '553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus’s list',
    'client-refused',
    LIST,
  ],
  ['Yahoo', 'mail', '554 5.7.9 Message not accepted for policy reasons', 'sender-refused', FROM],
  [
    'AT&T',
    'mail',
    '550 5.7.1 Connections not accepted from servers without a valid sender domain. Fix reverse DNS for 192.0.2.1',
    'client-refused',
    REVERSE,
  ],
  [
    'GoDaddy',
    'rcpt',
    '550 5.1.0 192.0.2.1 is not allowed to send from <example.com> per its SPF Record',
    'sender-refused',
    /SPF record/,
  ],
  ['Rackspace', 'rcpt', '550 5.7.1 Client host 192.0.2.1 has no PTR record (G1F)', 'client-refused', REVERSE],
  [
    'Barracuda',
    'greeting',
    '554 Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation',
    'greeting-refused',
    LIST,
  ],
  [
    'Barracuda',
    'rcpt',
    '550 cuda_nsu 5.1.1 <ops@example.net> Recipient address rejected: User unknown',
    'recipient-refused',
    TO,
  ],
  [
    'Proofpoint',
    'greeting',
    '554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1 (Proofpoint Dynamic Reputation)',
    'greeting-refused',
    LIST,
  ],
  [
    'Mimecast',
    'rcpt',
    '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550',
    'recipient-refused',
    TO,
  ],
  ['Mimecast', 'rcpt', '550 Rejected by header based Anti-Spoofing policy', 'recipient-refused', TO],
  ['qmail', 'rcpt', '553 sorry, that domain isn’t in my list of allowed rcpthosts (#5.7.1)', 'relay-denied', LOGIN],
  ['qmail', 'mail', '553 sorry, your envelope sender has been denied (#5.7.1)', 'sender-refused', FROM],
  ['qmail', 'mail', '530 authentication required (#5.7.1)', 'sender-refused', LOGIN],
  ['netqmail', 'mail', '553 sorry, your envelope sender domain must exist (#5.7.1)', 'sender-refused', DOMAIN],
  ['vpopmail', 'rcpt', '550 sorry, no mailbox here by that name (#5.1.1)', 'recipient-refused', TO],
  [
    'Postfix',
    'rcpt',
    '504 5.5.2 <ops>: Recipient address rejected: need fully-qualified address',
    'recipient-refused',
    TO,
  ],
  ['Haraka', 'rcpt', '550 I cannot deliver mail for <ops@example.net>', 'relay-denied', LOGIN],
  ['Haraka', 'mail', '550 5.1.8 No MX for your FROM address', 'sender-refused', DOMAIN],
  ['Haraka', 'ehlo', '550 HELO host does not match your IP', 'ehlo-refused', NAME],
  ['OpenSMTPD', 'rcpt', '550 Invalid recipient: <ops@example.net>', 'recipient-refused', TO],
  ['OpenSMTPD', 'mail', '530 5.5.1 Invalid command: Must issue an AUTH command first', 'sender-refused', /./],
  ['Zimbra', 'rcpt', '554 5.7.1 <ops@example.net>: Relay access denied', 'relay-denied', LOGIN],
  ['Dovecot LMTP', 'ehlo', '500 5.5.1 Unknown command', 'ehlo-refused', /LMTP/],
  ['Microsoft 365', 'rcpt', '550 5.1.8 Access denied, bad outbound sender', 'sender-refused', FROM],
  ['Microsoft 365', 'rcpt', '550 5.7.501 Access denied, spam abuse detected from 192.0.2.1', 'client-refused', LIST],
  [
    'Microsoft 365',
    'rcpt',
    '550 5.7.705 Access denied, tenant has exceeded threshold',
    'recipient-refused',
    /fewer jobs/,
  ],
  [
    'Outlook.com',
    'rcpt',
    '550 5.7.515 Access denied, sending domain example.com does not meet the required authentication level',
    'sender-refused',
    /_dmarc\.example\.com/,
  ],
  [
    'GMX',
    'greeting',
    '554-mx.example.net Nemesis ESMTP Service not available\n554-No SMTP service\n554 IP address is block listed.',
    'greeting-refused',
    LIST,
  ],
  ['IronPort', 'rcpt', '550 #5.1.0 Address rejected.', 'recipient-refused', TO],
  ['Postfix', 'rcpt', '550 5.4.4 Unable to route to the host', 'recipient-refused', /domain of `rcpt-to`/],
  ['Exchange', 'rcpt', '550 5.4.4 Unable to route', 'recipient-refused', /domain of `rcpt-to`/],
  ['a gateway', 'rcpt', '554 5.3.0 Internal error', 'recipient-refused', /a permanent error/],
  ['RFC 3463', 'rcpt', '550 5.3.2 System not accepting network messages', 'recipient-refused', CLOSED],
  ['RFC 3463', 'greeting', '521 5.3.2 mail.example.com does not accept mail', 'greeting-refused', CLOSED],
  ['Exim', 'rcpt', '550 Administrative prohibition', 'recipient-refused', RULE],
  [
    'Postfix',
    'rcpt',
    '554 5.7.1 <ops@example.net>: Recipient address rejected: Policy restrictions',
    'recipient-refused',
    RULE,
  ],
  [
    'a policy service',
    'rcpt',
    '550 5.7.1 <ops@example.net>: Recipient address rejected: denied by local policy',
    'recipient-refused',
    RULE,
  ],
  ['a relay', 'mail', '550 5.7.1 You are not authorized to send from this IP', 'client-refused', ADMIT],
  ['a relay', 'rcpt', '550 5.7.1 not permitted to send mail from your network', 'client-refused', ADMIT],
  ['Exchange', 'rcpt', '550 5.7.1 Access denied', 'recipient-refused', RULE],
  ['Exchange', 'rcpt', '550 5.7.1 Message rejected as spam by Content Filtering.', 'recipient-refused', FILTER],
  ['a filter', 'rcpt', '554 5.7.1 Spam detected', 'recipient-refused', FILTER],
  ['Postfix', 'mail', '501 5.1.7 Bad sender address syntax', 'sender-refused', SYNTAX],
  ['Postfix', 'rcpt', '501 5.1.3 Bad recipient address syntax', 'recipient-refused', /Correct how the address/],
  ['RFC 3463', 'mail', "501 5.1.7 Bad sender's mailbox address syntax", 'sender-refused', SYNTAX],
  ['Exim', 'mail', '501 <gate>: sender address must contain a domain', 'sender-refused', SYNTAX],
  ['Cyrus LMTP', 'ehlo', '502 5.5.1 Use LHLO', 'ehlo-refused', /LMTP/],
  ['Exim', 'ehlo', '503 Command refused, required Proxy negotiation failed', 'proxy-header-expected', /proxy-protocol/],
];

describe('a refusal is held against whom the words name', () => {
  test.each(ROWS)('%s at %s: %s', (_, step, text, code, first) => {
    const now = told(say(step, inClass(text, '5')));
    expect(now.code).toBe(code);
    expect(now.first).toMatch(first);
    if (code !== 'recipient-refused') expect(now.first).not.toMatch(/Correct `rcpt-to`/);
  });

  test.each(ROWS.filter(([, step]) => step === 'mail' || step === 'rcpt'))('%s at %s, for now: %s', (_, step, text) => {
    const later = told(say(step, inClass(text, '4')));
    expect(['envelope-deferred', 'queue-full', 'relay-denied']).toContain(later.code);
    expect(later.message).toContain('mx.example.org:587');
  });

  test.each(
    ROWS.filter(
      ([, step, text, code]) =>
        step !== 'ehlo' && !/policy reasons/.test(text) && /^(?:client|ehlo|sender)-refused$/.test(code),
    ),
  )('in 4xx with the same first remedy: %s at %s: %s', (_, step, text, _code, first) => {
    expect(told(say(step, inClass(text, '4'))).first).toMatch(first);
  });
});

/** The same conversation behind a login that was accepted. */
const behindLogin = (seen: Observation): Observation => ({
  ...seen,
  loginSent: true,
  auth: { outcome: 'answered', mechanism: 'PLAIN', reply: reply('235 2.7.0 Accepted'), saslError: null },
});

describe('who has logged in is not told to', () => {
  const anything = ROWS.filter(([, step]) => step === 'mail' || step === 'rcpt');

  test.each(anything)('%s at %s: %s', (_, step, text) => {
    for (const digit of ['4', '5'] as const) {
      const { first } = told(behindLogin(say(step, inClass(text, digit))));
      expect(first).not.toMatch(/log in:|or log in \(|gh secret set|Set `username`/i);
    }
  });

  test.each<readonly [Step, string, Code, RegExp]>([
    ['rcpt', '554 5.7.1 <ops@example.net>: Relay access denied', 'relay-denied', /allow this user.*ops@example\.net/],
    ['rcpt', '454 4.7.1 <ops@example.net>: Relay access denied', 'relay-denied', /`port: 465`/],
    ['rcpt', '530 5.7.0 Authentication required', 'recipient-refused', /what this user is allowed to do/],
    ['mail', '530 5.7.0 Authentication required', 'sender-refused', /what this user is allowed to do/],
    ['mail', '530 5.7.57 Client not authenticated - aka.ms/x', 'sender-refused', /what this user is allowed to do/],
    [
      'mail',
      '530-5.7.0 Authentication Required. - gsmtp\n530 5.7.0 - gsmtp',
      'sender-refused',
      /what this user is allowed to do/,
    ],
    ['rcpt', '553 5.7.1 <gate@example.com>: Sender address rejected: not logged in', 'sender-refused', FROM],
  ])('at %s: %s', (step, text, code, first) => {
    const now = told(behindLogin(say(step, text)));
    expect(now.code).toBe(code);
    expect(now.first).toMatch(first);
    expect(`${now.message} ${now.causes.join(' ')}`).not.toMatch(/: log in|log in first|set `username`/);
  });
});

test.each(ROWS.filter(([, step]) => step === 'mail' || step === 'rcpt'))(
  'what is refused for good is not waited for: %s at %s: %s',
  (_, step, text) => {
    expect(told(say(step, inClass(text, '5'))).first).not.toMatch(/`wait: /);
  },
);

describe('a login that went out is not repeated, so that no remedy says so', () => {
  const sent = (seen: Observation, farewell = true): Observation => ({
    ...behindLogin(seen),
    farewell: farewell ? seen.farewell : null,
  });
  const closing: [string, Observation][] = [
    ['421 to AUTH', loggedIn('421 4.7.0 Try again later')],
    ['421 of Gmail to AUTH', loggedIn('421-4.7.0 Try again later - gsmtp\n421 4.7.0 - gsmtp')],
    ['454 to AUTH, and a close', { ...loggedIn('454 4.7.0 Temporary failure'), farewell: null }],
    ['454 to AUTH for a limit, and a close', { ...loggedIn('454 4.7.0 Too many logins'), farewell: null }],
    ['421 to MAIL', sent(enveloped('421 4.3.0 going down'))],
    ['greylisting, and a close', sent(enveloped('250 Ok', '450 4.2.0 Greylisted'), false)],
    ['a full queue, and a close', sent(enveloped('452 4.3.1 Insufficient system storage'), false)],
    ['a close at AUTH', ended('auth', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS)],
  ];
  test.each(closing)('%s', (_, seen) => {
    const found = diagnose({ ...seen, loginSent: true }, NOTHING)[0];
    if (!found) throw new Error('nothing was found');
    const { remedies } = explain(found, subject, 'systemd');
    expect(JSON.stringify(remedies)).not.toMatch(/`wait: /);
    expect(JSON.stringify(remedies)).toMatch(/not repeat a login/);
  });

  test.each<[string, Observation]>([
    ['454 to AUTH', loggedIn('454 4.7.0 Temporary failure')],
    ['greylisting', sent(enveloped('250 Ok', '450 4.2.0 Greylisted'))],
  ])('but may be behind a clean 4xx: %s', (_, seen) => {
    expect(told({ ...seen, loginSent: true }).first).toMatch(/`wait: /);
  });
});

describe('AUTH that is refused for what is not the password', () => {
  const PASSWORD = /password was changed|Take the user name and the password|store both again/;
  const RESTART = /authentication service.*systemctl restart dovecot/s;
  const PLAIN = /Set `auth-method: PLAIN` \(over TLS\).*have the password.*set anew/;
  const DECODE = /auth-method: (?:PLAIN|LOGIN)`, which is offered as well.*log what it received/;
  const ADMITTED = /address admitted for logins/;

  test.each<[string, Mechanism, Code, RegExp, RegExp]>([
    [
      '432 4.7.12 A password transition is needed',
      'CRAM-MD5',
      'auth-unavailable',
      PLAIN,
      /form that the mechanism needs/,
    ],
    ['432 4.7.12 A password transition is needed', 'PLAIN', 'auth-unavailable', /^Have the password/, /RFC 4954/],
    ['534 5.7.12 Password transition needed', 'CRAM-MD5', 'auth-app-password-needed', /app password/, /two-step/],
    ['535 5.7.12 Password transition needed', 'SCRAM-SHA-1', 'auth-rejected', PLAIN, /form that the mechanism needs/],
    ['501 5.5.2 Cannot decode', 'PLAIN', 'auth-rejected', DECODE, /nothing of the password/],
    ['501 5.5.2 Error', 'LOGIN', 'auth-rejected', DECODE, /nothing of the password/],
    ['501 Invalid base64 data', 'PLAIN', 'auth-rejected', DECODE, /nothing of the password/],
    ['501 5.5.4 cannot decode AUTH parameter x', 'PLAIN', 'auth-rejected', DECODE, /nothing of the password/],
    [
      '535 5.7.8 Error: authentication failed: Invalid base64 data in initial response',
      'PLAIN',
      'auth-rejected',
      DECODE,
      /decode/,
    ],
    [
      '535 5.7.8 Error: authentication failed: Connection lost to authentication server',
      'PLAIN',
      'auth-rejected',
      RESTART,
      /authentication service.*does not answer/,
    ],
    ['535 5.7.8 Error: authentication failed: generic failure', 'PLAIN', 'auth-rejected', RESTART, /does not answer/],
    ['535 5.7.0 Internal authentication error', 'LOGIN', 'auth-rejected', RESTART, /does not answer/],
    ['535 5.7.8 Temporary authentication failure', 'PLAIN', 'auth-rejected', RESTART, /does not answer/],
    ['550 5.7.0 Authentication server unavailable', 'PLAIN', 'auth-rejected', RESTART, /does not answer/],
    [
      '451 4.7.1 You are not authorized to send from this IP',
      'PLAIN',
      'auth-unavailable',
      ADMITTED,
      /known addresses only/,
    ],
    ['535 5.7.1 not permitted from your network', 'PLAIN', 'auth-rejected', ADMITTED, /known addresses only/],
    ['535 5.7.0 IP address 192.0.2.1 is not allowed', 'PLAIN', 'auth-rejected', ADMITTED, /known addresses only/],
  ])('%s (%s)', (text, mechanism, code, first, cause) => {
    const offered = reply('250-mail\n250 AUTH PLAIN LOGIN CRAM-MD5');
    const now = told({ ...loggedIn(text, mechanism), ehlo: { verb: 'EHLO', reply: offered } });
    expect(now.code).toBe(code);
    expect(now.first).toMatch(first);
    expect(now.causes[0]).toMatch(cause);
    expect(`${now.causes[0]} ${now.first}`).not.toMatch(PASSWORD);
    expect(now.message).not.toMatch(/correct the user name/);
  });

  test.each<[string, Mechanism, RegExp]>([
    [
      '454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
      'PLAIN',
      /reaches the user database/,
    ],
    ['454 4.7.0 Too many logins from this IP', 'PLAIN', /Log in less often/],
    ['535 5.7.8 Error: authentication failed: authentication failure', 'PLAIN', /Get the user name/],
    ['535 Incorrect authentication data', 'LOGIN', /Get the user name/],
    ['535 5.7.1 Client not allowed to use this account', 'PLAIN', /Get the user name/],
    ['501 5.7.0 Authentication cancelled', 'PLAIN', /Get the user name/],
  ])('but what may be about it, or is known to pass, is told as before: %s', (text, mechanism, first) => {
    expect(told(loggedIn(text, mechanism)).first).toMatch(first);
  });
});

describe('AUTH that is refused for what is no lack of it', () => {
  test.each([
    '500 5.5.6 Authentication Exchange line is too long',
    '500 line too long',
    '500 5.5.2 Error: line too long',
  ])('%s is about the credentials', (text) => {
    const { code, first, message } = told(loggedIn(text));
    expect(code).toBe('auth-rejected');
    expect(message).toMatch(/longer than it takes/);
    expect(first).toMatch(/line of that length/);
    expect(told(loggedIn(text, 'XOAUTH2')).first).toMatch(/token that is shorter/);
  });

  test.each([
    '503 5.5.1 Error: already authenticated',
    '503 5.5.2 Send hello first',
    '503 mail transaction in progress',
  ])('%s is out of turn itself', (text) => {
    const end = { kind: 'closed', heard: '', step: 'quit' } as const;
    const { code, message } = told({ ...loggedIn(text), end });
    expect(code).toBe('protocol-violation');
    expect(message).toContain(text);
  });

  test.each(['503 5.5.1 Error: authentication not enabled', '503 AUTH command used when not advertised', '502 no'])(
    'but not %s',
    (text) => expect(told(loggedIn(text)).code).toBe('auth-not-offered'),
  );
});

describe('why a certificate keeps credentials back', () => {
  test.each<[string, Partial<TlsSession>, RegExp, RegExp]>([
    [
      'expired',
      { chain: [certificate({ validTo: daysOn(-3) })], chainError: 'CERT_HAS_EXPIRED' },
      /it has expired/,
      /Renew it/,
    ],
    ['another name', { named: false }, /it is for another name/, /`tls-servername`/],
    [
      'unknown authority',
      { chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', anchored: false },
      /its authority is not trusted/,
      /`tls-ca`/,
    ],
  ])('%s', (_, over, says, remedy) => {
    const seen = secured({ tls: session(over), auth: { outcome: 'withheld', because: 'not-verified' } });
    const found = diagnose(seen, { ...NOTHING, beyondGreeting: true }).find(({ code }) => code === 'auth-needs-tls');
    if (!found) throw new Error('nothing was found');
    const { message, evidence, remedies } = explain(found, subject, 'systemd');
    expect(message).toMatch(says);
    expect(evidence).toMatch(says);
    expect(remedies[0]?.text).toMatch(remedy);
  });
});

describe('STARTTLS that is required', () => {
  const require = [{ keyword: 'STARTTLS', parameters: [] }];
  const codes = (seen: Observation) =>
    diagnose(seen, { ...NOTHING, beyondGreeting: true, require }).map(({ code }) => code);

  test('is judged by the offer before TLS, behind which it is not repeated', () => {
    expect(codes(secured())).toEqual([]);
  });

  test('is missing where TLS begins with the first byte, and the remedy can work', () => {
    const seen = secured({ starttls: null });
    expect(codes(seen)).toEqual(['capability-missing']);
    const [found] = diagnose(seen, { ...NOTHING, beyondGreeting: true, require });
    if (!found) throw new Error('nothing was found');
    const { remedies } = explain(found, { ...subject, port: 465 }, 'systemd');
    expect(remedies[0]?.text).toMatch(/out of `require`/);
  });
});

test.each(['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'ERR_SSL_TLS_ALERT_INTERNAL_ERROR'])(
  'a server that fails at its own TLS is told to see its key: %s',
  (errno) => {
    const { first, message, causes } = told(behindStartTls({ kind: 'handshake', errno, reason: 'internal error' }));
    expect(first).toMatch(/belong together.*openssl x509/);
    expect(message).toMatch(/see its certificate and key/);
    expect(causes[0]).toMatch(/its own TLS/);
  },
);

test('a 421 to QUIT warns only where all had been accepted before', () => {
  const status = (...answers: [string, string?]) => {
    const [mail, rcpt] = answers;
    const seen = { ...(rcpt ? enveloped(mail, rcpt) : enveloped(mail)), farewell: reply('421 4.3.2 closing') };
    return diagnose(seen, NOTHING).find(({ code }) => code === 'service-unavailable')?.status;
  };
  expect(status('250 Ok', '250 Ok')).toBe('warn');
  expect(status('250 Ok', '450 4.2.0 Greylisted')).toBe('fail');
  expect(status('450 4.2.0 Greylisted')).toBe('fail');
  expect(status('250 Ok', '550 5.1.1 nobody')).toBeUndefined();
});

describe('EHLO that is refused where HELO is accepted is named', () => {
  const refused = reply('550 5.7.1 not for you');
  const hello = { verb: 'HELO', reply: reply('250 mail'), refused } as const;
  const require = [{ keyword: 'SIZE', parameters: [] }];
  test.each<[Code, Observation, Partial<typeof NOTHING>]>([
    ['auth-not-offered', secured({ ehlo: hello, auth: { outcome: 'not-offered' } }), {}],
    ['capability-missing', secured({ ehlo: hello }), { require }],
    [
      'starttls-not-offered',
      observation({ ehlo: hello, starttls: { offered: false, reply: null } }),
      { asksForTls: true, beyondGreeting: true },
    ],
  ])('%s', (code, seen, wanted) => {
    const found = diagnose(seen, { ...NOTHING, ...wanted })[0];
    if (!found) throw new Error('nothing was found');
    expect(found.code).toBe(code);
    const { message, causes, remedies, evidence } = explain(found, subject, 'systemd');
    expect(message).toContain('"550 5.7.1 not for you"');
    expect(evidence).toContain('not for you');
    expect(causes[0]).toMatch(/refused EHLO/);
    expect(remedies[0]?.text).toMatch(/why it refuses EHLO/);
  });
});

test.each(['550 5.7.1 Too many failed logins, IP blocked', '535 5.7.1 account locked due to too many failures'])(
  'a login that is kept out is not told to correct the password: %s',
  (text) => {
    const { code, first } = told(loggedIn(text));
    expect(code).toBe('auth-rejected');
    expect(first).toMatch(/unlock/);
  },
);

test('what is held against the sender is said once, and about the sender', () => {
  const text = '450 4.1.8 <gate@example.com>: Sender address rejected: Domain not found';
  const found = diagnose(enveloped('250 Ok', text, text), NOTHING);
  expect(found).toMatchObject([{ code: 'envelope-deferred', facts: { address: 'gate@example.com' } }]);
});

test.each([
  ['550 5.1.1 <spf-blocked@dnsbl.example>: no such user', 'recipient-unknown'],
  ['550 5.1.1 blacklist@helo.example... User unknown', 'recipient-unknown'],
  ['550 no such user at spf.dkim.example', 'recipient-unknown'],
])('an address or a name in a reply is no word of it: %s', (text, meaning) => {
  expect(meaningOf(text, 'rcpt')).toBe(meaning);
});

test('503 is a missing login only where one is on offer', () => {
  expect(meaningOf('503 bad sequence of commands', 'mail', { loginOpen: true })).toBe('login-missing');
  expect(meaningOf('503 bad sequence of commands', 'mail')).toBe('command');
  expect(told(enveloped('503 bad sequence of commands')).first).toMatch(LOGIN);
});

test.each(['250 2.1.5 Ok', '251 will forward', '252 2.1.5 cannot verify', '299 x'])('any 2xx is a yes: %s', (text) => {
  expect(diagnose(enveloped(text, text), NOTHING)).toEqual([]);
});

/** A reply whose lines have different codes, as it is read. */
const mixed = (text: string): Reply => {
  const codes = text.split('\n').map((line) => Number(line.slice(0, 3)));
  return { ...reply(text), code: codes.at(-1) ?? 0, codes };
};
const saidAt: Readonly<Record<string, (answer: Reply) => Observation>> = {
  greeting: (greeting) => observation({ greeting }),
  ehlo: (answer) => observation({ ehlo: { verb: 'HELO', reply: answer } }),
  starttls: (answer) => observation({ starttls: { offered: true, reply: answer } }),
  auth: (answer) => secured({ auth: { outcome: 'answered', mechanism: 'PLAIN', reply: answer, saslError: null } }),
  mail: (answer) => {
    const seen = enveloped('250 Ok');
    return { ...seen, envelope: seen.envelope && { ...seen.envelope, mail: answer } };
  },
  rcpt: (answer) => {
    const seen = enveloped('250 Ok');
    const recipients = [{ to: 'ops@example.net', reply: answer }];
    return { ...seen, envelope: seen.envelope && { ...seen.envelope, recipients } };
  },
};

describe.each(Object.entries(saidAt))('of a reply with mixed codes, the last line’s decide: %s', (step, say) => {
  test.each(['220-mail.example.test ESMTP\n554 5.7.1 it says no', '450-4.2.0 later\n554 5.7.1 it says no'])(
    '%j is told by what refuses',
    (text) => {
      const end = { kind: 'closed', heard: '', step: 'quit' } as const;
      const { code, message } = told({ ...say(mixed(text)), end });
      expect(code).not.toBe('connection-lost');
      expect(message).toContain('"554 5.7.1 it says no"');
    },
  );

  test('421 behind another code', () => {
    const { code, message } = told(say(mixed('250-fine\n421 4.3.2 going down')));
    expect(code).toMatch(step === 'greeting' ? /^greeting-busy$/ : /^(?:service-unavailable|starttls-refused)$/);
    expect(message).toContain('421 4.3.2 going down');
  });
});

test('the answer to RSET is not judged', () => {
  const seen = enveloped('250 Ok', '250 Ok');
  const envelope = seen.envelope && { ...seen.envelope, rset: reply('502 unimplemented') };
  expect(diagnose({ ...seen, envelope }, NOTHING)).toEqual([]);
});

/** Greeted after the 5 s that Postfix waits for a header. */
const late = (text: string): Observation => {
  const seen = greeted(text);
  return { ...seen, steps: seen.steps.map((one) => ({ ...one, tookMs: 5_000 })) };
};

test.each(['421 4.3.0 mail.example.com Server local error', '421 4.3.2 No system resources'])(
  'a PROXY header that is awaited is named: %s',
  (text) => {
    const { message, first, causes } = told(late(text));
    expect(message).toMatch(/PROXY/);
    expect(causes[0]).toMatch(/PROXY/);
    expect(first).toMatch(/PROXY/);
    const quick = explain(finding('greeting-busy', { reply: text, afterMs: 10 }), subject, 'systemd');
    expect(quick.message).not.toMatch(/PROXY/);
  },
);

test('LMTP in the greeting is named when EHLO is refused', () => {
  const facts = { reply: '550 no', greeting: '220 mail.example.com LMTP ready' };
  expect(explain(finding('ehlo-refused', facts), subject, 'systemd').remedies[0]?.text).toMatch(/LMTP/);
});

test.each<Step>(['greeting', 'ehlo', 'mail', 'rcpt'])('a refusal without a text is quoted by its code: %s', (step) => {
  for (const text of ['550 ', '550-\n550 ', '450 ']) expect(told(say(step, text)).message).toMatch(/"[45]50"/);
});

test.each<Step>(['greeting', 'ehlo', 'mail', 'rcpt'])(
  'nothing is published or started for a server that answered: %s',
  (step) => {
    const found = diagnose(say(step, '550 no'), NOTHING)[0];
    if (!found) throw new Error('nothing was found');
    for (const host of ['mailpit', 'localhost', 'mx.example.org']) {
      const all = JSON.stringify(explain(found, { host, port: 25, at: `${host}:25` }, 'github-hosted').remedies);
      expect(all).not.toMatch(/health check|port published|ss -ltnp/);
    }
  },
);

test('an IPv6 literal is not told to use IPv4', () => {
  const dialled = [
    { address: '2001:db8::1', family: 6, startMs: 1, tookMs: 1, outcome: 'failed', errno: 'ENETUNREACH' },
  ] as const;
  const found = finding('connect-unreachable', { dialled, around: null });
  const about = { host: '2001:db8::1', port: 25, at: '[2001:db8::1]:25' };
  const text = JSON.stringify(explain(found, about, 'systemd'));
  expect(text).not.toContain('ip-family');
  expect(text).toMatch(/its IPv4 address/);
});

describe('the words of a refusal are its own', () => {
  test.each([
    ['in an address', '550 no: <prohibit@mail.example>'],
    ['in an address without brackets', '550 no: prohibit@mail.example'],
    ['in an address in round brackets', '550 no (prohibit@mail.example)'],
    ['in an address behind an equals sign', '550 to=prohibit@mail.example no'],
    ['in the domain of an address', '550 no ops@prohibit here'],
    ['in quotation marks', '550 no "prohibit" here'],
    ['in empty quotation marks beside others', '550 no "" "prohibit"'],
    ['at the beginning of a name', '550 no to prohibit.mail.example'],
    ['in the middle of a name', '550 no to mail.prohibit.example'],
    ['at the end of a name', '550 no to mail.example.prohibit'],
    ['in the second part of a short name', '550 no to mail.prohibit'],
    ['behind a part of one letter', '550 no to x.prohibit'],
    ['behind an at sign alone', '550 no @prohibit'],
    ['in a domain, from its second letter on', '550 no ops@xprohibit here'],
    ['beyond what is read', `550 ${'no '.repeat(700)} prohibit`],
  ])('not what stands %s', (_, text) => {
    expect(meaningOf(text, 'rcpt')).toBe('unknown');
  });

  test.each([
    ['alone', '550 prohibit'],
    ['in quotation marks that hold a sentence', '550 "we prohibit it"'],
    ['behind an address', '550 ops@mail.example prohibit'],
    ['behind a name', '550 mail.example prohibit'],
    ['behind an address in round brackets', '550 (ops@mail.example) prohibit'],
    ['on another line', '550-no\n550 prohibit'],
  ])('and what stands %s', (_, text) => {
    expect(meaningOf(text, 'rcpt')).toBe('policy');
  });

  test.each([
    ['550 IP 192.0.2.1 blocked', 'client'],
    ['550 IP ab.1 blocked', 'unknown'],
    ['550 IP 1.ab blocked', 'unknown'],
    ['550 IP ab.cd blocked', 'unknown'],
  ])('and addresses of numbers: %s', (text, meaning) => {
    expect(meaningOf(text, 'greeting')).toBe(meaning);
  });

  test.each([
    ['550 see zen.spamhaus.org', 'client-listed'],
    ['550 see zen.example.org', 'unknown'],
  ])('and the names of who keeps lists: %s', (text, meaning) => {
    expect(meaningOf(text, 'greeting')).toBe(meaning);
  });
});

describe('words may go on in the next line, behind its code', () => {
  test.each([
    ['550-Relaying\n550 denied', 'relay'],
    ['450-Relaying\n450 denied', 'relay'],
    ['550-Relaying\n250 denied', 'relay'],
    ['550-5.7.1 Relaying\n550 5.7.1 denied', 'relay'],
    ['450-4.7.1 Relaying\n450 4.7.1 denied', 'relay'],
    ['450-4.7.1 Relaying\n450 2.7.1 denied', 'relay'],
    ['550-5.7.123 Relaying\n550 5.7.123 denied', 'relay'],
    ['550-Relaying\n550-5.7.1\n550 denied', 'relay'],
    ['550-Relaying\n550 5.7.1-denied', 'unknown'],
    ['550-Relaying\n550 5.7.1234 denied', 'unknown'],
    ['550-Relaying\n650 denied', 'unknown'],
    ['550 Relaying 550 denied', 'unknown'],
    ['550 Relaying 5.7.1 denied', 'unknown'],
  ])('%j: %s', (text, meaning) => {
    expect(meaningOf(text, 'rcpt')).toBe(meaning);
  });
});

describe('the enhanced status of a refusal is read', () => {
  test.each([
    ['behind the code', '550 5.1.1 x', 'recipient-unknown'],
    ['behind the code and a hyphen', '550-5.1.1 x\n550 x', 'recipient-unknown'],
    ['alone', '550 5.1.1', 'recipient-unknown'],
    ['before a colon', '550 5.1.1: x', 'recipient-unknown'],
    ['on a later line', '550-x\n550 5.1.1 x', 'recipient-unknown'],
    ['in qmail’s brackets', '550 sorry (#5.1.1)', 'recipient-unknown'],
    ['in qmail’s brackets, 4xx', '550 sorry (#4.1.1)', 'recipient-unknown'],
    ['in qmail’s brackets, of two digits', '550 sorry (#5.7.25)', 'client-reverse'],
    ['not of a success', '550 sorry (#2.1.1)', 'unknown'],
    ['not in the middle of a line', '550 see 550 5.1.1 x', 'unknown'],
    ['not of a longer number', '550 5.1.1.1 x', 'unknown'],
    ['not of a longer number in qmail’s brackets', '550 sorry (#5.1.1234)', 'unknown'],
  ])('%s', (_, text, meaning) => {
    expect(meaningOf(text, 'rcpt')).toBe(meaning);
  });
});

test.each(['greeting', 'ehlo'] as const)('at %s nobody knows of senders and recipients', (step) => {
  for (const text of ['550 5.1.8 no', '550 5.1.1 no', '550 5.2.2 no', '554 5.7.1 Relay access denied']) {
    expect(meaningOf(text, step)).not.toMatch(/^(?:sender|recipient|mailbox|relay)/);
  }
});

test.each([
  ['sender', 'sender'],
  ['sender-spf', 'sender'],
  ['client-listed', 'client'],
  ['mailbox-full', 'recipient'],
  ['recipient-unknown', 'recipient'],
  ['too-many-recipients', 'asked'],
  ['ehlo-name', 'name'],
  ['relay', 'relay'],
  ['relay-forbidden', 'relay'],
  ['policy', 'asked'],
] as const)('%s is held against %s', (meaning, culprit) => {
  expect(culpritOf(meaning)).toBe(culprit);
});

test('a login is missing nowhere before it could be', () => {
  expect(meaningOf('503 bad sequence of commands', 'greeting', { loginOpen: true })).not.toBe('login-missing');
});
