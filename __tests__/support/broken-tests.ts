import { expect, test } from '@jest/globals';
import { gateAgainst } from './broken.ts';
import { ALL_MODES, ENVELOPE, MODES, PASSWORD_METHODS, rows, TOKEN_METHODS, who } from './broken-rows.ts';

/** How the replies come, and which of the cases are tested. */
interface RowTests {
  readonly bytewise: boolean;
  drawn<T>(cases: readonly T[]): readonly T[];
}

/** Holds every row to its code, and servers in good health to a pass, as replies come whole or byte by byte. */
export function testRows({ bytewise, drawn }: RowTests): void {
  test.each(
    drawn(
      ALL_MODES.flatMap((mode) => [...PASSWORD_METHODS, ...TOKEN_METHODS].map((method) => [mode, method] as const)),
    ),
  )('a server in good health passes: %s, %s', async (mode, method) => {
    const inputs = { ...MODES[mode].inputs, ...who(method), ...ENVELOPE };
    const { status, deciding } = await gateAgainst(MODES[mode].server, inputs, { bytewise });
    expect([status, deciding?.finding]).toEqual(['pass', undefined]);
  });

  test.each(drawn(rows.map(([name, ...row]) => [name, row] as const)))(
    '%s',
    async (_, [server, inputs, code, status]) => {
      const result = await gateAgainst(server, inputs, { bytewise });
      expect([result.status, result.deciding?.finding.code]).toEqual([status, code]);
    },
  );
}
