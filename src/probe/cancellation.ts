/** Tells work that nobody waits for it any more. (An AbortSignal would do, and costs 2 ms to load.) */
export class Cancellation {
  #cancelled = false;
  readonly #callbacks: (() => void)[] = [];

  /** Calls back once when the work is to be given up; at once when it already is. */
  onCancel(callback: () => void): void {
    if (this.#cancelled) callback();
    else this.#callbacks.push(callback);
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const callback of this.#callbacks) callback();
  }
}
