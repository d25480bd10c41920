import { Failure } from "./failure.ts";

/** Runs one entry point: its result is the exit code, a {@link Failure} is one line, anything else is a defect with its stack. */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error instanceof Failure ? `Fairlead: ${error.message}` : error);
    process.exit(1);
  }
}
