import { DOCUMENTS } from '../documents/files.ts';
import { manPage } from '../documents/man.ts';
import { actionYml, deliverActionYml, mergeActionYml } from './action-yml.ts';
import { codesPage } from './codes.ts';
import { named } from './names.ts';
import { reference } from './reference.ts';

/** The files that are written from the source, in whole or in part, and how each is made from its present text. */
export const GENERATED: Readonly<Record<string, (current: string) => string>> = {
  ...Object.fromEntries(DOCUMENTS.map((document) => [document, named])),
  'action.yml': actionYml,
  'merge/action.yml': mergeActionYml,
  'deliver/action.yml': deliverActionYml,
  'docs/codes.md': codesPage,
  'man/smtp-gate.1': manPage,
  'docs/reference.md': reference,
  '.github/workflows/fleet.yml': named,
  '.github/workflows/monitor.yml': named,
  '.github/workflows/prober.yml': named,
};
