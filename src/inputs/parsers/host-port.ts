import { ipFamily } from '../../shared/address.ts';
import { halfBracketed, host } from './host.ts';
import { port } from './primitives.ts';
import { hasAt, type Parsed, quote } from './result.ts';

/** A server by where it is. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** It is to speak LMTP (RFC 2033). */
  readonly lmtp?: true;
}

/** `host:port` or `[v6]:port`. */
export function hostAndPort(text: string): Parsed<Target> {
  // The parts of it, down to the digits of its port, may be a password.
  if (hasAt(text)) return { problem: `${quote(text)}: host contains an at sign (@): write only the host after the @` };
  const match = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(text);
  if (!match) {
    const bracket = bracketProblem(text);
    return (
      bracket ?? {
        problem: `${quote(text)} is not a target; write host:port, such as mail.example.com:587 or [::1]:25`,
      }
    );
  }
  const parsedHost = host(match[1] ?? '');
  const parsedPort = port(match[2] ?? '');
  const problems = [
    ...('problem' in parsedHost ? [`host ${parsedHost.problem}`] : []),
    ...('problem' in parsedPort ? [`port ${parsedPort.problem}`] : []),
  ];
  if ('value' in parsedHost && 'value' in parsedPort)
    return { value: { host: parsedHost.value, port: parsedPort.value } };
  return { problem: `${quote(text)}: ${problems.join('; ')}` };
}

/** An IPv6 address of whose brackets one is missing, and the target that is meant. */
function bracketProblem(text: string): { problem: string } | null {
  const [, before = text, port] = /^([^:]*:.*\]):(\d{1,5})$/.exec(text) ?? [];
  const [wrong, bare = ''] = halfBracketed(before) ?? [];
  // In [::1:25 the last number is the port.
  const [, address = '', last] = /^(.*[^:]):(\d{1,5})$/.exec(port === undefined ? bare : '') ?? [];
  const meant = ipFamily(address) === 6 ? [address, last] : [bare, port];
  if (ipFamily(meant[0] ?? '') !== 6) return null;
  return { problem: `${quote(text)} is not a target: it contains ${wrong}; write [${meant[0]}]:${meant[1] ?? 25}` };
}
