import { describe, expect, it } from "vitest";
import { operationsSchema } from "../../lib/model/operation.ts";
import { apiWith } from "../testing/api-with.ts";
import { OperationRules } from "./operation-rules.ts";

const shop = ["GET /orders", "POST /orders", "GET /orders/{id}", "DELETE /orders/{id}", "GET /orders/new", "GET /"];
const files = [
  "GET /files/*",
  "PUT /files/{name}.json",
  "PUT /files/{name}",
  "HEAD /files/locked",
  "GET /files/locked",
];
const words = ["GET /menü", "GET /a%20b", "GET /x/{one}/y", "GET /x/{a}-{b}/z", "TRACE /x"];

function rulesOf(lines: readonly string[], open: readonly string[] = [], onlyOperations = true): OperationRules {
  const operations = lines.map((line) => {
    const [method, path] = line.split(" ");
    return { method, path, secured: !open.includes(line) };
  });
  const served = operationsSchema.parse(operations).map(({ method, path, secured }) => ({ method, path, secured }));
  const rules = OperationRules.of(
    apiWith({ production: ["http://shop.test"], operations: served, runtime: { onlyOperations } }),
  );
  if (!rules) throw new Error("There are no rules.");
  return rules;
}

/** "GET /orders" of the operation, "no-path", or "no-method GET, HEAD". */
function told(verdict: ReturnType<OperationRules["check"]>): string {
  if (verdict.kind === "no-method") return `no-method ${verdict.allow}`;
  if (verdict.kind === "no-path") return "no-path";
  return verdict.operation ? `${verdict.operation.method} ${verdict.operation.path}` : "none";
}

describe("an API that serves only its operations", () => {
  const rules = rulesOf([...shop, ...files, ...words]);
  it.each([
    ["GET", "/orders", "GET /orders"],
    ["POST", "/orders", "POST /orders"],
    ["GET", "", "GET /"],
    ["GET", "/", "GET /"],
    ["HEAD", "/orders", "GET /orders"],
    ["HEAD", "/files/locked", "HEAD /files/locked"],
    ["GET", "/orders/7", "GET /orders/{id}"],
    // Text before parameters; where it has no such method, what matches as well.
    ["GET", "/orders/new", "GET /orders/new"],
    ["DELETE", "/orders/new", "DELETE /orders/{id}"],
    ["GET", "/files", "GET /files/*"],
    ["GET", "/files/a/b/c", "GET /files/*"],
    ["GET", "/files/a/", "GET /files/*"],
    ["GET", "/files//a", "GET /files/*"],
    ["PUT", "/files/a.json", "PUT /files/{name}.json"],
    ["PUT", "/files/.json", "PUT /files/{name}"],
    ["GET", "/x/a-b/y", "GET /x/{one}/y"],
    ["GET", "/x/a-b/z", "GET /x/{a}-{b}/z"],
    ["GET", "/x/-b/z", "no-path"],
    ["GET", "/x/a-/z", "no-path"],
    // One spelling or another of the same octets.
    ["GET", "/ord%65rs", "GET /orders"],
    ["GET", "/men%C3%BC", "GET /menü"],
    ["GET", "/men%c3%bc", "GET /menü"],
    ["GET", "/a%20b", "GET /a%20b"],
    ["GET", "/orders/a%20b", "GET /orders/{id}"],
    ["GET", "/orders/%ff%zz", "GET /orders/{id}"],
    // Both readings are operations: it counts as the one that a server would take it for.
    ["GET", "/orders/.", "GET /orders"],
    ["GET", "/orders/7;v=1", "GET /orders/{id}"],
    // Another method: what there is.
    ["PUT", "/orders", "no-method GET, POST, HEAD"],
    ["POST", "/orders/7", "no-method GET, DELETE, HEAD"],
    ["PROPFIND", "/orders", "no-method GET, POST, HEAD"],
    ["OPTIONS", "/orders", "no-method GET, POST, HEAD"],
    ["get", "/orders", "no-method GET, POST, HEAD"],
    // No such path.
    ["GET", "/Orders", "no-path"],
    ["GET", "/orders/7/lines", "no-path"],
    ["GET", "/orders/", "no-path"],
    ["GET", "//orders", "no-path"],
    ["GET", "/orders/7/", "no-path"],
    ["GET", "/orders//7", "no-path"],
    ["GET", "/./orders", "no-path"],
    ["GET", "/orders;v=1", "no-path"],
    ["GET", "/orders%3bv=1", "no-path"],
    ["GET", "/orders%2f7", "no-path"],
    ["GET", "/orders\\7", "no-path"],
    ["GET", "/ord%2565rs", "no-path"],
    ["GET", "/orders/7%2flines", "no-path"],
    ["GET", "/__proto__", "no-path"],
    ["GET", "/constructor", "no-path"],
  ])("%s %s is %s", (method, path, expected) => {
    expect(told(rules.check(method, path))).toBe(expected);
  });
});

describe("an API that serves everything", () => {
  const open = ["GET /*", "GET /public"];
  const rules = rulesOf(["GET /*", "GET /admin/{x}", "GET /public", "POST /orders"], open, false);
  it.each([
    ["GET", "/public", "GET /public", true],
    ["GET", "/anything", "GET /*", true],
    ["GET", "/admin/keys", "GET /admin/{x}", false],
    ["POST", "/public", "none", false],
    // Spellings that servers may take for something that needs a key, or that counts.
    ["GET", "//admin/keys", "GET /admin/{x}", false],
    ["GET", "/admin//keys", "GET /admin/{x}", false],
    ["GET", "/admin;a=b/keys", "GET /admin/{x}", false],
    ["GET", "/./admin/keys", "GET /admin/{x}", false],
    ["GET", "/admin%2fkeys", "GET /admin/{x}", false],
    ["GET", "/admin%5Ckeys", "GET /admin/{x}", false],
    ["GET", "/admin\\keys", "GET /admin/{x}", false],
    ["GET", "/adm%69n/keys", "GET /admin/{x}", false],
    ["GET", "/admin/keys/", "GET /admin/{x}", false],
    ["POST", "/orders/", "POST /orders", false],
    ["POST", "//orders;x", "POST /orders", false],
  ])("%s %s counts for %s, open: %s", (method, path, operation, isOpen) => {
    const verdict = rules.check(method, path);
    expect(told(verdict)).toBe(operation);
    expect(verdict.kind === "served" && verdict.isOpen).toBe(isOpen);
  });
});

it("finds one of 5,000 operations in microseconds, whatever is asked", () => {
  const lines = Array.from({ length: 5_000 }, (_, index) =>
    index % 2 === 0 ? `GET /area${index % 50}/{id}/part${index}` : `GET /area${index % 50}/{a}-{b}/{c}/part${index}`,
  );
  const rules = rulesOf(lines);
  expect(told(rules.check("GET", "/area8/7/part4408"))).toBe("GET /area8/{id}/part4408");
  const paths = ["/area8/7/part4408", "/area9/a-b/c/part4409", "/area8/nothing", `/area9/${"-".repeat(4_000)}/x`];
  const startedAt = performance.now();
  for (let round = 0; round < 10_000; round += 1) for (const path of paths) rules.check("GET", path);
  // Ten times what it takes: other work shares the machine.
  expect((performance.now() - startedAt) / 40_000).toBeLessThan(0.1);
});
