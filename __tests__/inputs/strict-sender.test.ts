import { expect, test } from '@jest/globals';
import { asStrictSender } from '../../src/inputs/strict-sender.ts';
import { settings } from '../support/settings.ts';

test('a strict sender asks for STARTTLS, and for nothing that was asked besides', async () => {
  const asked = await settings({
    'tls-verify': 'false',
    'tls-min-version': 'TLSv1.3',
    'tls-servername': 'other.example',
    'expect-banner': 'x',
    require: 'SMTPUTF8',
    username: 'ada',
    password: 'correct horse',
    'mail-from': 'ada@example.com',
    'latency-fail': '1s',
    ignore: 'certificate-expired',
  });
  expect(asStrictSender(asked)).toMatchObject({
    tls: 'starttls',
    tlsVerify: true,
    tlsMinVersion: 'TLSv1.2',
    tlsServername: null,
    tlsCa: null,
    expectBanner: null,
    require: [],
    credentials: null,
    envelope: null,
    latencyFail: null,
    ignore: [],
    asksForTls: true,
    beyondGreeting: true,
  });
});

test('but is reached as the target is, and says the same name', async () => {
  const inputs = { timeout: '3s', 'ip-family': '4', 'ehlo-name': 'gate.example', 'certificate-warn-days': '5' };
  const asked = await settings(inputs);
  expect(asStrictSender(asked)).toMatchObject({
    timeout: 3_000,
    ipFamily: '4',
    ehloName: 'gate.example',
    certificateWarnDays: 5,
  });
});
