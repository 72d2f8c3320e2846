import { hasAt, type Parsed, quotePath } from './parsers/result.ts';
import { readSmallFile } from './small-file.ts';

/** In bytes: no login can carry more. */
const LARGEST = 64 * 1024;
const WHAT_TO_WRITE = 'write the path of a file that holds the secret alone';

/** The secret that a file holds, without one line end at its end. A problem never quotes what may be the secret itself. */
export function readSecretFile(path: string): Parsed<string> {
  // A password in the place of its file's path must not be quoted.
  const file = hasAt(path) || !/[/\\.]/.test(path) ? 'the file that it names' : quotePath(path);
  try {
    const read = readSmallFile(path, LARGEST);
    if ('refused' in read) return { problem: `${file} ${read.refused}; write the secret alone into it` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(read.bytes).replace(/\r?\n$/, '');
    return text === '' ? { problem: `${file} is empty; write the secret into it` } : { value: text };
  } catch (error) {
    return { problem: `${file} ${reasonOf((error as NodeJS.ErrnoException).code)}; ${WHAT_TO_WRITE}` };
  }
}

function reasonOf(code: string | undefined): string {
  switch (code) {
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'is not UTF-8 text';
    case 'ENOENT':
      return 'does not exist (ENOENT)';
    case 'EISDIR':
      return 'is a folder (EISDIR)';
    case 'EACCES':
    case 'EPERM':
      return `may not be read by this user (${code})`;
    default:
      return `cannot be read (${code ?? 'internal error'})`;
  }
}
