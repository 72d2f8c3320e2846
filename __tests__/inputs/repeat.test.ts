import { expect, test } from '@jest/globals';
import { CLI_OPTIONS } from '../../src/inputs/options.ts';
import { targetOptions } from '../../src/inputs/repeat.ts';
import { settings } from '../support/settings.ts';

test.each([
  ['nothing', {}, []],
  ['a plain value', { timeout: '5s' }, ['--timeout=5s']],
  ['several options, in the order of the table', { wait: '1m', timeout: '5s' }, ['--timeout=5s', '--wait=1m']],
  ['a value that a shell would take apart', { 'expect-banner': '^220 .*' }, ["--expect-banner='^220 .*'"]],
  ['a value that a shell would run', { 'expect-banner': "it's $(id)" }, ["--expect-banner='it'\\''s $(id)'"]],
  ['a list, a flag a line', { ignore: 'slow\r\n\n not-smtp@a:25 ' }, ['--ignore=slow', '--ignore=not-smtp@a:25']],
  ['no option that only says where to report', { 'report-json': 'x.json', summary: 'false', annotations: 'false' }, []],
  ['no option that has its default', { timeout: '10s', 'fail-on': 'fail' }, []],
])('a check is repeated with the options that were given: %s', (_, inputs, flags) => {
  expect(targetOptions(settings(inputs))).toEqual(flags);
});

test('a check without settings is repeated without options', () => {
  expect(targetOptions(null)).toEqual([]);
});

test('every option that is repeated is a flag of the command line', () => {
  const all = settings({
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
  });
  const flags = targetOptions(all).map((flag) => flag.slice(2, flag.indexOf('=')));
  expect(flags.filter((flag) => !CLI_OPTIONS.some((name) => name === flag))).toEqual([]);
  expect(flags).toHaveLength(10);
});
