// Loads a test file without Jest, as Jest does it: with a copy of its own of every module of ours, TypeScript transformed in
// the same way, and '@jest/globals' made of Jest's own parts. Node's loader hooks would run in another thread, and an
// import while the fake clock goes on must not wait for one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { jestExpect } from '@jest/expect';
import { transformSync } from '@swc/core';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import config from '../../jest.config.mjs';

const [, swc] = config.transform['^.+\\.ts$'];
const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
const mocker = new ModuleMocker(globalThis);
/** Text by file, the same for each copy; and modules that are not ours, which have no copies. */
const transformed = new Map();
const others = new Map();

function transform(filename) {
  if (!transformed.has(filename)) {
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename, sourceMaps: false });
    transformed.set(filename, code);
  }
  return transformed.get(filename);
}

function exporting(values, identifier) {
  return new vm.SyntheticModule(
    Object.keys(values),
    function () {
      for (const [name, value] of Object.entries(values)) this.setExport(name, value);
    },
    { identifier },
  );
}

/** Imports a file, and all of ours that it imports, anew. */
export async function importCopy(file) {
  const modules = new Map();
  const mocks = new Map();
  let linking = Promise.resolve();

  const jest = {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    replaceProperty: mocker.replaceProperty.bind(mocker),
    restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
    resetModules: () => modules.clear(),
    unstable_mockModule: (name, factory) => mocks.set(name, factory),
    unstable_unmockModule: (name) => mocks.delete(name),
    // The runner sets the time that a test may take.
    setTimeout: () => {},
  };
  const globals = { jest, expect: jestExpect, afterAll, afterEach, beforeAll, beforeEach, describe, it, test };

  function ours(filename) {
    return new vm.SourceTextModule(transform(filename), {
      identifier: filename,
      initializeImportMeta: (meta) =>
        Object.assign(meta, { url: pathToFileURL(filename).href, filename, dirname: path.dirname(filename) }),
      importModuleDynamically: async (name, from) => evaluated(await find(name, from)),
    });
  }

  function found(name, make) {
    if (!modules.has(name)) modules.set(name, make());
    return modules.get(name);
  }

  async function find(name, from) {
    if (mocks.has(name)) {
      const values = await mocks.get(name)();
      return found(name, () => exporting(values, name));
    }
    if (name === '@jest/globals') return found(name, () => exporting(globals, name));
    const isRelative = name.startsWith('.');
    const target = isRelative ? path.resolve(path.dirname(from.identifier), name) : name;
    if (target.endsWith('.ts')) return found(target, () => ours(target));
    if (!others.has(target)) {
      const values = await import(isRelative ? pathToFileURL(target).href : target);
      others.set(target, exporting(values, target));
    }
    return others.get(target);
  }

  async function evaluated(module) {
    if (module.status === 'evaluated') return module;
    linking = linking.catch(() => {}).then(() => (module.status === 'unlinked' ? module.link(find) : undefined));
    await linking;
    await module.evaluate();
    return module;
  }

  await evaluated(found(file, () => ours(file)));
}
