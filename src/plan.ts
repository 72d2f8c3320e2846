import type { Settings } from './inputs/settings.ts';
import type { Target } from './inputs/target.ts';
import type { Plan, ProxyPlan, TlsPlan } from './probe/plan.ts';
import { Secrets } from './secrets.ts';
import type { Credentials } from './smtp/mechanisms.ts';

/** The standard port of implicit TLS (RFC 8314 §7.3). */
const SUBMISSIONS = 465;

/** What settings mean for one target. */
export function planOf(target: Target, settings: Settings): Plan {
  const { timeout: timeoutMs, deadline: deadlineMs, ipFamily, ehloName, credentials, envelope } = settings;
  const login = credentials && {
    credentials,
    mechanism: settings.authMethod,
    overPlaintext: settings.authOverPlaintext,
  };
  return {
    host: target.host,
    port: target.port,
    family: ipFamily === 'auto' ? 0 : ipFamily === '4' ? 4 : 6,
    timeoutMs,
    deadlineMs,
    proxy: proxyPlan(target, settings),
    tls: tlsPlan(target, settings),
    beyond: settings.beyondGreeting ? { ehloName, login, envelope } : null,
    secrets: secretsOf(settings),
  };
}

function proxyPlan(target: Target, { proxy, tlsCa: ca }: Settings): ProxyPlan | null {
  const chosen = proxy?.choose(target);
  if (!chosen) return null;
  const { scheme, host, port, credentials, from } = chosen;
  return { scheme, host, port, credentials, from, ca };
}

function tlsPlan({ host, port }: Target, settings: Settings): TlsPlan {
  const {
    tls,
    tlsVerify: verify,
    tlsMinVersion: minVersion,
    tlsCa: ca,
    tlsClientCert: cert,
    tlsClientKey: key,
  } = settings;
  const auto = port === SUBMISSIONS ? 'implicit' : 'if-offered';
  return {
    when: tls === 'auto' ? auto : tls === 'none' ? 'never' : tls,
    // Who ignores a fault of the certificate wants to know what comes behind it.
    strict: verify && tls !== 'auto' && !settings.ignore.some(({ code }) => code.startsWith('certificate-')),
    verify,
    minVersion,
    name: (settings.tlsServername ?? host).replace(/\.$/, ''),
    ca,
    client: cert !== null && key !== null ? { cert, key } : null,
  };
}

/** What no output may show. A user name that another input says openly is no secret. */
export function secretsOf({ credentials, given, proxy }: Settings): Secrets {
  const secrets = new Secrets(proxy?.proxy?.secrets);
  if (!credentials) return secrets;
  const { username } = credentials;
  const open = [...given.values()].join('\n');
  secrets.add(proofOf(credentials));
  if (!open.includes(username)) secrets.add(username);
  return secrets;
}

/** A mask that is shorter would shred the job's log: GitHub hides every occurrence. */
const SHORTEST_MASK = 4;

/** What the runner is asked to mask in the job's log: every secret, and the forms in which it may be repeated. */
export function masksOf({ credentials, proxy }: Settings): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const repeated = (secret: string) => [secret, base64(secret), encodeURIComponent(secret)];
  const login = credentials
    ? [...repeated(proofOf(credentials)), base64(`\0${credentials.username}\0${proofOf(credentials)}`)]
    : [];
  const forms = [...login, ...(proxy?.proxy?.secrets ?? []).flatMap(repeated)];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_MASK);
}

function proofOf(credentials: Credentials): string {
  return credentials.kind === 'password' ? credentials.password : credentials.token;
}
