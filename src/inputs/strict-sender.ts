import type { Checks } from './checks.ts';
import { OPTION_NAMES, optionOf, valueName } from './options.ts';

/**
 * What a strict sender asks of a mail server (RFC 8461 §4.2): STARTTLS and a valid certificate for the server's own name.
 * How it is reached is as for the target; whatever else was asked of it, or is trusted here alone, is left out.
 */
export function asStrictSender(checks: Checks): Checks {
  const usual = Object.fromEntries(
    OPTION_NAMES.filter((name) => optionOf(name).group === 'What to check beyond the greeting').map((name) => [
      valueName(name),
      defaultOf(name),
    ]),
  ) as Partial<Checks>;
  const { ehloName, certificateWarnDays } = checks;
  const asked = { ehloName, certificateWarnDays, credentials: null, envelope: null };
  return { ...checks, ...usual, ...asked, tls: 'starttls', ignore: [], asksForTls: true, beyondGreeting: true };
}

function defaultOf(name: (typeof OPTION_NAMES)[number]): unknown {
  const option = optionOf(name);
  const parsed = option.parse(option.default, {});
  return 'value' in parsed ? parsed.value : null;
}
