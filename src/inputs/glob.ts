import { existsSync } from 'node:fs';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { quotePath } from './parsers/result.ts';
import { STANDARD_INPUT } from './world.ts';

/**
 * The files that paths and patterns name, each once; what is wrong with one of them goes to `complain`: a pattern that
 * matches no file too, unless it may (`mayBeNone`).
 */
export function allFilesOf(
  paths: readonly string[],
  complain: (problem: string) => void,
  { mayBeNone = false } = {},
): Set<string> {
  const files = new Set<string>();
  for (const path of paths) {
    const found = filesOf(path);
    if (typeof found === 'string') complain(found);
    else if (found.length === 0 && !mayBeNone) {
      complain(`${quotePath(path)} matches no file; write a path or a pattern that finds one`);
    } else for (const file of found) files.add(file);
  }
  return files;
}

/** The files that a path or a pattern names, by name, or what is wrong with it. A path that is there is no pattern. */
function filesOf(path: string): readonly string[] | string {
  if (path === STANDARD_INPUT || existsSync(path)) return [path];
  // A pattern has forward slashes on every system (https://github.com/SuperchupuDev/tinyglobby).
  const pattern = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (!isDynamicPattern(pattern)) return [path];
  try {
    return globSync(pattern, { absolute: path.startsWith('/'), dot: true, expandDirectories: false }).sort();
  } catch (error) {
    return `${quotePath(path)} cannot be searched (${(error as NodeJS.ErrnoException).code ?? 'internal error'})`;
  }
}
