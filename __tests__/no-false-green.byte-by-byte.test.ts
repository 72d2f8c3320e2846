import { describe } from '@jest/globals';
import { testRows } from './support/broken-tests.ts';
import { SAMPLED, sample } from './support/property.ts';

/** Prime to the nine ways to break a step, so that each way is in the sample. */
const EACH = 8;

describe(`byte by byte (${SAMPLED})`, () => testRows({ bytewise: true, drawn: (cases) => sample(cases, EACH) }));
