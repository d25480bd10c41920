/**
 * The turns of one rotation as positions of members: each comes as often as its weight says, spread as evenly as can be.
 * With equal weights it is 0, 1, 2… Source: nginx, "smooth weighted round robin": every turn adds its weight to each
 * member, the one that leads is chosen and set back by the sum of the weights.
 *
 * @param weights whole numbers from 1 on
 */
export function smoothSchedule(weights: readonly number[]): readonly number[] {
  const unit = weights.reduce(greatestCommonDivisor, 0);
  const shares = weights.map((weight) => weight / unit);
  const turns = shares.reduce((sum, share) => sum + share, 0);
  const lead = shares.map(() => 0);
  return Array.from({ length: turns }, () => {
    let chosen = 0;
    for (let index = 0; index < shares.length; index += 1) {
      lead[index] = (lead[index] ?? 0) + (shares[index] ?? 0);
      if ((lead[index] ?? 0) > (lead[chosen] ?? 0)) chosen = index;
    }
    lead[chosen] = (lead[chosen] ?? 0) - turns;
    return chosen;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
