/** Announces one step and says how long it took, so that a wait always has a name. */
export async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  console.log(`Fairlead: ${name} …`);
  const result = await work();
  const seconds = (performance.now() - started) / 1_000;
  if (seconds >= 1) console.log(`Fairlead: ${name}: ${seconds.toFixed(1)} s`);
  return result;
}
