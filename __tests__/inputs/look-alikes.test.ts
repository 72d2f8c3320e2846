import { describe, expect, test } from '@jest/globals';
import { DELIVER_OPTIONS, OWN_NAMES } from '../../src/deliver/options.ts';
import { ignoredInputs, lookAlikes, lookAlikesIn, sayLookAlike } from '../../src/inputs/look-alikes.ts';
import { OPTIONS } from '../../src/inputs/options.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { MERGE_OPTIONS } from '../../src/merge/options.ts';
import { PROJECT } from '../../src/shared/project.ts';

const meant = (written: string) => lookAlikes([written], OPTIONS)[0]?.meant ?? null;

describe('an input that the action does not have', () => {
  test.each([
    ['hots', 'host'],
    ['prot', 'port'],
    ['hostname', 'host'],
    ['smtp-host', 'host'],
    ['server_port', 'port'],
    ['user', 'username'],
    ['pasword', 'password'],
    ['smtp_password', 'password'],
    ['tls_ca', 'tls-ca'],
    ['mail_from', 'mail-from'],
    ['target', 'targets'],
    ['report-jsn', 'report-json'],
    // What other programs call it.
    ['server', 'host'],
    ['smtp-server', 'host'],
    ['mail_user', 'username'],
    ['from', 'mail-from'],
    ['token', 'access-token'],
    ['p', null],
    ['colour', null],
    ['node-version', null],
    ['x', null],
  ])('and is called %s looks like %j', (written, expected) => {
    expect(meant(written)).toBe(expected);
  });

  test('is told by its name, and not without end', () => {
    const many = Array.from({ length: 100 }, (_, i) => `host${i % 10}`);
    expect(lookAlikes(many, OPTIONS)).toHaveLength(10);
    expect(sayLookAlike({ written: 'hots', meant: 'host' })).toBe('`hots`: did you mean `host`?');
  });
});

describe('an input of the delivery check', () => {
  const uses = `uses: ${PROJECT.repository}/deliver@${PROJECT.ref}`;

  test('given to another action leads to the one that has it', () => {
    for (const rows of [OPTIONS, MERGE_OPTIONS]) {
      expect(lookAlikes(OWN_NAMES, rows)).toEqual(OWN_NAMES.map((written) => ({ written, meant: uses })));
    }
    expect(meant('mailbox_password')).toBe(uses);
    expect(meant('delivery-timout')).toBe(uses);
    expect(sayLookAlike({ written: 'deliver-to', meant: uses })).toBe(`\`deliver-to\`: did you mean \`${uses}\`?`);
  });

  test.each([
    ['rcpt-to', 'deliver-to'],
    ['rcpt_to', 'deliver-to'],
    ['delivery-timout', 'delivery-timeout'],
    ['mailbox-user', 'mailbox-username'],
    ['imap_password', 'mailbox-password'],
    ['smtp_password', 'password'],
    ['hots', 'host'],
  ])('where it is misspelt is told there: %s is %s', (written, expected) => {
    expect(lookAlikes([written], DELIVER_OPTIONS)).toEqual([{ written, meant: expected }]);
  });
});

describe('the inputs that the runner hands on', () => {
  const env = { INPUT_HOTS: 'a', INPUT_HOST: 'b', 'INPUT_NODE-VERSION': '24', HOTS: 'c' };

  test('are compared with the rows of the step', () => {
    expect(lookAlikesIn(env, OPTIONS)).toEqual(['`hots`: did you mean `host`?']);
    expect(lookAlikesIn({ INPUT_REPROTS: 'a', INPUT_HOST: 'b' }, MERGE_OPTIONS)).toEqual([
      '`reprots`: did you mean `reports`?',
    ]);
  });

  test('are warned of where there are some', () => {
    expect(ignoredInputs([])).toEqual([]);
    expect(ignoredInputs(lookAlikesIn(env, OPTIONS))).toEqual([
      'This action does not have these inputs, and ignores them: `hots`: did you mean `host`?',
    ]);
  });
});

describe('what an empty host leads to', () => {
  const read = async (typed: boolean) => readSettings(() => '', {}, typed ? () => Buffer.alloc(0) : undefined);

  test.each([
    ['in a step, to a skip', false, 'skip'],
    ['on the command line, to a failure', true, 'fail'],
  ])('%s', async (_, typed, expected) => {
    const settings = await read(typed);
    expect(settings).toMatchObject({ settings: { ifNotConfigured: expected } });
    expect('settings' in settings && settings.settings.given.has('if-not-configured')).toBe(false);
  });
});
