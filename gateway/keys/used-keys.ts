/** Keys that are noted at once; beyond it, further ones are noted once these are taken. */
const mostKeys = 100_000;

/** Which keys came to one worker since it was last asked: whether, not how often. */
export class UsedKeys {
  #ids = new Set<string>();

  note(keyId: string): void {
    if (this.#ids.size < mostKeys) this.#ids.add(keyId);
  }

  /** What was noted; it begins anew. */
  take(): string[] {
    const taken = [...this.#ids];
    this.#ids = new Set();
    return taken;
  }
}
