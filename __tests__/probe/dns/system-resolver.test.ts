import dns from 'node:dns';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { boundSystemResolver, lookupPending, systemResolver } from '../../../src/probe/dns/system-resolver.ts';
import { errno } from '../../support/scripted.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the addresses of a name', () => {
  test('are asked of the system, all in its order, and a lookup is pending until then', async () => {
    const lookup = jest.spyOn(dns.promises, 'lookup').mockImplementation((async () => {
      expect(lookupPending()).toBe(true);
      return [
        { address: '2001:db8::1', family: 6 },
        { address: '192.0.2.1', family: 4 },
      ];
    }) as never);
    expect(lookupPending()).toBe(false);
    const both = Promise.all([systemResolver.addresses('a.example', 0), systemResolver.addresses('b.example', 4)]);
    expect(await both).toEqual(
      Array(2).fill([
        { address: '2001:db8::1', family: 6 },
        { address: '192.0.2.1', family: 4 },
      ]),
    );
    expect(lookupPending()).toBe(false);
    expect(lookup.mock.calls).toEqual([
      ['a.example', { all: true, family: 0, verbatim: true }],
      ['b.example', { all: true, family: 4, verbatim: true }],
    ]);
  });

  test('are no longer waited for where the system refuses', async () => {
    jest.spyOn(dns.promises, 'lookup').mockRejectedValue(errno('EAI_AGAIN'));
    await expect(systemResolver.addresses('a.example', 0)).rejects.toThrow('EAI_AGAIN');
    expect(lookupPending()).toBe(false);
  });
});

describe('whether a name exists', () => {
  function answering(resolve4: () => Promise<string[]>) {
    const made = jest.fn();
    jest.spyOn(dns.promises, 'Resolver').mockImplementation(((options: object) => {
      made(options);
      return { resolve4 };
    }) as never);
    return made;
  }

  test.each<[string, () => Promise<string[]>, boolean]>([
    ['an address', async () => ['192.0.2.1'], true],
    ['no record', () => Promise.reject(errno(dns.NODATA)), true],
    ['no such name', () => Promise.reject(errno(dns.NOTFOUND)), false],
  ])('is known where the DNS says %s', async (_, resolve4, exists) => {
    const made = answering(resolve4);
    expect(await systemResolver.exists('a.example')).toBe(exists);
    expect(made.mock.calls).toEqual([[{ timeout: 1_000, tries: 1 }]]);
  });

  test('is not known where no server answers', async () => {
    answering(() => Promise.reject(errno('ECONNREFUSED')));
    await expect(systemResolver.exists('a.example')).rejects.toThrow('ECONNREFUSED');
  });
});

test.each([
  [1_000, 30_000, 'timeout:1 attempts:1'],
  [1_999, 30_000, 'timeout:1 attempts:1'],
  [2_000, 30_000, 'timeout:1 attempts:2'],
  [30_000, 5_000, 'timeout:2 attempts:2'],
  [60_000, 60_000, 'timeout:5 attempts:2'],
])('with a timeout of %d ms and a deadline of %d ms, the system is told %s', (timeoutMs, deadlineMs, options) => {
  const env: NodeJS.ProcessEnv = {};
  boundSystemResolver({ timeoutMs, deadlineMs }, env);
  expect(env).toEqual({ RES_OPTIONS: options });
  boundSystemResolver({ timeoutMs: 1, deadlineMs: 1 }, env);
  expect(env).toEqual({ RES_OPTIONS: options });
});
