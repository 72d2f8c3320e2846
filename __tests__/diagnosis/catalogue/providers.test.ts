import { describe, expect, test } from '@jest/globals';
import { explain } from '../../../src/diagnosis/catalogue/index.ts';
import { adviceOn, providersOf } from '../../../src/diagnosis/catalogue/provider-advice.ts';
import { type Provider, ROWS } from '../../../src/diagnosis/catalogue/providers.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Finding } from '../../../src/diagnosis/findings.ts';
import type { Code } from '../../../src/model/codes.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { NOTHING } from '../../support/cases/case.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import { enveloped, greeted, loggedIn, reply } from '../../support/observation.ts';

const subject = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };
const OK = '250 2.1.0 Ok';

/** What each provider greets with. */
const GREETINGS: Readonly<Record<Provider, string>> = {
  Gmail: '220 smtp.gmail.com ESMTP a1-20020a - gsmtp',
  'Microsoft 365': '220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready at Tue, 2 Jun 2026',
  'Amazon SES': '220 email-smtp.amazonaws.com ESMTP SimpleEmailService-d-A1B2C3 abcdef',
  SendGrid: '220 SG ESMTP service ready at ismtpd0001p1iad1.sendgrid.net',
  Mailgun: '220 Mailgun Influx ready',
  Postmark: '220 smtp.postmarkapp.com ESMTP',
  Brevo: '220 smtp-relay.brevo.com ESMTP Service Ready',
};
const NOBODY = '220 mail.example.com ESMTP ready';

/** The same attempt, greeted like this. */
const from = (greeting: string, seen: Observation): Observation => ({ ...seen, greeting: reply(greeting) });
const auth = (text: string) => loggedIn(text, 'LOGIN');
const token = (text: string) => loggedIn(text, 'XOAUTH2', '');
const mail = (text: string) => enveloped(text);
const rcpt = (text: string) => enveloped(OK, text);

function found(seen: Observation, code: Code): Finding {
  const findings = diagnose(seen, NOTHING);
  const finding = findings.find((one) => one.code === code);
  if (!finding) throw new Error(`${code} was not found, but ${findings.map((one) => one.code).join(', ')}`);
  return finding;
}

const firstRemedy = (seen: Observation, code: Code) => {
  const [first] = explain(found(seen, code), subject, 'systemd').remedies;
  return [first?.text, ...(first?.commands ?? [])].join('\n');
};

/** A provider's reply, the code that it has, and what the first remedy says. */
const SIGNED: readonly (readonly [Provider, Observation, Code, RegExp])[] = [
  [
    'Gmail',
    auth('534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9  x - gsmtp'),
    'auth-app-password-needed',
    /myaccount\.google\.com\/apppasswords.*16 letters, without spaces/,
  ],
  [
    'Gmail',
    auth('534-5.7.14 Please log in via your web browser and then try again.\n534 5.7.14 x - gsmtp'),
    'auth-app-password-needed',
    /Sign in to the account in a browser/,
  ],
  ['Gmail', auth('535-5.7.8 Username and Password not accepted.\n535 5.7.8 x - gsmtp'), 'auth-rejected', /2-Step/],
  ['Gmail', token('535-5.7.8 Username and Password not accepted.\n535 5.7.8 - gsmtp'), 'auth-rejected', /fresh token/],
  [
    'Gmail',
    auth('454 4.7.0 Too many login attempts, please try again later. x - gsmtp'),
    'auth-unavailable',
    /wait: 5m/,
  ],
  [
    'Gmail',
    mail('530-5.7.0 Authentication Required.\n530 5.7.0 x - gsmtp'),
    'sender-refused',
    /`username`.*`password`/,
  ],
  [
    'Gmail',
    rcpt('550-5.7.0 Mail relay denied [192.0.2.1]. Invalid credentials for relay\n550 5.7.0 x - gsmtp'),
    'relay-denied',
    /SMTP relay service/,
  ],
  ['Gmail', rcpt('550-5.7.26 This mail is unauthenticated\n550 5.7.26 x - gsmtp'), 'sender-refused', /SPF/],
  ['Gmail', mail('550-5.7.26 unauthenticated, DMARC\n550 5.7.26 - gsmtp'), 'sender-refused', /_dmarc\.example\.com/],
  ['Gmail', mail('550 5.4.5 Daily user sending limit exceeded. x - gsmtp'), 'sender-refused', /Wait a day/],
  [
    'Gmail',
    greeted('421-4.7.0 unusual rate of unsolicited mail\n421 4.7.0 - gsmtp'),
    'greeting-busy',
    /smtp\.gmail\.com/,
  ],
  [
    'Microsoft 365',
    auth('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'),
    'auth-disabled',
    /Set-TransportConfig -SmtpClientAuthenticationDisabled \$false/,
  ],
  [
    'Microsoft 365',
    auth('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.'),
    'auth-disabled',
    /Set-CASMailbox/,
  ],
  [
    'Microsoft 365',
    auth('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'),
    'auth-disabled',
    /access-token.*XOAUTH2/,
  ],
  [
    'Microsoft 365',
    auth('535 5.7.139 Authentication unsuccessful, user is locked by your organization’s security defaults policy.'),
    'auth-disabled',
    /Sign-in logs/,
  ],
  [
    'Microsoft 365',
    auth('535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.'),
    'auth-rejected',
    /whole address/,
  ],
  ['Microsoft 365', token('535 5.7.139 the user credentials were incorrect'), 'auth-rejected', /SMTP\.Send/],
  ['Microsoft 365', mail('530 5.7.57 Client not authenticated to send mail.'), 'sender-refused', /tls: starttls/],
  [
    'Microsoft 365',
    mail('550 5.7.60 SMTP; Client does not have permissions to send as this sender'),
    'sender-refused',
    /Add-RecipientPermission -Identity 'gate@example\.com'/,
  ],
  ['Microsoft 365', mail('554 5.2.252 SendAsDenied; a not allowed to send as b'), 'sender-refused', /Send As/],
  ['Microsoft 365', rcpt('550 5.7.64 TenantAttribution; Relay Access Denied'), 'relay-denied', /Connectors/],
  [
    'Microsoft 365',
    mail('432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'),
    'envelope-deferred',
    /`concurrency` group/,
  ],
  [
    'Microsoft 365',
    greeted('550 5.7.606 Access denied, banned sending IP [192.0.2.1]'),
    'greeting-refused',
    /delisted/,
  ],
  [
    'Amazon SES',
    mail(
      '554 Message rejected: Email address is not verified. The following identities failed the check in region US-EAST-1: gate@example.com',
    ),
    'sender-refused',
    /aws sesv2 create-email-identity --email-identity gate@example\.com --region us-east-1/,
  ],
  [
    'Amazon SES',
    mail('554 Message rejected: Email address is not verified.'),
    'sender-refused',
    /identity gate@example.com$/,
  ],
  [
    'Amazon SES',
    mail('554 Access denied: User is not authorized to perform ses:SendRawEmail'),
    'sender-refused',
    /Attach a policy/,
  ],
  ['Amazon SES', auth('535 Authentication Credentials Invalid'), 'auth-rejected', /Create SMTP credentials/],
  ['Amazon SES', mail('454 Throttling failure: Maximum sending rate exceeded.'), 'envelope-deferred', /wait: 2m/],
  ['Amazon SES', mail('530 Must issue a STARTTLS command first'), 'sender-refused', /tls: starttls/],
  ['SendGrid', auth('535 Authentication failed: Bad username / password'), 'auth-rejected', /username: apikey/],
  ['SendGrid', auth('451 Authentication failed: Maximum credits exceeded'), 'auth-unavailable', /Email API plan/],
  [
    'SendGrid',
    mail('550 The from address does not match a verified Sender Identity.'),
    'sender-refused',
    /sender_auth/,
  ],
  ['Mailgun', auth('535 5.7.0 Mailgun: Invalid credentials'), 'auth-rejected', /smtp\.eu\.mailgun\.org/],
  [
    'Mailgun',
    mail('421 Domain example.com is not allowed to send: not verified'),
    'service-unavailable',
    /DNS records/,
  ],
  ['Mailgun', rcpt('550 5.7.1 Relaying denied'), 'relay-denied', /SMTP credentials of the sender’s domain/],
  [
    'Postmark',
    auth('535 5.7.8 Error: authentication failed'),
    'auth-rejected',
    /Server API token as the user name and/,
  ],
  ['Postmark', mail('550 5.7.1 Sender signature not found'), 'sender-refused', /signature_domains/],
  ['Postmark', mail('550 5.7.1 412: the account is pending approval'), 'sender-refused', /Request approval/],
  ['Postmark', rcpt('550 406 recipient is inactive'), 'recipient-refused', /reactivate/],
  ['Brevo', auth('525 5.7.1 Unauthorized IP address'), 'auth-disabled', /security\/authorised_ips/],
  ['Brevo', auth('535 5.7.8 Authentication failed'), 'auth-rejected', /SMTP key/],
  ['Brevo', mail('550 5.7.1 sender not valid'), 'sender-refused', /app\.brevo\.com\/senders/],
];

/** Replies whose words are nobody else's: whose server it is need not be said again. */
const UNMISTAKABLE =
  /gsmtp|5\.7\.139|TenantAttribution|banned sending IP|failed the check|ses:Send|Bad username|Sender Identity|Maximum credits|Mailgun|[Ss]ender signature|Unauthorized IP/;

/** The attempt at a server that greets like this; a greeting that is the reply itself stays. */
const greetedBy = (greeting: string, seen: Observation, code: Code) =>
  code.startsWith('greeting-') ? seen : from(greeting, seen);

const rows = SIGNED.map(([provider, seen, code, expected]) => {
  const signed = greetedBy(GREETINGS[provider], seen, code);
  const { facts } = found(signed, code);
  const text = 'reply' in facts ? (facts.reply ?? '') : '';
  return { provider, text, seen, signed, code, facts, expected };
});

describe('a reply of', () => {
  test.each(rows)('$provider has its own cause and remedy first: $text', ({ signed, code, facts, expected }) => {
    expect(firstRemedy(signed, code)).toMatch(expected);
    const [cause] = adviceOn(code, facts)?.causes ?? [];
    expect(explain(found(signed, code), subject, 'kubernetes').causes[0]).toBe(cause);
  });

  test.each(rows)('$provider needs its signature, in the reply or the greeting: $text', ({ text, seen, code }) => {
    const { facts } = found(greetedBy(NOBODY, seen, code), code);
    expect(adviceOn(code, facts) === null).toBe(!UNMISTAKABLE.test(text));
  });

  test('every row of the table is reached by one of these', () => {
    const reached = new Set(rows.map(({ code, facts }) => adviceOn(code, facts)?.causes[0]));
    expect(ROWS.filter(({ cause }) => !reached.has(cause)).map(({ cause }) => cause)).toEqual([]);
  });
});

describe('nobody is recognised by', () => {
  const SENDGRID = '550 5.1.1 <ops@sendgrid.net>: Recipient address rejected: User unknown';

  test.each<[string, Observation, Code]>([
    ['the address that was asked for', rcpt(SENDGRID), 'recipient-refused'],
    [
      'the sender in other words',
      mail('553 5.7.1 sender gate@outlook.com may not be used without permissions to send as this'),
      'sender-refused',
    ],
    [
      'the name of a runner at Amazon',
      mail('554 5.7.1 ec2-192-0-2-1.compute-1.amazonaws.com[192.0.2.1]: not authorized to perform this'),
      'sender-refused',
    ],
    ['words that many say', auth('535 5.7.8 Error: authentication failed'), 'auth-rejected'],
    [
      'an Exchange server of one’s own',
      from('220 EX01.corp.example Microsoft ESMTP MAIL Service ready', auth('535 5.7.3 Authentication unsuccessful')),
      'auth-rejected',
    ],
  ])('%s', (_, seen, code) => {
    const finding = found(seen, code);
    expect(adviceOn(code, finding.facts)).toBeNull();
  });

  test('a host that is called so, for it is not what the server said', () => {
    const { remedies } = explain(
      found(auth('535 5.7.8 no'), 'auth-rejected'),
      { host: 'smtp.sendgrid.net', port: 587, at: 'smtp.sendgrid.net:587' },
      'systemd',
    );
    expect(JSON.stringify(remedies)).not.toContain('apikey');
  });

  test('a code without a reply', () => {
    expect(adviceOn('auth-needs-tls', { because: 'no-tls', reply: null })).toBeNull();
    expect(adviceOn('slow', { ms: 1, limitMs: 1, option: 'latency-warn' })).toBeNull();
  });
});

describe('the table', () => {
  test.each(ROWS.map((row) => [row.provider, row.cause, row] as const))(
    '%s: %s',
    (_, __, { cause, remedy, url, codes }) => {
      expect(cause).toMatch(/\.$/);
      expect(remedy).toMatch(/\.$/);
      expect(url).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(providersOf(code).map((known) => known.cause)).toContain(cause);
    },
  );
});

test.each(['"', 'smtp', '<', 'a@', '@', ' '])(
  'a reply as long as a conversation may be, of %j, is looked at in no time',
  async (part) => {
    const reply = (lines: number) =>
      Array.from(
        { length: lines },
        (_, i) => `550${i === lines - 1 ? ' ' : '-'}${part.repeat(4_000 / part.length)}`,
      ).join('\n');
    const time = await growth(
      (lines) => firstRemedy(from(reply(lines), enveloped(OK, reply(lines))), 'recipient-refused'),
      62,
    );
    expect(time).toBeLessThan(LINEAR);
  },
);
