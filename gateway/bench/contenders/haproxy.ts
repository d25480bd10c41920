import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../testing/gateway-process.ts";
import { type BenchApi, benchApis, type Ground, loadedContexts } from "../ground.ts";
import { BenchProcess } from "../processes.ts";
import { type Contender, versionOf } from "./contender.ts";

/** A map of paths to backends and keys, round robin over kept connections, a line of JSON for each request. */
export const haproxy: Contender = {
  id: "haproxy",
  title: "HAProxy",
  install: "apt-get install -y haproxy",
  version: () => versionOf("haproxy", ["-v"], /version ([\d.]+)/),
  start: async (ground, { cores, apis, workers }) => {
    const directory = join(ground.directory, "haproxy");
    mkdirSync(directory, { recursive: true });
    const port = await freePort();
    const list = benchApis(apis);
    const lines = (line: (api: BenchApi) => string) => `${list.map(line).join("\n")}\n`;
    writeFileSync(
      join(directory, "paths.map"),
      lines(({ context }) => `${context}/1.0.0/ ${context}`),
    );
    writeFileSync(
      join(directory, "keys.map"),
      lines(({ key, context }) => `${key} ${context}`),
    );
    const file = join(directory, "haproxy.cfg");
    writeFileSync(file, configuration(ground, directory, port, workers));
    const process = new BenchProcess({
      command: "haproxy",
      args: ["-db", "-f", file],
      cores,
      // It writes its access log to its standard output.
      logPath: join(directory, "access.log"),
    });
    await process.listening(port);
    return { port, pid: process.pid, stop: () => process.stop() };
  },
};

function configuration({ backends }: Ground, directory: string, port: number, workers: number): string {
  const servers = (ports: readonly number[], options = "") =>
    ports.map((each, index) => `  server m${index} 127.0.0.1:${each} ${options} cookie m${index}`).join("\n");
  return `global
  maxconn 8192
  nbthread ${workers}
  log stdout format raw local0 info
defaults
  mode http
  log global
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout http-keep-alive 60s
  option http-keep-alive
  http-reuse always
  retries 3
frontend bench
  bind 127.0.0.1:${port} backlog 4096
  unique-id-format %{+X}o%ci%cp%Ts%rt
  unique-id-header X-Request-Id
  log-format '{"time":%Ts%ms,"requestId":"%ID","client":"%ci","method":"%HM","path":"%HPO","status":%ST,"durationMs":%Ta,"api":"%b","endpoint":"%s"}'
  http-request set-var(txn.api) path,map_beg(${directory}/paths.map)
  http-request deny deny_status 404 unless { var(txn.api) -m found }
  http-request set-var(txn.known) req.hdr(apikey),map(${directory}/keys.map)
  http-request deny deny_status 401 unless { var(txn.known),strcmp(txn.api) eq 0 }
  http-request del-header apikey
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  http-request replace-path /[^/]+/1\\.0\\.0(/.*) \\1
  http-after-response set-header X-Request-Id %[unique-id]
  use_backend failing if { var(txn.api) -m str ${loadedContexts.failing} }
  use_backend session if { var(txn.api) -m str ${loadedContexts.session} }
  default_backend steady
backend steady
  balance roundrobin
${servers(backends.steady)}
backend failing
  balance roundrobin
  option redispatch 1
  retry-on conn-failure empty-response response-timeout
${servers(backends.failing)}
backend session
  balance roundrobin
  cookie BENCH insert indirect
${servers(backends.steady)}
`;
}
