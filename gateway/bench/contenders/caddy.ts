import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../testing/gateway-process.ts";
import { type BenchApi, benchApis, type Ground, portsOf } from "../ground.ts";
import { BenchProcess } from "../processes.ts";
import { type Contender, versionOf } from "./contender.ts";

/** The APIs under load alone, for it tries its routes one after the other; round robin, a line of JSON for each request. */
export const caddy: Contender = {
  id: "caddy",
  title: "Caddy",
  install: "apt-get install -y caddy",
  version: () => versionOf("caddy", ["version"], /v?([\d.]+)/),
  start: async (ground, { cores }) => {
    const directory = join(ground.directory, "caddy");
    mkdirSync(directory, { recursive: true });
    const port = await freePort();
    const file = join(directory, "Caddyfile");
    writeFileSync(file, configuration(ground, directory, port));
    const process = new BenchProcess({
      command: "caddy",
      args: ["run", "--config", file, "--adapter", "caddyfile"],
      cores,
      env: { HOME: directory },
      logPath: join(directory, "output.log"),
    });
    await process.listening(port);
    return { port, pid: process.pid, stop: () => process.stop() };
  },
};

function configuration(ground: Ground, directory: string, port: number): string {
  const route = (api: BenchApi) => {
    const name = api.context.slice(1);
    const members = portsOf(api, ground).map((each) => `127.0.0.1:${each}`);
    return `  @${name} {
    path ${api.context}/1.0.0/*
    header apikey ${api.key}
  }
  handle @${name} {
    uri strip_prefix ${api.context}/1.0.0
    reverse_proxy ${members.join(" ")} {
      lb_policy round_robin
      lb_try_duration ${api.isFailing ? "1s" : "0s"}
      header_up -apikey
      transport http {
        keepalive_idle_conns_per_host 256
      }
    }
  }`;
  };
  return `{
  admin off
  auto_https off
}
http://:${port} {
  bind 127.0.0.1
  log {
    output file ${directory}/access.log {
      roll_disabled
    }
    format json
  }
${benchApis(3).map(route).join("\n")}
  respond 401
}
`;
}
