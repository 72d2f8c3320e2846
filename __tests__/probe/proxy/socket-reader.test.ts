import { duplexPair } from 'node:stream';
import { expect, test } from '@jest/globals';
import { Incoming } from '../../../src/probe/proxy/socket-reader.ts';

const MOST = 64 * 1024;

test('no more than 64 KiB are taken at once, and nothing is lost', async () => {
  const [ours, theirs] = duplexPair();
  const incoming = new Incoming(ours);
  ours.unshift(Buffer.alloc(MOST + 10, 'x'));
  expect(incoming.take()?.length).toBe(MOST);
  expect(incoming.take()?.length).toBe(10);
  expect(incoming.take()).toBeNull();
  incoming.giveBack(Buffer.from('back'));
  incoming.giveBack(Buffer.alloc(0));
  expect(incoming.take(2)?.toString()).toBe('ba');
  expect(incoming.ending).toBeNull();
  const more = incoming.more();
  theirs.end();
  await more;
  incoming.take();
  while (incoming.ending === null) await new Promise(setImmediate);
  expect(incoming.ending).toBe('closed');
});

test.each([
  ['its errno', Object.assign(new Error('a reset'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  ['its message', new Error('without a code'), 'without a code'],
])('an error is kept by %s, whatever comes behind it', async (_, error, ending) => {
  const [ours] = duplexPair();
  const incoming = new Incoming(ours);
  const more = incoming.more();
  ours.destroy(error);
  await more;
  await new Promise(setImmediate);
  expect(incoming.ending).toBe(ending);
  incoming.release();
  expect(ours.listenerCount('error')).toBe(0);
  expect(ours.listenerCount('readable')).toBe(0);
});
