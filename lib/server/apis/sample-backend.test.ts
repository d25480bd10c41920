import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answerSampleRequest } from "./sample-backend.ts";

function call(method: string, path: string, body?: string): Promise<Response> {
  const request = new Request(`http://localhost/sample/pizzashack/${path}`, { method, body });
  return answerSampleRequest(request, path.split("/"));
}

describe("the backend of the sample API", () => {
  it("lists its menu", async () => {
    const response = await call("GET", "v1/api/menu");
    expect(response.status).toBe(200);
    expect(await response.json()).toContainEqual(expect.objectContaining({ name: "Margherita" }));
  });

  it("takes an order and tells of it afterwards", async () => {
    const ordered = await call("POST", "v1/api/order", '{"pizzaType":"Funghi","quantity":3}');
    expect(ordered.status).toBe(201);
    const order = z.object({ orderId: z.string() }).parse(await ordered.json());
    const told = await call("GET", `v1/api/order/${order.orderId}`);
    expect(await told.json()).toEqual({ ...order, pizzaType: "Funghi", quantity: 3, total: "28.50", delivered: false });
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a pizza that is not on the menu", '{"pizzaType":"Hawaii"}'],
    ["too many", '{"pizzaType":"Funghi","quantity":101}'],
    ["an endless body", `{"pizzaType":"Funghi","note":"${"x".repeat(20_000)}"}`],
  ])("refuses an order of %s", async (_, body) => {
    expect((await call("POST", "v1/api/order", body)).status).toBe(400);
  });

  it.each(["v1/api", "v1/api/order", "v1/api/order/0-1-00000000", "v1/api/menu/1", "v2/api/menu", "v1/api/order/a/b"])(
    "has nothing at %s",
    async (path) => {
      expect((await call("GET", path)).status).toBe(404);
    },
  );
});
