/** What is wrong with a part of a value, or with the first member of it that something is wrong with. */
export function firstMessage(error: unknown, ...path: readonly (string | number)[]): string | undefined {
  const [step, ...rest] = path;
  if (typeof error !== "object" || error === null) return undefined;
  if (step !== undefined) return firstMessage(Reflect.get(error, step), ...rest);
  const message: unknown = Reflect.get(error, "message");
  if (typeof message === "string" && message !== "") return message;
  if (!Array.isArray(error)) return undefined;
  return error.map((member: unknown) => firstMessage(member)).find((found) => found !== undefined);
}
