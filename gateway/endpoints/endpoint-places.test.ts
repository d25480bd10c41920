import { expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { PlaceLedger } from "./endpoint-places.ts";

const url = (port: number) => `http://127.0.0.1:${port}`;
const shop = (...ports: number[]) => apiWith({ production: ports.map(url) });

it("keeps the places of endpoints whose id and URL stay", () => {
  const ledger = new PlaceLedger();
  const before = ledger.placesOf(shop(1, 2, 3));
  const after = ledger.placesOf(shop(1, 9, 3));
  expect(after.production?.group).toBe(before.production?.group);
  expect(after.production?.endpoints.a).toBe(before.production?.endpoints.a);
  expect(after.production?.endpoints.b).not.toBe(before.production?.endpoints.b);
});

it("gives no place to two endpoints, however many there are", () => {
  const ledger = new PlaceLedger();
  const taken = Array.from({ length: 300 }, (_, index) =>
    ledger.placesOf(apiWith({ id: `api-${index}`, production: [url(1), url(2)], sandbox: [url(3)] })),
  ).flatMap(({ production, sandbox }) =>
    [production, sandbox].flatMap((group) => (group ? [group.group, ...Object.values(group.endpoints)] : [])),
  );
  expect(new Set(taken).size).toBe(300 * 5);
});

it("gives a place anew only when nobody can still be writing to it, and as good as new", () => {
  let now = 0;
  const ledger = new PlaceLedger(() => now);
  const used = ledger.placesOf(shop(1)).production?.endpoints.a ?? -1;
  ledger.slot(used).ints.fill(7, ledger.slot(used).int, ledger.slot(used).int + 4);
  ledger.forget("api-1");
  const soon = ledger.placesOf(apiWith({ id: "api-2", production: [url(1), url(2)] }));
  expect(Object.values(soon.production?.endpoints ?? {})).not.toContain(used);
  now = 600_000;
  const later = ledger.placesOf(apiWith({ id: "api-3", production: [url(1), url(2)] }));
  expect([later.production?.group, ...Object.values(later.production?.endpoints ?? {})]).toContain(used);
  expect(ledger.slot(used).ints[ledger.slot(used).int]).toBe(0);
});
