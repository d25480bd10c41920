import type { SnapshotOperation } from "../../lib/model/snapshot.ts";
import { normalSpelling } from "./path-readings.ts";
import { type SegmentPattern, segmentPattern } from "./segment-pattern.ts";

type Methods = Map<string, SnapshotOperation>;

type Node = {
  readonly literals: Map<string, Node>;
  /** Text and parameters in one segment, the longest template first. */
  readonly patterns: { template: string; accepts: SegmentPattern; node: Node }[];
  parameter: Node | undefined;
  /** What ends here. */
  readonly here: Methods;
  /** What takes everything from here on. */
  readonly below: Methods;
};

/** What was found: the operation, or the methods that the path has; none: no operation has the path. */
export type Found = { operation: SnapshotOperation } | { operation: undefined; methods: ReadonlySet<string> };

/**
 * The operations of an API by their paths. Of those that match, the one that says most wins, segment by segment: text,
 * then text with parameters, then a parameter, then "*". A path is looked up in every place of the tree once at most.
 */
export class OperationTree {
  readonly #root = emptyNode();

  constructor(operations: readonly SnapshotOperation[]) {
    for (const operation of operations) place(this.#root, operation);
  }

  /** @param segments of the path, as {@link file://./path-readings.ts} has them */
  find(method: string, segments: readonly string[]): Found {
    const methods = new Set<string>();
    const operation = findIn(this.#root, segments, 0, method, methods);
    return operation ? { operation } : { operation: undefined, methods };
  }
}

function emptyNode(): Node {
  return { literals: new Map(), patterns: [], parameter: undefined, here: new Map(), below: new Map() };
}

function place(root: Node, operation: SnapshotOperation): void {
  const segments = operation.path.slice(1).split("/");
  const takesAll = segments.at(-1) === "*";
  if (takesAll) segments.pop();
  let node = root;
  for (const segment of segments) node = childFor(node, segment);
  (takesAll ? node.below : node.here).set(operation.method, operation);
}

function childFor(node: Node, segment: string): Node {
  if (!segment.includes("{")) return getOrPut(node.literals, normalSpelling(segment), emptyNode);
  if (/^\{[^}]*\}$/.test(segment)) {
    node.parameter ??= emptyNode();
    return node.parameter;
  }
  const template = segment.replaceAll(/\{[^}]*\}/g, "{}");
  const known = node.patterns.find((pattern) => pattern.template === template);
  if (known) return known.node;
  const added = { template, accepts: segmentPattern(segment), node: emptyNode() };
  node.patterns.push(added);
  node.patterns.sort((one, other) => other.template.length - one.template.length);
  return added.node;
}

function getOrPut<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function findIn(
  node: Node,
  segments: readonly string[],
  at: number,
  method: string,
  methods: Set<string>,
): SnapshotOperation | undefined {
  const segment = segments[at];
  if (segment === undefined) return chosen(node.here, method, methods) ?? chosen(node.below, method, methods);
  const literal = node.literals.get(segment);
  let found = literal && findIn(literal, segments, at + 1, method, methods);
  for (const { accepts, node: next } of node.patterns) {
    if (found) return found;
    if (accepts(segment)) found = findIn(next, segments, at + 1, method, methods);
  }
  if (found) return found;
  if (node.parameter && segment !== "") found = findIn(node.parameter, segments, at + 1, method, methods);
  return found ?? chosen(node.below, method, methods);
}

/** GET's operation answers HEAD as well, as long as HEAD has none of its own. Source: WSO2. */
function chosen(at: Methods, method: string, methods: Set<string>): SnapshotOperation | undefined {
  const operation = at.get(method) ?? (method === "HEAD" ? at.get("GET") : undefined);
  if (operation) return operation;
  for (const known of at.keys()) {
    methods.add(known);
    if (known === "GET") methods.add("HEAD");
  }
  return undefined;
}
