import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { type Entry, PLACES, type Subject } from '../../../src/diagnosis/catalogue/entry.ts';
import { CATALOGUE, explain } from '../../../src/diagnosis/catalogue/index.ts';
import { adviceOn } from '../../../src/diagnosis/catalogue/provider-advice.ts';
import { type FactsOf, type Finding, finding } from '../../../src/diagnosis/findings.ts';
import { CODES, type Code } from '../../../src/model/codes.ts';
import type { Mechanism } from '../../../src/smtp/sasl/mechanisms.ts';
import { CASES } from '../../support/cases.ts';

const subject: Subject = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };
const codes = Object.keys(CODES) as Code[];
const example = (code: Code) =>
  ({ code, status: CODES[code].status, facts: CATALOGUE[code].example, address: null }) as Finding;

/** Every finding that the cases lead to, and the catalogue's own examples. */
const FINDINGS = new Map(codes.map((code) => [code, findAll(code)]));
const findingsOf = async (code: Code): Promise<Finding[]> => (await FINDINGS.get(code)) ?? [];

async function findAll(code: Code): Promise<Finding[]> {
  const found = await Promise.all((CASES[code]?.found ?? []).map(([, find]) => find()));
  return [example(code), ...found.flat().filter((finding) => finding.code === code)];
}

/** How many remedies stand before those of the place: what the catalogue and the knowledge of providers mark so. */
function cureCount({ code, facts }: Finding): number {
  const own = (CATALOGUE[code] as Entry<typeof facts>).remedies(facts, subject);
  return [...own, ...(adviceOn(code, facts)?.remedies ?? [])].filter(({ first }) => first).length;
}

/** What a message has to name: a finding about the gate or about ourselves is about no server, one about DNS about no port. */
function names(code: Code): string {
  if (['not-configured', 'input-invalid', 'probe-crashed', 'report-missing'].includes(code)) return '';
  // What a mail domain publishes is about the domain, whichever server it is told at.
  if (/^(?:mta-sts-(?:record|policy)|tls-rpt)-/.test(code)) return ' of example.com ';
  return /^(?:dns|mx|mta-sts-mx|dane)-/.test(code) ? subject.host : subject.at;
}

describe('the message', () => {
  test.each(codes)('of %s is one sentence that names the server', async (code) => {
    for (const finding of await findingsOf(code)) {
      const { message } = explain(finding, subject, 'systemd');
      const ours = message.replace(/"[^"]*"/g, '""');
      expect(message).toContain(names(code));
      expect(ours).toMatch(/^[^\n]+\.$/);
      expect(ours.slice(0, -1)).not.toMatch(/[.!?]\s+[A-Z]|undefined|null(?! MX)|NaN|\[object/);
      expect(message.length).toBeLessThan(400);
    }
  });

  test.each(codes)('of %s names an IPv6 server in brackets where it names a port', async (code) => {
    const { message } = explain(example(code), { host: '2001:db8::1', port: 25, at: '[2001:db8::1]:25' }, 'systemd');
    expect(message).not.toMatch(/(?<!\[)2001:db8::1:25|\[object/);
  });
});

/** A command that connects to the server itself, and not to a proxy, nor by whichever address of a family. */
const CONNECTS = /^(?!.*proxy\.example).*(?:openssl s_client|\bnc -(?![46]))/;

describe('the remedies', () => {
  test.each(codes.flatMap((code) => PLACES.map((place) => [code, place] as const)))(
    'of %s begin with what was seen to work and what removes the cause, then come those of %s, then those of any place, then the others',
    async (code, place) => {
      for (const finding of await findingsOf(code)) {
        const entry = CATALOGUE[code] as Entry<unknown>;
        const proven = entry.remedies(finding.facts, subject).filter((remedy) => remedy.proven);
        const { remedies } = explain(finding, subject, place);
        expect(remedies.slice(0, proven.length).map(({ text }) => text)).toEqual(proven.map(({ text }) => text));
        const rest = remedies.slice(proven.length);
        const group = rest.map(({ environment }) => (environment === place ? 1 : environment === 'any' ? 2 : 3));
        const cures = cureCount(finding);
        expect(group.slice(0, cures)).toEqual(Array(cures).fill(2));
        expect(group[cures]).toBe(1);
        expect(group.slice(cures)).toEqual(group.slice(cures).sort());
        expect(remedies.filter((remedy) => Object.keys(remedy).length !== 3)).toEqual([]);
      }
    },
  );

  test.each(codes)('of %s connect to the address that it is about, and ask there for the host', async (code) => {
    for (const finding of await findingsOf(code)) {
      const { remedies } = explain(finding, { ...subject, address: '192.0.2.7' }, 'systemd');
      const commands = remedies.flatMap((remedy) => remedy.commands).filter((command) => CONNECTS.test(command));
      for (const command of commands) {
        expect(command).toMatch(/192\.0\.2\.7(?: |:)\d+/);
        if (command.includes('s_client')) expect(command).toMatch(/ -servername mail\.example\.com(?: |$)/);
      }
    }
  });

  test.each(codes)('of %s run smtp-gate as anybody with Node can', async (code) => {
    for (const finding of await findingsOf(code)) {
      const commands = explain(finding, subject, 'systemd').remedies.flatMap((remedy) => remedy.commands);
      expect(commands.filter((command) => command.startsWith('smtp-gate '))).toEqual([]);
    }
  });

  test.each(codes)('of %s ask for what is offered, where they say that they show it', async (code) => {
    for (const finding of await findingsOf(code)) {
      for (const target of [subject, { ...subject, port: 25 }, { ...subject, port: 465 }]) {
        const { remedies } = explain(finding, target, 'systemd');
        const offers = remedies.filter(({ text }) =>
          /(?:shows?|See) what (?:the server offers|it offers|is offered)/.test(text),
        );
        for (const command of offers.flatMap(({ commands }) => commands)) expect(command).toMatch(/printf '[EL]HLO /);
      }
    }
  });

  test.each(codes)('of %s ask TLS for the name that the option says', async (code) => {
    for (const finding of await findingsOf(code)) {
      const { remedies } = explain(finding, { ...subject, servername: 'tls.example' }, 'systemd');
      for (const command of remedies.flatMap((remedy) => remedy.commands)) {
        if (!command.includes('s_client') || !CONNECTS.test(command)) continue;
        expect(command).toMatch(/ -connect mail\.example\.com:\d+ -servername tls\.example(?: |$)/);
      }
    }
  });

  test.each([
    ['mail.example.com.', null, ' -servername mail.example.com'],
    ['mail.example.com', 'tls.example.', ' -servername tls.example'],
    ['mail.example.com', '192.0.2.9', ' -noservername'],
  ])('ask TLS for what the gate does: at %s with tls-servername %j', (host, servername, asked) => {
    const about = { host, port: 465, at: `${host}:465`, address: '192.0.2.7', servername };
    const { remedies } = explain(example('certificate-expired'), about, 'systemd');
    const commands = remedies.flatMap((remedy) => remedy.commands).join('\n');
    expect(commands).toContain(`-connect 192.0.2.7:465${asked} |`);
  });

  test('ask TLS for no name where the server does not know the one that was asked for', () => {
    const facts = { errno: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME', reason: '', look: null };
    const about = { ...subject, servername: 'tls.example' };
    const { remedies } = explain(finding('tls-handshake-failed', facts), about, 'systemd');
    expect(remedies[0]?.commands).toEqual([
      'openssl s_client -starttls smtp -connect mail.example.com:587 -noservername -showcerts',
    ]);
  });

  test('are not told by their order alone: the report’s shape has nothing else', () => {
    for (const remedy of explain(example('tls-expected'), subject, 'systemd').remedies)
      expect(Object.keys(remedy)).toEqual(['environment', 'text', 'commands']);
  });

  test.each(codes)('of %s are the same in every place, but for their order', (code) => {
    const sorted = (place: (typeof PLACES)[number]) =>
      explain(example(code), subject, place)
        .remedies.map((remedy) => JSON.stringify(remedy))
        .sort();
    for (const place of PLACES) expect(sorted(place)).toEqual(sorted('systemd'));
  });

  test.each(codes)('of %s say something, and name the real port', async (code) => {
    for (const finding of await findingsOf(code)) {
      for (const { text, commands } of explain(
        finding,
        { ...subject, port: 2526, at: 'mail.example.com:2526' },
        'systemd',
      ).remedies) {
        expect(text).toMatch(/\S[^\n]*[.…]$|https:\S+$/);
        expect(commands.join('\n')).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
      }
    }
  });

  test('change nothing in the catalogue', () => {
    const before = JSON.stringify(CATALOGUE);
    for (const code of codes) for (const place of PLACES) explain(example(code), subject, place);
    expect(JSON.stringify(CATALOGUE)).toBe(before);
  });
});

describe('a command can be pasted, whatever the host is called:', () => {
  const evil = "a$(id)b';c";
  const evilSubject = { host: evil, port: 587, at: `${evil}:587` };

  /** What a shell would look into: a command without what is quoted in it. */
  const bare = (command: string) => command.replace(/\\.|'[^']*'/g, '');
  /** The script that a command hands to another shell. */
  const inner = (command: string) =>
    / sh -c (.*)$/.exec(command)?.[1]?.replace(/^'|'$/g, '').replaceAll("'\\''", "'") ?? '';

  test.each(codes)('%s', async (code) => {
    for (const finding of await findingsOf(code)) {
      for (const { commands } of explain(finding, evilSubject, 'systemd').remedies) {
        for (const command of commands) {
          expect(bare(command)).not.toContain('$(id)');
          expect(bare(inner(command))).not.toContain('$(id)');
        }
      }
    }
  });

  test('and every one is a command that a shell can read', async () => {
    const all = (await Promise.all(codes.map(findingsOf))).flat();
    // Those for Windows are for PowerShell.
    const commands = all.flatMap((finding) =>
      explain(finding, evilSubject, 'systemd').remedies.flatMap((r) => (r.environment === 'windows' ? [] : r.commands)),
    );
    const eachAlone = 'for c; do ( eval "if false; then\n$c\nfi" ) || printf "%s\n" "$c"; done';
    const { stdout, stderr } = spawnSync('sh', ['-c', eachAlone, 'sh', ...new Set(commands)], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  });
});

describe('a server is looked for where its host says that it is:', () => {
  const commands = (host: string, place: (typeof PLACES)[number]) =>
    explain(example('connect-refused'), { host, port: 25, at: `${host}:25` }, place).remedies.find(
      ({ environment }) => environment === place,
    )?.commands;
  const release = (within: string, service: string) =>
    `${within} get service ${service} --output jsonpath='{.metadata.annotations.meta\\.helm\\.sh/release-name}'`;

  test.each<[string, (typeof PLACES)[number], unknown[]]>([
    ['mailpit', 'github-hosted', ['docker ps --all', expect.stringMatching(/^docker logs .*publish=25/)]],
    ['localhost', 'github-hosted', ['docker ps --all', expect.stringMatching(/^docker logs .*publish=25/)]],
    ['mail.example.com', 'github-hosted', [expect.stringMatching(/nc -w 15 mail\.example\.com 25$/)]],
    ['mailpit', 'docker-compose', ['docker compose ps --all mailpit', 'docker compose logs --tail 50 mailpit']],
    ['127.0.0.1', 'docker-compose', ['docker compose ps --all', 'docker compose logs --tail 50']],
    ['mail.example.com', 'docker-compose', ['docker compose ps --all', 'docker compose logs --tail 50']],
    [
      'relay',
      'kubernetes',
      [
        'kubectl get service,endpoints relay',
        'kubectl logs --tail 50 service/relay',
        `helm get values "$(${release('kubectl', 'relay')})"`,
      ],
    ],
    [
      'relay.mail.svc.cluster.local',
      'kubernetes',
      [
        'kubectl --namespace mail get service,endpoints relay',
        'kubectl --namespace mail logs --tail 50 service/relay',
        `helm get values --namespace mail "$(${release('kubectl --namespace mail', 'relay')})"`,
      ],
    ],
    [
      'relay.svc.example.com',
      'kubernetes',
      [
        'kubectl get service,endpoints --all-namespaces | grep -i -e mail -e smtp',
        "helm list --all-namespaces --filter 'mail|smtp|postfix'",
      ],
    ],
  ])('%s, %s', (host, place, expected) => {
    expect(commands(host, place)).toEqual(expected);
  });
});

describe('a login that is rejected', () => {
  const SCOPED = '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}';
  const at = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };
  const rejected = (over: Partial<FactsOf['auth-rejected']>) => {
    const facts = {
      mechanism: 'PLAIN',
      reply: '535 5.7.8 no',
      saslError: null,
      greeting: '',
      offered: [],
      ...over,
    } as const;
    return explain(finding('auth-rejected', facts), at, 'systemd');
  };
  const texts = (over: Partial<FactsOf['auth-rejected']>) => rejected(over).remedies.map(({ text }) => text);

  test.each<[string, Partial<FactsOf['auth-rejected']>, string]>([
    ['SCRAM beside PLAIN', { mechanism: 'SCRAM-SHA-256', offered: ['SCRAM-SHA-256', 'PLAIN'] }, '`auth-method: PLAIN`'],
    [
      'CRAM-MD5 beside both',
      { mechanism: 'CRAM-MD5', offered: ['LOGIN', 'PLAIN', 'CRAM-MD5'] },
      '`auth-method: PLAIN` (or LOGIN)',
    ],
    [
      'an invalid proof',
      { mechanism: 'SCRAM-SHA-1', saslError: 'invalid-proof', offered: ['LOGIN'] },
      '`auth-method: LOGIN`',
    ],
    [
      'words about the mechanism',
      { reply: '535 5.7.8 mechanism not available for this user', offered: ['PLAIN', 'SCRAM-SHA-1'] },
      '`auth-method: SCRAM-SHA-1`',
    ],
    [
      'the same of a token',
      { mechanism: 'OAUTHBEARER', reply: '535 authentication method unknown', offered: ['XOAUTH2', 'PLAIN'] },
      '`auth-method: XOAUTH2`',
    ],
  ])('may be so for the mechanism, which is told first: %s', (_, facts, expected) => {
    expect(texts(facts)[0]).toContain(expected);
    expect(texts(facts)[1]).toMatch(/store both again|fresh token/);
    expect(rejected(facts).message).toContain('`auth-method`');
  });

  test.each<[string, Partial<FactsOf['auth-rejected']>, string]>([
    ['PLAIN beside LOGIN', { offered: ['PLAIN', 'LOGIN', 'XOAUTH2'] }, '`auth-method: LOGIN`,'],
    [
      'OAUTHBEARER beside XOAUTH2',
      { mechanism: 'OAUTHBEARER', offered: ['XOAUTH2', 'OAUTHBEARER'] },
      '`auth-method: XOAUTH2`,',
    ],
    [
      'a user that SCRAM does not know',
      { mechanism: 'SCRAM-SHA-1', saslError: 'unknown-user', offered: ['PLAIN'] },
      '`auth-method: PLAIN`,',
    ],
  ])('is more likely so for the credentials, and other mechanisms come second: %s', (_, facts, expected) => {
    expect(texts(facts)[0]).toMatch(/store both again|fresh token/);
    expect(texts(facts)[1]).toContain(expected);
  });

  test.each<[string, Partial<FactsOf['auth-rejected']>]>([
    ['nothing else', { offered: ['PLAIN'] }],
    ['nothing that a password can be used with', { offered: ['PLAIN', 'XOAUTH2', 'NTLM', 'GSSAPI'] }],
    ['nothing that a token can be used with', { mechanism: 'XOAUTH2', offered: ['XOAUTH2', 'PLAIN'] }],
  ])('names no mechanism where %s is offered', (_, facts) => {
    expect(JSON.stringify(rejected(facts))).not.toContain('auth-method');
  });

  test.each<[string, Partial<FactsOf['auth-rejected']>, string]>([
    [
      'of SCRAM',
      { mechanism: 'SCRAM-SHA-256', saslError: 'invalid-proof' },
      'SCRAM-SHA-256: 535 5.7.8 no; the error it named: invalid-proof',
    ],
    [
      'of a token',
      { mechanism: 'XOAUTH2', saslError: SCOPED },
      "XOAUTH2: 535 5.7.8 no; the token's error: status 400, schemes Bearer, scope https://mail.google.com/",
    ],
    [
      'of a token, as numbers and torn',
      { mechanism: 'XOAUTH2', saslError: '{"status": 401, "scope": "x" ' },
      "XOAUTH2: 535 5.7.8 no; the token's error: status 401",
    ],
    [
      'of a token, in words',
      { mechanism: 'OAUTHBEARER', saslError: 'expired' },
      "OAUTHBEARER: 535 5.7.8 no; the token's error: expired",
    ],
    ['without words', { mechanism: 'XOAUTH2', saslError: '' }, 'XOAUTH2: 535 5.7.8 no'],
  ])('has the error %s in its evidence', (_, facts, expected) => {
    expect(rejected(facts).evidence).toBe(expected);
  });

  test('names the scope that the server wants', () => {
    expect(texts({ mechanism: 'XOAUTH2', saslError: SCOPED })[0]).toContain('the scope `https://mail.google.com/`');
  });

  test('quotes the error where the server had no other words', () => {
    const { message } = rejected({ mechanism: 'SCRAM-SHA-256', reply: '334 ***', saslError: 'invalid-proof' });
    expect(message).toContain('(SCRAM-SHA-256; the error it named: invalid-proof)');
  });
});

describe('a mechanism that is refused', () => {
  test.each<[string, string[], Mechanism, RegExp, RegExp]>([
    ['another', ['SCRAM-SHA-256', 'LOGIN'], 'SCRAM-SHA-256', /`auth-method: LOGIN`/, /choose another `auth-method`/],
    ['a token’s other', ['XOAUTH2', 'OAUTHBEARER'], 'OAUTHBEARER', /`auth-method: XOAUTH2`/, /`auth-method`/],
    ['tokens', ['LOGIN', 'XOAUTH2'], 'LOGIN', /`access-token` instead/, /use other credentials/],
    ['passwords', ['LOGIN', 'XOAUTH2'], 'XOAUTH2', /`password` instead/, /use other credentials/],
    ['nothing else', ['LOGIN'], 'LOGIN', /^On the server, have PLAIN enabled/, /have another mechanism enabled/],
  ])('where %s is offered', (_, offered, refused, remedy, message) => {
    const found = finding('auth-mechanism-missing', { offered, usable: [refused], reply: '504 5.5.4 no' });
    const said = explain(found, { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' }, 'systemd');
    expect(said.remedies[0]?.text).toMatch(remedy);
    expect(said.message).toMatch(message);
  });
});

describe('the first remedy depends on what was seen', () => {
  const first = (finding: Finding, port = 587) =>
    explain(finding, { host: 'mail.example.com', port, at: `mail.example.com:${port}` }, 'systemd').remedies[0]?.text;
  const asked = (reply: string) => ({
    address: 'gate@example.com',
    greeting: '220 mail.example.com ESMTP',
    reply,
  });

  test.each<[Finding, number, RegExp]>([
    [finding('auth-not-offered', { offered: ['STARTTLS'], reply: null }), 25, /^Set `tls: starttls`/],
    [finding('auth-not-offered', { offered: ['SIZE'], reply: null }), 25, /`port: 587`/],
    [finding('auth-not-offered', { offered: ['SIZE'], reply: null }), 465, /^On the server/],
    [finding('auth-needs-tls', { because: 'not-verified', reply: null }), 587, /^Correct the certificate/],
    [finding('auth-needs-tls', { because: 'no-tls', reply: null }), 25, /`port: 587`.*`port: 465`/],
    [finding('auth-needs-tls', { because: 'no-tls', reply: null }), 587, /^Use a port with TLS: `port: 465`/],
    [
      finding('auth-mechanism-missing', { offered: ['XOAUTH2'], usable: ['PLAIN'], reply: null }),
      587,
      /`access-token`/,
    ],
    [
      finding('auth-mechanism-missing', { offered: ['PLAIN'], usable: ['XOAUTH2'], reply: null }),
      587,
      /`password` instead/,
    ],
    [
      finding('auth-mechanism-missing', { offered: ['LOGIN'], usable: ['PLAIN'], reply: null }),
      587,
      /`auth-method: auto`/,
    ],
    [
      finding('auth-mechanism-missing', { offered: ['NTLM'], usable: ['PLAIN'], reply: null }),
      587,
      /receive connector/,
    ],
    [
      finding('auth-mechanism-missing', { offered: ['PLAIN', 'LOGIN'], usable: ['PLAIN'], reply: '504 no' }),
      587,
      /`auth-method: LOGIN`/,
    ],
    [finding('tls-expected', { protocol: null, greeting: null }), 587, /^Set `tls: implicit`\. /],
    [finding('tls-expected', { protocol: null, greeting: null }), 2525, /`port: 587`/],
    [finding('not-smtp', { protocol: 'http', text: 'HTTP/1.1 400' }), 587, /`port: 465`/],
    [finding('not-smtp', { protocol: 'http', text: 'HTTP/1.1 400' }), 80, /`port: 587`/],
    [
      finding('greeting-timeout', { ms: 500, heard: '', look: 'silent', around: null }),
      587,
      /`timeout: 30s` and `deadline: 60s`/,
    ],
    [
      finding('greeting-timeout', { ms: 40_000, heard: '', look: 'silent', around: null }),
      587,
      /`timeout: 80s` and `deadline: 160s`/,
    ],
    [finding('greeting-timeout', { ms: 500, heard: '', look: 'not-tls', around: null }), 80, /`port: 587`/],
    [finding('deadline-exceeded', { step: 'ehlo', limit: 'timeout', ms: 10_000, heard: '' }), 587, /`timeout: 20s`/],
    [finding('deadline-exceeded', { step: 'mail', limit: 'deadline', ms: 30_000, heard: '' }), 587, /`deadline: 60s`/],
    [finding('deadline-exceeded', { step: 'connect', limit: 'deadline', ms: 30_000, heard: '' }), 587, /firewall rule/],
    [finding('slow', { ms: 2_400, limitMs: 1_000, option: 'latency-warn' }), 587, /`latency-warn: 4s`/],
    [
      finding('ehlo-refused', { reply: '500 5.5.1 Unknown command', greeting: '220 mail LMTP ready' }),
      24,
      /`port: 25`/,
    ],
    [finding('ehlo-refused', { reply: '500 5.5.1 Unknown command', greeting: '' }), 24, /LMTP/],
    [
      finding('ehlo-refused', { reply: '500 5.5.1 Unknown command', greeting: '', withoutHelo: true }),
      587,
      /^(?!.*LMTP)/,
    ],
    [
      finding('auth-needs-tls', {
        because: 'said-so-over-tls',
        reply: '530 5.7.0 Must issue a STARTTLS command first',
      }),
      587,
      /^(?!.*`tls: starttls`).*load balancer/,
    ],
    [finding('ehlo-refused', { reply: '550 5.7.1 go away', greeting: '' }), 587, /allow this runner/],
    [
      finding('ehlo-refused', { reply: '554 5.7.1 EHLO rejected: listed at spamhaus', greeting: '' }),
      587,
      /check\.spamhaus\.org/,
    ],
    [finding('capability-missing', { missing: ['AUTH PLAIN'], offered: [], neededBy: 'require' }), 25, /`port: 587`/],
    [finding('capability-missing', { missing: ['SMTPUTF8'], offered: [], neededBy: 'envelope' }), 587, /only ASCII/],
    [finding('capability-missing', { missing: ['DSN'], offered: [], neededBy: 'require' }), 587, /Postfix server/],
    [
      finding('tls-handshake-failed', { errno: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', reason: '', look: null }),
      465,
      /`tls-client-cert` .* and `tls-client-key`/,
    ],
    [
      finding('tls-handshake-failed', { errno: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME', reason: '', look: null }),
      465,
      /`tls-servername`/,
    ],
    [finding('tls-too-old', { errno: 'x', minVersion: 'TLSv1.3' }), 465, /`tls-min-version: TLSv1\.2`/],
    [finding('sender-refused', asked('530 5.7.0 Authentication required')), 587, /`username` and `password`/],
    [finding('sender-refused', asked('550 5.7.23 SPF validation failed')), 587, /SPF record of example\.com/],
    [finding('sender-refused', asked('553 5.1.8 domain does not exist')), 587, /needs an MX/],
    [finding('sender-refused', asked('550 5.7.1 sender rejected')), 587, /`mail-from`/],
    [finding('recipient-refused', asked('552 5.2.2 mailbox full')), 587, /Empty/],
    [finding('recipient-refused', asked('550 5.1.1 no such user')), 587, /Correct `rcpt-to`/],
    [finding('relay-denied', asked('554 5.7.1 Relay access denied')), 25, /`port: 587`/],
    [finding('relay-denied', asked('554 5.7.1 Relay access denied')), 587, /^Log in: /],
    [finding('envelope-deferred', asked('451 4.1.8 Domain does not resolve')), 587, /domain of `mail-from`/],
    [finding('envelope-deferred', asked('451 4.3.0 lookup failure')), 587, /`wait: 5m`/],
    [
      finding('auth-unavailable', {
        mechanism: 'PLAIN',
        reply: '454 4.7.0 Too many logins',
        saslError: null,
        offered: [],
        greeting: '',
      }),
      587,
      /`wait: 5m`/,
    ],
    [
      finding('auth-rejected', { mechanism: 'XOAUTH2', reply: '535 no', saslError: '', greeting: '', offered: [] }),
      587,
      /fresh token/,
    ],
  ])('%j at %d: %s', (found, port, expected) => {
    expect(first(found, port)).toMatch(expected);
  });

  test.each<[string[], RegExp]>([
    [['*.example.com', 'mx1.example.com'], /`tls-servername: mx1\.example\.com`/],
    [['192.0.2.1', 'mx1.example.com'], /`tls-servername: mx1\.example\.com`/],
    [['192.0.2.1'], /`tls-servername: 192\.0\.2\.1`/],
    [['*.example.com'], /directly under example\.com/],
    [['x`; rm -rf /'], /a certificate that contains the host/],
    [[], /a certificate that contains the host/],
  ])('a certificate for %j', (names, expected) => {
    const { certificate, name } = CATALOGUE['certificate-name-mismatch'].example;
    expect(first(finding('certificate-name-mismatch', { certificate: { ...certificate, names }, name }))).toMatch(
      expected,
    );
  });
});

describe('what is said depends on what was seen', () => {
  const said = async (code: Code, name: string, over: Partial<Subject> = {}) => {
    const found = CASES[code]?.found.find(([candidate]) => candidate === name);
    const finding = (await found?.[1]())?.find((one) => one.code === code);
    if (!finding) throw new Error(`${code} has no case "${name}"`);
    return JSON.stringify(explain(finding, { ...subject, ...over }, 'systemd'));
  };

  test.each<[Code, string, Partial<Subject>, RegExp, RegExp]>([
    ['dns-no-address', 'a name without an address', {}, /MX records/, /IPv/],
    ['dns-no-address', 'a name without an address of the family', {}, /an AAAA record/, /MX records/],
    ['dns-no-address', 'a name without an IPv4 address', {}, /an A record/, /AAAA/],
    [
      'dns-no-address',
      'a name without an address for a source address',
      {},
      /source-address: 2001:db8::7.*an IPv4 address of this machine/,
      /ip-family/,
    ],
    ['dns-not-found', 'a domain that does not exist', {}, /MX query: ENOTFOUND/, /getaddrinfo/],
    ['dns-unavailable', 'a DNS server that does not answer', {}, /MX query: ETIMEOUT/, /getaddrinfo/],
    ['dns-unavailable', 'a resolver that fails for now', {}, /getaddrinfo: EAI_AGAIN/, /MX/],
    ['dns-unavailable', 'a resolver that makes its answer up', {}, /answered for .*is no IP address/, /did not say/],
    [
      'connect-timeout',
      'no answer over IPv4, and no IPv6',
      {},
      /2001:db8::25: ENETUNREACH after 2 ms; 192\.0\.2\.25: no answer/,
      /refused/,
    ],
    [
      'connect-refused',
      'a refusal over IPv4, and no IPv6',
      {},
      /2001:db8::25: ENETUNREACH after 2 ms; 192\.0\.2\.25: ECONNREFUSED/,
      /no route/,
    ],
    ['mx-not-found', 'a domain without MX and without address', {}, /no MX, A or AAAA records/, /name no host/],
    ['mx-not-found', 'records that name no host', {}, /192\.0\.2\.1/, /nor an address/],
    ['mx-null', 'a null MX', {}, /MX 0 \./, /MX 10/],
    ['mx-null', 'a null MX of another preference', {}, /MX 10 \./, /undefined/],
    ['connect-timeout', 'no answer', { port: 25 }, /block outbound port 25/, /RFC 6409/],
    ['connect-timeout', 'no answer', { port: 465 }, /RFC 6409/, /block outbound port 25/],
    ['connect-timeout', 'no answer', { port: 587 }, /firewall/, /Try the submission port/],
    ['connect-unreachable', 'no route to the network', {}, /no route there/, /ip-family/],
    [
      'connect-unreachable',
      'no route to the network',
      { localAddress: '127.0.0.9' },
      /from 127\.0\.0\.9: .*nc -zv -w 5 -s 127\.0\.0\.9 .*ip route get 192\.0\.2\.25 from 127\.0\.0\.9/,
      /undefined/,
    ],
    ['tls-expected', 'silence, and TLS with a greeting', { localAddress: '::1' }, /-bind '\[::1\]:0'/, /-s 127/],
    ['greeting-timeout', 'nothing', {}, /sent nothing for 10 s/, /a TLS hello was/],
    ['greeting-timeout', 'half of a greeting', {}, /220-please wait/, /sent nothing/],
    ['greeting-timeout', 'nothing, and TLS is answered with something else', {}, /such as HTTP/, /not answered either/],
    ['greeting-timeout', 'nothing, and TLS is not answered either', {}, /was not answered either/, /such as HTTP/],
    ['greeting-busy', '421', {}, /too many connections/, /undefined/],
    ['greeting-busy', '450 over several lines', {}, /and 1 more line/, /too many connections/],
    ['greeting-refused', '554', {}, /block list/, /speaks first/],
    ['greeting-refused', '521', {}, /521 no mail here/, /block list/],
    ['not-smtp', 'SSH', {}, /an SSH server/, /FTP/],
    ['banner-mismatch', 'another server', {}, /does not match/, /backtracks/],
    ['banner-mismatch', 'an expression without end', {}, /takes too long/, /which .* does not match:/],
    ['tls-expected', 'silence, and TLS with a greeting', {}, /220 mail.example.com ESMTP/, /null/],
    ['tls-expected', 'silence, and an alert', { port: 465 }, /465 is its standard port/, /null|behind it/],
    ['connection-lost', 'a reset in the greeting', {}, /reset the connection/, /closed the connection/],
    ['deadline-exceeded', 'at the connection', {}, /drops the packets/, /delays its greeting/],
    [
      'proxy-auth-required',
      '407 with Negotiate alone',
      {},
      /login by Negotiate, and smtp-gate supports Basic only.*Basic.*\bpx\b.*SOCKS proxy/s,
      /user:password@|user and password (?:is|that)|cntlm/,
    ],
    [
      'proxy-auth-required',
      '407 with credentials that are not enough',
      {},
      /by NTLM, .*cntlm/s,
      /user:password@|password is wrong/,
    ],
    [
      'proxy-auth-required',
      '407 with a scheme that nobody has',
      {},
      /by Bearer and x-magic, and smtp-gate supports Basic only.*exempt/s,
      /user:password@|cntlm/,
    ],
    [
      'proxy-auth-required',
      '407 with several schemes, Basic among them',
      {},
      /user:password@/,
      /supports Basic only|cntlm/,
    ],
    ['proxy-refused', 'SOCKS, not allowed', {}, /AllowTcpForwarding.*another proxy/, /squid|use a SOCKS proxy/],
    ['proxy-refused', '403', {}, /squid.*use a SOCKS proxy/, /AllowTcpForwarding/],
    ['proxy-auth-required', 'SOCKS, and a login of another kind', {}, /GSSAPI.*user and password only/, /Basic/],
    [
      'proxy-refused',
      'SOCKS, and an answer of HTTP',
      {},
      /a web server listens.*check the port/is,
      /CONNECT|another one/,
    ],
    ['not-smtp', 'SSH', { proxy: 'http://proxy.example:3128' }, /Through the proxy http:/, /reachable/],
    ['proxy-refused', '200 and a page of HTML', {}, /its own page, \\"<html>.*captive portal/s, /is wrong/],
    ['slow', 'over both limits', {}, /latency-fail/, /latency-warn/],
  ])('%s, %s, %j: %s, and not %s', async (code, name, over, expected, unexpected) => {
    const text = await said(code, name, over);
    expect(text).toMatch(expected);
    expect(text).not.toMatch(unexpected);
  });

  test.each([
    ['all addresses are IPv6', [6, 6], /over IPv6/],
    ['one address is IPv6', [4, 6], /no IPv6/],
  ] as const)('no route when %s', (_, families, expected) => {
    const dialled = families.map((family) => ({ ...CATALOGUE['connect-unreachable'].example.dialled[0], family }));
    const found = {
      code: 'connect-unreachable',
      status: 'fail',
      facts: { dialled, around: null },
      address: null,
    } as Finding;
    expect(JSON.stringify(explain(found, subject, 'systemd'))).toMatch(expected);
    expect(JSON.stringify(explain(found, subject, 'systemd'))).toContain('ip-family: 4');
  });
});

test('a limit that a greeting names is told as a cause once', () => {
  const { causes } = explain(finding('greeting-busy', { reply: '421 4.7.0 too many connections' }), subject, 'systemd');
  expect(causes.filter((cause) => cause.includes('connections'))).toHaveLength(1);
});

const WITHOUT_BASIC = /Basic only.*exempt.*SOCKS proxy/;

test('what helps with a proxy that has no Basic stands first, in every place', async () => {
  for (const found of await findingsOf('proxy-auth-required')) {
    const facts = found.facts as FactsOf['proxy-auth-required'];
    const basic = facts.offers.length === 0 || facts.offers.some((offer) => offer.toLowerCase() === 'basic');
    for (const place of PLACES) {
      const [first] = explain(found, subject, place).remedies;
      const other = /^socks/.test(facts.proxy.scheme) ? /user and password only.*exempt.*proxy of HTTP/ : WITHOUT_BASIC;
      expect(first?.text).toMatch(basic ? /^Give the user and the password/ : other);
    }
  }
});
