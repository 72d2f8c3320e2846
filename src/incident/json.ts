// What is read from an answer is taken for what it is, not for what it is described to be.

export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record).filter((one) => one !== null) : [];
}

/** A text, or none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
