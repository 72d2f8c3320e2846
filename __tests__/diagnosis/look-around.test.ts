import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { answers, greets, isBlocked } from '../../src/diagnosis/look-around.ts';
import type { Code } from '../../src/model/codes.ts';
import type { Around, Observation, PortLook } from '../../src/model/observation.ts';
import { NOTHING } from '../support/cases/case.ts';
import {
  around,
  dialled,
  ended,
  greetingPort,
  nameLook,
  portLook,
  unconnected,
  unresolved,
} from '../support/observation.ts';

/** What is said of an observation with this look around, at this port. */
function say(seen: Observation, over: Partial<Around>, host = 'mail.example.com') {
  const looked = around(over);
  const [finding] = diagnose({ ...seen, around: looked }, { ...NOTHING, ipFamily: '6' });
  if (!finding) throw new Error('nothing was found');
  const { port } = looked;
  const said = explain(finding, { host, port, at: `${host}:${port}` }, 'systemd');
  const text = [said.message, said.evidence, ...said.causes, ...said.remedies.flatMap((r) => [r.text, ...r.commands])];
  expect(text.join('\n')).not.toMatch(/undefined|null|NaN|\[object/);
  return { code: finding.code, ...said, first: said.remedies[0]?.text ?? '' };
}

const timeout = unconnected(null);
const refusal = unconnected('ECONNREFUSED');
const silence = ended('greeting', { kind: 'silence', ms: 10_000, heard: '' });
const closed = ended('greeting', { kind: 'closed', heard: '' });
const v6 = { address: '2001:db8::25', family: 6 } as const;
const noRoute = { ...unconnected(), dialled: [dialled({ ...v6, errno: 'ENETUNREACH' })] };
const tls = { answer: 'tls', startTls: null } as const;

describe('another port that greets', () => {
  test.each<[Code, Observation, number, RegExp]>([
    ['connect-timeout', timeout, 465, /^Port 465 is not offered, or is filtered: port 587 of the same address greeted/],
    ['connect-blocked', timeout, 25, /outbound port 25/],
    ['connect-refused', refusal, 2526, /^The server does not offer port 2526: port 587 of the same address greeted/],
    ['connect-reset', unconnected('ECONNRESET'), 25, /^Port 25 is not in use, or not for this runner: port 587/],
    ['connect-unreachable', unconnected('EHOSTUNREACH'), 25, /^A firewall rejects port 25 only: port 587/],
    ['greeting-timeout', silence, 25, /^The service at port 25 hangs, or is not SMTP: port 587/],
    ['greeting-closed', closed, 25, /^Port 25 is not in use, or not for this runner: port 587/],
  ])('is the first cause and the first remedy of %s', (code, seen, port, cause) => {
    const said = say(seen, { port, ports: [greetingPort(587), portLook(465)] });
    expect(said.code).toBe(code);
    expect(said.causes[0]).toMatch(cause);
    expect(said.first).toBe('Port 587 answers with 220: use it, with `port: 587` and `tls: starttls`.');
    expect(said.evidence).toContain('587 of 192.0.2.25 greeted within 30 ms with "220 mail.example.com ESMTP"');
    expect(said.evidence).toContain('465 did not answer');
  });

  test.each([
    ['with STARTTLS', greetingPort(587), '`port: 587` and `tls: starttls`', 'openssl s_client -starttls smtp -connect'],
    ['without STARTTLS', greetingPort(587, { startTls: false }), '`port: 587`.', 'nc -w 15 mail.example.com 587'],
    ['of which that is not known', greetingPort(2525, { startTls: null }), '`port: 2525`.', 'nc -w 15'],
    [
      'in TLS',
      greetingPort(465, tls),
      '`port: 465` and `tls: implicit`',
      'openssl s_client -connect mail.example.com:465',
    ],
    [
      'in plaintext where TLS is usual',
      greetingPort(465, { startTls: false }),
      '`port: 465` and `tls: none`',
      'nc -w 15',
    ],
    ['for relaying', greetingPort(25, { startTls: false }), '25 accepts mail for the server’s own domains', 'nc -w 15'],
  ])('is named with the inputs that lead to it: %s', (_, look, inputs, command) => {
    const { remedies } = say(refusal, { port: 2526, ports: [look] });
    expect(remedies[0]?.text).toContain(inputs);
    expect(remedies[0]?.commands.join('\n')).toContain(command);
  });

  test('is not the only one that is named', () => {
    const { first } = say(timeout, {
      port: 2526,
      ports: [greetingPort(587), greetingPort(465, tls), greetingPort(25)],
    });
    expect(first).toBe(
      'Port 587 answers with 220: use it, with `port: 587` and `tls: starttls`; `port: 465` and `tls: implicit` and `port: 25` and `tls: starttls` would work as well.',
    );
  });

  test.each([
    ['a refusal to serve', { text: '554 5.7.1 no' }],
    ['FTP', { text: '220 (vsFTPd 3.0.5)' }],
    ['an answer in TLS with nothing behind it', { ...tls, text: null }],
    ['another protocol', { answer: 'other', text: 'SSH-2.0-x' }],
    ['silence', { answer: 'silent', text: null }],
  ] as const)('is only one that says 220 as SMTP does, not %s', (_, over) => {
    const said = say(refusal, { port: 2526, ports: [greetingPort(587, over)] });
    expect(said.remedies.map(({ text }) => text).join('\n')).not.toMatch(/answers with 220/);
    expect(said.message).not.toMatch(/use that port/);
  });
});

describe('port 25 that does not answer', () => {
  test('is said with what is known, and with what is only likely', () => {
    const slow = { ...timeout, dialled: [dialled({ outcome: 'timeout', tookMs: 10_000 })] };
    const known = say(slow, { port: 25, ports: [greetingPort(587)] });
    expect(known.message).toBe(
      'mail.example.com:25 did not answer in 10 s, and port 587 of the same address greeted within 30 ms, so this runner’s network most likely blocks outbound port 25: use port 587, or a runner whose network allows outbound port 25.',
    );
    const likely = say(slow, { port: 25, hosted: true, ports: [portLook(587), portLook(465)] });
    expect(likely.message).toBe(
      'mail.example.com:25 did not answer in 10 s, nor did its other SMTP ports, and this is a GitHub-hosted runner, whose network most likely blocks outbound port 25: use a submission port of the server, 587 or 465, or a self-hosted runner.',
    );
    expect(likely.causes.join()).toMatch(/no other SMTP port greeted from here either/);
    expect(known.causes.join()).not.toMatch(/no other SMTP port|machine is down/);
  });

  test('says that other ports are silent only when they were', () => {
    const { message } = say(timeout, { port: 25, hosted: true, ports: [portLook(587, { answer: 'refused' })] });
    expect(message).not.toMatch(/nor did/);
  });
});

describe('ports that do not greet', () => {
  test.each([
    ['all are silent', [portLook(587), portLook(465)], /nor did its other SMTP ports/, /none of its other SMTP ports/],
    [
      'one refuses',
      [portLook(587), portLook(465, { answer: 'refused' })],
      /but port 465 of the same address refused/,
      /port only: port 465/,
    ],
    [
      'one says nothing',
      [portLook(587, { answer: 'silent' }), portLook(465)],
      /but port 587 of the same address accepted/,
      /port only: port 587/,
    ],
    [
      'one greets with a refusal',
      [greetingPort(587, { text: '554 no' })],
      /but port 587 of the same address greeted/,
      /port only: port 587/,
    ],
    [
      'some are silent',
      [portLook(587, { answer: 'failed' }), portLook(465)],
      /in time: many networks/,
      /^The machine is down, or the address is out of date\.$/,
    ],
  ])('are evidence too: %s', (_, ports, message, cause) => {
    const said = say(timeout, { port: 25, ports });
    expect(said.code).toBe('connect-timeout');
    expect(said.message).toMatch(message);
    expect(said.causes[0]).toMatch(cause);
    expect(said.remedies.map(({ text }) => text)).not.toContain('Try the submission port.');
  });

  test('refuse as the one did that was asked for', () => {
    const ports = [587, 465, 25].map((port) => portLook(port, { answer: 'refused' }));
    expect(say(refusal, { port: 2525, ports }).causes[0]).toMatch(/its other SMTP ports refused as well/);
    expect(say(refusal, { port: 2525, ports }).evidence).toMatch(/587, 465 and 25 refused the connection$/);
  });

  test.each([
    ['silent', 'accepted the connection and sent nothing'],
    ['closed', 'closed the connection without a greeting'],
    ['reset', 'reset the connection'],
    ['timeout', 'did not answer'],
    ['refused', 'refused the connection'],
    ['unreachable', 'could not be reached'],
    ['failed', 'could not be connected'],
  ] as const)('are said to have done what they did: %s', (answer, did) => {
    expect(say(refusal, { ports: [portLook(25, { answer })] }).evidence).toContain(`25 ${did}`);
  });
});

describe('the other family', () => {
  test.each<[string, Observation, boolean | null]>([
    ['no route', noRoute, false],
    ['no answer', { ...noRoute, dialled: [dialled({ ...v6, outcome: 'timeout' })] }, true],
    ['no address', unresolved('ENOTFOUND', true), null],
    ['no greeting', silence, true],
  ])('that answers is a cause, and the first remedy: %s', (_, seen, ipv6Route) => {
    const said = say(seen, { port: 25, ipv6Route, otherFamily: greetingPort(25), hosted: true });
    expect(said.code).not.toBe('connect-blocked');
    expect(said.causes.slice(0, 2).join('\n')).toContain('Only IPv6 has a problem: over IPv4, 192.0.2.25 greeted');
    expect(said.first).toBe('IPv4 answers on the same port (192.0.2.25): set `ip-family: 4`.');
    expect(said.remedies[0]?.commands).toEqual(['nc -4 -zv -w 5 mail.example.com 25']);
    expect(said.evidence).toContain('over IPv4, 192.0.2.25 greeted within 30 ms');
  });

  test('that does not answer either is no remedy', () => {
    const said = say(noRoute, { otherFamily: portLook(587, { answer: 'refused' }) });
    expect(said.first).not.toMatch(/answers on the same port/);
    expect(said.evidence).toContain('over IPv4, 192.0.2.25 refused the connection');
  });

  test.each([
    [false, /^This runner has no IPv6: its system has no route/, /no route to its IPv6 address/],
    [null, /^This runner may have no IPv6/, /ENETUNREACH after 2 ms$/],
    [true, /^The address is in a private network/, /ENETUNREACH after 2 ms$/],
  ])('IPv6 is missing only where that was seen: %p', (ipv6Route, cause, evidence) => {
    const said = say(noRoute, { ipv6Route });
    expect(said.causes[0]).toMatch(cause);
    expect(said.evidence).toMatch(evidence);
  });
});

describe('a proxy in the environment', () => {
  test.each<[string, Observation]>([
    ['a name', unresolved('ENOTFOUND', false)],
    ['a resolver', unresolved('EAI_AGAIN')],
    ['a connection', timeout],
  ])('is a cause and a remedy of the failure of %s', (_, seen) => {
    const said = say(seen, { proxyVariable: 'https_proxy' });
    expect(said.causes[0]).toContain('`https_proxy` is set');
    expect(said.remedies.map(({ text }) => text).join('\n')).toContain('`proxy: env`');
    expect(said.evidence).toContain('https_proxy is set and was not used');
  });

  test.each([
    ['there is none', null, '192.0.2.25'],
    ['the host is this machine', 'https_proxy', '127.0.0.1'],
    ['the host is in a network beside it', 'https_proxy', '10.1.2.3'],
  ])('is not blamed when %s', (_, proxyVariable, address) => {
    const said = say(timeout, { proxyVariable, ports: [portLook(25, { address })] });
    expect([...said.causes, ...said.remedies.map(({ text }) => text)].join('\n')).not.toContain('proxy');
  });
});

describe('names', () => {
  const unknown = unresolved('ENOTFOUND', false);
  const unheard = { dns: { answer: 'no-such-name', addresses: [] } } as const;

  test.each([
    ['mail.example.com.', 'mail.example.com', 'without the final dot', 'with the final dot'],
    ['mail.example.com', 'mail.example.com.', 'with the final dot', 'without the final dot'],
  ])('that resolve in another form are to be written so: %s', (host, name, remedy, cause) => {
    const otherForm = { name, addresses: ['192.0.2.25'] };
    const said = say(unknown, { name: nameLook({ ...unheard, otherForm }) }, host);
    expect(said.message).toMatch(`write \`host: ${name}\``);
    expect(said.first).toBe(`Write \`host: ${name}\`, ${remedy}: it resolves here.`);
    expect(said.remedies[0]?.commands).toEqual([`getent ahosts ${name}`]);
    expect(said.causes[0]).toBe(`\`host\` is written ${cause}, but ${name} resolves to 192.0.2.25.`);
    expect(said.evidence).toContain(`${name} resolves to 192.0.2.25; the DNS has no such name`);
  });

  test('that the DNS knows lead to the system’s resolver', () => {
    for (const seen of [unknown, unresolved('EAI_AGAIN')]) {
      const said = say(seen, { name: nameLook() });
      expect(said.causes[0]).toMatch(/^The DNS knows the name \(192\.0\.2\.25\), and the system’s resolver does not/);
      expect(said.remedies.flatMap(({ commands }) => commands)).toContain('grep hosts: /etc/nsswitch.conf');
      expect(said.evidence).toContain('the DNS says 192.0.2.25');
    }
    const passing = say(unresolved('EAI_AGAIN'), { name: nameLook() });
    expect(passing.message).toMatch(/the DNS itself answers/);
    expect(passing.causes.join('\n')).not.toMatch(/DNS server is down/);
    const down = say(unresolved('EAI_AGAIN'), { name: nameLook({ dns: { answer: 'unavailable', addresses: [] } }) });
    expect(down.causes[0]).toMatch(/DNS server is down/);
    expect(down.evidence).toContain('the DNS gave no answer');
  });

  test('that the hosts file knows say so', () => {
    const said = say(unknown, { name: nameLook({ ...unheard, hosts: ['10.0.0.5'] }) });
    expect(said.causes[0]).toMatch(/^The hosts file knows the name \(10\.0\.0\.5\)/);
    expect(said.evidence).toContain('the DNS has no such name; the hosts file says 10.0.0.5');
  });

  test('that are known by an address of the other family are known all the same, and not to the wanted one', () => {
    const said = say(unresolved('ENOTFOUND', true), { name: nameLook() });
    expect(said.causes.join('\n')).not.toMatch(/The DNS knows/);
    const v6Known = nameLook({ dns: { answer: 'addresses', addresses: [v6.address] } });
    expect(say(unresolved('ENOTFOUND', true), { name: v6Known }).causes[0]).toMatch(
      /The DNS knows the name \(2001:db8::25\)/,
    );
  });

  test.each([
    [['corp.example'], 'mail', /appends \(corp\.example\)/, /search domains: corp\.example/],
    [[], 'mail', /appends no search domain/, /no search domain$/],
  ])('that are short are read with the search domains: %j', (search, host, cause, evidence) => {
    const name = nameLook({ ...unheard, otherForm: { name: `${host}.`, addresses: [] }, search });
    const said = say(unknown, { name }, host);
    expect(said.causes[0]).toMatch(cause);
    expect(said.evidence).toMatch(evidence);
    expect(say(unknown, { name }, 'mail.example.com').causes[0]).not.toMatch(/short/);
    expect(say(unknown, { name: { ...name, search: null } }, host).causes[0]).not.toMatch(/short/);
  });

  test.each([
    ['says another address', nameLook({ hosts: ['10.0.0.5'] }), true],
    ['says the same', nameLook({ hosts: ['192.0.2.25'] }), false],
    ['says something that the DNS does not know', nameLook({ ...unheard, hosts: ['10.0.0.5'] }), false],
    ['says nothing', nameLook(), false],
  ])('of a host that was found and did not answer: the hosts file %s', (_, name, old) => {
    const said = say(timeout, { name, ports: [portLook(25)] });
    expect(said.causes.some((cause) => cause.startsWith('The entry in the hosts file is out of date'))).toBe(old);
    expect(said.evidence.includes('the hosts file says 10.0.0.5')).toBe(old);
    expect(said.evidence.includes('the DNS')).toBe(old);
    expect(said.remedies.some(({ text }) => text.startsWith('Compare the hosts file'))).toBe(old);
  });
});

describe('an answer of a port', () => {
  test.each<[Partial<PortLook>, boolean, boolean]>([
    [{ answer: 'greeting', text: '220 x' }, true, true],
    [{ answer: 'greeting', text: '220-x' }, true, true],
    [{ answer: 'greeting', text: '220' }, true, true],
    [{ answer: 'tls', text: '220 x' }, true, true],
    [{ answer: 'tls', text: null }, false, true],
    [{ answer: 'tls', text: '554 no' }, false, false],
    [{ answer: 'greeting', text: null }, false, false],
    [{ answer: 'greeting', text: '2200 x' }, false, false],
    [{ answer: 'greeting', text: 'x 220' }, false, false],
    [{ answer: 'greeting', text: '220 (vsFTPd 3.0.5)' }, false, false],
    [{ answer: 'other', text: '220 x' }, false, false],
    [{ answer: 'silent', text: null }, false, false],
  ])('%j greets: %p, is a mail server’s: %p', (over, isGreeting, isAnswer) => {
    expect(greets(portLook(587, over))).toBe(isGreeting);
    expect(answers(portLook(587, over))).toBe(isAnswer);
  });
});

describe('a runner’s network blocks port 25', () => {
  const tlsAlone = portLook(465, { answer: 'tls', text: null });
  const refused = portLook(587, { answer: 'refused' });
  const unreachable = portLook(587, { answer: 'unreachable' });
  const inside = portLook(587, { address: '10.0.0.5' });
  test.each<[string, boolean, Partial<Around> | null]>([
    ['nobody looked', false, null],
    ['another port is asked for', false, { port: 587, ports: [greetingPort(25)] }],
    ['another port greets', true, { ports: [refused, greetingPort(587)] }],
    ['another port speaks TLS', true, { ports: [refused, tlsAlone] }],
    ['no other port does', false, { ports: [refused] }],
    ['the runner is GitHub’s', true, { ports: [refused], hosted: true }],
    ['the runner is GitHub’s, and no other port was asked', true, { hosted: true }],
    ['the runner is GitHub’s, and the host is beside it', false, { ports: [inside, refused], hosted: true }],
    ['a host beside it greets elsewhere', true, { ports: [inside, greetingPort(587)], hosted: true }],
    ['there is no way to the host', false, { ports: [unreachable, unreachable], hosted: true }],
    ['there is a way to one port', true, { ports: [unreachable, refused], hosted: true }],
    ['the other family refuses', false, { otherFamily: refused, hosted: true }],
    ['the other family greets', false, { otherFamily: greetingPort(25), ports: [greetingPort(587)] }],
    ['the other family is silent', true, { otherFamily: portLook(25), hosted: true }],
    ['the other family has no way', true, { otherFamily: unreachable, hosted: true }],
    ['the other family fails', true, { otherFamily: portLook(25, { answer: 'failed' }), hosted: true }],
  ])('where %s: %p', (_, expected, over) => {
    expect(isBlocked(over && around({ port: 25, ...over }))).toBe(expected);
  });
});

test('nothing was seen, nothing is said of it', () => {
  for (const seen of [timeout, refusal, noRoute, silence, closed, unresolved('ENOTFOUND', false)]) {
    expect(say(seen, {}).evidence).not.toMatch(/looked around/);
  }
});
