import type { Problem } from './conflicts.ts';
import { allFilesOf } from './glob.ts';
import { quotePath } from './parsers/result.ts';
import { type BadLine, type TargetLine, targetLines } from './parsers/targets.ts';
import { readSmallFile } from './small-file.ts';
import { STANDARD_INPUT, type World } from './world.ts';

/** In bytes, of all files together: 100,000 targets with a few options each. */
const MOST_BYTES = 10 * 1024 * 1024;
/** The most files: more than that is a pattern that says too little. */
const MOST_FILES = 1_000;

/** What the files of targets hold, and what is wrong with the files. */
export interface TargetFiles {
  readonly lines: readonly (TargetLine | BadLine)[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every file that a path or a glob names, each once, those of one glob by name. A file that has no target is a
 * problem, since somebody meant it to have some. `withAt` are the options whose values may have an at sign.
 */
export function readTargetFiles(paths: readonly string[], withAt: readonly string[], world: World): TargetFiles {
  const lines: (TargetLine | BadLine)[] = [];
  const problems: Problem[] = [];
  const complain = (problem: string) => void problems.push({ input: 'targets-file', problem });
  const files = allFilesOf(paths, complain);
  if (files.size > MOST_FILES) {
    complain(`names ${files.size} files; write patterns that find at most ${MOST_FILES}`);
    return { lines, problems };
  }
  let left = MOST_BYTES;
  for (const file of files) {
    const read = readText(file, left, world);
    if ('problem' in read) {
      complain(`${quotePath(file)} ${read.problem}`);
      continue;
    }
    left -= read.bytes;
    const { value } = targetLines(read.text, withAt, file);
    if (value.length === 0)
      complain(`${quotePath(file)} has no target in it; write one per line, such as mail.example.com:587`);
    for (const line of value) lines.push(line);
  }
  return { lines, problems };
}

type Read = { readonly text: string; readonly bytes: number } | { readonly problem: string };

function readText(file: string, most: number, world: World): Read {
  const read = file === STANDARD_INPUT ? readInput(most, world) : readFile(file, most);
  if ('problem' in read) return read;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(read.bytes), bytes: read.bytes.length };
  } catch {
    return { problem: 'is not UTF-8 text; save it as UTF-8' };
  }
}

type Bytes = { readonly bytes: Buffer } | { readonly problem: string };

function readFile(file: string, most: number): Bytes {
  try {
    const read = readSmallFile(file, most);
    if ('bytes' in read) return read;
    if (!read.refused.startsWith('is larger')) return { problem: read.refused };
    return {
      problem: `${read.refused} (all files together may have ${MOST_BYTES / 1024 ** 2} MiB); write fewer targets`,
    };
  } catch (error) {
    return { problem: reasonOf((error as NodeJS.ErrnoException).code) };
  }
}

function reasonOf(code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist; write the path of a file, from the folder in which this runs (in a workflow, run actions/checkout before this step)';
    case 'EISDIR':
      return 'is a folder; write a pattern for the files in it, such as targets/*.txt';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user; make it readable';
    default:
      return `cannot be read (${code ?? 'internal error'})`;
  }
}

function readInput(most: number, { standardInput }: World): Bytes {
  if (!standardInput) return { problem: 'is standard input, which a step does not have; write the path of a file' };
  try {
    const bytes = standardInput(most);
    return bytes.length > most ? { problem: `(standard input) is larger than ${most / 1024} KiB` } : { bytes };
  } catch (error) {
    return { problem: `(standard input) ${reasonOf((error as NodeJS.ErrnoException).code)}` };
  }
}
