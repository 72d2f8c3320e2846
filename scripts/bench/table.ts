/** Figures, each beside what it is compared with, and whether each keeps its limit. */
export class Table {
  exceeded = false;
  readonly #rows: string[][];

  constructor(figure: string, base: string) {
    this.#rows = [[figure, base, 'smtp-gate', 'ratio', 'at most']];
  }

  row(name: string, base: string, ours: string, ratio: number, limit: number): void {
    const over = ratio > limit;
    this.exceeded ||= over;
    this.#rows.push([name, base, ours, ratio.toFixed(2), `${limit}${over ? '  EXCEEDED' : ''}`]);
  }

  text(): string {
    const widths = this.#rows[0]?.map((_, column) =>
      Math.max(...this.#rows.map((cells) => (cells[column] ?? '').length)),
    );
    return this.#rows
      .map((cells) =>
        cells
          .map((cell, i) => cell.padEnd(widths?.[i] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
