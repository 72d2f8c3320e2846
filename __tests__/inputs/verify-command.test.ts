import { expect, test } from '@jest/globals';
import { CLI_OPTIONS } from '../../src/inputs/options.ts';
import { repeatCommand } from '../../src/inputs/verify-command.ts';
import { makeAuthority } from '../support/certificates.ts';
import { settings } from '../support/settings.ts';

test.each([
  ['nothing', {}, []],
  ['a plain value', { timeout: '5s' }, ['--timeout=5s']],
  ['several options, in the order of the table', { wait: '1m', timeout: '5s' }, ['--timeout=5s', '--wait=1m']],
  ['a value that a shell would take apart', { 'expect-banner': '^220 .*' }, ["--expect-banner='^220 .*'"]],
  ['a value that a shell would run', { 'expect-banner': "it's $(id)" }, ["--expect-banner='it'\\''s $(id)'"]],
  ['a proxy', { proxy: 'http://proxy.example' }, ['--proxy=http://proxy.example:80']],
  [
    'a proxy, without its credentials',
    { proxy: 'socks5h://ada:p%40ssword@[2001:db8::8]' },
    ["--proxy='socks5h://[2001:db8::8]:1080'"],
  ],
  ['a source address', { 'source-address': '127.0.0.1' }, ['--source-address=127.0.0.1']],
  ['the proxy of the environment', { proxy: 'env' }, ['--proxy=env']],
  ['a list, a flag a line', { ignore: 'slow\r\n\n not-smtp@a:25 ' }, ['--ignore=slow', '--ignore=not-smtp@a:25']],
  [
    'no option that only says where to report',
    {
      'report-json': 'x.json',
      'report-junit': 'x.xml',
      'report-html': 'x.html',
      'report-metrics': 'x.prom',
      summary: 'false',
      annotations: 'false',
    },
    [],
  ],
  ['no option that has its default', { timeout: '10s', 'fail-on': 'fail' }, []],
])('a check is repeated with the options that were given: %s', async (_, inputs, flags) => {
  expect(repeatCommand('mail.example.com:587', (await settings(inputs)).given)).toBe(
    ['npx smtp-gate@1', 'mail.example.com:587', ...flags].join(' '),
  );
});

test.each([
  'host',
  'port',
  'targets',
  'if-not-configured',
  'fail-on',
  'quorum',
  'concurrency',
  'report-json',
  'report-junit',
  'report-html',
  'report-metrics',
  'history',
  'summary',
  'incident-issue',
] as const)('%s is about all targets, or the reports, and not repeated for one', (name) => {
  expect(repeatCommand('a:25', new Map([[name, 'x']]))).toBe('npx smtp-gate@1 a:25');
});

test('of what is ignored, only what is about the target is repeated', async () => {
  const ignore =
    'slow # everywhere\nnot-smtp@b.example.com:25\nslow@A.example.com:25 until:2026-12-31 # there\nslow@a.example.com:587';
  const { given } = await settings({ ignore });
  expect(repeatCommand('a.example.com:25', given, { host: 'a.example.com', port: 25 })).toBe(
    "npx smtp-gate@1 a.example.com:25 '--ignore=slow # everywhere' '--ignore=slow@A.example.com:25 until:2026-12-31 # there'".replaceAll(
      "'--ignore=",
      "--ignore='",
    ),
  );
});

test('a check without settings is repeated without options', () => {
  expect(repeatCommand('a:25', new Map())).toBe('npx smtp-gate@1 a:25');
});

test('every option that is repeated is a flag of the command line', async () => {
  const all = await settings({
    timeout: '1s',
    deadline: '2s',
    wait: '3s',
    'ip-family': '4',
    proxy: 'env',
    'expect-banner': 'x',
    'latency-warn': '1s',
    'latency-fail': '2s',
    ignore: 'slow',
    summary: 'false',
    annotations: 'false',
    'report-json': 'x',
    'report-junit': 'x',
    'report-html': 'x',
    'report-metrics': 'x',
  });
  const flags = [...repeatCommand('a:25', all.given).matchAll(/ --([\w-]+)=/g)].map(([, flag]) => flag);
  expect(flags.filter((flag) => !CLI_OPTIONS.some((name) => name === flag))).toEqual([]);
  expect(flags).toHaveLength(9);
});

test('secrets are taken from the environment, which stops a shell that has none', async () => {
  const inputs = { username: 'ada', password: 'correct horse', tls: 'starttls' };
  expect(repeatCommand('a:587', (await settings(inputs)).given)).toBe(
    `${['USERNAME', 'PASSWORD'].map((name) => `SMTP_GATE_${name}="\${SMTP_GATE_${name}:?}"`).join(' ')} npx smtp-gate@1 a:587 --tls=starttls`,
  );
});

test('PEM text becomes the name of a file', async () => {
  const { cert } = await makeAuthority();
  expect(repeatCommand('a:587', (await settings({ 'tls-ca': cert })).given)).toBe(
    'npx smtp-gate@1 a:587 --tls-ca=ca.pem',
  );
});
