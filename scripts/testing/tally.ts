/** How many passed, and what failed, by name. */
export interface Tally {
  readonly passed: number;
  readonly failures: readonly string[];
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}
