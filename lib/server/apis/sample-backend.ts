import { createHash } from "node:crypto";
import { z } from "zod";

const menu = [
  { name: "Margherita", description: "Tomatoes, mozzarella, basil", price: "8.50" },
  { name: "Marinara", description: "Tomatoes, garlic, oregano", price: "7.50" },
  { name: "Funghi", description: "Tomatoes, mozzarella, mushrooms", price: "9.50" },
  { name: "Quattro Formaggi", description: "Mozzarella, gorgonzola, fontina, parmesan", price: "11.00" },
  { name: "Diavola", description: "Tomatoes, mozzarella, spicy salami", price: "10.50" },
];

const orderSchema = z.object({
  pizzaType: z.string().max(60),
  quantity: z.number().int().min(1).max(100).default(1),
});

const maxBodyBytes = 10_000;

/**
 * Answers as the backend of the sample API does. It stores nothing: the id of an order says what was ordered.
 *
 * @param path segments behind /sample/pizzashack
 */
export async function answerSampleRequest(request: Request, path: readonly string[]): Promise<Response> {
  const [version, api, resource, id, ...rest] = path;
  if (version !== "v1" || api !== "api" || rest.length > 0) return notFound();
  if (request.method === "POST") return resource === "order" && id === undefined ? takeOrder(request) : notFound();
  if (resource === "menu" && id === undefined) return Response.json(menu);
  const order = resource === "order" && id !== undefined ? orderOfId(id) : undefined;
  return order ? Response.json(order) : notFound();
}

async function takeOrder(request: Request): Promise<Response> {
  const parsed = orderSchema.safeParse(jsonOrUndefined(await readText(request)));
  const index = menu.findIndex(({ name }) => name === parsed.data?.pizzaType);
  if (!parsed.data || index < 0) {
    const error = 'Order with {"pizzaType": "Margherita", "quantity": 1}; GET /menu lists the types.';
    return Response.json({ error }, { status: 400 });
  }
  const { quantity } = parsed.data;
  const id = `${index}-${quantity}-${checksum(index, quantity)}`;
  return Response.json(orderOfId(id), { status: 201, headers: { location: `order/${id}` } });
}

function orderOfId(id: string) {
  const [, index, quantity, sum] = /^(\d)-(\d{1,3})-([0-9a-f]{8})$/.exec(id) ?? [];
  const pizza = menu[Number(index)];
  if (!pizza || sum !== checksum(Number(index), Number(quantity))) return undefined;
  const total = (Number(pizza.price) * Number(quantity)).toFixed(2);
  return { orderId: id, pizzaType: pizza.name, quantity: Number(quantity), total, delivered: false };
}

/** So that an order that nobody made is not found. */
function checksum(index: number, quantity: number): string {
  return createHash("sha256").update(`${index}x${quantity}`).digest("hex").slice(0, 8);
}

/** The body up to a limit; what is longer is cut, so that it cannot be an order. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxBodyBytes) return "";
  }
  return text;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Answered as any other order that cannot be read.
  }
}

function notFound(): Response {
  return Response.json({ error: "There is nothing here. Try /menu." }, { status: 404 });
}
