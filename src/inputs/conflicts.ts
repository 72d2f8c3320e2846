import { literalAddress } from '../shared/address.ts';
import { PASSWORD_MECHANISMS, TOKEN_MECHANISMS } from '../smtp/sasl/mechanisms.ts';
import { namesWith, type OptionName, type Options, optionOf } from './options.ts';
import { isKeyOf, refusalOf } from './parsers/pem.ts';

/** What is wrong with one input. */
export interface Problem {
  readonly input: OptionName;
  readonly problem: string;
}

/** The options that were given: an option that has its default is not. */
type Given = { has(name: OptionName): boolean };

/** Options that are each well-formed and cannot all be meant; those that cannot be read are left out. */
export function contradictions(options: Partial<Options>, given: Given): Problem[] {
  return [
    ...targetProblems(given),
    ...addressProblems(options),
    ...sourceProblems(options),
    ...latencyProblems(options),
    ...tlsProblems(options, given),
    ...loginProblems(options, given),
    ...envelopeProblems(given),
    ...quorumProblems(options, given),
    ...incidentProblems(options),
  ];
}

function targetProblems(given: Given): Problem[] {
  if (!given.has('host') && !given.has('port')) return [];
  const host = given.has('port') ? 'host and port' : 'host';
  const also = given.has('host') ? host : 'port';
  return namesWith('namesTarget')
    .filter((name) => optionOf(name).list && given.has(name))
    .map((input) => ({ input, problem: `is given together with ${also}; give one or the other` }));
}

function addressProblems({ host, port, ipFamily, addresses, proxy }: Partial<Options>): Problem[] {
  const literal = host ? literalAddress(host) : null;
  const through = host ? proxy?.choose({ host, port: port ?? 0 }) : proxy?.proxy;
  const resolvedThere = !literal && through != null && through.scheme !== 'socks5';
  if (resolvedThere && addresses === 'all') {
    const problem = `is all, and the proxy resolves the name itself, so that the addresses are not known here; write first, or use a socks5:// proxy`;
    return [{ input: 'addresses', problem }];
  }
  if (!ipFamily || ipFamily === 'auto' || literal?.family === Number(ipFamily)) return [];
  if (resolvedThere) {
    const problem = `"${ipFamily}" cannot be used with the proxy, which resolves the name itself; write auto, or use a socks5:// proxy`;
    return [{ input: 'ip-family', problem }];
  }
  if (!literal) return [];
  const problem = `"${ipFamily}" excludes the host, which is the IPv${literal.family} address ${host}; write auto or ${literal.family}`;
  return [{ input: 'ip-family', problem }];
}

/** What an address to connect from does not go with: it fixes the family, and a proxy connects from its own. */
function sourceProblems({ host, port, ipFamily, proxy, sourceAddress }: Partial<Options>): Problem[] {
  if (!sourceAddress) return [];
  const { address, family } = sourceAddress;
  const input = 'source-address';
  const through = host ? proxy?.choose({ host, port: port ?? 0 }) : proxy?.proxy;
  if (through != null) {
    const problem = `"${address}" cannot be used with the proxy, which connects from its own address; write one or the other`;
    return [{ input, problem }];
  }
  if (ipFamily && ipFamily !== 'auto' && Number(ipFamily) !== family) {
    const problem = `"${address}" is an IPv${family} address, which excludes ip-family: ${ipFamily}; write ip-family: auto, or an IPv${ipFamily} address of this machine`;
    return [{ input, problem }];
  }
  const literal = host ? literalAddress(host) : null;
  if (!literal || literal.family === family) return [];
  const problem = `"${address}" excludes the host, which is the IPv${literal.family} address ${host}; write an IPv${literal.family} address of this machine`;
  return [{ input, problem }];
}

function latencyProblems({ latencyWarn, latencyFail }: Partial<Options>): Problem[] {
  if (!latencyWarn || !latencyFail || latencyWarn <= latencyFail) return [];
  const problem = `${latencyWarn} ms is above latency-fail (${latencyFail} ms), so it can never warn; write a shorter time`;
  return [{ input: 'latency-warn', problem }];
}

function tlsProblems(options: Partial<Options>, given: Given): Problem[] {
  return [
    ...withoutTls(options, given),
    ...halfOfPair('tls-client-cert', 'tls-client-key', given),
    ...halfOfPair('tls-client-key', 'tls-client-cert', given),
    ...clientProblems(options),
    ...daysProblems(options, given),
  ];
}

/** Options that mean nothing without TLS. (A `tls-ca` may well be given to every step of a job.) */
function withoutTls({ tls }: Partial<Options>, given: Given): Problem[] {
  const useless = tls === 'none' ? namesWith('needsTls').filter((name) => given.has(name)) : [];
  if (useless.length === 0) return [];
  const [asks, it] = useless.length === 1 ? ['asks', 'it'] : ['ask', 'them'];
  const problem = `is none, and ${useless.join(', ')} ${asks} for TLS; write starttls or implicit, or leave ${it} out`;
  return [{ input: 'tls', problem }];
}

function halfOfPair(one: OptionName, other: OptionName, given: Given): Problem[] {
  return given.has(one) && !given.has(other) ? [{ input: one, problem: `is given without ${other}; give both` }] : [];
}

function daysProblems({ certificateWarnDays, certificateFailDays }: Partial<Options>, given: Given): Problem[] {
  if (!given.has('certificate-warn-days') || !given.has('certificate-fail-days')) return [];
  if (certificateWarnDays === undefined || certificateFailDays === undefined) return [];
  if (certificateWarnDays >= certificateFailDays) return [];
  const problem = `${certificateWarnDays} is below certificate-fail-days (${certificateFailDays}), so it can never warn; write a larger number`;
  return [{ input: 'certificate-warn-days', problem }];
}

/** What is missing to log in, where the mechanism takes only one of both. */
function missingSecret(authMethod: Options['authMethod'] | undefined): string {
  if (TAKE_TOKEN.includes(authMethod ?? '')) return 'access-token';
  return TAKE_PASSWORD.includes(authMethod ?? '') ? 'password' : 'password or access-token';
}
const TAKE_PASSWORD: readonly string[] = PASSWORD_MECHANISMS;
const TAKE_TOKEN: readonly string[] = TOKEN_MECHANISMS;

/** What a TLS handshake would fail on before a byte of it is sent. */
function clientProblems({ tlsClientCert: certificate, tlsClientKey: key }: Partial<Options>): Problem[] {
  if (!certificate || !key) return [];
  if (!isKeyOf(key, certificate)) {
    const problem = 'does not belong to tls-client-cert; give the key of that certificate';
    return [{ input: 'tls-client-key', problem }];
  }
  const refusal = refusalOf(key, certificate);
  if (refusal === null) return [];
  const problem = `is refused by this runner's OpenSSL (${refusal}); give a new one, with an RSA key of 2,048 bits or more (or an EC key) and SHA-256`;
  return [{ input: 'tls-client-cert', problem }];
}

function loginProblems({ authMethod }: Partial<Options>, given: Given): Problem[] {
  const problem = halfOfLogin(authMethod, given);
  return problem === null ? methodProblems(authMethod, given) : [problem];
}

/** What is missing to log in with, or given twice. */
function halfOfLogin(authMethod: Options['authMethod'] | undefined, given: Given): Problem | null {
  const [username, password, token] = [given.has('username'), given.has('password'), given.has('access-token')];
  if (password && token) {
    const problem = 'is given together with password, but only one of them can be used; give one of them';
    return { input: 'access-token', problem };
  }
  if (password && !username) {
    return { input: 'password', problem: 'is given without username; give both (is the secret set here?)' };
  }
  if (username && !password && !token) {
    const missing = missingSecret(authMethod);
    const it = missing.includes(' or ') ? 'one of them' : 'it';
    return { input: 'username', problem: `is given without ${missing}; give ${it} (is the secret set here?)` };
  }
  if (token && !username && authMethod !== 'OAUTHBEARER') {
    const problem = 'is given without username; give it, or write auth-method: OAUTHBEARER, which needs none';
    return { input: 'access-token', problem };
  }
  return null;
}

/** A mechanism that does not go with what is given to log in. */
function methodProblems(authMethod: Options['authMethod'] | undefined, given: Given): Problem[] {
  if (!given.has('auth-method') || authMethod === undefined) return [];
  const password = given.has('password');
  if (!password && !given.has('access-token')) {
    const [needed] = missingSecret(authMethod).split(' or ');
    const problem = `${authMethod} has nothing to log in with; give username and ${needed}, or leave it out`;
    return [{ input: 'auth-method', problem }];
  }
  const fitting: readonly string[] = password ? PASSWORD_MECHANISMS : TOKEN_MECHANISMS;
  if (fitting.includes(authMethod)) return [];
  const problem = `${authMethod} does not take ${password ? 'a password' : 'an access-token'}; write auto or one of ${fitting.join(', ')}`;
  return [{ input: 'auth-method', problem }];
}

function quorumProblems({ quorum, shard }: Partial<Options>, given: Given): Problem[] {
  if (shard && given.has('quorum')) {
    const problem =
      'cannot be combined with shard, because it counts over all targets, and this step checks only a part of them; leave it out here, and write it as the quorum of the merge, which counts the vantage points of each target';
    return [{ input: 'quorum', problem }];
  }
  if (given.has('targets') || !given.has('host') || quorum?.kind !== 'count' || quorum.count === 1) return [];
  return [{ input: 'quorum', problem: `${quorum.count} is more than the one target of host and port; leave it out` }];
}

function envelopeProblems(given: Given): Problem[] {
  if (!given.has('rcpt-to') || given.has('mail-from')) return [];
  return [
    { input: 'rcpt-to', problem: 'is given without mail-from; give a sender as well (in SMTP, RCPT comes after MAIL)' },
  ];
}

function incidentProblems({ incidentIssue, failOn }: Partial<Options>): Problem[] {
  if (!incidentIssue || failOn !== 'never') return [];
  const problem =
    'cannot be combined with fail-on: never, because then the gate never fails and no issue is opened; write fail-on: fail, and continue-on-error: true if the job must continue';
  return [{ input: 'incident-issue', problem }];
}
