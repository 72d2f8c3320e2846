import { ipBytes } from './ip-bytes.ts';

/**
 * The variables, the one that counts first. None is for SMTP. What SMTP needs of a proxy is a tunnel, and `https_proxy`
 * names one that opens tunnels; one that is named for plain HTTP alone may refuse them, and still is meant before
 * `all_proxy`, which is for what no other variable is for. As with curl and its like, lower case comes before upper
 * case, and an empty variable counts as none. (That `HTTP_PROXY` may come from a request's header is a matter of CGI.)
 */
export const PROXY_VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

type Environment = Readonly<Record<string, string | undefined>>;

/** The name of the variable that counts; `null` when none is set. */
export function proxyVariable(env: Environment): string | null {
  return PROXY_VARIABLES.find((name) => env[name]?.trim()) ?? null;
}

/** What is to be reached without the proxy, as the environment lists it. */
export function noProxy(env: Environment): string {
  return env.no_proxy?.trim() || env.NO_PROXY?.trim() || '';
}

/**
 * Whether a list as `no_proxy` has it keeps a target from the proxy: `*`, names (which stand for what is under them as
 * well), `*.name` (which stands for that alone), addresses and networks (CIDR), each with `:port` where only that port is
 * meant, parted by commas or white space. An address is compared with addresses alone: no name is resolved for it.
 */
export function isExempt({ host, port }: { readonly host: string; readonly port: number }, list: string): boolean {
  const name = bare(host);
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, name, port));
}

function matches(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  // A port stands behind brackets, or behind the only colon: an IPv6 address without brackets has none.
  const [, bracketed, plain, only] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  const wanted = bare(bracketed ?? plain ?? entry);
  const address = ipBytes(name);
  if (address) return isIn(address, wanted);
  if (wanted.startsWith('*.')) return name.endsWith(wanted.slice(1));
  const domain = wanted.replace(/^\./, '');
  return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}

/** Whether an address is the one that is written, or lies in the network. */
function isIn(address: readonly number[], wanted: string): boolean {
  const [, base = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(wanted) ?? [];
  const bytes = ipBytes(base);
  if (!bytes) return false;
  const bits = Number(length ?? bytes.length * 8);
  if (bits > bytes.length * 8) return false;
  // An IPv4 address may be written as IPv6 (RFC 4291 §2.5.5.2), here or there.
  const [mine, theirs] = [mapped(address), mapped(bytes)];
  const significant = bytes.length === 4 ? bits + MAPPED.length * 8 : bits;
  return theirs.every((byte, i) => {
    const mask = 0xff00 >> Math.min(8, Math.max(0, significant - i * 8));
    return ((byte ^ (mine[i] ?? 0)) & mask & 0xff) === 0;
  });
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] as const;

function mapped(bytes: readonly number[]): readonly number[] {
  return bytes.length === 4 ? [...MAPPED, ...bytes] : bytes;
}

/** A host as it is compared: in lower case, without final dots. */
function bare(host: string): string {
  let end = host.length;
  while (host[end - 1] === '.') end -= 1;
  return host.slice(0, end).toLowerCase();
}
