import fc from 'fast-check';
import { asked, conversation, MECHANISMS, secureConversation, server } from './generate.ts';
import { authoritiesOfFuzz, type CertificateScript, certificateScript, identityOf } from './identities.ts';
import { faults } from './oracle.ts';
import { outputFaults, type Written } from './outputs.ts';
import { type Run, runCase } from './run.ts';
import type { Asked, Case, Header, ServerScript } from './script.ts';
import { type ProxyScript, proxyScript, worldOf } from './tunnels.ts';

/** One of the properties: what it is about, and what is wrong with a case, in words. */
export interface Property<T> {
  readonly cases: fc.Arbitrary<T>;
  readonly check: (one: T) => Promise<string[]>;
}

const written = fc.oneof(
  { weight: 60, arbitrary: fc.constant<Written>('nothing') },
  { weight: 12, arbitrary: fc.constant<Written>('messages') },
  { weight: 1, arbitrary: fc.constant<Written>('all') },
);

async function all(run: Run, how: Written): Promise<string[]> {
  return [...faults(run), ...(await outputFaults(run, how))];
}

const property = <T>(cases: fc.Arbitrary<T>, check: (one: T) => Promise<string[]>): Property<T> => ({ cases, check });

/** A certificate in good order. */
export const GOOD: CertificateScript = {
  from: -1,
  to: 90,
  names: ['h0.fuzz.test'],
  subject: 'h0.fuzz.test',
  issuer: 'root',
  patch: null,
  version: 'TLSv1.3',
};

const conversations = property(fc.record({ one: conversation, written }), async ({ one, written }) =>
  all(await runCase(one), written),
);

const secured = property(
  fc.record({ one: secureConversation, trusted: fc.integer({ min: 0, max: 9 }), written }),
  async ({ one, trusted, written }) => {
    const { options, ca } = await identityOf(GOOD);
    // Without the authority, a certificate in good order is one that nobody can verify.
    const inputs = trusted > 0 ? { 'tls-ca': ca } : {};
    const run = await runCase(one, { identity: options, inputs });
    return [...(await all(run, written)), ...(trusted > 0 ? [] : distrustFaults(run, false, false))];
  },
);

const proxied = property(
  fc.record({
    one: fc.record({
      asked: asked(fc.constant<Asked['tls']>('none')).map((one) => ({ ...one, all: false })),
      targets: server().map((one) => [[one]]),
    }),
    proxy: proxyScript,
    written,
  }),
  async ({ one, proxy, written }: { one: Case; proxy: ProxyScript; written: Written }) =>
    all(await runCase(one, worldOf(proxy)), written),
);

const header = fc.constantFrom<Header | undefined>(undefined, 'v1', 'v2');
const headers = fc.constantFrom<readonly Header[] | undefined>(undefined, ['v1', 'v2'], ['v1'], ['v2']);
const language = fc.constantFrom<ServerScript['language']>('smtp', 'lmtp');

/** What a mistaken header or protocol comes to at a server in good health. */
function mismatchFaults({ asked, result }: Run, { language, headers = [] }: ServerScript): string[] {
  const { header, lmtp } = asked;
  const isMissing = headers.length > 0 && (header === undefined || !headers.includes(header));
  const isUnwanted = header !== undefined && headers.length === 0;
  const other = lmtp ? 'smtp-expected' : 'lmtp-expected';
  const isOther = language !== undefined && language !== (lmtp ? 'lmtp' : 'smtp');
  const wanted = isMissing
    ? 'proxy-header-expected'
    : isUnwanted
      ? 'proxy-header-unexpected'
      : isOther
        ? other
        : 'pass';
  const [target] = result.targets;
  const so = target?.deciding?.code ?? target?.status;
  return so === wanted ? [] : [`it should be ${wanted}, and is ${so}`];
}

/** A server with a header or without, of LMTP or SMTP, and a gate that takes it for either. */
const firstWords = property(
  fc.record({
    asked: asked(
      fc.oneof(
        { weight: 6, arbitrary: fc.constant<Asked['tls']>('none') },
        { weight: 1, arbitrary: fc.constantFrom<Asked['tls']>('auto', 'starttls', 'implicit') },
      ),
    ),
    server: server(),
    isHealthy: fc.boolean(),
    lmtp: fc.boolean(),
    header,
    headers,
    language,
    source: fc.constantFrom(undefined, '127.0.0.1'),
    written,
  }),
  async ({ asked, server, isHealthy, lmtp, header, headers, language, source, written }) => {
    const { options, ca } = await identityOf(GOOD);
    const capabilities = ['PIPELINING', '8BITMIME', 'SMTPUTF8', `AUTH ${MECHANISMS.join(' ')}`];
    const sessions = [{ overrides: [], chunk: 0 }];
    const { tls: mode } = asked;
    const script: ServerScript = {
      ...(isHealthy ? { capabilities, sessions } : server),
      ...(mode === 'none' ? {} : { tls: mode === 'implicit' ? 'implicit' : 'starttls' }),
      language,
      headers,
    };
    const simple = isHealthy
      ? { login: null, require: [], banner: null, ignore: [], wait: 0, timeout: 10_000, deadline: 30_000 }
      : {};
    const recipients = asked.recipients ?? (isHealthy ? 1 : null);
    const one: Case = {
      asked: { ...asked, ...simple, recipients, all: false, lmtp, header, source },
      targets: [[script]],
    };
    const run = await runCase(one, mode === 'none' ? {} : { identity: options, inputs: { 'tls-ca': ca } });
    return [
      ...(await all(run, written)),
      ...(isHealthy ? mismatchFaults(run, script) : falseHeaderFaults(run, script)),
    ];
  },
);

/** A header is not told of where the server has never waited for one, nor refused where it did. */
function falseHeaderFaults({ result }: Run, { headers }: ServerScript): string[] {
  return result.targets.flatMap(({ findings }) =>
    findings.flatMap(({ code }) =>
      code === (headers ? 'proxy-header-unexpected' : 'proxy-header-expected') ? [`it is wrongly ${code}`] : [],
    ),
  );
}

const healthy = asked(fc.constantFrom<Asked['tls']>('starttls', 'implicit', 'auto')).map(
  (one): Asked => ({
    ...one,
    all: false,
    wait: 0,
    require: [],
    banner: null,
  }),
);

const certificates = property(
  fc.record({
    asked: healthy,
    ignores: fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      {
        weight: 1,
        arbitrary: fc.subarray(['certificate-expired', 'certificate-not-yet-valid', 'certificate-expiring'], {
          minLength: 1,
        }),
      },
    ),
    certificate: certificateScript,
    written,
  }),
  async ({ asked, ignores, certificate, written }) => {
    const { options, ca, sound, inTime } = await identityOf(certificate);
    const server = {
      capabilities: ['PIPELINING', 'AUTH PLAIN LOGIN SCRAM-SHA-256 XOAUTH2'],
      sessions: [{ overrides: [], chunk: 0 }],
    };
    const mode = asked.tls === 'implicit' ? ('implicit' as const) : ('starttls' as const);
    const one: Case = { asked: { ...asked, ignore: ignores }, targets: [[{ ...server, tls: mode }]] };
    const run = await runCase(one, { identity: options, inputs: { 'tls-ca': ca } });
    return [...(await all(run, written)), ...distrustFaults(run, sound, inTime)];
  },
);

/** A certificate that does not hold must not pass, nor be trusted with a login. */
function distrustFaults({ asked, result, connections }: Run, sound: boolean, inTime: boolean): string[] {
  const [target] = result.targets;
  if (!target) return [];
  const datesIgnored = asked.ignore.some((code) => /^certificate-(?:expired|not-yet-valid)$/.test(code));
  const mustFail = asked.tls !== 'auto' && (!sound || (!inTime && !datesIgnored));
  const loggedIn = connections.some(({ events }) =>
    events.some((event) => event.kind === 'command' && (event.sasl || /^AUTH/i.test(event.line))),
  );
  const secured = connections.some((one) => one.secured);
  return [
    ...(mustFail && target.status !== 'fail' ? [`the certificate does not hold, and it is ${target.status}`] : []),
    ...(secured && loggedIn && (!sound || !inTime) && !asked.login?.overPlaintext
      ? ['credentials went to a server whose certificate does not verify']
      : []),
  ];
}

/** The properties by name. */
export const PROPERTIES: Readonly<Record<string, Property<never>>> = {
  conversations,
  tls: secured,
  proxies: proxied,
  'first-words': firstWords,
  certificates,
} as unknown as Record<string, Property<never>>;

/** What must be there before any time is measured. */
export async function warmUp(): Promise<void> {
  await authoritiesOfFuzz();
  for (const { cases, check } of Object.values(PROPERTIES)) {
    for (const one of fc.sample(cases, { numRuns: 20, seed: 1 })) await check(one).catch(() => {});
  }
}
