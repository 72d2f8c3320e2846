import { describe, expect, test } from '@jest/globals';
import { parseCapabilities } from '../../src/smtp/capabilities.ts';
import {
  type Envelope,
  type Mailbox,
  mailCommand,
  needsUtf8,
  rcptCommand,
  sayMailbox,
} from '../../src/smtp/commands.ts';
import { reply } from '../support/observation.ts';

const at = (local: string, domain = 'example.com'): Mailbox => ({ local, domain });
const envelope = (over: Partial<Envelope> = {}): Envelope => ({ from: at('gate'), to: [], size: null, ...over });
const offering = (...keywords: string[]) =>
  parseCapabilities(reply(['250-a', ...keywords.map((k) => `250-${k}`), '250 HELP'].join('\n')));

test.each([
  [at('gate'), 'gate@example.com'],
  [at('"two words"'), '"two words"@example.com'],
  [at('gate', '[IPv6:2001:db8::1]'), 'gate@[IPv6:2001:db8::1]'],
  ['null-path' as const, '<>'],
])('the mailbox %j is written %s', (mailbox, expected) => {
  expect(sayMailbox(mailbox)).toBe(expected);
});

describe('SMTPUTF8', () => {
  test.each<[string, Partial<Envelope>, boolean]>([
    ['a sender in ASCII', {}, false],
    ['nobody as the sender', { from: 'null-path' }, false],
    ['a sender in another script', { from: at('grüße') }, true],
    ['a recipient in another script', { to: [at('ops'), at('grüße')] }, true],
    ['a recipient in another script from nobody', { from: 'null-path', to: [at('密')] }, true],
    ['an internationalised domain, which is in A-labels', { from: at('gate', 'xn--bcher-kva.example') }, false],
  ])('is needed for %s: %p', (_, over, expected) => {
    expect(needsUtf8(envelope(over))).toBe(expected);
  });
});

describe('MAIL', () => {
  test.each<[string, Partial<Envelope>, string[], string]>([
    ['nothing more', {}, ['SIZE 1000', 'SMTPUTF8', 'PIPELINING'], 'MAIL FROM:<gate@example.com>'],
    ['nobody', { from: 'null-path' }, [], 'MAIL FROM:<>'],
    ['a size', { size: '20000' }, ['SIZE'], 'MAIL FROM:<gate@example.com> SIZE=20000'],
    ['no size where it is not offered', { size: '20000' }, [], 'MAIL FROM:<gate@example.com>'],
    ['SMTPUTF8', { from: at('grüße') }, ['SMTPUTF8'], 'MAIL FROM:<grüße@example.com> SMTPUTF8'],
    ['no SMTPUTF8 where it is not offered', { from: at('grüße') }, [], 'MAIL FROM:<grüße@example.com>'],
    ['SMTPUTF8 for a recipient', { to: [at('ü')] }, ['smtputf8'], 'MAIL FROM:<gate@example.com> SMTPUTF8'],
    ['both', { from: 'null-path', to: [at('ü')], size: '1' }, ['SMTPUTF8', 'size 0'], 'MAIL FROM:<> SIZE=1 SMTPUTF8'],
  ])('says %s', (_, over, offered, expected) => {
    expect(mailCommand(envelope(over), offering(...offered))).toBe(expected);
  });
});

test.each([
  [at('ops'), 'RCPT TO:<ops@example.com>'],
  [at('"a b"'), 'RCPT TO:<"a b"@example.com>'],
  [at('ops', '[192.0.2.1]'), 'RCPT TO:<ops@[192.0.2.1]>'],
])('RCPT for %j', (to, expected) => {
  expect(rcptCommand(to)).toBe(expected);
});
