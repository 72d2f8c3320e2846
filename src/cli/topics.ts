import type { Option } from '../inputs/options.ts';

/** A page of the help: the options of one kind, and what else there is to know of them. */
export interface Topic {
  /** In a few words. */
  readonly about: string;
  readonly explained: readonly string[];
}

/** The pages of the help by name, in their order. */
export const TOPICS: Readonly<Record<string, Topic>> = {
  target: {
    about: 'which servers to check',
    explained: [
      'A target is `host:port`, `host port`, `[v6]:port`, `smtp://host:port`, `smtps://host` (TLS from the first byte; port 465 unless another is given), `lmtp://host:port` or `mx:domain` (every mail server of a domain, port 25).',
      'Options of one target follow as a query: `smtp://host:587?tls=starttls`. A target may name a login of its own: `host:587?username-env=MX1_USER&password-env=MX1_PASSWORD`.',
    ],
  },
  connection: {
    about: 'time limits, retries, addresses, proxies',
    explained: ['Durations are `500ms`, `10s` or `2m`; a number alone is seconds.'],
  },
  tls: {
    about: 'TLS, certificates, client certificates',
    explained: [
      '`--tls=starttls` or `--tls=implicit` checks TLS and its certificate. `auto` uses TLS where the port or the rest of the check needs it.',
    ],
  },
  login: {
    about: 'user, password or token; no mail is sent',
    explained: [
      'A login comes from variables, because other users of this machine can read command lines. Instead of each, a second one may have the path of a file that holds the value, as containers mount secrets.',
    ],
  },
  smtp: {
    about: 'greeting, EHLO, sender and recipients, latency',
    explained: ['Each of these adds a check to the same conversation. No message is ever sent.'],
  },
  verdict: {
    about: 'what passes and what fails, exit status',
    explained: [
      'Exit status: 0 the check passes, 1 it fails, 2 the command line cannot be read, 130 it was interrupted (143 by SIGTERM).',
    ],
  },
  reports: {
    about: 'JSON, JUnit, HTML, metrics, history',
    explained: [
      'The result goes to standard output, progress and warnings to standard error. `--json` prints the JSON report instead of the text.',
    ],
  },
};

/** The page that an option is on. */
export function topicOf({ topic, group }: Option<unknown>): string {
  return topic ?? group.toLowerCase();
}
