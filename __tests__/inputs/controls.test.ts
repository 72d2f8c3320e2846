import { describe, expect, test } from '@jest/globals';
import { OPTION_NAMES, OPTIONS, type Option, type OptionName } from '../../src/inputs/options.ts';
import { readSettings } from '../../src/inputs/settings.ts';

/** Every control character of ASCII and of ISO 8859, DEL, and Unicode's own line ends. */
const CONTROLS = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i),
  0x2028,
  0x2029,
].map((code) => String.fromCharCode(code));

/** The begin and the end of a value that would do for an option, were it not for what is between them. */
const AROUND: Readonly<Record<OptionName, readonly [string, string]>> = {
  host: ['mail.exa', 'mple.com'],
  port: ['5', '87'],
  targets: ['mail.exa', 'mple.com:25'],
  'targets-file': ['targets', '.txt'],
  shard: ['2', '/4'],
  vantage: ['az', 'ure'],
  'if-not-configured': ['sk', 'ip'],
  timeout: ['1', '0s'],
  deadline: ['1', '0s'],
  wait: ['1', '0s'],
  'ip-family': ['au', 'to'],
  addresses: ['fi', 'rst'],
  'source-address': ['127.0', '.0.1'],
  'proxy-protocol': ['v', '1'],
  proxy: ['http://proxy.exa', 'mple.com:3128'],
  tls: ['au', 'to'],
  'tls-verify': ['tr', 'ue'],
  'tls-min-version': ['TLS', 'v1.3'],
  'tls-servername': ['mail.exa', 'mple.com'],
  'tls-ca': ['/etc/ssl/certs/ca-certifi', 'cates.crt'],
  'tls-client-cert': ['/etc/ssl/certs/ca-certifi', 'cates.crt'],
  'tls-client-key': ['/etc/ssl/certs/ca-certifi', 'cates.crt'],
  'certificate-warn-days': ['2', '0'],
  'certificate-fail-days': ['2', '0'],
  'ehlo-name': ['runner.exa', 'mple.com'],
  require: ['SMTP', 'UTF8'],
  username: ['gate@exa', 'mple.com'],
  password: ['correct', 'horse'],
  'access-token': ['ya29.', 'vF9dft4qm'],
  'auth-method': ['PL', 'AIN'],
  'auth-over-plaintext': ['tr', 'ue'],
  'mail-from': ['gate@exa', 'mple.com'],
  'rcpt-to': ['ops@exa', 'mple.com'],
  'latency-warn': ['1', '0s'],
  'latency-fail': ['1', '0s'],
  'mta-sts': ['tr', 'ue'],
  'fail-on': ['wa', 'rn'],
  ignore: ['sl', 'ow'],
  quorum: ['a', 'ny'],
  concurrency: ['1', '0'],
  summary: ['tr', 'ue'],
  annotations: ['tr', 'ue'],
  'expect-banner': ['ES', 'MTP'],
  'report-json': ['re', 'port.json'],
  'report-junit': ['re', 'port.xml'],
  'report-html': ['re', 'port.html'],
  'report-metrics': ['re', 'port.prom'],
  'look-around': ['tr', 'ue'],
  history: ['his', 'tory.jsonl'],
  'incident-issue': ['tr', 'ue'],
  'incident-key': ['ma', 'il'],
  'incident-labels': ['out', 'age'],
  'incident-assignees': ['octo', 'cat'],
  'incident-threshold': ['1', '0'],
  'github-token': ['ghs_', 'vF9dft4qm'],
};

describe('control characters', () => {
  test.each(OPTION_NAMES)('in the midst of %s are refused, each of them', async (name) => {
    const [before, after] = AROUND[name];
    const isList = (OPTIONS[name] as Option<unknown>).list === true;
    // A line end parts the values of a list, and a tab the words of a capability.
    const means = name === 'require' ? /[\t\r\n]/ : isList ? /[\r\n]/ : /[^\s\S]/;
    const read: string[] = [];
    for (const control of CONTROLS.filter((control) => !means.test(control))) {
      const result = await readSettings((asked) => (asked === name ? `${before}${control}${after}` : undefined));
      if (!('problems' in result) || !result.problems.some(({ input }) => input === name)) read.push(control);
    }
    expect(read.map((control) => control.charCodeAt(0).toString(16))).toEqual([]);
  });

  test.each(['username', 'password', 'access-token', 'tls-client-key', 'github-token'] as const)(
    'in %s are refused without the rest of the value, and before any other input is asked for more',
    async (name) => {
      const secret = name === 'tls-client-key' ? 'MIGHAgEA\nMBMGByqG' : 'correct\nhorse';
      const result = await readSettings((asked) => (asked === name ? secret : undefined));
      const text = JSON.stringify(result);
      expect(result).toHaveProperty('problems');
      for (const part of secret.split('\n')) expect(text).not.toContain(part);
    },
  );
});
