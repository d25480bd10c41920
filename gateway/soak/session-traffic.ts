import { hash } from "node:crypto";
import { Agent, request } from "node:http";
import { SoakBackend } from "./backend.ts";
import type { Figure } from "./figure.ts";
import { soakApi, startSoakGateway } from "./soak-gateway.ts";

const rounds = 5;
const requestsPerRound = 6_000;
const connections = 16;

/** The same load with and without sessions, in turns: what recognising a client adds to a request. */
export async function measureSessionTraffic(now: () => number): Promise<Figure[]> {
  const backends = await Promise.all(["A", "B", "C"].map((name) => new SoakBackend(name).start()));
  const urls = backends.map(({ url }) => url);
  const gateway = await startSoakGateway();
  const plain = soakApi(urls, 1);
  const bound = { ...soakApi(urls, 1, "client-id"), id: "bound", context: "/bound" };
  await gateway.configuration.replace({ revision: 1, apis: [plain, bound], refused: [] });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const port = gateway.workers.port ?? 0;
  const ratios: number[] = [];
  let moved = 0;
  const homes = new Map<string, string>();
  const check = (client: string, answer: string) => {
    if ((homes.get(client) ?? answer) !== answer) moved += 1;
    homes.set(client, answer);
  };
  try {
    await run(agent, port, "/soak/1/x", now, () => undefined);
    for (let round = 0; round < rounds; round += 1) {
      const without = await run(agent, port, "/soak/1/x", now, () => undefined);
      const withSession = await run(agent, port, "/bound/1/x", now, check);
      ratios.push(withSession / without);
    }
  } finally {
    agent.destroy();
    await gateway.close(1_000);
    await Promise.all(backends.map((backend) => backend.kill()));
  }
  const ratio = ratios.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0;
  return [
    {
      name: "clients that were sent to another member",
      measured: `${moved} of ${homes.size.toLocaleString("en")}`,
      bound: "0",
      holds: moved === 0,
    },
    {
      name: "time of a request with a Client ID, against one without",
      measured: `× ${ratio.toFixed(3)}`,
      bound: "≤ 1.1",
      holds: ratio <= 1.1,
    },
  ];
}

async function run(
  agent: Agent,
  port: number,
  path: string,
  now: () => number,
  onAnswer: (client: string, answer: string) => void,
): Promise<number> {
  const startedAt = now();
  let next = 0;
  const send = async () => {
    while (next < requestsPerRound) {
      next += 1;
      const client = hash("md5", String(next % 500));
      onAnswer(client, await get(agent, port, path, client));
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  return now() - startedAt;
}

function get(agent: Agent, port: number, path: string, client: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, agent, headers: { ClientID: client } }, (response) => {
      let text = "";
      response.setEncoding("latin1").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    sent.on("error", reject);
    sent.end();
  });
}
