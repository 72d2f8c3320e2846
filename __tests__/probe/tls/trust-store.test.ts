import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls, { rootCertificates } from 'node:tls';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { makeAuthority } from '../../support/certificates.ts';

const pem = async (name: string) => (await makeAuthority(name)).cert;
const [ONE, TWO, THREE] = await Promise.all([pem('One'), pem('Two'), pem('Three')]);
const KNOWN = rootCertificates[0] ?? '';
const NOTHING = '/dev/null';
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

const folder = mkdtempSync(join(tmpdir(), 'authorities-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(contents: string | Buffer): string {
  files += 1;
  const path = join(folder, `${files}.pem`);
  writeFileSync(path, contents);
  return path;
}

const { platform: PLATFORM } = process;
const isOn = (platform: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: platform });
afterEach(() => {
  jest.restoreAllMocks();
  isOn(PLATFORM);
  jest.unstable_unmockModule('node:fs');
  jest.unstable_unmockModule('node:tls');
});

/** The authorities as a new process finds them. */
async function start(env: Readonly<Record<string, string>>, platform: NodeJS.Platform = 'linux') {
  jest.replaceProperty(process, 'env', { ...env });
  isOn(platform);
  jest.resetModules();
  return (await import('../../../src/probe/tls/trust-store.ts')).authorities;
}

/** Puts these files, and no others, in the place of the real ones; the result tells which were asked for. */
function onlyFiles(contents: Readonly<Record<string, string>>): string[] {
  const asked: string[] = [];
  jest.unstable_mockModule('node:fs', () => ({
    ...fs,
    readFileSync(path: string) {
      asked.push(path);
      const text = contents[path];
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return text;
    },
  }));
  return asked;
}

describe('beside its own, Node is told to trust', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['what is in SSL_CERT_FILE', { SSL_CERT_FILE: file(ONE) }, [ONE]],
    ['everything that is in it', { SSL_CERT_FILE: file(`${ONE}\n${TWO}\n${THREE}\n`) }, [ONE, TWO, THREE]],
    ['what is in NODE_EXTRA_CA_CERTS', { SSL_CERT_FILE: NOTHING, NODE_EXTRA_CA_CERTS: file(TWO) }, [TWO]],
    ['what is in both', { SSL_CERT_FILE: file(ONE), NODE_EXTRA_CA_CERTS: file(TWO) }, [ONE, TWO]],
    ['nothing that it trusts by itself', { SSL_CERT_FILE: file(`${KNOWN}\n${ONE}`) }, [ONE]],
    ['nothing twice, of one file', { SSL_CERT_FILE: file(`${ONE}\n${TWO}\n${ONE}`) }, [ONE, TWO]],
    [
      'nothing twice, of two files',
      { SSL_CERT_FILE: file(`${ONE}\n${TWO}`), NODE_EXTRA_CA_CERTS: file(`${TWO}\n${THREE}`) },
      [ONE, TWO, THREE],
    ],
    [
      'nothing twice, whatever its line ends',
      { SSL_CERT_FILE: file(ONE), NODE_EXTRA_CA_CERTS: file(ONE.replaceAll('\n', '\r\n')) },
      [ONE],
    ],
    [
      'what stands between other words',
      { SSL_CERT_FILE: file(Buffer.from(`# Autoridad raíz\n${ONE}\n# Ende: ÄÖÜ\n${TWO}`, 'latin1')) },
      [ONE, TWO],
    ],
    ['no key', { SSL_CERT_FILE: file(`${ONE.replaceAll('CERTIFICATE', 'PRIVATE KEY')}\n${TWO}`) }, [TWO]],
    ['nothing of an empty file', { SSL_CERT_FILE: file('') }, []],
    ['nothing of a file that is missing', { SSL_CERT_FILE: join(folder, 'missing.pem') }, []],
    ['nothing of a folder', { SSL_CERT_FILE: folder }, []],
    [
      'the second file, though the first cannot be read',
      { SSL_CERT_FILE: join(folder, 'missing.pem'), NODE_EXTRA_CA_CERTS: file(TWO) },
      [TWO],
    ],
    [
      'the first file, though the second cannot be read',
      { SSL_CERT_FILE: file(ONE), NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') },
      [ONE],
    ],
  ])('%s', async (_, env, expected) => {
    expect((await start(env)).added(null)).toEqual(expected);
  });

  test.each(BUNDLES)('what a distribution keeps in %s', async (path) => {
    onlyFiles({ [path]: `${ONE}\n${TWO}` });
    expect((await start({})).added(null)).toEqual([ONE, TWO]);
  });

  test.each([
    ['unset', {}],
    ['empty', { SSL_CERT_FILE: '', NODE_EXTRA_CA_CERTS: '' }],
  ])('what all of those files hold, each once, where the variables are %s', async (_, env) => {
    const asked = onlyFiles({ [BUNDLES[0] ?? '']: `${ONE}\n${TWO}`, [BUNDLES[2] ?? '']: `${TWO}\n${THREE}` });
    expect((await start(env)).added(null)).toEqual([ONE, TWO, THREE]);
    expect(asked).toEqual(BUNDLES);
  });

  test('nothing that a distribution keeps, where SSL_CERT_FILE names another file', async () => {
    const asked = onlyFiles({ '/own.pem': THREE, ...Object.fromEntries(BUNDLES.map((path) => [path, ONE])) });
    expect((await start({ SSL_CERT_FILE: '/own.pem' })).added(null)).toEqual([THREE]);
    expect(asked).toEqual(['/own.pem']);
  });

  test('what a distribution keeps and NODE_EXTRA_CA_CERTS adds', async () => {
    onlyFiles({ '/extra.pem': TWO, [BUNDLES[0] ?? '']: ONE });
    expect((await start({ NODE_EXTRA_CA_CERTS: '/extra.pem' })).added(null)).toEqual([ONE, TWO]);
  });
});

describe.each<NodeJS.Platform>(['darwin', 'win32'])('on %s', (platform) => {
  const env = { SSL_CERT_FILE: '/own.pem', NODE_EXTRA_CA_CERTS: '/extra.pem' };
  const contents = { '/own.pem': ONE, '/extra.pem': TWO, ...Object.fromEntries(BUNDLES.map((path) => [path, ONE])) };
  const withStore = (getCACertificates: unknown) =>
    jest.unstable_mockModule('node:tls', () => ({ ...tls, getCACertificates }));

  test('no file is read but the one that Node’s variable adds', async () => {
    withStore(undefined);
    const asked = onlyFiles(contents);
    expect((await start(env, platform)).added(null)).toEqual([TWO]);
    expect(asked).toEqual(['/extra.pem']);
  });

  test('no file is read where that variable is unset', async () => {
    withStore(undefined);
    const asked = onlyFiles(contents);
    expect((await start({}, platform)).added(null)).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('a Node that can ask the system does so', async () => {
    withStore((type: string) => (type === 'system' ? [THREE, KNOWN] : [ONE]));
    onlyFiles(contents);
    expect((await start(env, platform)).added(null)).toEqual([THREE, TWO]);
  });
});

describe('authorities that are given', () => {
  test.each<[string, string | null, string[]]>([
    ['none', null, []],
    ['one', TWO, [TWO]],
    ['several in one text', `for the mail\n${TWO}\nand more\n${THREE}\n`, [TWO, THREE]],
    ['a text without any', 'no certificate', []],
  ])('%s: they come before those of the system', async (_, ca, expected) => {
    const authorities = await start({ SSL_CERT_FILE: file(ONE) });
    expect(authorities.added(ca)).toEqual([...expected, ONE]);
  });

  test('are not kept for the next one who asks', async () => {
    const authorities = await start({ SSL_CERT_FILE: NOTHING });
    expect(authorities.added(TWO)).toEqual([TWO]);
    expect(authorities.added(THREE)).toEqual([THREE]);
    expect(authorities.added(null)).toEqual([]);
  });
});

describe('all authorities', () => {
  test.each<[string, string | null, string, string[]]>([
    ['alone', null, '', []],
    ['with those of the system', null, ONE, [ONE]],
    ['with those that are given', TWO, '', [TWO]],
    ['with both', TWO, ONE, [TWO, ONE]],
  ])('are Node’s own, %s', async (_, ca, installed, expected) => {
    const authorities = await start({ SSL_CERT_FILE: file(installed) });
    expect(authorities.all(ca)).toEqual([...rootCertificates, ...expected]);
    expect(rootCertificates.length).toBeGreaterThan(50);
  });
});

test('the files are read once, and not before they are wanted', async () => {
  const contents: Record<string, string> = {};
  const asked = onlyFiles(contents);
  const authorities = await start({ SSL_CERT_FILE: '/own.pem' });
  expect(asked).toEqual([]);
  contents['/own.pem'] = ONE;
  expect(authorities.added(null)).toEqual([ONE]);
  contents['/own.pem'] = TWO;
  expect(authorities.added(null)).toEqual([ONE]);
  expect(authorities.all(THREE).slice(-2)).toEqual([THREE, ONE]);
  expect(asked).toEqual(['/own.pem']);
});
