// Lets Node load the tests without Jest: TypeScript as Jest transforms it, and for each `?copy=` a copy of every module.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import jest from '../../jest.config.mjs';

const [, swc] = jest.transform['^.+\\.ts$'];
const globals = new URL('globals.mjs', import.meta.url).href;
const transformed = new Map();

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true };
  const found = await next(specifier, context);
  const copy = /\?copy=\d+$/.exec(context.parentURL ?? '');
  return copy && /\.ts$/.test(found.url) ? { ...found, url: found.url + copy[0] } : found;
}

export async function load(url, context, next) {
  const [file, copy] = url.split('?');
  if (copy === undefined || !file.endsWith('.ts')) return next(url, context);
  if (!transformed.has(file)) transformed.set(file, transformFile(fileURLToPath(file)));
  return { format: 'module', source: await transformed.get(file), shortCircuit: true };
}

async function transformFile(filename) {
  return (await transform(await readFile(filename, 'utf8'), { ...swc, filename, sourceMaps: false })).code;
}
