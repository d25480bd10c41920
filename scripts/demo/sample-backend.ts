import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

/** A pizza shop with a name, on a free loopback port. Each shop cooks the same menu and signs what it answers. */
export interface SampleBackend {
  readonly url: string;
  close(): void;
}

const menu = [
  { name: "BBQ Chicken Bacon", price: "20.99", description: "Grilled white chicken, hickory-smoked bacon and onions" },
  { name: "Chicken Parmesan", price: "11.99", description: "Grilled chicken, fresh tomatoes, feta and mozzarella" },
  { name: "Garden Fresh", price: "22.99", description: "Slices onions and green peppers, gourmet mushrooms, olives" },
  {
    name: "Tuscan Six Cheese",
    price: "16.99",
    description: "Six cheese blend of mozzarella, Parmesan, Romano, Asiago",
  },
];

export async function startSampleBackend(name: string): Promise<SampleBackend> {
  const orders = new Map<string, unknown>();
  const server = createServer((request, response) => {
    answer(name, orders, request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  backend: string,
  orders: Map<string, unknown>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const send = (status: number, body: object) => {
    response.writeHead(status, { "Content-Type": "application/json", "X-Backend": backend });
    response.end(`${JSON.stringify({ backend, ...body })}\n`);
  };
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const order = /^\/order\/([^/]+)$/.exec(pathname)?.[1];
  if (request.method === "GET" && pathname === "/menu") return send(200, { menu });
  if (request.method === "GET" && order !== undefined) {
    return orders.has(order)
      ? send(200, { order: orders.get(order) })
      : send(404, { message: `no order ${order} here` });
  }
  if (request.method === "POST" && pathname === "/order") {
    const wanted = await json(request).catch(() => undefined);
    if (wanted === undefined) return send(400, { message: "an order is JSON" });
    const orderId = `${backend}-${orders.size + 1}`;
    orders.set(orderId, wanted);
    return send(201, { orderId, order: wanted });
  }
  send(404, { message: "there are GET /menu, POST /order and GET /order/{orderId}" });
}
