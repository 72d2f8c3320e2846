import { describe, expect, test } from '@jest/globals';
import type { Code } from '../../src/codes.ts';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { type Meaning, meaningOf } from '../../src/diagnosis/refusals.ts';
import { NOTHING } from '../support/cases/case.ts';
import { enveloped } from '../support/observation.ts';

/** What real servers say, what it means, and the code of a 5xx of it at RCPT; the enhanced code is without its class. */
type Row = readonly [server: string, words: string, meaning: Meaning | null, code: Code];

const SENDER = 'gate@example.com';
const TO = 'ops@example.net';
const ROWS: readonly Row[] = [
  // Postfix, smtpd_*_restrictions
  ['Postfix', `1.8 <${SENDER}>: Sender address rejected: Domain not found`, 'sender-domain', 'sender-refused'],
  [
    'Postfix',
    `7.27 <${SENDER}>: Sender address rejected: Domain example.com does not accept mail (nullMX)`,
    'sender-domain',
    'sender-refused',
  ],
  ['Postfix', `7.1 <${SENDER}>: Sender address rejected: not owned by user gate`, 'sender-not-owned', 'sender-refused'],
  ['Postfix', `7.1 <${SENDER}>: Sender address rejected: not logged in`, 'login-missing', 'recipient-refused'],
  ['Postfix', `7.1 <${SENDER}>: Sender address rejected: Access denied`, 'sender', 'sender-refused'],
  [
    'Postfix',
    `1.7 <${SENDER}>: Sender address rejected: unverified address: host mx.example.com said: 550 no`,
    'sender-domain',
    'sender-refused',
  ],
  [
    'Postfix',
    `7.1 <${SENDER}>: Sender address rejected: undeliverable address: unverified sender`,
    'sender-unverified',
    'sender-refused',
  ],
  ['Postfix', `7.1 <runner[192.0.2.1]>: Client host rejected: Access denied`, 'client', 'client-refused'],
  ['Postfix', `7.25 Client host rejected: cannot find your hostname, [192.0.2.1]`, 'client-nameless', 'client-refused'],
  [
    'Postfix',
    `7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]`,
    'client-nameless',
    'client-refused',
  ],
  [
    'Postfix',
    `7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org`,
    'client-listed',
    'client-refused',
  ],
  [
    'Postfix',
    `7.1 Service unavailable; Sender address [gate@example.com] blocked using dbl.spamhaus.org`,
    'sender-listed',
    'sender-refused',
  ],
  ['Postfix', `5.2 <runner>: Helo command rejected: need fully-qualified hostname`, 'ehlo-name', 'ehlo-refused'],
  ['Postfix', `7.1 <runner>: Helo command rejected: Host not found`, 'ehlo-name', 'ehlo-refused'],
  ['Postfix', `7.1 <[192.0.2.1]>: Helo command rejected: invalid ip address`, 'ehlo-name', 'ehlo-refused'],
  [
    'Postfix',
    `1.1 <${TO}>: Recipient address rejected: User unknown in local recipient table`,
    'recipient',
    'recipient-refused',
  ],
  ['Postfix', `1.2 <${TO}>: Recipient address rejected: Domain not found`, 'recipient-domain', 'recipient-refused'],
  ['Postfix', `7.1 <${TO}>: Recipient address rejected: Access denied`, 'recipient', 'recipient-refused'],
  ['Postfix', `7.1 <${TO}>: Relay access denied`, 'relay', 'relay-denied'],
  ['Postfix', `2.2 <${TO}>: Recipient address rejected: mailbox full`, 'mailbox-full', 'recipient-refused'],
  ['Postfix', `7.0 Must issue a STARTTLS command first`, 'tls-missing', 'recipient-refused'],
  [
    'Postfix with policyd-spf',
    `7.23 <${TO}>: Recipient address rejected: Message rejected due to: SPF fail - not authorized`,
    'sender-policy',
    'sender-refused',
  ],
  [
    'Postfix with policyd-spf',
    `7.1 <${TO}>: Recipient address rejected: Please see http://www.openspf.net/Why?s=mfrom`,
    'sender-policy',
    'sender-refused',
  ],
  [
    'Postfix with postgrey',
    `2.0 <${TO}>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help`,
    'greylisted',
    'recipient-refused',
  ],
  [
    'Postfix with policyd-weight',
    `7.1 <${TO}>: Recipient address rejected: Mail appeared to be SPAM or forged. Ask your Mail/DNS-Administrator to correct HELO and DNS MX settings or to get removed from DNSBLs`,
    'client-listed',
    'client-refused',
  ],
  // Exim, its own and Debian's messages
  ['Exim', 'Sender verify failed', 'sender-unverified', 'sender-refused'],
  ['Exim', 'relay not permitted', 'relay', 'relay-denied'],
  ['Exim', 'Unrouteable address', 'recipient', 'recipient-refused'],
  ['Exim', 'Could not complete sender verify callout', 'sender-unverified', 'sender-refused'],
  ['Exim', 'X-Warning: 192.0.2.1 is listed at zen.spamhaus.org', 'client-listed', 'client-refused'],
  ['Exim', 'Administrative prohibition', null, 'recipient-refused'],
  [
    'cPanel’s Exim',
    'Please turn on SMTP Authentication in your mail client. example.com (runner) [192.0.2.1]:1 is not permitted to relay through this server without authentication.',
    'relay',
    'relay-denied',
  ],
  // sendmail
  ['sendmail', `7.1 <${TO}>... Relaying denied. Proper authentication required.`, 'relay', 'relay-denied'],
  ['sendmail', `7.1 <${TO}>... Relaying denied. IP name lookup failed [192.0.2.1]`, 'relay', 'relay-denied'],
  [
    'sendmail',
    `1.8 <${SENDER}>... Domain of sender address gate@example.com does not exist`,
    'sender-domain',
    'sender-refused',
  ],
  ['sendmail', `1.1 <${TO}>... User unknown`, 'recipient', 'recipient-refused'],
  ['sendmail', '7.1 Fix reverse DNS for 192.0.2.1', 'client-nameless', 'client-refused'],
  ['sendmail', '7.1 Rejected: 192.0.2.1 listed at zen.spamhaus.org', 'client-listed', 'client-refused'],
  // Others
  ['qmail', 'sorry, no mailbox here by that name. (#5.1.1)', 'recipient', 'recipient-refused'],
  ['qmail', 'sorry, that domain isn’t in my list of allowed rcpthosts (#5.7.1)', 'relay', 'relay-denied'],
  ['OpenSMTPD', '1.1 Invalid recipient: <ops@example.net>', 'recipient', 'recipient-refused'],
  ['Haraka', 'I cannot deliver mail for <ops@example.net>', null, 'recipient-refused'],
  ['Haraka', 'Host runner [192.0.2.1] is blacklisted by zen.spamhaus.org', 'client-listed', 'client-refused'],
  ['Haraka', 'SPF Fail (mfrom)', 'sender-policy', 'sender-refused'],
  ['Haraka', 'HELO runner does not match 192.0.2.1', 'ehlo-name', 'ehlo-refused'],
  // Providers
  ['Exchange', '7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay', 'relay-denied'],
  ['Exchange', '7.57 Client not authenticated to send mail', 'login-missing', 'recipient-refused'],
  [
    'Exchange',
    '7.60 SMTP; Client does not have permissions to send as this sender',
    'sender-not-owned',
    'sender-refused',
  ],
  [
    'Microsoft 365',
    '4.1 Recipient address rejected: Access denied. [x.prod.protection.outlook.com]',
    'recipient',
    'recipient-refused',
  ],
  ['Microsoft 365', '7.606 Access denied, banned sending IP [192.0.2.1]', 'client-listed', 'client-refused'],
  ['Microsoft 365', '7.511 Access denied, banned sender', null, 'recipient-refused'],
  [
    'Microsoft 365',
    '7.509 Access denied, sending domain example.com does not pass DMARC verification',
    'sender-policy',
    'sender-refused',
  ],
  [
    'Gmail',
    '7.26 This mail has been blocked because the sender is unauthenticated.',
    'sender-policy',
    'sender-refused',
  ],
  [
    'Gmail',
    '7.27 This mail was blocked because the sender did not authenticate with SPF',
    'sender-policy',
    'sender-refused',
  ],
  ['Gmail', '7.25 The IP address sending this message does not have a PTR record', 'client-nameless', 'client-refused'],
  [
    'Gmail',
    '7.28 Gmail has detected an unusual rate of mail originating from your IP address',
    'rate',
    'recipient-refused',
  ],
  ['Gmail', '1.1 The email account that you tried to reach does not exist.', 'recipient', 'recipient-refused'],
  ['Gmail', '2.2 The recipient’s inbox is out of storage space', 'mailbox-full', 'recipient-refused'],
  [
    'Yahoo',
    '7.1 [TS01] Messages from 192.0.2.1 temporarily deferred due to poor reputation',
    'client-listed',
    'client-refused',
  ],
  ['Proofpoint', '7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1', null, 'recipient-refused'],
  ['Mimecast', 'Rejected by header based anti-spoofing policy: gate@example.com', null, 'recipient-refused'],
  ['Barracuda', 'permanent failure for one or more recipients (ops@example.net:blocked)', null, 'recipient-refused'],
  ['SendGrid', 'The from address does not match a verified Sender Identity', 'sender-not-owned', 'sender-refused'],
  [
    'Amazon SES',
    'Message rejected: Email address is not verified. The following identities failed the check',
    'sender-not-owned',
    'sender-refused',
  ],
  ['any, size', '3.4 Message size exceeds fixed limit', 'too-large', 'recipient-refused'],
  ['any, recipients', '5.3 Too many recipients', 'rate', 'recipient-refused'],
];

/** In which place of the first remedy's text a meaning shows. */
const REMEDIES: { readonly [M in Meaning]: RegExp } = {
  'tls-missing': /tls: starttls/,
  'login-missing': /^Log in/,
  relay: /^Log in/,
  'ehlo-name': /ehlo-name/,
  'sender-listed': /mail-from/,
  'sender-policy': /SPF record of example\.com/,
  'sender-domain': /`mail-from` \(example\.com\)/,
  'sender-unverified': /mail-from/,
  'sender-not-owned': /mail-from/,
  sender: /mail-from/,
  'client-listed': /address up at|delisted/,
  'client-nameless': /PTR/,
  client: /admit this runner/,
  greylisted: /wait: 10m/,
  rate: /wait: 5m/,
  storage: /disk/,
  'mailbox-full': /emptied/,
  'too-large': /SIZE/,
  'recipient-domain': /`rcpt-to` \(example\.net\)/,
  recipient: /Correct `rcpt-to`/,
};

const subject = { host: 'mail.example.net', port: 587, at: 'mail.example.net:587' };
/** The words behind a code, with the class of an enhanced code where there is one. */
const replyOf = (code: number, words: string) =>
  `${code} ${/^\d/.test(words) ? `${Math.floor(code / 100)}.` : ''}${words}`;

function judged(...replies: string[]) {
  const [mail = '', ...rcpt] = replies;
  const found = diagnose(enveloped(mail, ...rcpt), { ...NOTHING, beyondGreeting: true });
  return found.map((finding) => ({ ...finding, ...explain(finding, subject, 'systemd') }));
}

describe('whose fault a refusal is', () => {
  test.each(ROWS)('%s: %s', (_, words, meaning, code) => {
    const permanent = replyOf(550, words);
    expect(meaningOf(permanent)).toBe(meaning);
    // Whatever was said at MAIL means the same.
    const atRcpt = judged('250 ok', permanent).map((one) => one.code);
    expect(atRcpt).toEqual([code]);
    const [first] = judged('250 ok', permanent)[0]?.remedies ?? [];
    if (meaning !== null) expect(first?.text).toMatch(REMEDIES[meaning]);
    if (code !== 'recipient-refused') expect(first?.text).not.toMatch(/Correct `rcpt-to`/);
  });

  test.each(ROWS.filter(([, , meaning]) => meaning !== 'relay'))('%s, put off: %s', (_, words, meaning) => {
    const later = replyOf(450, words);
    expect(meaningOf(later)).toBe(meaning);
    const [found] = judged('250 ok', later);
    expect([found?.code, found?.status]).toEqual(['envelope-deferred', 'warn']);
    expect(found?.remedies[0]?.text).toMatch(meaning === null ? /wait: 5m/ : REMEDIES[meaning]);
  });

  test.each(ROWS.filter(([, , , code]) => code !== 'relay-denied'))('%s, at MAIL: %s', (_, words, __, code) => {
    const atMail = judged(replyOf(550, words)).map((one) => one.code);
    expect(atMail).toEqual([code === 'recipient-refused' ? 'sender-refused' : code]);
  });

  test.each([
    [
      '550-Verification failed for <gate@example.com>\n550-Unrouteable address\n550 Sender verify failed',
      'sender-unverified',
    ],
    ['550 5.1.1 <spf-dmarc-blacklist@example.net>: user unknown', 'recipient'],
    ['550 5.1.1 blocked.using@spamhaus.example... User unknown', 'recipient'],
    ['550', null],
    ['550 no', null],
  ])('is told by any line, and not by addresses that are repeated: %s', (text, meaning) => {
    expect(meaningOf(text)).toBe(meaning);
  });

  test('takes time in proportion to what is said', () => {
    const nasty = ['sender address ', 'helo', 'a@', '<', 'your ip ', '@', 'sender domain '].map(
      (part) => `550 ${part.repeat(60_000)}`,
    );
    const before = performance.now();
    for (const text of nasty) meaningOf(text);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
