import "server-only";
import { Problem } from "../../model/problem.ts";

/** Runs a verb whose fields have other names over REST, and tells its problems at the names that the caller used. */
export async function problemPathsRenamed<Value>(
  names: Readonly<Record<string, string>>,
  run: () => Promise<Value>,
): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const items = error.items.map(({ path, message }) => ({ path: names[path] ?? path, message }));
    throw new Problem(error.kind, error.message, items, error.retryAfterSeconds);
  }
}
