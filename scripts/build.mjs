// Bundles src/ into dist/ (or the folder that is given): what can be started, what they share, and the licences of it.
// TypeScript compiles to ES modules in .build/, where no package.json says "module", so that ncc writes CommonJS: Node
// starts it 5 ms sooner than an ES module.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ncc from '@vercel/ncc';
import { minify } from 'terser';

const root = path.resolve(import.meta.dirname, '..');
const stage = path.join(root, '.build');
const out = path.resolve(process.argv[2] ?? path.join(root, 'dist'));
/** What can be started, and its module; what is seldom started is loaded only then. */
const ENTRIES = { index: './src/action/index.js' };
const LATE_ENTRIES = { merge: './src/merge/index.js', deliver: './src/deliver/index.js' };
/** What has an answer of its own before the bundle is loaded: its module, and the one in the bundle that it imports. */
const FRONTS = { cli: { front: './src/cli/index.js', behind: './main.js', exports: 'run' } };
/** The one bundle, which has a function for each entry: what they share is there once. */
const BUNDLE = 'smtp-gate.js';
const STYLE = 'src/report/html/page.css';
/** Packages whose modules only define things, although their package.json does not say so. */
const FREE_OF_SIDE_EFFECTS = ['@actions/core'];
/**
 * Packages of which little is used: their main file, with that alone, and who imports it. The HTTP client of GitHub's
 * packages is otherwise there with its WebSocket, its cache and what it has for tests.
 */
const IN_PART = {
  undici: {
    main: [
      "Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));",
      "exports.ProxyAgent = require('./lib/dispatcher/proxy-agent');",
      "exports.fetch = require('./lib/web/fetch').fetch;",
      '',
    ].join('\n'),
    importers: ['@actions/github', '@actions/http-client'],
  },
};

/**
 * Modules of packages that are never called, and what stands in their place: of imapflow the default logger (a logger of
 * ours is given), its proxies (a connection of ours is), what reads messages in other charsets, and commands that are
 * never said. Of iconv-lite only the charset of folder names is left.
 */
const STUBS = {
  imapflow: {
    'dist/esm/logger.js': 'export const createConnectionLogger = () => null;',
    'dist/esm/proxy-connection.js':
      'export const proxyConnection = null; export const detachEarlyErrorHandler = () => {};',
    'dist/esm/jp-decoder.js': 'export const toJapaneseEncoding = () => false; export class JPDecoder {}',
    'dist/esm/download.js': 'export const downloadMessage = null; export const downloadMessageParts = null;',
    'dist/esm/sockets-transport.js': 'export const createSocketsTransport = null;',
    'dist/esm/streams-transport.js': 'export const createStreamsTransport = null;',
    'dist/esm/search-compiler.js': 'export const searchCompiler = null;',
    // Commands that the delivery check never says: it selects, fetches, moves and deletes its own message alone.
    ...Object.fromEntries(
      ['append', 'compress', 'create', 'delete', 'idle', 'quota', 'rename', 'search', 'subscribe', 'unsubscribe'].map(
        (name) => [`dist/esm/commands/${name}.js`, 'export default null;'],
      ),
    ),
  },
  libmime: { 'dist/esm/libmime.js': 'export default { decodeWords: (text) => text };' },
  'iconv-lite': {
    // Modified UTF-7 (RFC 3501 §5.1.3) is made of ASCII and UTF-16.
    'encodings/index.js':
      "module.exports = { ...require('./internal'), ...require('./utf16'), ...require('./utf7'), ascii: 'binary' };",
  },
};

/** Compiles src/ into the stage. */
function compile() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  writeFileSync(path.join(stage, 'package.json'), '{}\n');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  writeFileSync(path.join(stage, STYLE), withoutLayout(readFileSync(path.join(root, STYLE), 'utf8')));
}

/**
 * Puts a copy of the package in the stage, which says that its modules have no side effects: the bundler then leaves
 * out those that are not used, of @actions/core an HTTP client.
 */
function copyWithoutSideEffects(name) {
  const file = path.join(copyPackage(name), 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), sideEffects: false }));
}

/** Puts a copy of the package in the stage whose main file exports only what is used, and copies of its importers. */
function copyInPart([name, { main, importers }]) {
  importers.forEach(copyPackage);
  writeFileSync(path.join(copyPackage(name), 'index.js'), main);
}

/** The stage comes first where a module looks for packages. */
function copyPackage(name) {
  const copy = path.join(stage, 'node_modules', name);
  cpSync(path.join(root, 'node_modules', name), copy, { recursive: true });
  return copy;
}

/** Puts a copy of the package in the stage in which some of its modules are replaced. */
function copyWithStubs(name, stubs) {
  const copy = path.join(stage, 'node_modules', name);
  cpSync(path.join(root, 'node_modules', name), copy, { recursive: true });
  for (const [file, text] of Object.entries(stubs)) {
    // A version that has no such module any more is to be looked at.
    readFileSync(path.join(copy, file));
    writeFileSync(path.join(copy, file), `${text}\n`);
  }
}

/** A style sheet without its line ends and indentation: every HTML report carries it. */
function withoutLayout(css) {
  return css.replace(/(?<=[{};,])\n\s*/g, '');
}

/** The folders of the packages that source maps name. */
function packagesIn(maps) {
  const sources = maps.flatMap((map) => JSON.parse(map).sources);
  const folders = sources.flatMap((source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? []);
  return [...new Set(folders.map((folder) => path.resolve(stage, folder)))].sort();
}

/** A package's name, its licence, and the text of it. (ncc's own list leaves out most of what is in chunks.) */
function licenceOf(folder) {
  const { name, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)\b/i.test(one));
  if (!license || !file) throw new Error(`${name} has no licence: it cannot be part of a bundle`);
  return [name, license, readFileSync(path.join(folder, file), 'utf8').trim(), ''].join('\n');
}

/** Code without names and comments that only people read. (ncc's own minifier leaves the chunks as they are.) */
async function shrink(code) {
  const options = { ecma: 2022, mangle: { toplevel: true }, format: { ascii_only: true, comments: false } };
  return `${(await minify(code, options)).code}\n`;
}

/** Bundles the entries: the code, its chunks, and the licences. Source maps only tell which packages are in it. */
async function bundle() {
  const entry = path.join(stage, 'entries.js');
  writeFileSync(
    entry,
    [
      ...Object.entries(ENTRIES).map(([name, file]) => `export { ${name} } from '${file}';\n`),
      ...Object.values(FRONTS).map(
        ({ front, behind, exports }) =>
          `export const ${exports} = async (args) => (await import('./${path.posix.join(path.dirname(front), behind)}')).${exports}(args);\n`,
      ),
      ...Object.entries(LATE_ENTRIES).map(
        ([name, file]) => `export const ${name} = async () => (await import('${file}')).${name}();\n`,
      ),
    ].join(''),
  );
  const options = { filename: BUNDLE, cache: false, quiet: true, sourceMap: true, sourceMapRegister: false };
  const { code, map, assets } = await ncc(entry, options);
  const maps = [map];
  write(BUNDLE, await shrink(code));
  for (const [name, { source }] of Object.entries(assets)) {
    const text = String(source);
    if (name.endsWith('.map')) maps.push(text);
    else write(name, name.endsWith('.js') ? await shrink(text) : text);
  }
  write('licenses.txt', packagesIn(maps).map(licenceOf).join('\n'));
}

/** Bundles what stands before the bundle, which is no part of it. */
async function bundleFront(name, { front, behind }) {
  const entry = path.join(stage, `${name}.js`);
  writeFileSync(entry, `import { ${name} } from '${front}';\n${name}();\n`);
  const { code } = await ncc(entry, { externals: { [behind]: `./${BUNDLE}` }, cache: false, quiet: true });
  write(`${name}.js`, `#!/usr/bin/env node\n${await shrink(code)}`);
}

function write(name, text) {
  writeFileSync(path.join(out, name), text);
  console.log(`${String(text.length).padStart(9)}  ${path.relative(process.cwd(), path.join(out, name))}`);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
try {
  compile();
  FREE_OF_SIDE_EFFECTS.forEach(copyWithoutSideEffects);
  Object.entries(IN_PART).forEach(copyInPart);
  for (const [name, stubs] of Object.entries(STUBS)) copyWithStubs(name, stubs);
  write('package.json', '{ "type": "commonjs" }\n');
  for (const name of Object.keys({ ...ENTRIES, ...LATE_ENTRIES }))
    write(`${name}.js`, `#!/usr/bin/env node\nrequire('./${BUNDLE}').${name}();\n`);
  await bundle();
  for (const [name, front] of Object.entries(FRONTS)) await bundleFront(name, front);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
