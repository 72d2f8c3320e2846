import { describe, expect, test } from '@jest/globals';
import { pageOfProxy, proxyFailure } from '../../src/diagnosis/proxy.ts';
import type { Observation, ProxyFailure, ProxySeen } from '../../src/model/observation.ts';
import { closed } from '../support/cases/case.ts';
import { dialled, ended, greeted, observation, proxySeen } from '../support/observation.ts';

const proxy = proxySeen();
const through = (over: Partial<ProxySeen> = {}) => observation({ proxy: proxySeen(over) });

describe('what a proxy’s failure is told with', () => {
  const attempts = [dialled()];
  test.each<[string, ProxyFailure, string, object]>([
    [
      'a proxy that cannot be reached',
      { what: 'unreachable', stage: 'tls', errno: 'ECONNRESET', dialled: attempts },
      'proxy-unreachable',
      { proxy, stage: 'tls', errno: 'ECONNRESET', dialled: attempts },
    ],
    [
      'credentials',
      { what: 'auth', said: '407', offers: ['Basic'] },
      'proxy-auth-required',
      { proxy, said: '407', offers: ['Basic'] },
    ],
    [
      'a refusal',
      { what: 'refused', answer: 403, said: '403 no' },
      'proxy-refused',
      { proxy, about: 'us', said: '403 no' },
    ],
    ['no answer', { what: 'garbage', said: 'SSH' }, 'proxy-refused', { proxy, about: 'garbage', said: 'SSH' }],
    ['no trust', { what: 'untrusted', said: 'CN=x' }, 'proxy-refused', { proxy, about: 'untrusted', said: 'CN=x' }],
  ])('%s', (_, failure, code, facts) => {
    expect(proxyFailure(failure, through())).toMatchObject({ code });
    expect(proxyFailure(failure, through()).facts).toEqual(facts);
  });

  test('is nothing where there was no proxy', () => {
    const failure: ProxyFailure = { what: 'garbage', said: 'x' };
    expect(() => proxyFailure(failure, observation())).toThrow('a proxy that was not used cannot fail');
  });
});

describe('whom a proxy’s no is about', () => {
  test.each<[ProxySeen['scheme'], number, string, 'destination' | 'us']>([
    ['http', 502, 'x', 'destination'],
    ['https', 503, 'x', 'destination'],
    ['http', 504, 'x', 'destination'],
    ['http', 403, 'unable to connect', 'us'],
    ['http', 500, 'x', 'us'],
    ['http', 500, 'HTTP/1.0 500 Unable to connect', 'destination'],
    ['http', 5, 'x', 'us'],
    ['socks5', 5, 'x', 'destination'],
    ['socks5h', 3, 'x', 'destination'],
    ['socks5h', 4, 'x', 'destination'],
    ['socks5h', 6, 'x', 'destination'],
    ['socks5', 2, 'x', 'us'],
    ['socks5', 502, 'x', 'us'],
    ['socks5h', 502, 'x', 'us'],
  ])('%s %d %s: %s', (scheme, answer, said, about) => {
    expect(proxyFailure({ what: 'refused', answer, said }, through({ scheme })).facts).toMatchObject({ about });
  });
});

describe('a page', () => {
  const plain = (text: string): Observation['plainLook'] => ({ answer: 'greeting', text, offersStartTls: null });
  const atStep = (step: 'tls' | 'ehlo', plainLook: Observation['plainLook'], over: Partial<Observation> = {}) =>
    ended(step, closed(), { proxy, plainLook, greeting: null, ...over }, [
      'resolve',
      'connect',
      'tls',
      'greeting',
      'ehlo',
    ]);
  const page = { code: 'proxy-refused', facts: { proxy, about: 'page', said: '<html>' } };

  test.each<[string, Observation]>([
    ['in the place of the greeting', ended('greeting', closed('<html>'), { proxy })],
    ['in the place of TLS', atStep('tls', plain('<html>'))],
  ])('is the proxy’s %s', (_, seen) => {
    expect(pageOfProxy(seen)).toMatchObject(page);
    expect(pageOfProxy({ ...seen, proxy: null })).toBeNull();
  });

  test.each<[string, Observation]>([
    ['a greeting', greeted('220 x', { proxy })],
    ['nothing in the place of TLS', atStep('tls', { answer: 'nothing', because: 'silence' })],
    ['no look at all', atStep('tls', null)],
    ['a greeting in the place of TLS', atStep('tls', plain('220 x'))],
    ['a page seen behind TLS', atStep('ehlo', plain('<html>'))],
    ['an attempt that did not end', observation({ proxy, plainLook: plain('<html>') })],
  ])('is not %s', (_, seen) => {
    expect(pageOfProxy(seen)).toBeNull();
  });
});
