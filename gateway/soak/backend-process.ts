// A backend of the soak test: answers every request with its name. Ended and started again by whoever runs the test.

import { createServer } from "node:http";

const [name = "", port = "0"] = process.argv.slice(2);
const headers = { "Content-Type": "text/plain", "Content-Length": String(name.length) };
const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => {
  response.writeHead(200, headers).end(name);
});
server.listen({ host: "127.0.0.1", port: Number(port) }, () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
// Nobody is left to end it.
process.once("disconnect", () => process.exit(0));
