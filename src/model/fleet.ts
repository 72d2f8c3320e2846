/** Where a target is written. */
export interface TargetSource {
  /** The file as it was named or found, `-` for standard input; `null` for the text of `targets`. */
  readonly file: string | null;
  /** From 1, as editors count. */
  readonly line: number;
}

/** One part of the targets: the `index`-th of `of`, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}
