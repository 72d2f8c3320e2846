import type {
  AddressAttempt,
  Around,
  Cause,
  Certificate,
  NameLook,
  Observation,
  PortLook,
  ProxyFailure,
  ProxySeen,
  TlsSession,
} from '../../src/model/observation.ts';
import type { StepName } from '../../src/model/steps.ts';
import type { Malformed, Reply } from '../../src/smtp/reply.ts';
import type { Mechanism } from '../../src/smtp/sasl/mechanisms.ts';

/** The steps of a conversation that goes no further than the greeting. */
export const BANNER_STEPS: readonly StepName[] = ['resolve', 'connect', 'greeting', 'quit'];
/** The steps where TLS comes first, and where STARTTLS, a login and an envelope are wanted. */
export const IMPLICIT_STEPS: readonly StepName[] = ['resolve', 'connect', 'tls', 'greeting', 'ehlo', 'quit'];
export const STARTTLS_STEPS: readonly StepName[] = [
  'resolve',
  'connect',
  'greeting',
  'ehlo',
  'starttls',
  'tls',
  'ehlo-again',
  'auth',
  'mail',
  'rcpt',
  'rset',
  'quit',
];

/** A reply, from its text as the server sends it. */
export function reply(text: string): Reply {
  const lines = text.split('\n');
  return { code: Number(text.slice(0, 3)), lines: lines.map((line) => line.slice(4)) };
}

/** One dialled address; a failure unless it says otherwise. */
export function dialled(attempt: Partial<AddressAttempt> = {}): AddressAttempt {
  return { address: '192.0.2.25', family: 4, startMs: 1, tookMs: 2, outcome: 'failed', errno: null, ...attempt };
}

/** An attempt in which everything went well, but for what is given. */
export function observation(seen: Partial<Observation> = {}): Observation {
  return {
    durationMs: 25.04,
    proxy: null,
    localAddress: null,
    steps: BANNER_STEPS.map((step, i) => ({ step, status: 'done', startMs: i * 5, tookMs: 5, because: null })),
    addresses: [{ address: '192.0.2.25', family: 4 }],
    nameExists: null,
    dialled: [dialled({ outcome: 'connected' })],
    address: '192.0.2.25',
    greeting: reply('220 mail.example.com ESMTP ready'),
    ehlo: null,
    starttls: null,
    tls: null,
    auth: null,
    loginSent: false,
    envelope: null,
    farewell: reply('221 bye'),
    latencyMs: 9.6,
    transcript: [
      { from: 'server', atMs: 10, text: '220 mail.example.com ESMTP ready' },
      { from: 'client', atMs: 10, text: 'QUIT' },
      { from: 'server', atMs: 12, text: '221 bye' },
    ],
    deviations: [],
    end: null,
    tlsLook: null,
    plainLook: null,
    headerLook: null,
    silentLook: null,
    around: null,
    ...seen,
  };
}

/** An attempt at this address alone. */
export function at(address: string, seen: Observation): Observation {
  const family = address.includes(':') ? 6 : 4;
  return {
    ...seen,
    address: seen.address === null ? null : address,
    dialled: seen.dialled.slice(0, 1).map((attempt) => ({ ...attempt, address, family })),
  };
}

/** An attempt that greeted like this. */
export const greeted = (text: string, seen: Partial<Observation> = {}): Observation =>
  observation({ greeting: reply(text), ...seen });

/** An attempt that ended before its time: the steps until then done, that one failed, the others skipped. */
export function ended(
  step: StepName,
  cause: Cause,
  seen: Partial<Observation> = {},
  steps: readonly StepName[] = BANNER_STEPS,
): Observation {
  const at = steps.indexOf(step);
  const connected = at > steps.indexOf('connect');
  const greetedBefore = at > steps.indexOf('greeting');
  return observation({
    steps: steps.map((name, i) => ({
      step: name,
      status: i < at ? 'done' : i === at ? 'failed' : 'skipped',
      startMs: i > at ? 0 : i * 5,
      tookMs: i > at ? 0 : 5,
      because: i < at ? null : i === at ? cause.kind : `${step} failed`,
    })),
    address: connected ? '192.0.2.25' : null,
    addresses: at > 0 ? [{ address: '192.0.2.25', family: 4 }] : null,
    dialled: connected ? [dialled({ outcome: 'connected' })] : [],
    ...(greetedBefore ? {} : { greeting: null, latencyMs: null, transcript: [] }),
    farewell: null,
    end: { ...cause, step },
    ...seen,
  });
}

/** An attempt whose name could not be resolved. */
export const unresolved = (errno: string, nameExists: boolean | null = null): Observation =>
  ended('resolve', { kind: 'resolver', errno }, { nameExists });

/** An attempt in which no address let itself be connected to, each with its errno (`null`: no answer). */
export function unconnected(...errnos: (string | null)[]): Observation {
  const attempts = errnos.map((errno, i) =>
    dialled({ address: `192.0.2.${25 + i}`, errno, outcome: errno === null ? 'timeout' : 'failed' }),
  );
  return ended('connect', { kind: 'no-connection' }, { dialled: attempts });
}

/** A proxy, as an observation has it. */
export function proxySeen(over: Partial<ProxySeen> = {}): ProxySeen {
  return { scheme: 'http', host: 'proxy.example', port: 3128, from: 'proxy', withCredentials: false, ...over };
}

/** An attempt whose connection the proxy did not open. */
export function unproxied(failure: ProxyFailure, proxy: Partial<ProxySeen> = {}): Observation {
  return ended(
    'connect',
    { kind: 'proxy', ...failure },
    {
      proxy: proxySeen(proxy),
      addresses: null,
      dialled: [dialled({ address: 'mail.example.com', family: null, outcome: 'proxy-failed' })],
    },
  );
}

/** An attempt that received bytes which are no reply where the greeting should be. */
export const garbled = (text: string, malformed: Malformed['malformed'] = 'not-a-reply'): Observation =>
  ended('greeting', { kind: 'malformed', reply: { malformed, text } });

/** When every certificate is read, and the moment that many days later. */
export const READ_AT = new Date('2026-06-01T12:00:00Z');
export const daysOn = (days: number): Date => new Date(+READ_AT + days * 86_400_000);

/** A server's certificate in good order, but for what is given. */
export function certificate(over: Partial<Certificate> = {}): Certificate {
  return {
    subject: 'CN=mail.example.com',
    issuer: 'CN=R11, O=Let’s Encrypt, C=US',
    names: ['mail.example.com'],
    validFrom: daysOn(-30),
    validTo: daysOn(60),
    ...over,
  };
}

/** The authority that has issued it. */
export const intermediate = (over: Partial<Certificate> = {}): Certificate =>
  certificate({
    subject: 'CN=R11, O=Let’s Encrypt, C=US',
    issuer: 'CN=ISRG Root X1, O=Internet Security Research Group, C=US',
    names: [],
    validFrom: daysOn(-400),
    validTo: daysOn(300),
    ...over,
  });

/** A TLS connection that verifies, but for what is given. */
export function session(over: Partial<TlsSession> = {}): TlsSession {
  return {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    name: 'mail.example.com',
    chain: [certificate(), intermediate()],
    chainError: null,
    anchored: true,
    weak: null,
    named: true,
    at: READ_AT,
    ...over,
  };
}

/** An attempt that went through STARTTLS and EHLO behind it, and on to what is given. */
export function secured(seen: Partial<Observation> = {}): Observation {
  const asked = (step: StepName) =>
    step === 'auth' ? seen.auth != null : /^(?:mail|rcpt|rset)$/.test(step) ? seen.envelope != null : true;
  return observation({
    steps: STARTTLS_STEPS.filter(asked).map((step, i) => ({
      step,
      status: 'done',
      startMs: i * 5,
      tookMs: 5,
      because: null,
    })),
    starttls: { offered: true, reply: reply('220 2.0.0 Ready to start TLS') },
    tls: session(),
    ehlo: { verb: 'EHLO', reply: reply('250-mail.example.com\n250-SIZE 10240000\n250 AUTH PLAIN LOGIN') },
    ...seen,
  });
}

/** An attempt whose certificate is like this. */
export const certified = (over: Partial<TlsSession>): Observation => secured({ tls: session(over) });

/** An attempt with implicit TLS that did not come about. */
export const notSecured = (cause: Cause, seen: Partial<Observation> = {}): Observation =>
  ended('tls', cause, seen, IMPLICIT_STEPS);

/** An attempt that broke off behind an accepted STARTTLS. */
export const behindStartTls = (cause: Cause, seen: Partial<Observation> = {}): Observation =>
  ended(
    'tls',
    cause,
    { starttls: { offered: true, reply: reply('220 2.0.0 Ready to start TLS') }, ...seen },
    STARTTLS_STEPS,
  );

/** An attempt whose login was answered like this. */
export const loggedIn = (text: string, mechanism: Mechanism = 'PLAIN', saslError: string | null = null): Observation =>
  secured({ auth: { outcome: 'answered', mechanism, reply: reply(text), saslError } });

/** An attempt whose envelope was answered like this: MAIL, then RCPT for each recipient unless MAIL was refused. */
export function enveloped(mail: string, ...rcpt: readonly string[]): Observation {
  const recipients = rcpt.map((text, i) => ({ to: `ops${i || ''}@example.net`, reply: reply(text) }));
  return secured({
    envelope: {
      from: 'gate@example.com',
      needsUtf8: false,
      mail: reply(mail),
      recipients: rcpt.length > 0 ? recipients : [{ to: 'ops@example.net', reply: null }],
      rset: reply('250 2.0.0 Ok'),
    },
  });
}

/** A look around in which nothing was seen, but for what is given. */
export function around(over: Partial<Around> = {}): Around {
  return {
    tookMs: 4_000,
    port: 587,
    ports: [],
    otherFamily: null,
    ipv6Route: null,
    name: null,
    proxyVariable: null,
    hosted: false,
    ...over,
  };
}

/** How a port answered in a look around: not at all, unless it says otherwise. */
export function portLook(port: number, over: Partial<PortLook> = {}): PortLook {
  return {
    address: '192.0.2.25',
    family: 4,
    port,
    answer: 'timeout',
    text: null,
    startTls: null,
    tookMs: 4_000,
    ...over,
  };
}

/** A port that greets. */
export const greetingPort = (port: number, over: Partial<PortLook> = {}): PortLook =>
  portLook(port, { answer: 'greeting', text: '220 mail.example.com ESMTP', startTls: true, tookMs: 30, ...over });

/** What the sources of names say: the DNS the usual address, the others nothing. */
export const nameLook = (over: Partial<NameLook> = {}): NameLook => ({
  otherForm: null,
  dns: { answer: 'addresses', addresses: ['192.0.2.25'] },
  hosts: [],
  search: null,
  ...over,
});
