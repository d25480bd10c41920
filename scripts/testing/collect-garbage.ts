import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Takes away what nobody holds any more, so that a test can measure what is held. Node offers its collector only when asked to. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
