import { defaultPath, versionedPath } from "../../lib/model/api-naming.ts";

/** What a path leads to, with what is left of the path after the API's own prefix. */
export type RouteMatch<T> = { route: T; rest: string };

/** What the table needs to know of an API. */
export type Routed = { id: string; context: string; version: string; isDefaultVersion: boolean };

/**
 * Paths → APIs. Matching is by whole segments and the longest prefix wins, so its cost follows the number of segments
 * that prefixes have, never the number of APIs. Changes to one API touch that API's own prefixes only.
 */
export class RoutingTable<T extends Routed> {
  readonly #byPrefix = new Map<string, T>();
  readonly #prefixesOf = new Map<string, string[]>();
  /** How many prefixes have so many segments: lookups skip depths that nobody uses. */
  readonly #depths = new Map<number, number>();

  get size(): number {
    return this.#prefixesOf.size;
  }

  /** Puts an API in, or in place of its earlier self, in one step: no request sees it missing. */
  put(route: T): void {
    const before = this.#prefixesOf.get(route.id) ?? [];
    const after = prefixesFor(route);
    for (const prefix of after) {
      if (!this.#byPrefix.has(prefix)) this.#countDepth(prefix, 1);
      this.#byPrefix.set(prefix, route);
    }
    this.#prefixesOf.set(route.id, after);
    for (const prefix of before) if (!after.includes(prefix)) this.#drop(prefix, route.id);
  }

  remove(id: string): void {
    for (const prefix of this.#prefixesOf.get(id) ?? []) this.#drop(prefix, id);
    this.#prefixesOf.delete(id);
  }

  /** All APIs in it, in no particular order. */
  routes(): T[] {
    return [...this.#prefixesOf].flatMap(([id, prefixes]) => {
      const route = prefixes.map((prefix) => this.#byPrefix.get(prefix)).find((candidate) => candidate?.id === id);
      return route ? [route] : [];
    });
  }

  /** @param path the request's path as it came, without its query: nothing is decoded or normalized */
  match(path: string): RouteMatch<T> | undefined {
    let found: RouteMatch<T> | undefined;
    let depth = 0;
    for (let end = nextSegment(path, 0); end !== -1; end = nextSegment(path, end)) {
      depth += 1;
      if (depth > maxDepth) break;
      if (!this.#depths.has(depth)) continue;
      const route = this.#byPrefix.get(path.slice(0, end));
      if (route) found = { route, rest: path.slice(end) };
    }
    return found;
  }

  #drop(prefix: string, id: string): void {
    if (this.#byPrefix.get(prefix)?.id !== id) return;
    this.#byPrefix.delete(prefix);
    this.#countDepth(prefix, -1);
  }

  #countDepth(prefix: string, change: number): void {
    const depth = prefix.split("/").length - 1;
    const count = (this.#depths.get(depth) ?? 0) + change;
    if (count > 0) this.#depths.set(depth, count);
    else this.#depths.delete(depth);
  }
}

/** A context of 232 characters and a version have no more segments than this. */
const maxDepth = 120;

function prefixesFor(route: Routed): string[] {
  const versioned = versionedPath(route.context, route.version);
  return route.isDefaultVersion ? [versioned, defaultPath(route.context)] : [versioned];
}

/** Where the segment that begins at the slash `from` ends; -1 when there is none. */
function nextSegment(path: string, from: number): number {
  if (from >= path.length || path[from] !== "/") return -1;
  const slash = path.indexOf("/", from + 1);
  return slash === -1 ? path.length : slash;
}
