// npm run demo: an installation with something to see. Three sample backends, and an API load balanced over them.

import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "./command.ts";
import { pizzaShackPath, publishPizzaShack } from "./demo/pizza-shack.ts";
import { PublisherClient } from "./demo/publisher-client.ts";
import { type SampleBackend, startSampleBackend } from "./demo/sample-backend.ts";
import { parseEnvironment } from "./environment.ts";
import { Failure } from "./failure.ts";
import { ensureHome, ensureSecret } from "./home-directory.ts";
import { Installation } from "./installation.ts";
import { untilStopped } from "./until-stopped.ts";

const shops = ["Mozzarella", "Provolone", "Gorgonzola"];
const liveTimeoutMs = 10_000;

await runCommand(async () => {
  const given = parseEnvironment(process.env);
  ensureHome(given.FAIRLEAD_HOME);
  const email = given.FAIRLEAD_ADMIN_EMAIL ?? "demo@fairlead.example";
  const password = given.FAIRLEAD_ADMIN_PASSWORD ?? ensureSecret(given.FAIRLEAD_HOME, "demo-password");
  const env = { ...given, FAIRLEAD_ADMIN_EMAIL: email, FAIRLEAD_ADMIN_PASSWORD: password };
  const installation = new Installation(env, "start");
  const backends: SampleBackend[] = [];

  const running = {
    start: async () => {
      for (const shop of shops) backends.push(await startSampleBackend(shop));
      await installation.start();
    },
    close: async () => {
      await installation.close();
      for (const backend of backends) backend.close();
    },
    hasten: () => installation.hasten(),
  };

  return await untilStopped(running, async () => {
    const { publisherUrl, gatewayUrl } = installation;
    const publisher = new PublisherClient(publisherUrl, email, password);
    const key = await publishPizzaShack(
      publisher,
      backends.map(({ url }) => url),
    );
    const menuUrl = `${gatewayUrl}${pizzaShackPath}/menu`;
    await untilLive(menuUrl, key);
    console.log(`
Fairlead is ready: publisher ${publisherUrl}, gateway ${gatewayUrl}

  Sign in as ${email} with the password ${password}
  PizzaShackAPI is load balanced over ${backends.map(({ url }, index) => `${shops[index]} (${url})`).join(", ")}.
  Call it a few times and see who answers:

    curl -H 'apikey: ${key}' ${menuUrl}
`);
  });
});

async function untilLive(url: string, key: string): Promise<void> {
  for (const deadline = performance.now() + liveTimeoutMs; ; await sleep(100)) {
    const response = await fetch(url, { headers: { apikey: key } });
    await response.body?.cancel();
    if (response.ok) return;
    if (performance.now() > deadline) throw new Failure(`the sample API answers ${response.status} at ${url}`);
  }
}
