import { describe, expect, test } from '@jest/globals';
import {
  BOUNDS,
  decidingPart,
  isUnknownCommand,
  isYes,
  type LineDeviation,
  type Malformed,
  type Reply,
  ReplyParser,
  replyText,
} from '../../src/smtp/reply.ts';
import fc from '../support/property.ts';

interface Read {
  readonly replies: Reply[];
  readonly malformed?: Malformed;
  readonly unread: string;
  readonly hopeless: boolean;
}

/** Everything that a parser makes of these chunks. */
function readAll(chunks: Iterable<Uint8Array>): Read {
  const parser = new ReplyParser();
  const replies: Reply[] = [];
  for (const chunk of chunks) {
    parser.push(chunk);
    for (let read = parser.read(); read; read = parser.read()) {
      if ('malformed' in read) return { replies, malformed: read, unread: '', hopeless: parser.hopeless };
      replies.push(read);
    }
  }
  return { replies, unread: parser.unread(), hopeless: parser.hopeless };
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const bytewise = (text: string): Uint8Array[] => [...bytes(text)].map((byte) => Uint8Array.of(byte));
const malformed = (kind: Malformed['malformed'], text: unknown) => ({ malformed: { malformed: kind, text } });
const good = (code: number, ...lines: string[]): Reply => ({ code, lines });

/** Each text as the bytes of Latin-1. */
const CASES: readonly (readonly [string, string, Reply[], object?])[] = [
  ['one line', '220 mail.example.com ESMTP\r\n', [good(220, 'mail.example.com ESMTP')]],
  ['several lines', '220-a\r\n220-b\r\n220 c\r\n', [good(220, 'a', 'b', 'c')]],
  ['a bare line feed', '220-a\n220 b\n', [good(220, 'a', 'b')]],
  ['line ends of both kinds', '220-a\r\n220-b\n220 c\r\n', [good(220, 'a', 'b', 'c')]],
  ['a carriage return in the text', '220 a\rb\r\n', [good(220, 'a\rb')]],
  ['two carriage returns at the end', '220 a\r\r\n', [good(220, 'a\r')]],
  ['an empty text', '220 \r\n', [good(220, '')]],
  ['empty lines', '220-\r\n220-\r\n220 \r\n', [good(220, '', '', '')]],
  ['a code alone', '220\r\n', [good(220, '')]],
  ['a code alone after other lines', '220-a\r\n220\n', [good(220, 'a', '')]],
  ['white space that belongs to the text', '220   a  \r\n', [good(220, '  a  ')]],
  ['a text that looks like a reply', '220 250 ok\r\n', [good(220, '250 ok')]],
  [
    'codes of every class',
    '250 a\r\n354 b\r\n421 c\r\n599 d\r\n',
    [good(250, 'a'), good(354, 'b'), good(421, 'c'), good(599, 'd')],
  ],
  ['UTF-8', '220 b\xc3\xbccher \xe2\x9c\x93\r\n', [good(220, 'bücher ✓')]],
  ['bytes that are no UTF-8', '220 caf\xe9 \xff\xfe\r\n', [good(220, 'café ÿþ')]],
  ['a half of a UTF-8 character', '220 \xc3\r\n', [good(220, 'Ã')]],
  ['bytes that are controls in Latin-1', '220 \x80\x99\xff\r\n', [good(220, '\x80\x99\xff')]],
  ['a byte-order mark in the text', '220 \xef\xbb\xbfx\r\n', [good(220, '\ufeffx')]],
  ['a NUL', '220 a\0b\r\n', [good(220, 'a\0b')]],
  ['escapes', '220 \x1b[31m\x07\r\n', [good(220, '\x1b[31m\x07')]],
  ['two replies', '220 a\r\n221 b\r\n', [good(220, 'a'), good(221, 'b')]],
  ['two replies of several lines', '250-a\r\n250 b\r\n250-c\r\n250 d\r\n', [good(250, 'a', 'b'), good(250, 'c', 'd')]],
  ['a line of 4096 bytes', `220 ${'x'.repeat(4091)}\r\n`, [good(220, 'x'.repeat(4091))]],
  ['256 lines', `${'220-x\n'.repeat(255)}220 x\n`, [good(220, ...Array<string>(256).fill('x'))]],

  ['nothing', '', [], { unread: '', hopeless: false }],
  ['a beginning', '22', [], { unread: '22', hopeless: false }],
  ['a line without its end', '220 mail', [], { unread: '220 mail', hopeless: false }],
  ['a line whose line feed is missing', '220 mail\r', [], { unread: '220 mail\r', hopeless: false }],
  ['lines without the last', '220-a\r\n220-b\r\n', [], { unread: '220-a\n220-b', hopeless: false }],
  ['lines and a piece', '220-a\r\n220 b', [], { unread: '220-a\n220 b', hopeless: false }],
  ['a reply and a piece', '220 a\r\n25', [good(220, 'a')], { unread: '25', hopeless: false }],
  ['a reply and garbage', '220 a\r\nxyz', [good(220, 'a')], { unread: 'xyz', hopeless: true }],
  ['garbage without a line end', 'SSH-2.0-x', [], { unread: 'SSH-2.0-x', hopeless: true }],
  ['a telnet negotiation', '\xff\xfd\x18', [], { unread: 'ÿý\x18', hopeless: true }],
  ['a TLS record', '\x15\x03\x01\0\x02\x02\x46', [], { unread: '\x15\x03\x01\0\x02\x02F', hopeless: true }],
  ['a byte-order mark without a line end', '\xef\xbb\xbf220 x', [], { hopeless: true }],
  ['UTF-8 without a code', '\xc3\xbc', [], { unread: 'ü', hopeless: true }],
  ['a code that no reply has', '120 x', [], { unread: '120 x', hopeless: true }],
  ['another code that no reply has', '6', [], { unread: '6', hopeless: true }],

  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', [], malformed('not-a-reply', 'SSH-2.0-OpenSSH_9.6')],
  ['an empty line', '\r\n', []],
  ['empty lines before, in and behind a reply', '\r\n\n250-a\r\n\r\n250 b\r\n\r\n', [good(250, 'a', 'b')]],
  ['a line feed that is still to come', '\r', [], { unread: '', hopeless: false }],
  ['a code of two digits', '22 x\r\n', [], malformed('not-a-reply', '22 x')],
  ['a code of four digits', '2200 x\r\n', [], malformed('not-a-reply', '2200 x')],
  ['a code below 200', '120 x\r\n', [], malformed('not-a-reply', '120 x')],
  ['a code above 599', '600 x\r\n', [], malformed('not-a-reply', '600 x')],
  ['a code with a letter', '22O x\r\n', [], malformed('not-a-reply', '22O x')],
  ['a tab behind the code', '220\tx\r\n', [good(220, 'x')]],
  ['an underscore behind the code', '220_x\r\n', [good(220, 'x')]],
  ['a letter behind the code', '220x\r\n', [good(220, 'x')]],
  ['a space before the code', ' 220 x\r\n', [], malformed('not-a-reply', ' 220 x')],
  ['digits that are no ASCII', '\xd9\xa2\xd9\xa2\xd9\xa0 x\r\n', [], malformed('not-a-reply', '٢٢٠ x')],
  ['a byte-order mark before the code', '\xef\xbb\xbf220 x\r\n', [], malformed('not-a-reply', '\ufeff220 x')],
  ['a telnet prefix before a reply', '\xff\xfb\x01220 x\r\n', [], malformed('not-a-reply', 'ÿû\x01220 x')],
  ['a line that is no reply after one that is', '220-a\r\nb\r\n', [], malformed('not-a-reply', 'b')],
  ['a reply, then garbage', '220 a\r\nb\r\n', [good(220, 'a')], malformed('not-a-reply', 'b')],
  ['codes that differ', '220-a\r\n521 b\r\n', [{ code: 521, lines: ['a', 'b'], codes: [220, 521] }]],
  ['codes that differ, half', '250-a\r\n251-b\r\n', [], { unread: '250-a\n251-b', hopeless: false }],
  ['a line of 4097 bytes', `220 ${'x'.repeat(4092)}\r\n`, [], malformed('line-too-long', expect.anything())],
  ['a line that is too long', `220 ${'x'.repeat(5_000)}\r\n`, [], malformed('line-too-long', `220 ${'x'.repeat(124)}`)],
  ['a line without end', `220 ${'x'.repeat(5_000)}`, [], malformed('line-too-long', expect.stringMatching(/^220 x/))],
  [
    'a second line that is too long',
    `220-a\n220 ${'x'.repeat(5_000)}`,
    [],
    malformed('line-too-long', expect.anything()),
  ],
  ['257 lines', '220-x\r\n'.repeat(257), [], malformed('too-many-lines', '220-x')],
];

describe('a server’s bytes are read, in one chunk and byte by byte:', () => {
  test.each(CASES)('%s', (_, text, replies, rest = { unread: '', hopeless: false }) => {
    for (const chunks of [[bytes(text)], bytewise(text)]) {
      const read = readAll(chunks);
      expect(read.replies).toEqual(replies);
      expect(read).toMatchObject(rest);
      expect(read.malformed === undefined).toBe(!('malformed' in rest));
    }
  });
});

describe('a flood', () => {
  const line = '250 x\r\n';
  const most = Math.floor(BOUNDS.conversationBytes / line.length);
  const chunk = bytes(line.repeat(1_000));

  test('is read up to the bound of a conversation, and is malformed beyond', () => {
    const chunks = Array.from({ length: 50 }, () => chunk);
    const read = readAll(chunks);
    expect(read.malformed?.malformed).toBe('too-many-bytes');
    expect(read.replies.length).toBeLessThanOrEqual(most);
    expect(read.replies.length).toBeGreaterThan(most - 1_000);
  });

  test.each([
    ['as one chunk', [bytes(line.repeat(most + 1))]],
    ['byte by byte', bytewise(line.repeat(most + 1))],
    ['of empty lines in a reply', [bytes('250-\r\n'.repeat(most * 2))]],
  ])('is malformed %s', (_, chunks) => {
    expect(readAll(chunks).malformed).toBeDefined();
  });

  test('that ends at the bound is none', () => {
    const text = line.repeat(most);
    expect(
      readAll(Array.from({ length: 7 }, (_, i) => bytes(text).subarray(i * 40_000, (i + 1) * 40_000))),
    ).toMatchObject({
      replies: { length: most },
      unread: '',
    });
  });

  test('that is as long as the bound is none', () => {
    const text = '250 xx\r\n'.repeat(BOUNDS.conversationBytes / 8);
    const parser = new ReplyParser();
    let replies = 0;
    for (let i = 0; i < text.length; i += 65_536) {
      parser.push(bytes(text.slice(i, i + 65_536)));
      for (let read = parser.read(); read && 'code' in read; read = parser.read()) replies += 1;
    }
    expect(replies).toBe(text.length / 8);
    expect(parser.unread()).toBe('');
    parser.push(bytes('2'));
    expect(parser.read()).toEqual({ malformed: 'too-many-bytes', text: '' });
  });

  test('is not kept', () => {
    const parser = new ReplyParser();
    for (let i = 0; i < 50; i += 1) parser.push(chunk);
    parser.read();
    while (parser.read() && !parser.hopeless);
    expect(parser.unread().length).toBeLessThanOrEqual(BOUNDS.lineBytes);
  });
});

test('what was malformed stays malformed, whatever follows', () => {
  const parser = new ReplyParser();
  parser.push(bytes('SSH-2.0-x\r\n'));
  const first = parser.read();
  parser.push(bytes('220 ready\r\n'));
  expect(first).toEqual({ malformed: 'not-a-reply', text: 'SSH-2.0-x' });
  expect(parser.read()).toEqual(first);
  expect(parser.hopeless).toBe(true);
});

test('what was malformed is not unread', () => {
  const parser = new ReplyParser();
  parser.push(bytes('220-a\r\nSSH-2.0-x\r\n220 ready'));
  parser.read();
  expect(parser.unread()).toBe('');
});

test('the bytes that were pushed are not changed, nor looked at later', () => {
  const parser = new ReplyParser();
  const first = Buffer.from('220-a\r\n2');
  parser.push(first);
  parser.push(Buffer.from('20 b\r\n'));
  expect(first.toString()).toBe('220-a\r\n2');
  expect(parser.read()).toEqual(good(220, 'a', 'b'));
});

test.each([
  [good(220, 'a'), '220 a'],
  [good(220, 'a', '', 'c'), '220-a\n220-\n220 c'],
  [{ code: 521, lines: ['a', 'b'], codes: [220, 521] }, '220-a\n521 b'],
])('a reply is written as it was sent: %j', (reply, text) => {
  expect(replyText(reply)).toBe(text);
});

describe('what clients read all the same is kept as a deviation', () => {
  const EMPTY: LineDeviation = { kind: 'empty-line', text: '' };
  test.each<[string, string, LineDeviation[]]>([
    ['nothing off', '220-a\r\n220 b\r\n221\r\n', []],
    ['a carriage return in a line', '220 a\r\r\n', []],
    ['an empty line', '\r\n220 a\r\n', [EMPTY]],
    ['an empty line of a line feed', '\n220 a\r\n', [EMPTY]],
    ['empty lines, once', '\r\n220-a\r\n\r\n220 a\r\n\r\n', [EMPTY]],
    ['a tab behind the code', '220\ta\r\n', [{ kind: 'odd-separator', text: '220\ta' }]],
    ['two odd separators, the first of them', '220_a\r\n220\tb\r\n', [{ kind: 'odd-separator', text: '220_a' }]],
    ['codes that differ', '220-a\r\n521-b\r\n521 c\r\n', [{ kind: 'mixed-codes', text: '220-a\n521-b\n521 c' }]],
    [
      'each kind',
      '\r\n220-a\r\n521\tb\r\n',
      [EMPTY, { kind: 'odd-separator', text: '521\tb' }, { kind: 'mixed-codes', text: '220-a\n521 b' }],
    ],
  ])('%s', (_, text, expected) => {
    const parser = new ReplyParser();
    parser.push(bytes(text));
    while (parser.read());
    expect(parser.takeDeviations()).toEqual(expected);
    expect(parser.takeDeviations()).toEqual([]);
  });

  test('once more when it is found again later', () => {
    const parser = new ReplyParser();
    for (const _ of [1, 2]) {
      parser.push(bytes('\r\n220 a\r\n'));
      parser.read();
      expect(parser.takeDeviations()).toEqual([EMPTY]);
    }
  });
});

test.each([
  ['\r\n\n\r\n220 a', '220 a', true],
  ['220 a\r\n\r\n', '220 a\n\n', false],
  ['\n220 a', '220 a', true],
  ['2\n', '2\n', false],
  ['\r', '', false],
  ['\r220 a', '220 a', false],
  ['', '', false],
])('of %j the empty lines at the beginning can be passed over', (text, left, empty) => {
  const parser = new ReplyParser();
  parser.push(bytes(text));
  parser.skipEmptyLines();
  expect(parser.unread()).toBe(left);
  expect(parser.takeDeviations().length > 0).toBe(empty);
});

describe('a reply that will not be finished', () => {
  test.each<[string, string, Reply | undefined]>([
    ['a line without its end', '550 5.1.1 no such user', good(550, '5.1.1 no such user')],
    ['a line whose line feed is missing', '550 no\r', good(550, 'no')],
    ['a carriage return in a line', '550 a\rb', good(550, 'a\rb')],
    ['a code of 400', '400 later', good(400, 'later')],
    ['a code alone', '421', good(421, '')],
    ['lines without the last', '550-a\r\n550-b\r\n', good(550, 'a', 'b')],
    ['lines and a piece of the last', '550-a\r\n550 b', good(550, 'a', 'b')],
    ['lines and a piece of the next code', '550-a\r\n55', good(550, 'a')],
    ['a line that is no reply behind one that refuses', '550-a\r\nb\r\n', good(550, 'a')],
    ['a yes', '250 ok', undefined],
    ['a code that is no refusal', '399 x', undefined],
    ['a piece of a code', '55', undefined],
    ['nothing', '', undefined],
    ['codes that differ', '550-a\r\n451 b', undefined],
    ['a refusal behind a yes', '250-a\r\n550 b', undefined],
    ['a yes behind a refusal', '550-a\r\n250-b\r\n', undefined],
    ['a line that is no reply', 'SSH-2.0-x\r\n', undefined],
    ['a line without end', `550-a\r\n550 ${'x'.repeat(5_000)}`, undefined],
  ])('is a refusal if each of its lines refuses with one code: %s', (_, text, refusal) => {
    const parser = new ReplyParser();
    parser.push(bytes(text));
    parser.read();
    expect(parser.takeRefusal()).toEqual(refusal);
    if (!refusal) return;
    expect(parser.takeDeviations()).toEqual([{ kind: 'unfinished', text: replyText(refusal) }]);
    expect(parser.takeRefusal()).toBeUndefined();
    expect(parser.unread()).toBe('');
  });

  test('is taken out of what follows', () => {
    const parser = new ReplyParser();
    parser.push(bytes('550-a\r\n550 b'));
    parser.read();
    parser.takeRefusal();
    parser.push(bytes('250 ok\r\n'));
    expect(parser.read()).toEqual(good(250, 'ok'));
  });
});

test.each<[Reply, Reply]>([
  [good(550, 'a', 'b'), good(550, 'a', 'b')],
  [{ code: 550, lines: ['a', 'b', 'c'], codes: [550, 250, 550] }, good(550, 'a', 'c')],
])('of %j the lines that decide are %j', (reply, expected) => {
  expect(decidingPart(reply)).toEqual(expected);
});

test('of bytes that are no complete reply the empty lines before them are left out', () => {
  const parser = new ReplyParser();
  parser.push(bytes('\n\n\r\n22'));
  expect(parser.unread()).toBe('22');
});

test.each([
  ['\r\n', false],
  ['2', false],
  ['5', false],
  ['1', true],
  ['6', true],
  ['\r\nx', true],
])('whether %j can become no reply before it is read: %p', (text, hopeless) => {
  const parser = new ReplyParser();
  parser.push(bytes(text));
  expect(parser.hopeless).toBe(hopeless);
});

test.each<[number, 220 | 250, boolean]>([
  [220, 220, true],
  [250, 250, true],
  [220, 250, false],
  [250, 220, false],
  [200, 250, true],
  [251, 250, true],
  [252, 250, true],
  [299, 220, true],
  [300, 250, false],
  [199, 250, false],
  [354, 250, false],
  [550, 250, false],
  [211, 250, false],
  [214, 250, false],
  [221, 250, false],
  [235, 250, false],
])('whether %i says yes where %i is meant: %p (RFC 5321 §4.3.2)', (code, meant, expected) => {
  expect(isYes(good(code), meant)).toBe(expected);
});

test('any replies, cut into any chunks, are read back', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 }).map((s) => s.replace(/[\r\n]/g, ''));
  const reply = fc.record({
    code: fc.integer({ min: 200, max: 599 }),
    lines: fc.array(text, { minLength: 1, maxLength: 6 }),
  });
  const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 10 });
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 5 }), cuts, fc.constantFrom('\r\n', '\n'), (replies, at, lineEnd) => {
      const sent = Buffer.from(replies.map((r) => `${replyText(r)}\n`.replaceAll('\n', lineEnd)).join(''));
      const ends = [...at.filter((cut) => cut < sent.length).sort((a, b) => a - b), sent.length];
      const chunks = ends.map((end, i) => sent.subarray(ends[i - 1] ?? 0, end));
      expect(readAll(chunks)).toEqual({ replies, unread: '', hopeless: false });
    }),
  );
});

test.each([
  [500, true],
  [501, false],
  [502, true],
  [503, true],
  [504, false],
  [550, false],
  [421, false],
])('%i says that a command is not known: %s', (code, unknown) => {
  expect(isUnknownCommand({ code, lines: ['no'] })).toBe(unknown);
});
