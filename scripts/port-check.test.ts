import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./environment.ts";
import { freePort } from "./free-port.ts";
import { checkPorts } from "./port-check.ts";

describe("the check of ports", () => {
  it("names a port that is taken, and the variable that changes it", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    const env = parseEnvironment({ GATEWAY_ADMIN_PORT: String(port) });
    const refused = checkPorts({ ...env, GATEWAY_PORT: await freePort() }, ["gateway"]);
    await expect(refused).rejects.toThrow(
      `port ${port} on 127.0.0.1 is taken by another program: end it, or set GATEWAY_ADMIN_PORT to another port`,
    );
    server.close();
  });

  it("names an address this machine does not have", async () => {
    const env = parseEnvironment({ HOST: "192.0.2.1", PORT: String(await freePort()) });
    await expect(checkPorts(env, ["publisher"])).rejects.toThrow("192.0.2.1 is no address of this machine: set HOST");
  });

  it("leaves free ports free", async () => {
    const env = parseEnvironment({ PORT: String(await freePort()) });
    await checkPorts(env, ["publisher"]);
    await checkPorts(env, ["publisher"]);
  });
});
