import { describe } from '@jest/globals';
import { testRows } from './support/broken-rows.ts';

describe('byte by byte', () => testRows(true));
