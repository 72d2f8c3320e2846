import { describe, expect, test } from '@jest/globals';
import { mailbox, sender } from '../../src/inputs/parsers/mailbox.ts';
import type { Envelope } from '../../src/smtp/commands.ts';
import { probeScript, type Script } from '../support/scripted.ts';

/** An envelope, from its addresses as they are given. */
function envelope(from: string, to: readonly string[] = [], size: string | null = null): Envelope {
  const read = <T>(parsed: { value: T } | { problem: string }): T => {
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.value;
  };
  return { from: read(sender(from)), to: to.map((text) => read(mailbox(text))), size };
}

type Replies = Readonly<Record<string, string>>;

/** Offers keywords and answers each line by its beginning; keeps the chunks in which the lines came. */
function server(keywords: readonly string[], replies: Replies = {}, { bytewise = false } = {}) {
  const chunks: string[] = [];
  const all: Replies = { EHLO: ['250-mail', ...keywords.map((k) => `250-${k}`), '250 HELP'].join('\r\n'), ...replies };
  const answer = (line: string) => {
    const begin = Object.keys(all).find((key) => line.startsWith(key));
    if (begin === undefined) return line === 'QUIT' ? '221 bye' : '250 2.0.0 Ok';
    return all[begin] ?? '';
  };
  const script: Script = (socket) => {
    const send = (text: string) => {
      if (bytewise) for (const byte of Buffer.from(text)) socket.write(Buffer.of(byte));
      else socket.write(text);
    };
    send('220 mail.example.test\r\n');
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk.toString());
      send(
        chunk
          .toString()
          .split('\r\n')
          .filter(Boolean)
          .map((line) => `${answer(line)}\r\n`)
          .join(''),
      );
    });
  };
  return { script, chunks };
}

async function ask(keywords: readonly string[], asked: Envelope, replies: Replies = {}, bytewise = false) {
  const { script, chunks } = server(keywords, replies, { bytewise });
  const seen = await probeScript(
    { otherwise: script },
    { beyond: { ehloName: 'gate.example', login: null, envelope: asked } },
  );
  // Whatever a server says, no message is ever begun.
  expect(seen.io.said.filter((line) => /^(?:DATA|BDAT)\b/i.test(line))).toEqual([]);
  const [ehlo, ...rest] = chunks;
  expect(ehlo).toBe('EHLO gate.example\r\n');
  return { ...seen, chunks: rest };
}

const step = ({ steps }: Awaited<ReturnType<typeof ask>>, name: string) => steps.find((each) => each.step === name);
const ONE = envelope('gate@example.com', ['ops@example.net']);
const TWO = envelope('gate@example.com', ['ops@example.net', 'all@example.net']);
const OK = { code: 250, lines: ['2.0.0 Ok'] };
const MAIL = 'MAIL FROM:<gate@example.com>\r\n';
const [OPS, ALL] = ['RCPT TO:<ops@example.net>\r\n', 'RCPT TO:<all@example.net>\r\n'];

describe.each([false, true])('an envelope that is accepted (byte by byte: %p)', (bytewise) => {
  test.each<[string, readonly string[], Envelope, string[]]>([
    ['is asked one by one where PIPELINING is not offered', [], ONE, [MAIL, OPS, 'RSET\r\n', 'QUIT\r\n']],
    ['is asked all at once where it is', ['PIPELINING'], ONE, [`${MAIL}${OPS}`, 'RSET\r\n', 'QUIT\r\n']],
    ['is asked all at once, whatever the case', ['pipelining'], ONE, [`${MAIL}${OPS}`, 'RSET\r\n', 'QUIT\r\n']],
    ['is asked one by one for another word', ['PIPELINING-NOT'], ONE, [MAIL, OPS, 'RSET\r\n', 'QUIT\r\n']],
    ['is asked one by one for several recipients', ['PIPELINING'], TWO, [MAIL, OPS, ALL, 'RSET\r\n', 'QUIT\r\n']],
  ])('%s', async (_, keywords, asked, chunks) => {
    const seen = await ask(keywords, asked, {}, bytewise);
    expect(seen.chunks).toEqual(chunks);
    expect(seen.envelope).toEqual({
      from: 'gate@example.com',
      needsUtf8: false,
      mail: OK,
      recipients: asked.to.map(({ local }) => ({ to: `${local}@example.net`, reply: OK })),
      rset: OK,
    });
    expect(seen.end).toBeNull();
    for (const name of ['mail', 'rcpt', 'rset', 'quit']) expect(step(seen, name)?.status).toBe('done');
  });

  test.each([[[]], [['PIPELINING']]])('of a sender alone has no recipients (%j)', async (keywords) => {
    const seen = await ask(keywords, envelope('gate@example.com'), {}, bytewise);
    expect(seen.io.said).toEqual(['EHLO gate.example', 'MAIL FROM:<gate@example.com>', 'RSET', 'QUIT']);
    expect(seen.envelope).toMatchObject({ mail: OK, recipients: [], rset: OK });
    expect(step(seen, 'rcpt')).toBeUndefined();
  });
});

describe('what is said of it', () => {
  test.each<[string, readonly string[], Envelope, readonly string[]]>([
    ['nothing more', ['SIZE 1000', 'SMTPUTF8'], envelope('a@x.example'), ['MAIL FROM:<a@x.example>']],
    ['the size', ['SIZE 1000'], envelope('a@x.example', [], '900'), ['MAIL FROM:<a@x.example> SIZE=900']],
    ['no size where it is not offered', [], envelope('a@x.example', [], '900'), ['MAIL FROM:<a@x.example>']],
    ['the null sender', [], envelope('<>', ['b@x.example']), ['MAIL FROM:<>', 'RCPT TO:<b@x.example>']],
    [
      'SMTPUTF8 where it is needed for the sender',
      ['SMTPUTF8'],
      envelope('grüße@x.example', ['b@x.example']),
      ['MAIL FROM:<grüße@x.example> SMTPUTF8', 'RCPT TO:<b@x.example>'],
    ],
    [
      'SMTPUTF8 where it is needed for a recipient',
      ['SMTPUTF8'],
      envelope('a@x.example', ['grüße@x.example']),
      ['MAIL FROM:<a@x.example> SMTPUTF8', 'RCPT TO:<grüße@x.example>'],
    ],
    [
      'A-labels, which need no SMTPUTF8',
      ['SMTPUTF8'],
      envelope('gate@bücher.example', ['ops@例え.テスト']),
      ['MAIL FROM:<gate@xn--bcher-kva.example>', 'RCPT TO:<ops@xn--r8jz45g.xn--zckzah>'],
    ],
    [
      'both, pipelined or not',
      ['SMTPUTF8', 'SIZE', 'PIPELINING'],
      envelope('ü@bücher.example', [], '1'),
      ['MAIL FROM:<ü@xn--bcher-kva.example> SIZE=1 SMTPUTF8'],
    ],
  ])('%s', async (_, keywords, asked, expected) => {
    const seen = await ask(keywords, asked);
    expect(seen.io.said.slice(1)).toEqual([...expected, 'RSET', 'QUIT']);
    expect(seen.envelope?.needsUtf8).toBe(false);
  });

  test.each([
    [['PIPELINING'], envelope('grüße@x.example', ['b@x.example'])],
    [[], envelope('a@x.example', ['grüße@x.example'])],
  ])('is nothing where SMTPUTF8 is needed and only this is offered: %j', async (keywords, asked) => {
    const seen = await ask(keywords, asked);
    expect(seen.io.said).toEqual(['EHLO gate.example', 'QUIT']);
    expect(seen.envelope).toMatchObject({ needsUtf8: true, mail: null, rset: null, recipients: [{ reply: null }] });
    expect(step(seen, 'mail')).toMatchObject({ status: 'skipped', because: 'SMTPUTF8 is not offered' });
  });
});

describe('a refusal', () => {
  test.each(['550 5.1.8 no', '451 4.7.1 later', '354 go on', '220 hm'])(
    'of the sender ends the questions: %s',
    async (no) => {
      const seen = await ask([], TWO, { MAIL: no });
      expect(seen.chunks).toEqual([MAIL, 'QUIT\r\n']);
      expect(seen.envelope?.mail?.code).toBe(Number(no.slice(0, 3)));
      expect(seen.envelope?.recipients.map(({ reply }) => reply)).toEqual([null, null]);
      expect(step(seen, 'rcpt')).toMatchObject({ status: 'skipped', because: 'MAIL was not accepted' });
    },
  );

  test('of the sender leaves what was sent along without meaning', async () => {
    const seen = await ask(['PIPELINING'], ONE, { MAIL: '550 5.1.8 no', RCPT: '503 5.5.1 need MAIL' });
    expect(seen.chunks).toEqual([`${MAIL}${OPS}`, 'QUIT\r\n']);
    expect(seen.envelope).toMatchObject({ mail: { code: 550 }, recipients: [{ reply: null }], rset: null });
    expect(seen.farewell).toEqual({ code: 221, lines: ['bye'] });
    expect(seen.end).toBeNull();
  });

  test('of the sender leaves no meaning but that the server is closing', async () => {
    const seen = await ask(['PIPELINING'], ONE, { MAIL: '550 5.1.8 no', RCPT: '421 4.3.2 closing' });
    expect(seen.envelope).toMatchObject({ mail: { code: 550 }, recipients: [{ reply: { code: 421 } }], rset: null });
    expect(seen.farewell).toEqual({ code: 221, lines: ['bye'] });
    expect(step(seen, 'rset')).toMatchObject({ status: 'done' });
  });

  test('of the sender needs no RSET where nothing was sent along', async () => {
    const seen = await ask([], ONE, { MAIL: '550 5.1.8 no' });
    expect(step(seen, 'rset')).toMatchObject({ status: 'skipped', because: 'MAIL was not accepted' });
  });

  test.each([
    ['500 no', 1],
    ['454 4.7.1 Relay access denied', 1],
    ['421 closing', 1],
    ['499 later', 2],
    ['450 later', 2],
    ['354 go on', 2],
  ])('of a recipient with %j ends the questions, or does not', async (no, asked) => {
    const seen = await ask([], TWO, { 'RCPT TO:<ops': no });
    expect(seen.io.said.filter((line) => line.startsWith('RCPT'))).toHaveLength(asked);
  });

  test.each([[[]], [['PIPELINING']]])('of a recipient decides, and no other is asked for (%j)', async (keywords) => {
    const three = envelope('gate@example.com', ['ops@example.net', 'nobody@example.net', 'all@example.net']);
    const seen = await ask(keywords, three, { 'RCPT TO:<nobody': '550-5.1.1 no\r\n550 5.1.1 such user' });
    expect(seen.envelope?.recipients).toEqual([
      { to: 'ops@example.net', reply: OK },
      { to: 'nobody@example.net', reply: { code: 550, lines: ['5.1.1 no', '5.1.1 such user'] } },
      { to: 'all@example.net', reply: null },
    ]);
    expect(seen.io.said.slice(-3)).toEqual(['RCPT TO:<nobody@example.net>', 'RSET', 'QUIT']);
  });

  test('of a recipient for now is not the last word', async () => {
    const seen = await ask([], TWO, { 'RCPT TO:<ops': '450 4.2.0 later' });
    expect(seen.envelope).toMatchObject({ recipients: [{ reply: { code: 450 } }, { reply: OK }], rset: OK });
  });

  test('with 421 is the last word: no other recipient is asked, and there is no RSET', async () => {
    const seen = await ask([], TWO, { RCPT: '421 4.3.2 closing' });
    expect(seen.chunks.slice(0, 2)).toEqual([MAIL, OPS]);
    expect(seen.io.said).not.toContain('RSET');
    expect(seen.envelope).toMatchObject({ recipients: [{ reply: { code: 421 } }, { reply: null }], rset: null });
    expect(step(seen, 'rset')).toMatchObject({ status: 'skipped', because: 'the server is closing' });
  });
});

describe('what cannot be read in the place of a courtesy’s answer', () => {
  test.each(['RSET', 'QUIT'])('is odd, since a reply too many may have shifted it: %s', async (verb) => {
    const seen = await ask([], ONE, { [verb]: '* OK IMAP' });
    expect(seen.end).toBeNull();
    expect(seen.deviations).toEqual([{ kind: 'unreadable', step: verb.toLowerCase(), text: '* OK IMAP' }]);
  });
});

describe('what was answered before the end is kept', () => {
  test.each([[[]], [['PIPELINING']]])('when the answer to a recipient is garbage (%j)', async (keywords) => {
    const seen = await ask(keywords, TWO, { 'RCPT TO:<all': 'hello' });
    expect(seen.envelope).toMatchObject({ mail: OK, recipients: [{ reply: OK }, { reply: null }], rset: null });
    expect(seen.end).toMatchObject({ kind: 'malformed', step: 'rcpt' });
  });

  test.each([[[]], [['PIPELINING']]])('when RSET is not answered (%j)', async (keywords) => {
    const seen = await ask(keywords, TWO, { RSET: '250-' });
    expect(seen.envelope).toMatchObject({ mail: OK, recipients: [{ reply: OK }, { reply: OK }], rset: null });
    expect(seen.end).toBeNull();
    expect(step(seen, 'rset')).toMatchObject({ status: 'failed', because: 'no answer in time' });
  });

  test('when the server answers more than it was asked', async () => {
    const seen = await ask([], TWO, { MAIL: '250 Ok\r\n250 and more' });
    expect(seen.envelope).toMatchObject({ mail: { code: 250 }, recipients: [{ reply: null }, { reply: null }] });
    expect(seen.end).toMatchObject({ kind: 'out-of-turn', step: 'rcpt' });
  });
});

test('RSET’s answer is not taken for a recipient’s that is missing', async () => {
  const script: Script = (socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (line.startsWith('EHLO')) socket.write('250-mail\r\n250 PIPELINING\r\n');
        else if (!line.startsWith('RCPT')) socket.write('250 ok\r\n');
      }
    });
  };
  const seen = await probeScript(
    { otherwise: script },
    { beyond: { ehloName: 'gate.example', login: null, envelope: ONE } },
  );
  expect(seen.envelope).toMatchObject({ mail: { code: 250 }, recipients: [{ reply: null }] });
  expect(seen.end).toMatchObject({ step: 'rcpt', kind: 'silence' });
});

test('an answer to RSET that comes bit by bit is not waited for longer than another', async () => {
  const script: Script = (socket, clock) => {
    const drip = () => {
      if (socket.destroyed) return;
      socket.write('250-b\r\n');
      clock.after(1_500, drip);
    };
    socket.write('220 mail\r\n');
    socket.on('data', (chunk: Buffer) => (/^RSET/.test(chunk.toString()) ? drip() : socket.write('250 ok\r\n')));
  };
  const seen = await probeScript(
    { otherwise: script },
    { beyond: { ehloName: 'gate.example', login: null, envelope: ONE } },
  );
  expect(seen.end).toBeNull();
  expect(seen.durationMs).toBeLessThan(3_000);
});
