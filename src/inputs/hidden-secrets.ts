import type { TargetSource } from '../model/fleet.ts';
import { Secrets } from '../shared/redaction.ts';
import type { Checks, Entry } from './checks.ts';
import { type Options, optionOf } from './options.ts';
import type { IgnoreRule } from './parsers/ignore.ts';

/** The passwords, tokens and keys among the values of the inputs, and those of single targets. */
export function secretsIn(
  { password, accessToken, tlsClientKey, githubToken, proxy }: Partial<Options>,
  own: Iterable<string>,
): Secrets {
  const values = [password, accessToken, tlsClientKey, githubToken].map((value) => value ?? '');
  return new Secrets([...values, ...(proxy?.proxy?.secrets ?? []), ...own]);
}

/** The same entries, and no secret in what is shown of them: names of files, reasons, texts of options. */
export function withoutSecrets(entries: readonly Entry[], secrets: Secrets): readonly Entry[] {
  if (secrets.empty) return entries;
  // Most targets share the checks of the inputs, and their file.
  const checks = remembering((one: Checks) => hideIn(one, secrets));
  const file = remembering((name: string) => secrets.redact(name));
  const hideSource = (source: TargetSource | null) =>
    source?.file == null ? source : { ...source, file: file(source.file) };
  return entries.map((entry) => ({ ...entry, source: hideSource(entry.source), checks: checks(entry.checks) }));
}

/** Checks whose texts show no secret. */
export function hideIn(checks: Checks, secrets: Secrets): Checks {
  if (secrets.empty) return checks;
  const ignore = withoutSecretReasons(checks.ignore, secrets);
  const given = [...checks.given].map(
    ([name, text]) => [name, optionOf(name).secret ? text : secrets.redact(text)] as const,
  );
  return { ...checks, ignore, given: new Map(given) };
}

/** Lines of `ignore` whose reasons show no secret. */
export function withoutSecretReasons(rules: readonly IgnoreRule[], secrets: Secrets): IgnoreRule[] {
  return rules.map((rule) => ({ ...rule, reason: rule.reason && secrets.redact(rule.reason) }));
}

function remembering<T, R>(make: (value: T) => R): (value: T) => R {
  const made = new Map<T, R>();
  return (value) => {
    const known = made.get(value);
    if (known !== undefined) return known;
    const one = make(value);
    made.set(value, one);
    return one;
  };
}
