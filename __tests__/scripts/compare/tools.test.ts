import { describe, expect, test } from '@jest/globals';
import { type Ask, askOf } from '../../../scripts/compare/ask.ts';
import { exchanges } from '../../../scripts/compare/blackbox.ts';
import { COMMANDS, canBeAsked, gateCommand, within } from '../../../scripts/compare/tools.ts';

const INPUTS = {
  tls: 'starttls',
  'tls-ca': 'PEM',
  username: 'clara',
  password: 'pencil',
  'auth-method': 'LOGIN',
  'mail-from': 'gate@example.test',
  'rcpt-to': 'clara@example.test',
};
const ask = (inputs: Readonly<Record<string, string>>, about: Ask['about'] = 'greeting'): Ask =>
  askOf(inputs, { about, port: 2525, name: 'mail.example.test', ca: '/ca.pem' });

test('what is asked is read from the inputs of the gate', () => {
  expect(ask(INPUTS)).toMatchObject({
    tls: 'starttls',
    name: 'mail.example.test',
    login: { method: 'LOGIN', user: 'clara', secret: 'pencil' },
    envelope: { from: 'gate@example.test', to: 'clara@example.test' },
  });
  expect(ask({ tls: 'none' })).toMatchObject({ tls: 'none', login: null, envelope: null, require: null, validDays: 0 });
});

describe('a tool is asked what it has options for', () => {
  test.each([
    ['nc', { tls: 'none' }, 'greeting', true],
    ['nc', { tls: 'starttls' }, 'starttls', false],
    ['checkSmtp', { tls: 'implicit' }, 'implicit', false],
    ['checkSmtp', INPUTS, 'login', true],
    ['checkSmtp', { ...INPUTS, 'auth-method': 'PLAIN' }, 'login', false],
    ['checkSmtp', { ...INPUTS, 'auth-method': 'PLAIN' }, 'envelope', true],
    ['swaks', INPUTS, 'certificate-name', false],
    ['nodemailer', INPUTS, 'envelope', false],
    ['blackbox', { ...INPUTS, 'auth-method': 'SCRAM-SHA-256' }, 'login', false],
  ] as const)('%s, %j, about %s: %s', (id, inputs, about, expected) => {
    expect(canBeAsked(id, ask(inputs, about))).toBe(expected);
  });

  test('a login that it cannot do is left out where the server is about something else', () => {
    expect(within('checkSmtp', ask({ ...INPUTS, 'auth-method': 'PLAIN' })).login).toBeNull();
    expect(within('checkSmtp', ask(INPUTS)).login).not.toBeNull();
  });
});

test('the gate gets the inputs, and its login by the environment', () => {
  const { line, env } = gateCommand({ ...INPUTS, port: '465', deadline: '12s' }, ask(INPUTS));
  expect(line).toEqual(
    expect.arrayContaining(['2525', '--tls=starttls', '--tls-servername=mail.example.test', '--auth-method=LOGIN']),
  );
  expect(line.join(' ')).not.toMatch(/pencil|--port|12s/);
  expect(env).toEqual({ SMTP_GATE_USERNAME: 'clara', SMTP_GATE_PASSWORD: 'pencil' });
});

test('the others get the options that fit', () => {
  expect(COMMANDS.nc('nc', ask(INPUTS)).line).toEqual(['nc', '-z', '-w', '3', '127.0.0.1', '2525']);
  expect(COMMANDS.checkSmtp('c', ask(INPUTS)).line.join(' ')).toMatch(/ -S -A LOGIN -U clara -P pencil -C MAIL FROM:/);
  expect(COMMANDS.swaks('s', ask(INPUTS)).line.join(' ')).toMatch(/--quit-after RCPT --tls --tls-verify/);
  expect(JSON.parse(COMMANDS.nodemailer('n', ask(INPUTS)).env?.TRANSPORT ?? '')).toMatchObject({
    requireTLS: true,
    secure: false,
    auth: { user: 'clara', pass: 'pencil' },
    authMethod: 'LOGIN',
  });
});

test('blackbox_exporter greets, asks for STARTTLS and greets again', () => {
  const said = exchanges(ask({ tls: 'starttls' })).map(
    ({ send, expect: heard, starttls }) => send ?? heard ?? starttls,
  );
  const ehlo = 'EHLO compare.example.test\r';
  const ready = '^220( |$)';
  expect(said).toEqual([ready, ehlo, '^250[ -]STARTTLS', 'STARTTLS\r', ready, true, ehlo, '^250( |$)', 'QUIT\r']);
});
