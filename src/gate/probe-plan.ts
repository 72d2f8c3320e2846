import type { Target } from '../inputs/parsers/host-port.ts';
import type { Checks, Entry, Settings } from '../inputs/settings.ts';
import type { Plan, ProxyPlan, TlsPlan } from '../probe/plan.ts';
import { Secrets } from '../shared/redaction.ts';
import type { Credentials } from '../smtp/sasl/mechanisms.ts';

/** The standard port of implicit TLS (RFC 8314 §7.3). */
const SUBMISSIONS = 465;

/** What is asked of a target, as the probe takes it. `others` are the secrets of all targets together. */
export function planOf(target: Target, checks: Checks, others: Secrets | null = null): Plan {
  const { timeout: timeoutMs, deadline: deadlineMs, ipFamily, ehloName, credentials, envelope } = checks;
  const login = credentials && {
    credentials,
    mechanism: checks.authMethod,
    overPlaintext: checks.authOverPlaintext,
  };
  return {
    host: target.host,
    port: target.port,
    family: ipFamily === 'auto' ? 0 : ipFamily === '4' ? 4 : 6,
    only: null,
    localAddress: checks.sourceAddress?.address ?? null,
    timeoutMs,
    deadlineMs,
    proxy: proxyPlan(target, checks),
    proxyHeader: checks.proxyProtocol,
    tls: tlsPlan(target, checks),
    protocol: target.lmtp ? 'lmtp' : 'smtp',
    beyond: checks.beyondGreeting ? { ehloName, login, envelope } : null,
    secrets: secretsOf(checks, target.host, others).prepare(),
  };
}

function proxyPlan(target: Target, { proxy, tlsCa: ca }: Checks): ProxyPlan | null {
  const chosen = proxy?.choose(target);
  if (!chosen) return null;
  const { scheme, host, port, credentials, from } = chosen;
  return { scheme, host, port, credentials, from, ca };
}

function tlsPlan({ host, port }: Target, checks: Checks): TlsPlan {
  const {
    tls,
    tlsVerify: verify,
    tlsMinVersion: minVersion,
    tlsCa: ca,
    tlsClientCert: cert,
    tlsClientKey: key,
  } = checks;
  const auto = port === SUBMISSIONS ? 'implicit' : 'if-offered';
  return {
    when: tls === 'auto' ? auto : tls === 'none' ? 'never' : tls,
    // Who ignores a fault of the certificate wants to know what comes behind it.
    strict: verify && tls !== 'auto' && !checks.ignore.some(({ code }) => code.startsWith('certificate-')),
    verify,
    minVersion,
    name: (checks.tlsServername ?? host).replace(/\.$/, ''),
    ca,
    client: cert !== null && key !== null ? { cert, key } : null,
  };
}

/**
 * What no output may show. A user name that another input says openly, the host included, is no secret: without it the
 * report could not say what was checked.
 */
export function secretsOf(
  { credentials, given, proxy, tlsClientKey, githubToken }: Checks,
  host = '',
  others: Secrets | null = null,
): Secrets {
  const secrets = new Secrets(proxy?.proxy?.secrets, others);
  for (const value of [tlsClientKey, githubToken]) secrets.add(value ?? '');
  if (!credentials) return secrets;
  const { username } = credentials;
  const open = [host, ...given.values()].join('\n').toLowerCase();
  secrets.add(proofOf(credentials));
  if (!open.includes(username.toLowerCase())) secrets.add(username);
  return secrets;
}

/**
 * The passwords and tokens of several targets together, prepared once for all: a server may know another's. User names are
 * left out, since one target's may be a word in the answers of all others. `null` where there is nothing to share.
 */
export function secretsOfAll(entries: readonly Entry[]): Secrets | null {
  const logins = new Set(entries.flatMap(({ checks }) => (checks.credentials ? [proofOf(checks.credentials)] : [])));
  return entries.length > 1 && logins.size > 0 ? new Secrets(logins).prepare() : null;
}

/** A mask that is shorter would shred the job's log: GitHub hides every occurrence. */
const SHORTEST_MASK = 4;

/**
 * What the runner is asked to mask in the job's log, of the inputs and of every target: each secret, line by line, and the forms in which it may be
 * repeated.
 */
export function masksOf(settings: Pick<Settings, 'entries'> & Checks): string[] {
  // Most targets share the checks of the inputs.
  const checks = new Set([settings, ...settings.entries.map((entry) => entry.checks)]);
  return [...new Set([...checks].flatMap(masksOfOne))];
}

function masksOfOne({ credentials, proxy, githubToken, tlsClientKey }: Checks): string[] {
  const login = credentials
    ? [...repeated(proofOf(credentials)), base64(`\0${credentials.username}\0${proofOf(credentials)}`)]
    : [];
  const others = [...(proxy?.proxy?.secrets ?? []), githubToken ?? ''];
  // A mask for what every key begins with would hide it in everybody's.
  const key = (tlsClientKey ?? '').split(/[\r\n]+/).filter((line) => !line.startsWith('-----'));
  const forms = [...login, ...others.flatMap(repeated), ...key];
  return forms.filter((form) => form.length >= SHORTEST_MASK);
}

function repeated(secret: string): string[] {
  return secret
    .split(/[\r\n]+/)
    .flatMap((line) => [
      line,
      base64(line),
      base64(line).replace(/=+$/, ''),
      Buffer.from(line).toString('base64url'),
      encodeURIComponent(line),
      JSON.stringify(line).slice(1, -1),
      line.replace(/[&<>"']/g, (character) => HTML[character] ?? ''),
      Buffer.from(line).toString('hex'),
    ]);
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function proofOf(credentials: Credentials): string {
  return credentials.kind === 'password' ? credentials.password : credentials.token;
}
