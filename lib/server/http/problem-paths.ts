import "server-only";
import { Problem } from "../../model/problem.ts";

/** Runs a verb whose fields have other names over REST, and tells its problems at the names that the caller used. */
export async function problemPathsRenamed<Value>(
  names: Readonly<Record<string, string>> | ((path: string) => string),
  run: () => Promise<Value>,
): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const nameOf = typeof names === "function" ? names : (path: string) => names[path] ?? path;
    const items = error.items.map(({ path, message }) => ({ path: nameOf(path), message }));
    throw new Problem(error.kind, error.message, items, error.retryAfterSeconds);
  }
}
