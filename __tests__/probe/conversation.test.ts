import { duplexPair } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { type Command, Conversation } from '../../src/probe/conversation.ts';
import { Deadline, Interrupted } from '../../src/probe/deadline.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { FakeClock, rest } from '../support/clock.ts';

const SECRET = 'correct horse';

/** A conversation with a server that says what it is told to, on a clock that nobody waits for. */
function begin() {
  const clock = new FakeClock();
  const [ours, theirs] = duplexPair();
  const said: string[] = [];
  theirs.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  theirs.on('error', () => {});
  const secrets = new Secrets();
  secrets.add(SECRET);
  const deadline = new Deadline(clock, { timeoutMs: 10_000, deadlineMs: 30_000 });
  const odd: object[] = [];
  const conversation = new Conversation(ours, deadline, secrets, (deviation) => odd.push(deviation));
  return { clock, ours, theirs, said, odd, conversation };
}

type Begun = ReturnType<typeof begin>;

/** What ends this piece of work, or `undefined` where nothing does. */
async function endOf({ clock }: Begun, work: () => unknown): Promise<unknown> {
  try {
    await clock.runUntil(Promise.resolve().then(work));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return error.end;
  }
  return undefined;
}

/** Lets the server say this, and the bytes arrive. */
async function say({ theirs }: Begun, text: string): Promise<void> {
  theirs.write(Buffer.from(text, 'latin1'));
  await rest();
}

describe('a command', () => {
  test('is said with CR LF, and its reply read', async () => {
    const begun = begin();
    const reply = begun.conversation.command('EHLO a');
    await rest();
    expect(begun.said).toEqual(['EHLO a\r\n']);
    await say(begun, '250 ok\r\n');
    expect(await reply).toEqual({ code: 250, lines: ['ok'] });
    expect(begun.conversation.transcript).toEqual([
      { from: 'client', atMs: 0, text: 'EHLO a' },
      { from: 'server', atMs: 0, text: '250 ok' },
    ]);
  });

  test('goes out with others in one piece', async () => {
    const begun = begin();
    begun.conversation.send([{ line: 'MAIL' }, { line: 'RCPT' }]);
    await rest();
    expect(begun.said).toEqual(['MAIL\r\nRCPT\r\n']);
  });

  test.each(['\r', '\n', '\0'])('with %j in it is a defect of ours, and nothing is said', async (character) => {
    const begun = begin();
    const commands: Command[] = [{ line: 'NOOP' }, { line: `AUTH${character}${SECRET}`, shown: 'AUTH ***' }];
    expect(() => begun.conversation.send(commands)).toThrow(new Error('control character in the command "AUTH ***"'));
    await rest();
    expect([begun.said, begun.conversation.transcript]).toEqual([[], []]);
  });

  test('that carries a secret is kept as it may be shown, and so is a challenge that answers it', async () => {
    const begun = begin();
    const exchange = { shown: 'AUTH ***' };
    const reply = begun.conversation.command(`AUTH ${SECRET}`, exchange);
    await say(begun, `334 ${SECRET}\r\n`);
    expect(await reply).toEqual({ code: 334, lines: [SECRET] });
    expect(begun.conversation.transcript.map(({ text }) => text)).toEqual(['AUTH ***', '334 ***']);
  });

  test('has a reply that holds no secret', async () => {
    for (const exchange of [{}, { shown: 'AUTH ***' }]) {
      const begun = begin();
      const reply = begun.conversation.command('AUTH', exchange);
      await say(begun, `535 ${SECRET}\r\n`);
      expect(await reply).toEqual({ code: 535, lines: ['***'] });
    }
  });

  test('is not said where something has arrived that nobody asked for', async () => {
    const begun = begin();
    await say(begun, `250 ${SECRET}\r\n250 unasked\r\n`);
    await begun.conversation.reply();
    expect(await endOf(begun, () => begun.conversation.send([{ line: 'QUIT' }]))).toEqual({
      kind: 'out-of-turn',
      heard: '250 unasked\n',
    });
    expect(begun.said).toEqual([]);
  });

  test('is said behind empty lines, which are kept as odd', async () => {
    const begun = begin();
    await say(begun, '220 hello\r\n\r\n');
    await begun.conversation.reply();
    begun.conversation.send([{ line: 'QUIT' }]);
    await rest();
    expect(begun.said).toEqual(['QUIT\r\n']);
    expect(begun.odd).toEqual([{ kind: 'empty-line', text: '' }]);
  });

  test('is not said where the connection has ended', async () => {
    const begun = begin();
    begun.theirs.end();
    await rest();
    expect(await endOf(begun, () => begun.conversation.send([{ line: 'QUIT' }]))).toEqual({
      kind: 'closed',
      heard: '',
    });
    expect(begun.conversation.transcript).toEqual([]);
  });

  test('is not said where the connection was reset', async () => {
    const begun = begin();
    begun.ours.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await rest();
    const end = { kind: 'reset', errno: 'ECONNRESET', heard: '' };
    expect(await endOf(begun, () => begun.conversation.send([{ line: 'QUIT' }]))).toEqual(end);
    expect(await endOf(begun, () => begun.conversation.reply())).toEqual(end);
  });
});

describe('a refusal that is not finished', () => {
  test.each<[string, (begun: Begun) => void, object]>([
    ['a close', ({ theirs }) => theirs.end(), { kind: 'closed', heard: '' }],
    ['silence', () => {}, { kind: 'silence', ms: 10_000, heard: '' }],
    [
      'what is no reply',
      ({ theirs }) => theirs.write('nonsense\r\n'),
      { kind: 'malformed', reply: { malformed: 'not-a-reply', text: 'nonsense' } },
    ],
  ])('is the answer, and nothing is said or heard behind it: %s', async (_, then, end) => {
    const begun = begin();
    const reply = begun.conversation.command('AUTH');
    await say(begun, `535-${SECRET}\r\n`);
    then(begun);
    expect(await begun.clock.runUntil(reply)).toEqual({ code: 535, lines: ['***'] });
    expect(begun.odd).toContainEqual({ kind: 'unfinished', text: '535 ***' });
    expect(await endOf(begun, () => begun.conversation.send([{ line: 'QUIT' }]))).toEqual(end);
    expect(await endOf(begun, () => begun.conversation.reply())).toEqual(end);
    expect(begun.said).toEqual(['AUTH\r\n']);
  });
});

describe('the wait for a reply', () => {
  test('begins anew with every byte, up to the deadline', async () => {
    const begun = begin();
    for (let ms = 9_000; ms < 30_000; ms += 9_000) begun.clock.after(ms, () => begun.theirs.write('2'));
    const end = await endOf(begun, () => begun.conversation.reply());
    expect(end).toEqual({ kind: 'deadline', ms: 30_000, heard: '222' });
    expect(begun.clock.now()).toBe(30_000);
  });

  test('has a limit for the whole answer where one is given, whenever it begins', async () => {
    const begun = begin();
    begun.clock.advance(5_000);
    for (let ms = 900; ms < 10_000; ms += 900) begun.clock.after(ms, () => begun.theirs.write('2'));
    expect(await endOf(begun, () => begun.conversation.reply({ atMost: 2_000 }))).toMatchObject({ kind: 'silence' });
    expect(begun.clock.now()).toBe(7_000);
  });

  test('is short where nothing that follows can make a reply of what has arrived', async () => {
    const begun = begin();
    await say(begun, 'SSH-2.0-x');
    expect(await endOf(begun, () => begun.conversation.reply())).toEqual({
      kind: 'malformed',
      reply: { malformed: 'not-a-reply', text: 'SSH-2.0-x' },
    });
    expect(begun.clock.now()).toBe(1_000);
    expect(begun.ours.destroyed).toBe(true);
  });

  test.each([
    ['a reply', '250 correct hor'],
    ['what is no reply', 'x correct hor'],
  ])('keeps nothing of a secret that is cut off at the end of %s', async (_, text) => {
    const begun = begin();
    await say(begun, text);
    begun.theirs.end();
    const end = await endOf(begun, () => begun.conversation.reply());
    expect(JSON.stringify([end, begun.conversation.transcript])).not.toContain('correct hor');
  });

  test('keeps what was heard of a reply without its secrets', async () => {
    const begun = begin();
    await say(begun, `250-${SECRET}\r\n250 half`);
    begun.theirs.end();
    expect(await endOf(begun, () => begun.conversation.reply())).toEqual({
      kind: 'closed',
      heard: '250-***\n250 half',
    });
    expect(begun.conversation.transcript.map(({ text }) => text)).toEqual(['250-***', '250 half']);
  });
});

describe('where nothing is expected', () => {
  test('the end of the connection is as good as silence', async () => {
    const silent = begin();
    expect(await endOf(silent, () => silent.conversation.expectNothing({ atMost: 500 }))).toBeUndefined();
    expect(silent.clock.now()).toBe(500);
    const closed = begin();
    closed.theirs.end();
    expect(await endOf(closed, () => closed.conversation.expectNothing({ atMost: 500 }))).toBeUndefined();
    expect([closed.clock.now(), closed.odd]).toEqual([0, []]);
  });

  test('a reply is one too many', async () => {
    const begun = begin();
    await say(begun, '250-a\r\n250 b\r\n');
    expect(await endOf(begun, () => begun.conversation.expectNothing({ atMost: 500 }))).toEqual({
      kind: 'out-of-turn',
      heard: '250-a\n250 b',
    });
  });

  test('what cannot be read is odd', async () => {
    const begun = begin();
    await say(begun, 'nonsense\r\n');
    expect(await endOf(begun, () => begun.conversation.expectNothing({ atMost: 500 }))).toBeUndefined();
    expect(begun.odd).toEqual([{ kind: 'unreadable', text: 'nonsense' }]);
  });

  test('an error of our own is thrown on', async () => {
    const begun = begin();
    Object.assign(begun.conversation, { reply: () => Promise.reject(new TypeError('ours')) });
    await expect(begun.conversation.expectNothing({})).rejects.toThrow(new TypeError('ours'));
  });
});

describe('to go on over TLS', () => {
  test('means to go on with another stream, and to forget what was said', async () => {
    const begun = begin();
    const [ours, theirs] = duplexPair();
    await begun.conversation.upgrade(async (socket) => {
      expect(socket).toBe(begun.ours);
      return ours;
    });
    begun.ours.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    theirs.write('250 over TLS\r\n');
    expect(await begun.clock.runUntil(begun.conversation.reply())).toEqual({ code: 250, lines: ['over TLS'] });
    begun.conversation.close();
    expect(ours.destroyed).toBe(true);
  });

  test.each([
    ['a reply', '250 injected\r\n', '250 injected\n'],
    ['a byte', '\x16', '\x16'],
  ])('is refused where %s stands behind the answer (RFC 3207 §6)', async (_, text, heard) => {
    const begun = begin();
    await say(begun, text);
    let secured = false;
    const end = await endOf(begun, () =>
      begun.conversation.upgrade(async (socket) => {
        secured = true;
        return socket;
      }),
    );
    expect([end, secured]).toEqual([{ kind: 'injected', heard }, false]);
  });

  test('is refused where the connection has ended', async () => {
    const begun = begin();
    begun.theirs.end();
    await rest();
    const end = await endOf(begun, () => begun.conversation.upgrade(async (socket) => socket));
    expect(end).toEqual({ kind: 'closed', heard: '' });
  });
});

test('what happened before anybody listened counts', async () => {
  for (const error of [undefined, Object.assign(new Error('reset'), { code: 'ECONNRESET' })]) {
    const clock = new FakeClock();
    const [ours] = duplexPair();
    ours.on('error', () => {});
    ours.destroy(error);
    await rest();
    const deadline = new Deadline(clock, { timeoutMs: 10_000, deadlineMs: 30_000 });
    const conversation = new Conversation(ours, deadline, new Secrets());
    const end = await conversation.reply().catch((caught: Interrupted) => caught.end);
    expect(end).toMatchObject({ kind: error ? 'reset' : 'closed', heard: '' });
  }
});
