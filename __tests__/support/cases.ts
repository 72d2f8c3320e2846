import type { CasesOf } from './cases/case.ts';
import { conversation } from './cases/conversation.ts';
import { greeting } from './cases/greeting.ts';
import { network } from './cases/network.ts';
import { setup } from './cases/setup.ts';

/** For every code, what it is found in, and what looks like it and is something else. */
export const CASES: CasesOf = { ...setup, ...network, ...greeting, ...conversation };
