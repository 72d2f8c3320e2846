import { isExempt, noProxy, proxyVariable } from '../../shared/proxy-env.ts';
import type { ProxyRule, ProxyUrl } from './proxy-rule.ts';
import type { Environment, Parsed } from './result.ts';

/** The proxy that the environment names, and whom `no_proxy` keeps from it. Only the variable that counts is read. */
export function environmentProxy(
  env: Environment,
  read: (text: string, from: string) => Parsed<ProxyUrl>,
): Parsed<ProxyRule> {
  const name = proxyVariable(env);
  if (name === null) return { value: { shown: 'env', proxy: null, choose: () => null } };
  // Without a scheme, a proxy of the environment is one of HTTP.
  const text = env[name]?.trim() ?? '';
  const parsed = read(text.includes('://') ? text : `http://${text}`, name);
  if ('problem' in parsed) return { problem: `is env, and the variable ${name} ${parsed.problem}` };
  const proxy = parsed.value;
  return { value: { shown: 'env', proxy, choose: (target) => (isExempt(target, noProxy(env)) ? null : proxy) } };
}
