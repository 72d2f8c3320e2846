import { PROJECT } from '../../src/shared/project.ts';

/** `text` with the action, and the workflows that others may call, by the name that people use them by. */
export function named(text: string): string {
  return text.replace(
    /[\w.-]+\/smtp-gate(\/[\w./-]+)?@v\d+(?![\w.])/g,
    (_, path = '') => `${PROJECT.repository}${path}@${PROJECT.ref}`,
  );
}
