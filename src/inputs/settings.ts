import { literalAddress } from '../address.ts';
import { OPTION_NAMES, OPTIONS, type OptionName, type Options } from './options.ts';
import type { Target } from './target.ts';

/** What the user asked for, read and found consistent. */
export interface Settings extends Omit<Options, 'host' | 'port'> {
  /** Empty when the host or the port was left empty. */
  readonly targets: readonly Target[];
  /** Which of host and port are empty. */
  readonly missing: readonly ('host' | 'port')[];
  /** Whether anything was asked for that only EHLO and what follows can tell. */
  readonly beyondGreeting: boolean;
  /** The options that were given and differ from their defaults, as text, to be shown and repeated. */
  readonly given: ReadonlyMap<OptionName, string>;
}

/** What is wrong with one input. */
export interface Problem {
  readonly input: OptionName;
  readonly problem: string;
}

/** Where option texts come from: an action's inputs, or a command line. Empty or `undefined` means the default. */
export type Source = (name: OptionName) => string | undefined;

/** Reads every option and reports all problems at once; nothing else of the program reads an input. */
export function readSettings(source: Source): { settings: Settings } | { problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const given = new Map<OptionName, string>();
  const problems: Problem[] = [];
  for (const name of OPTION_NAMES) {
    const option = OPTIONS[name];
    const text = source(name)?.trim() || option.default;
    if (text !== option.default) given.set(name, text);
    const parsed = option.parse(text);
    if ('value' in parsed) values[camelCase(name)] = parsed.value;
    else problems.push({ input: name, problem: parsed.problem });
  }
  problems.push(...contradictions(values as Partial<Options>));
  const options = values as unknown as Options;
  if (problems.length > 0) return { problems };
  const { host, port, ...rest } = options;
  const targets = host !== null && port !== null ? [{ host, port }] : [];
  const missing = [...(host === null ? ['host' as const] : []), ...(port === null ? ['port' as const] : [])];
  const beyondGreeting = rest.ehloName !== null || rest.require.length > 0;
  return { settings: { ...rest, targets, missing, beyondGreeting, given } };
}

/** Options that are each well-formed and cannot all be meant; those that cannot be read are left out. */
function contradictions({ host, ipFamily, latencyWarn, latencyFail }: Partial<Options>): Problem[] {
  const problems: Problem[] = [];
  const literal = host ? literalAddress(host) : null;
  if (literal && ipFamily && ipFamily !== 'auto' && literal.family !== Number(ipFamily)) {
    const problem = `"${ipFamily}" excludes the host, which is the IPv${literal.family} address ${host}; write auto or ${literal.family}`;
    problems.push({ input: 'ip-family', problem });
  }
  if (latencyWarn && latencyFail && latencyWarn > latencyFail) {
    const problem = `${latencyWarn} ms is above latency-fail (${latencyFail} ms), so it could never warn; write a shorter time`;
    problems.push({ input: 'latency-warn', problem });
  }
  return problems;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
