/** Something the operator can put right. Its message is the whole explanation: one line, no stack, no credentials. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** What went wrong, in the words of whoever threw; for the end of a {@link Failure}'s line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  if (error instanceof Error) return error.message === "" ? error.name : error.message.replaceAll(/\s*\n\s*/g, " ");
  return String(error);
}
