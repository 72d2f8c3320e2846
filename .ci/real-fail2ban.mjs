// What one run of the gate counts for with fail2ban, by the logs of Postfix and Dovecot: whoever is counted a few times
// is banned, and a gate that asks for the wrong thing must not get its runner banned.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { probe, rightLogin, SERVICES, wrongLogin } from './depth.mjs';
import { FILTERS, hits } from './fail2ban.mjs';
import { until } from './mail-log.mjs';

const five = (name) => Array.from({ length: 5 }, (_, i) => `${name}${i}@mail.example.test`).join('\n');
const elsewhere = five('someone').replaceAll('mail.example.test', 'example.net');
const envelope = (to) => ({ 'mail-from': 'gate@example.test', 'rcpt-to': to });
const plain = { 'auth-method': 'PLAIN' };
const dovecotLog = path.join(path.dirname(process.env.DOVECOT_SASL), 'dovecot.log');

/** What, its inputs, and how many failed logins Dovecot has to have logged. */
const ROWS = [
  ['a right password', rightLogin, 0],
  ['a wrong password', { ...wrongLogin, ...plain }, 1],
  ['a wrong password, waited for', { ...wrongLogin, ...plain, wait: '5s' }, 1],
  ['a wrong password and five recipients', { ...wrongLogin, ...plain, ...envelope(five('nobody')) }, 1],
  ['five recipients that do not exist', envelope(five('nobody')), 0],
  ['five recipients elsewhere', envelope(elsewhere), 0],
  ['five recipients elsewhere, waited for', { ...envelope(elsewhere), wait: '5s' }, 0],
  ['a certificate by an authority that nobody knows', { ...rightLogin, 'tls-ca': '' }, 0],
];

// The port's own filter must see something in the first place, or nothing would ever be counted.
test('a wrong password is counted', async () => {
  const { lines } = await probe(SERVICES.STARTTLS, { ...wrongLogin, ...plain });
  assert.equal(hits(lines, 'postfix[mode=auth]'), 1, lines.join('\n'));
});

for (const [name, service] of Object.entries(SERVICES)) {
  describe(`${name}: one run is counted once at most`, () => {
    for (const [what, inputs, refused] of ROWS) {
      test(what, async () => {
        const from = readFileSync(dovecotLog).length;
        // Only a retry makes more than one session, and here nothing is to be retried.
        const { lines } = await probe(service, inputs);
        for (const filter of FILTERS.postfix) {
          // In that mode a refused login is counted twice whoever the client is: when it is refused, and at the end.
          const most = filter === 'postfix[mode=aggressive]' ? 1 + refused : 1;
          const counted = hits(lines, filter);
          assert.ok(counted <= most, `${filter}: ${counted} of\n${lines.join('\n')}`);
        }
        const logged = await until(() => {
          const since = readFileSync(dovecotLog).subarray(from).toString().split('\n').slice(0, -1);
          const failures = since.filter((line) => /\(?Password mismatch|auth failed|mismatch/i.test(line));
          assert.ok(failures.length >= refused, since.join('\n'));
          return since;
        });
        for (const filter of FILTERS.dovecot) {
          const counted = hits(logged, filter);
          assert.ok(counted <= 1, `${filter}: ${counted} of\n${logged.join('\n')}`);
        }
      });
    }
  });
}
