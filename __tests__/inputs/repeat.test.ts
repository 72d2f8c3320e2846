import { expect, test } from '@jest/globals';
import { CLI_OPTIONS } from '../../src/inputs/options.ts';
import { repeatCommand } from '../../src/inputs/repeat.ts';
import { makeAuthority } from '../support/certificates.ts';
import { settings } from '../support/settings.ts';

test.each([
  ['nothing', {}, []],
  ['a plain value', { timeout: '5s' }, ['--timeout=5s']],
  ['several options, in the order of the table', { wait: '1m', timeout: '5s' }, ['--timeout=5s', '--wait=1m']],
  ['a value that a shell would take apart', { 'expect-banner': '^220 .*' }, ["--expect-banner='^220 .*'"]],
  ['a value that a shell would run', { 'expect-banner': "it's $(id)" }, ["--expect-banner='it'\\''s $(id)'"]],
  ['a list, a flag a line', { ignore: 'slow\r\n\n not-smtp@a:25 ' }, ['--ignore=slow', '--ignore=not-smtp@a:25']],
  [
    'no option that only says where to report',
    { 'report-json': 'x.json', 'report-junit': 'x.xml', summary: 'false', annotations: 'false' },
    [],
  ],
  ['no option that has its default', { timeout: '10s', 'fail-on': 'fail' }, []],
])('a check is repeated with the options that were given: %s', async (_, inputs, flags) => {
  expect(repeatCommand('mail.example.com:587', await settings(inputs))).toBe(
    ['smtp-gate', 'mail.example.com:587', ...flags].join(' '),
  );
});

test('a check without settings is repeated without options', () => {
  expect(repeatCommand('a:25', null)).toBe('smtp-gate a:25');
});

test('every option that is repeated is a flag of the command line', async () => {
  const all = await settings({
    'if-not-configured': 'fail',
    timeout: '1s',
    deadline: '2s',
    wait: '3s',
    'ip-family': '4',
    'expect-banner': 'x',
    'latency-warn': '1s',
    'latency-fail': '2s',
    'fail-on': 'warn',
    ignore: 'slow',
    summary: 'false',
    annotations: 'false',
    'report-json': 'x',
    'report-junit': 'x',
  });
  const flags = [...repeatCommand('a:25', all).matchAll(/ --([\w-]+)=/g)].map(([, flag]) => flag);
  expect(flags.filter((flag) => !CLI_OPTIONS.some((name) => name === flag))).toEqual([]);
  expect(flags).toHaveLength(10);
});

test('secrets are taken from the environment, which stops a shell that has none', async () => {
  const inputs = { username: 'ada', password: 'correct horse', tls: 'starttls' };
  expect(repeatCommand('a:587', await settings(inputs))).toBe(
    `${['USERNAME', 'PASSWORD'].map((name) => `SMTP_GATE_${name}="\${SMTP_GATE_${name}:?}"`).join(' ')} smtp-gate a:587 --tls=starttls`,
  );
});

test('PEM text becomes the name of a file', async () => {
  const { cert } = await makeAuthority();
  expect(repeatCommand('a:587', await settings({ 'tls-ca': cert }))).toBe('smtp-gate a:587 --tls-ca=ca.pem');
});
