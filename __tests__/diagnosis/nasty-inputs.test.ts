import { describe, expect, test } from '@jest/globals';
import { isPage, isRewritten, recognise } from '../../src/diagnosis/protocols.ts';
import { loginMeaningOf, meaningOf } from '../../src/diagnosis/refusals.ts';
import { readMx } from '../../src/probe/dns/mx.ts';
import { addressesIn, searchDomainsIn } from '../../src/probe/look-around/local-network.ts';
import { growth, LINEAR } from '../support/growth.ts';

/** As much as one conversation may send, of what expressions that look back would take for ever with. */
const SIZE = 256 * 1024;
const UNITS = [
  'a',
  ' ',
  '\n',
  '\r\n',
  '*',
  '* ',
  '220-',
  '220 ftp',
  '20',
  '-',
  '"',
  '\\"',
  '<',
  '.',
  ', ',
  '\ufeff',
  'ï»¿',
  '#',
];
const BEGINNINGS = ['', '220 ', '220-', '200 ', '200 n', '* ', '4', '220 ***', '<', '{ '];

/** Every function that reads outside text by expressions, and has no state. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  recognise,
  isRewritten,
  isPage,
  addressesIn: (text) => addressesIn(text, 'mail.example.test'),
  searchDomainsIn,
  readMx: (exchange) => readMx([{ exchange, priority: 10 }]),
};

describe('a text without end takes no time that grows faster than it', () => {
  test.each(Object.keys(READERS))('%s', (name) => {
    for (const beginning of BEGINNINGS) {
      for (const unit of UNITS) {
        const text = beginning + unit.repeat(SIZE / unit.length);
        const before = process.cpuUsage();
        READERS[name]?.(`${text}!`);
        const { user } = process.cpuUsage(before);
        expect([beginning, unit, user < 1_500_000]).toEqual([beginning, unit, true]);
      }
    }
  });
});

test.each(['a', 'a-', 'a@', 'sender ', 'helo ', 'ip auth ', '<', 'a.'])(
  'a long reply of %j is read in no time',
  async (unit) => {
    expect(await growth((size) => meaningOf(`550 ${unit.repeat(size)}`, 'rcpt'), 100_000)).toBeLessThan(LINEAR);
    expect(await growth((size) => loginMeaningOf(`535 ${unit.repeat(size)}`), 100_000)).toBeLessThan(LINEAR);
  },
);
