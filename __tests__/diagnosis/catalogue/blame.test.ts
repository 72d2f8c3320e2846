import { describe, expect, test } from '@jest/globals';
import type { Entry, Place, Subject } from '../../../src/diagnosis/catalogue/entry.ts';
import { CATALOGUE, explain } from '../../../src/diagnosis/catalogue/index.ts';
import { type FactsOf, finding } from '../../../src/diagnosis/findings.ts';
import { CODES, type Code, FAULTS, type Fault } from '../../../src/model/codes.ts';
import { around, dialled, greetingPort, nameLook, portLook } from '../../support/observation.ts';

const SUBJECT: Subject = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };
const codes = Object.keys(CODES) as Code[];

interface Seen {
  readonly subject?: Partial<Subject>;
  readonly place?: Place;
}

/** Whose fault a code is where its example's facts are changed. */
function faultOf<C extends Code>(code: C, over: Partial<FactsOf[C]>, { subject, place = 'systemd' }: Seen = {}): Fault {
  const facts = { ...CATALOGUE[code].example, ...over } as FactsOf[C];
  return explain(finding(code, facts), { ...SUBJECT, ...subject }, place).fault;
}

const row = <C extends Code>(code: C, over: Partial<FactsOf[C]>, fault: Fault, seen: Seen = {}) =>
  [code, JSON.stringify({ ...over, ...seen }).slice(0, 120), fault, () => faultOf(code, over, seen)] as const;

const greets = { around: around({ ports: [greetingPort(587)] }) };
const refuses = { around: around({ ports: [portLook(587, { answer: 'refused' })] }) };
const nothing = { around: around({ ports: [portLook(587), portLook(465)] }) };
const staleHosts = {
  around: around({
    ports: [portLook(587)],
    name: nameLook({ hosts: ['10.0.0.5'], dns: { answer: 'addresses', addresses: ['192.0.2.25'] } }),
  }),
};
const dnsKnows = { around: around({ name: nameLook({ dns: { answer: 'addresses', addresses: ['192.0.2.25'] } }) }) };
const silent = (address = '192.0.2.25') => ({ dialled: [dialled({ address, outcome: 'timeout' })] });
const six = { dialled: [dialled({ address: '2001:db8::25', family: 6, outcome: 'timeout' })] };
const at = (host: string) => ({ subject: { host } });
const said = (reply: string) => ({ reply });

describe('the fault is what the evidence says:', () => {
  test.each([
    row('dns-not-found', {}, 'dns'),
    row(
      'dns-not-found',
      {
        around: around({ name: nameLook({ otherForm: { name: 'mail.example.com', addresses: ['192.0.2.25'] } }) }),
      },
      'settings',
    ),
    row('dns-not-found', dnsKnows, 'runner'),
    row('dns-not-found', {}, 'runner', at('relay.mail.svc.cluster.local')),
    row('dns-not-found', {}, 'dns', { ...at('relay.mail.svc.cluster.local'), place: 'kubernetes' }),
    row('dns-not-found', {}, 'settings', at('mailpit')),
    row('dns-not-found', { asked: 'MX' }, 'dns', at('mailpit')),
    row('dns-no-address', { family: 6 }, 'settings'),
    row('dns-no-address', { family: 0 }, 'dns'),
    row('dns-unavailable', {}, 'dns'),
    row('dns-unavailable', dnsKnows, 'runner'),
    row('mx-not-found', {}, 'dns'),
    row('mx-null', {}, 'dns'),
    row('proxy-unreachable', {}, 'proxy'),
    row('proxy-auth-required', {}, 'proxy'),
    row('proxy-refused', { about: 'us' }, 'proxy'),
    row('proxy-refused', { about: 'destination' }, 'network'),
    row('proxy-refused', { about: 'page' }, 'proxy'),
    row('connect-refused', {}, 'server'),
    row('connect-refused', greets, 'settings'),
    row('connect-refused', refuses, 'server'),
    row('connect-refused', staleHosts, 'runner'),
    row('connect-refused', {}, 'server', at('localhost')),
    row('connect-refused', {}, 'server', { ...at('localhost'), place: 'docker-compose' }),
    row('connect-refused', {}, 'server', { ...at('mailpit'), place: 'docker-compose' }),
    row('connect-timeout', silent(), 'network'),
    row('connect-timeout', { ...silent(), ...nothing }, 'network'),
    row('connect-timeout', { ...silent(), ...refuses }, 'network'),
    row('connect-timeout', { ...silent(), ...greets }, 'runner'),
    row('connect-timeout', { ...silent(), ...staleHosts }, 'runner'),
    row('connect-timeout', { ...silent('10.1.2.3'), around: around({ hosted: true }) }, 'runner'),
    row('connect-timeout', { ...silent(), around: around({ hosted: true }) }, 'network'),
    row('connect-timeout', { ...six, around: around({ ipv6Route: false }) }, 'runner'),
    row('connect-unreachable', {}, 'runner'),
    row('connect-unreachable', greets, 'network'),
    row('connect-unreachable', nothing, 'runner'),
    row('connect-reset', {}, 'network'),
    row('connect-reset', {}, 'server', at('127.0.0.1')),
    row('connect-blocked', {}, 'runner'),
    row('greeting-timeout', { look: 'silent' }, 'server'),
    row('greeting-timeout', { look: 'not-tls' }, 'settings'),
    row('greeting-closed', {}, 'server'),
    row('greeting-busy', said('421 4.7.0 too many connections'), 'server'),
    row('greeting-busy', said('421 4.7.0 too many connections from your IP'), 'runner'),
    row('greeting-busy', said('421 4.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org'), 'runner'),
    row('greeting-busy', { ...said('421 4.3.2 No system resources'), afterMs: 5_000 }, 'settings'),
    row('greeting-refused', said('554 5.7.1 no service for you'), 'server'),
    row(
      'greeting-refused',
      said('554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org'),
      'runner',
    ),
    row('greeting-refused', said('554 SMTP synchronization error'), 'network'),
    row('service-unavailable', said('421 4.3.0 Service not available'), 'server'),
    row('service-unavailable', said('421 4.7.0 [192.0.2.1] blacklisted'), 'runner'),
    row('not-smtp', {}, 'settings'),
    row('greeting-rewritten', {}, 'network'),
    row('banner-mismatch', {}, 'server'),
    row('banner-mismatch', { finished: false }, 'settings'),
    row('tls-expected', {}, 'settings'),
    row('plaintext-expected', {}, 'settings'),
    row('connection-lost', {}, 'server'),
    row('deadline-exceeded', { step: 'resolve' }, 'dns'),
    row('deadline-exceeded', { step: 'connect' }, 'network'),
    row('deadline-exceeded', { step: 'ehlo' }, 'server'),
    row('ehlo-refused', said('504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname'), 'settings'),
    row('ehlo-refused', said('500 unrecognised command XXXXXXXX'), 'network'),
    row('ehlo-refused', said('550 5.7.1 Client host rejected: Access denied'), 'runner'),
    row('ehlo-refused', said('550 no'), 'server'),
    row('client-refused', {}, 'runner'),
    row('capability-missing', {}, 'server'),
    row('capability-missing', { missing: ['SMTPUTF8'], neededBy: 'envelope' }, 'address'),
    row('capability-missing', { missing: ['AUTH PLAIN'], offered: ['STARTTLS'] }, 'settings'),
    row('capability-missing', { missing: ['AUTH PLAIN'], offered: [] }, 'settings', { subject: { port: 25 } }),
    row('capability-missing', { missing: ['AUTH PLAIN'], offered: [] }, 'server'),
    row('capability-missing', { missing: ['STARTTLS'] }, 'settings', { subject: { port: 465 } }),
    row('capability-missing', { missing: ['SIZE 1'], offered: ['XXXXXXXA'] }, 'network'),
    row('starttls-not-offered', { offered: ['SIZE 1'] }, 'server'),
    row('starttls-not-offered', { offered: ['XXXXXXXA'] }, 'network'),
    row('starttls-not-offered', { offered: [], ehloRefused: '504 need fully-qualified hostname' }, 'settings'),
    row('starttls-refused', {}, 'server'),
    row('starttls-injection', {}, 'network'),
    row('tls-handshake-failed', {}, 'server'),
    row('tls-handshake-failed', { errno: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'settings'),
    row('tls-handshake-failed', { errno: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }, 'settings'),
    row('tls-handshake-failed', { errno: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME' }, 'settings'),
    row('tls-handshake-failed', { errno: 'ERR_SSL_DH_KEY_TOO_SMALL' }, 'server'),
    row('tls-too-old', {}, 'server'),
    row('certificate-expired', {}, 'server'),
    row('certificate-not-yet-valid', {}, 'server'),
    row('certificate-not-yet-valid', { daysAhead: 20_000 }, 'runner'),
    row('certificate-name-mismatch', {}, 'server'),
    row('certificate-name-mismatch', {}, 'settings', { subject: { servername: 'tls.example' } }),
    row('certificate-name-mismatch', {}, 'settings', at('203.0.113.7')),
    row('certificate-name-mismatch', {}, 'server', at('127.0.0.1')),
    row('certificate-self-signed', {}, 'server'),
    row('certificate-untrusted', { errno: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'server'),
    row('certificate-untrusted', { errno: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'settings'),
    row('certificate-weak', {}, 'server'),
    row('certificate-expiring', {}, 'server'),
    row('auth-needs-tls', { because: 'no-tls' }, 'settings'),
    row('auth-needs-tls', { because: 'said-so' }, 'settings'),
    row('auth-needs-tls', { because: 'not-verified' }, 'server'),
    row('auth-needs-tls', { because: 'said-so-over-tls' }, 'server'),
    row('auth-not-offered', { offered: ['STARTTLS'] }, 'settings'),
    row('auth-not-offered', { offered: [] }, 'settings', { subject: { port: 25 } }),
    row('auth-not-offered', { offered: [] }, 'server'),
    row('auth-mechanism-missing', { offered: ['GSSAPI', 'NTLM'] }, 'server'),
    row('auth-mechanism-missing', { offered: ['XOAUTH2'] }, 'settings'),
    row('auth-mechanism-missing', { offered: ['LOGIN'], usable: ['PLAIN'] }, 'settings'),
    row('auth-rejected', {}, 'credentials'),
    row(
      'auth-rejected',
      { mechanism: 'CRAM-MD5', ...said('535 5.7.8 mechanism not available'), offered: ['CRAM-MD5', 'PLAIN'] },
      'settings',
    ),
    row('auth-rejected', said('535 5.7.8 Connection lost to authentication server'), 'server'),
    row('auth-rejected', said('535 5.7.8 your IP is not allowed to log in from this network'), 'runner'),
    row('auth-app-password-needed', {}, 'credentials'),
    row('auth-disabled', {}, 'credentials'),
    row('auth-disabled', said('525 5.7.13 Unauthorized IP address'), 'runner'),
    row('auth-unavailable', {}, 'server'),
    row('sender-refused', said('550 5.7.1 sender rejected'), 'address'),
    row('sender-refused', said('530 5.7.0 Authentication required'), 'settings'),
    row('sender-refused', said('552 5.3.4 Message size exceeds limit'), 'server'),
    row('sender-refused', { ...said('530 5.7.0 Authentication required'), meaning: 'login-useless' }, 'credentials'),
    row('recipient-refused', said('550 5.1.1 no such user'), 'address'),
    row('recipient-refused', said('530 Must issue a STARTTLS command first'), 'settings'),
    row('relay-denied', {}, 'address'),
    row('envelope-deferred', said('450 4.2.0 Greylisted, try again later'), 'server'),
    row('envelope-deferred', said('450 4.7.25 Client host rejected: cannot find your reverse hostname'), 'runner'),
    row('envelope-deferred', said('452 4.2.2 mailbox full'), 'address'),
    row('queue-full', {}, 'server'),
    row('slow', {}, 'server'),
    row('report-missing', {}, 'runner'),
    row('ignore-expired', {}, 'settings'),
    row('not-configured', {}, 'settings'),
    row('input-invalid', {}, 'settings'),
    row('probe-crashed', {}, 'smtp-gate'),
  ])('%s %s is %s', (_, __, expected, find) => {
    expect(find()).toBe(expected);
  });
});

describe.each(codes)('the evidence of %s', (code) => {
  const { blames = [], fault } = CATALOGUE[code] as Entry<unknown> & { fault: Fault };

  test('that sharpens its fault is told in words, and is not what the code says anyway', () => {
    for (const blame of blames) {
      expect(FAULTS.filter((one) => one !== fault)).toContain(blame.fault);
      expect(blame.when).toMatch(/^[^.]+$/);
    }
    expect(FAULTS).toContain(fault);
  });
});
