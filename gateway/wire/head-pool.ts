import { RequestHead } from "./request-head.ts";
import { ResponseHead } from "./response-head.ts";

/** What the heads of one exchange are read with. */
export type Heads = { readonly request: RequestHead; readonly response: ResponseHead };

/** Those that wait for the next request: more than any burst needs cost memory only. */
const maxSpare = 256;

/** Heads are as many as there are requests under way, not as there are connections: an idle one keeps none. */
export class HeadPool {
  readonly #spare: Heads[] = [];

  take(): Heads {
    return this.#spare.pop() ?? { request: new RequestHead(), response: new ResponseHead() };
  }

  giveBack(heads: Heads): void {
    if (this.#spare.length < maxSpare) this.#spare.push(heads);
  }
}
