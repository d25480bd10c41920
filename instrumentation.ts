/** Runs once when the publisher starts, before it answers. The work needs Node, so it is not part of any other runtime. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPublisher } = await import("./lib/server/start-publisher.ts");
  await startPublisher();
}
