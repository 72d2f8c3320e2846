import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { RecordedStream } from '../../../src/probe/look-around/recorded-stream.ts';
import { rest } from '../../support/clock.ts';

function recorded() {
  const [ours, theirs] = duplexPair();
  const stream = new RecordedStream(ours);
  return { ours, theirs, stream };
}

describe('a stream that is recorded', () => {
  test('hands everything on, and keeps the first 1,024 bytes', async () => {
    const { theirs, stream } = recorded();
    const heard: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => heard.push(chunk));
    const pieces = ['a'.repeat(1_000), 'b'.repeat(1_000), 'c'.repeat(100_000), 'd'];
    for (const piece of pieces) theirs.write(piece);
    await rest();
    expect(Buffer.concat(heard).toString()).toBe(pieces.join(''));
    expect(stream.beginning).toBe('a'.repeat(1_000) + 'b'.repeat(24));
  });

  test('hands on what is written, and its end', async () => {
    const { theirs, stream } = recorded();
    let said = '';
    theirs.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    const ended = once(theirs, 'end');
    stream.write('EHLO');
    stream.end('QUIT');
    await ended;
    expect(said).toBe('EHLOQUIT');
  });

  test('reads no further than somebody takes', async () => {
    const { ours, theirs, stream } = recorded();
    for (let i = 0; i < 100; i += 1) theirs.write('x'.repeat(10_000));
    await rest();
    expect(ours.isPaused()).toBe(true);
    expect(stream.readableLength).toBeLessThan(200_000);
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    for (let i = 0; i < 20 && length < 1_000_000; i += 1) await rest();
    expect(length).toBe(1_000_000);
  });

  test('ends as the other one ends', async () => {
    const { theirs, stream } = recorded();
    stream.resume();
    theirs.end('x');
    await once(stream, 'end');
    expect(stream.destroyed).toBe(false);
  });

  test('is closed, or fails, as the other one is, and the other way round', async () => {
    const closed = recorded();
    closed.ours.destroy();
    await once(closed.stream, 'close');
    const failed = recorded();
    const failure = once(failed.stream, 'error');
    failed.ours.destroy(new Error('a reset'));
    expect((await failure)[0]).toMatchObject({ message: 'a reset' });
    const destroyed = recorded();
    destroyed.stream.destroy();
    await once(destroyed.stream, 'close');
    expect(destroyed.ours.destroyed).toBe(true);
  });
});
