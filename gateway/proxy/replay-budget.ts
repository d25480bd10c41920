/** What all requests of the process may keep together of their bodies for further attempts, bytes. */
export class ReplayBudget {
  #left: number;

  constructor(maxBytes = 64 * 1024 * 1024) {
    this.#left = maxBytes;
  }

  /** Whether so many bytes may be kept; they are given back later. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}
