import { defaultPath, versionedPath } from "../../lib/model/api-naming.ts";

/** What a path leads to, with what is left of the path after the API's own prefix. */
export type RouteMatch<T> = { route: T; rest: string };

/** What the table needs to know of an API. */
export type Routed = { id: string; context: string; version: string; isDefaultVersion: boolean };

/**
 * Paths → APIs. Matching is by whole segments and the longest prefix wins, so its cost follows the number of segments
 * of the path, never the number of APIs. Changes to one API touch that API's own prefixes only.
 */
export class RoutingTable<T extends Routed> {
  readonly #routes = new Map<string, T>();
  /** Who answers at a prefix, the winner first: `/a/1.0.0` may be a version of `/a` and the context of another API. */
  readonly #claims = new Map<string, readonly T[]>();
  /** How many prefixes have so many segments: lookups skip depths that nobody uses. */
  readonly #depths = new Map<number, number>();

  get size(): number {
    return this.#routes.size;
  }

  /** All APIs in it, in no particular order. */
  routes(): T[] {
    return [...this.#routes.values()];
  }

  /** The route of an id. */
  find(id: string): T | undefined {
    return this.#routes.get(id);
  }

  /** Puts an API in, or in place of its earlier self, in one step: no request sees it missing. */
  put(route: T): void {
    const before = this.#routes.get(route.id);
    if (before) for (const prefix of prefixesFor(before)) this.#withdraw(prefix, route.id);
    for (const prefix of prefixesFor(route)) this.#claim(prefix, route);
    this.#routes.set(route.id, route);
  }

  remove(id: string): void {
    const route = this.#routes.get(id);
    if (!route) return;
    for (const prefix of prefixesFor(route)) this.#withdraw(prefix, id);
    this.#routes.delete(id);
  }

  /** @param path the request's path as it came, without its query: nothing is decoded or normalized */
  match(path: string): RouteMatch<T> | undefined {
    let found: RouteMatch<T> | undefined;
    let depth = 0;
    for (let end = segmentEnd(path, 0); end !== -1 && depth < maxDepth; end = segmentEnd(path, end)) {
      depth += 1;
      if (!this.#depths.has(depth)) continue;
      const route = this.#claims.get(path.slice(0, end))?.[0];
      if (route) found = { route, rest: path.slice(end) };
    }
    return found;
  }

  #claim(prefix: string, route: T): void {
    const others = this.#claims.get(prefix);
    if (!others) {
      const depth = depthOf(prefix);
      this.#depths.set(depth, (this.#depths.get(depth) ?? 0) + 1);
    }
    this.#claims.set(prefix, others ? [...others, route].sort(byPrecedence) : [route]);
  }

  #withdraw(prefix: string, id: string): void {
    const left = this.#claims.get(prefix)?.filter((route) => route.id !== id) ?? [];
    if (left.length > 0) {
      this.#claims.set(prefix, left);
      return;
    }
    this.#claims.delete(prefix);
    const depth = depthOf(prefix);
    const count = (this.#depths.get(depth) ?? 1) - 1;
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

/** The longest context wins; beyond that only that every gateway decides alike. */
function byPrecedence(a: Routed, b: Routed): number {
  return b.context.length - a.context.length || (a.id < b.id ? -1 : 1);
}

function depthOf(prefix: string): number {
  return prefix.split("/").length - 1;
}

/** Where the segment that begins at the slash `from` ends; -1 when there is none. */
function segmentEnd(path: string, from: number): number {
  if (from >= path.length || path[from] !== "/") return -1;
  const slash = path.indexOf("/", from + 1);
  return slash === -1 ? path.length : slash;
}
