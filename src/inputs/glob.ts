import { existsSync, readdirSync } from 'node:fs';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { quotePath } from './parsers/result.ts';
import { STANDARD_INPUT } from './world.ts';

/** How many files and folders a pattern may look at: all of a large repository, and not all of a disk. */
const MOST_SEEN = 200_000;

/**
 * The files that paths and patterns name, each once; what is wrong with one of them goes to `complain`: a pattern that
 * matches no file too, unless it may (`mayBeNone`).
 */
export function allFilesOf(
  paths: readonly string[],
  complain: (problem: string) => void,
  { mayBeNone = false, mostSeen = MOST_SEEN } = {},
): Set<string> {
  const files = new Set<string>();
  for (const path of paths) {
    const found = filesOf(path, mostSeen);
    if (typeof found === 'string') complain(found);
    else if (found.length === 0 && !mayBeNone) {
      complain(`${quotePath(path)} matches no file; write a path or a pattern that finds one`);
    } else for (const file of found) files.add(file);
  }
  return files;
}

/** The files that a path or a pattern names, by name, or what is wrong with it. A path that is there is no pattern. */
function filesOf(path: string, most: number): readonly string[] | string {
  if (path === STANDARD_INPUT || existsSync(path)) return [path];
  // A pattern has forward slashes on every system (https://github.com/SuperchupuDev/tinyglobby).
  const pattern = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (!isDynamicPattern(pattern)) return [path];
  let seen = 0;
  const fs = {
    // An error would be passed over, and the search would go on: beyond the bound, every folder is empty.
    readdirSync: ((folder: string, options: { withFileTypes: true }) => {
      if (seen > most) return [];
      const found = readdirSync(folder, options);
      seen += found.length;
      return found;
    }) as typeof readdirSync,
  };
  try {
    // From another folder, the search of an absolute pattern would begin at the root, and look at what is beside its way.
    const absolute = path.startsWith('/') ? { absolute: true, cwd: '/' } : {};
    const found = globSync(pattern, { ...absolute, dot: true, expandDirectories: false, fs });
    if (seen <= most) return found.sort();
    return `${quotePath(path)} looks at more than ${most} files and folders; write a pattern that begins with the folder they are in`;
  } catch (error) {
    return `${quotePath(path)} cannot be searched (${(error as NodeJS.ErrnoException).code ?? 'internal error'})`;
  }
}
