import { isExempt } from '../no-proxy.ts';
import type { Environment, Parsed } from './parsed.ts';
import type { ProxyRule, ProxyUrl } from './proxy-rule.ts';

/**
 * The variables, the one that counts first. None is for SMTP. What SMTP needs of a proxy is a tunnel, and `https_proxy`
 * names one that opens tunnels; one that is named for plain HTTP alone may refuse them, and still is meant before
 * `all_proxy`, which is for what no other variable is for. As with curl and its like, lower case comes before upper
 * case, and an empty variable counts as none. (That `HTTP_PROXY` may come from a request's header is a matter of CGI.)
 */
export const PROXY_VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** The proxy that the environment names, and whom `no_proxy` keeps from it. Only the variable that counts is read. */
export function environmentProxy(
  env: Environment,
  read: (text: string, from: string) => Parsed<ProxyUrl>,
): Parsed<ProxyRule> {
  const value = (name: string) => env[name]?.trim() ?? '';
  const name = PROXY_VARIABLES.find((name) => value(name) !== '');
  if (name === undefined) return { value: { shown: 'env', proxy: null, choose: () => null } };
  // Without a scheme, a proxy of the environment is one of HTTP.
  const text = value(name);
  const parsed = read(text.includes('://') ? text : `http://${text}`, name);
  if ('problem' in parsed) return { problem: `is env, and the variable ${name} ${parsed.problem}` };
  const exempt = value('no_proxy') || value('NO_PROXY');
  const proxy = parsed.value;
  return { value: { shown: 'env', proxy, choose: (target) => (isExempt(target, exempt) ? null : proxy) } };
}
