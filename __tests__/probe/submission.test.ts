import { describe, expect, test } from '@jest/globals';
import { composeMessage, madeAt, makeToken, sizeOf } from '../../src/deliver/message.ts';
import { mailbox } from '../../src/inputs/parsers/mailbox.ts';
import { type SubmissionPlan, submit } from '../../src/probe/submission.ts';
import type { Mailbox } from '../../src/smtp/commands.ts';
import { replyText } from '../../src/smtp/reply.ts';
import { PLAN, type Script, scriptedIo } from '../support/scripted.ts';

function address(text: string): Mailbox {
  const read = mailbox(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

const DATE = new Date(Date.UTC(2026, 10, 29, 10, 0, 5));
const TOKEN = makeToken(DATE, new Uint8Array(16).fill(7));

/** A submission from one address to another, of the message or of other lines. */
function plan(from = 'gate@example.com', to = 'ops@example.net', lines?: readonly string[]): SubmissionPlan {
  const [sender, recipient] = [address(from), address(to)];
  const message = composeMessage({ from: sender, to: recipient }, TOKEN, DATE);
  const envelope = { from: sender, to: [recipient], size: String(sizeOf(message)) };
  return {
    ...PLAN,
    beyond: { ehloName: 'gate.example', login: null, envelope: null },
    submission: { envelope, lines: lines ?? message.lines },
  };
}

type Answer = string | 'close' | 'silence';

/** Answers each command by its beginning, and the dot; keeps what it was told between DATA and the dot. */
function server(answers: Readonly<Record<string, Answer>> = {}, keywords: readonly string[] = ['SIZE 1000000']) {
  const data: string[] = [];
  const commands: string[] = [];
  let inData = false;
  const script: Script = (socket) => {
    socket.write('220 mail.example.test\r\n');
    let rest = '';
    const say = (name: string, otherwise: string) => {
      const answer = answers[name] ?? otherwise;
      if (answer === 'close') socket.end();
      else if (answer !== 'silence') socket.write(`${answer}\r\n`);
    };
    const hear = (line: string) => {
      if (inData && line !== '.') return void data.push(line);
      commands.push(line);
      if (inData) {
        inData = false;
        return say('.', '250 2.0.0 Ok: queued as 4XYZ');
      }
      const [verb = ''] = line.split(' ');
      if (verb === 'EHLO')
        return say('EHLO', ['250-mail', ...keywords.map((k) => `250-${k}`), '250 HELP'].join('\r\n'));
      if (verb === 'DATA') {
        inData = answers.DATA === undefined || answers.DATA.startsWith('3');
        return say('DATA', '354 go ahead');
      }
      return say(verb, verb === 'QUIT' ? '221 bye' : '250 2.0.0 Ok');
    };
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      lines.forEach(hear);
    });
  };
  return { script, data, commands };
}

async function send(answers: Readonly<Record<string, Answer>> = {}, asked = plan(), keywords?: readonly string[]) {
  const { script, data, commands } = server(answers, keywords);
  const io = scriptedIo({ otherwise: script });
  const submitted = await io.clock.runUntil(submit(asked, io));
  return { ...submitted, data, commands };
}

describe('a submission', () => {
  test('hands over one message, and takes leave', async () => {
    const { seen, submission, data, commands } = await send();
    const size = plan().submission.envelope.size;
    expect(commands).toEqual([
      'EHLO gate.example',
      `MAIL FROM:<gate@example.com> SIZE=${size}`,
      'RCPT TO:<ops@example.net>',
      'DATA',
      '.',
      'QUIT',
    ]);
    expect(data).toEqual(plan().submission.lines);
    expect(data.reduce((sum, line) => sum + line.length + 2, 0)).toBe(Number(size));
    expect(submission.sent).toBe(true);
    expect(submission.answer && replyText(submission.answer)).toBe('250 2.0.0 Ok: queued as 4XYZ');
    expect(submission.answeredMs).not.toBeNull();
    expect(seen.end).toBeNull();
    expect(seen.steps.filter(({ status }) => status === 'done').map(({ step }) => step)).toEqual(
      expect.arrayContaining(['mail', 'rcpt', 'data', 'quit']),
    );
    expect(seen.envelope).toMatchObject({ from: 'gate@example.com', mail: { code: 250 } });
  });

  test('doubles the dots at the beginning of lines, so that none of them ends the message', async () => {
    const { data, commands } = await send(
      {},
      plan('a@example.com', 'b@example.com', ['.', '..x', 'a.', 'MAIL FROM:<>']),
    );
    expect(data).toEqual(['..', '...x', 'a.', 'MAIL FROM:<>']);
    expect(commands.filter((line) => line === '.')).toEqual(['.']);
  });

  test('cannot be made to hold a line end within a line', async () => {
    await expect(send({}, plan('a@example.com', 'b@example.com', ['x\r\n.\r\nMAIL FROM:<>']))).rejects.toThrow(
      'control character',
    );
    await expect(send({}, plan('a@example.com', 'b@example.com', ['x\n.']))).rejects.toThrow('control character');
  });

  test.each([
    ['MAIL', '450 4.7.1 try again', []],
    ['MAIL', '550 5.7.1 no', []],
    ['RCPT', '450 4.2.0 Greylisted', []],
    ['RCPT', '550 5.1.1 no such user', []],
    ['DATA', '451 4.3.0 not now', ['DATA']],
    ['DATA', '554 5.5.1 no valid recipients', ['DATA']],
    ['DATA', '250 2.0.0 what', ['DATA']],
  ])('sends nothing where %s is answered with %s', async (verb, answer, said) => {
    const { submission, commands, data } = await send({ [verb]: answer });
    expect(submission.sent).toBe(false);
    expect(data).toEqual([]);
    expect(commands.filter((line) => line === 'DATA' || line === '.')).toEqual(said);
    expect(commands.at(-1)).toBe('QUIT');
  });

  test.each(['close', 'silence', 'what is this'])(
    'knows that the dot has gone out where it is answered with %s',
    async (answer) => {
      const { seen, submission } = await send({ '.': answer });
      expect(submission).toMatchObject({ sent: true, answer: null, answeredMs: null });
      expect(seen.end).toMatchObject({ step: 'data' });
    },
  );

  test('waits for the answer to the dot until the deadline, and not only for the time of a step', async () => {
    const { seen } = await send({ '.': 'silence' });
    expect(seen.end).toMatchObject({ kind: 'deadline', ms: PLAN.deadlineMs });
  });

  test('says SMTPUTF8 for an address beyond ASCII, in UTF-8, and sends nothing where it is not offered', async () => {
    const asked = plan('jörg@bücher.example', 'ops@example.net');
    const without = await send({}, asked);
    expect(without.commands).toEqual(['EHLO gate.example', 'QUIT']);
    expect(without.seen.envelope).toMatchObject({ needsUtf8: true, mail: null });
    const { commands, data } = await send({}, asked, ['SMTPUTF8']);
    expect(commands[1]).toBe('MAIL FROM:<jörg@xn--bcher-kva.example> SMTPUTF8');
    expect(data).toContain('From: smtp-gate <jörg@xn--bcher-kva.example>');
    expect(data).toContain('Content-Type: text/plain; charset=utf-8');
    expect(data).toContain(`Message-ID: <${TOKEN}@xn--bcher-kva.example>`);
  });
});

describe('the message', () => {
  const { lines } = composeMessage({ from: address('gate@example.com'), to: address('ops@example.net') }, TOKEN, DATE);

  test('has the fields that RFC 5322 wants, none that asks for an answer, and 7-bit lines alone', () => {
    const blank = lines.indexOf('');
    const names = lines.slice(0, blank).map((line) => line.split(':')[0]);
    expect(lines[0]).toBe('Date: Sun, 29 Nov 2026 10:00:05 +0000');
    expect(names).toEqual(expect.arrayContaining(['From', 'To', 'Subject', 'Message-ID', 'Auto-Submitted']));
    expect(new Set(names).size).toBe(names.length);
    expect(
      names.filter((name) =>
        /^(?:precedence|list-.*|disposition-notification-to|return-receipt-to)$/i.test(name ?? ''),
      ),
    ).toEqual([]);
    expect(lines).toContain('Auto-Submitted: auto-generated');
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]{0,998}$/);
  });

  test('has its token in the subject, the Message-ID, a field of its own, and the body', () => {
    expect(lines.filter((line) => line.includes(TOKEN))).toHaveLength(4);
  });

  test('has a token that tells its own age, and that nobody else could have made', () => {
    expect(madeAt(TOKEN)).toEqual(DATE);
    expect(madeAt(`${TOKEN} `)).toBeNull();
    expect(madeAt('smtp-gate-x')).toBeNull();
    const other = makeToken(DATE, new Uint8Array(16).fill(8));
    expect(other).not.toBe(TOKEN);
    // 128 bits of the generator’s.
    expect(TOKEN.split('-').at(-1)).toHaveLength(32);
  });
});
