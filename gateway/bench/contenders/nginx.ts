import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../testing/gateway-process.ts";
import { type BenchApi, benchApis, type Ground } from "../ground.ts";
import { BenchProcess } from "../processes.ts";
import { type Contender, versionOf } from "./contender.ts";

/** A location and a key for each API, round robin over kept connections, a line of JSON for each request. */
export const nginx: Contender = {
  id: "nginx",
  title: "nginx",
  install: "apt-get install -y nginx-light",
  version: () => versionOf("nginx", ["-v"], /nginx\/([\d.]+)/),
  start: async (ground, { cores, apis, workers }) => {
    const directory = join(ground.directory, "nginx");
    mkdirSync(directory, { recursive: true });
    const port = await freePort();
    const file = join(directory, "nginx.conf");
    writeFileSync(file, configuration(ground, directory, port, benchApis(apis), workers));
    const process = new BenchProcess({
      command: "nginx",
      args: ["-p", directory, "-c", file],
      cores,
      logPath: join(directory, "output.log"),
    });
    await process.listening(port);
    return { port, pid: process.pid, stop: () => process.stop() };
  },
};

function configuration(ground: Ground, directory: string, port: number, apis: BenchApi[], workers: number): string {
  const upstream = (name: string, ports: readonly number[], by = "") =>
    `upstream ${name} { ${by} ${ports.map((each) => `server 127.0.0.1:${each} max_fails=0;`).join(" ")} keepalive 256; keepalive_requests 1000000000; }`;
  const location = (api: BenchApi) => {
    const members = api.isFailing ? "failing" : api.hasSession ? "session" : "steady";
    return `location ${api.context}/1.0.0/ { set $api ${api.context}; if ($known != ${api.context}) { return 401; } proxy_pass http://${members}/; }`;
  };
  return `daemon off; worker_processes ${workers}; worker_rlimit_nofile 16384; pid ${directory}/nginx.pid; error_log ${directory}/error.log crit;
events { worker_connections 8192; }
http {
  log_format bench escape=json '{"time":$msec,"requestId":"$request_id","client":"$remote_addr","method":"$request_method","path":"$uri","status":$status,"durationMs":$request_time,"api":"$api","endpoint":"$upstream_addr"}';
  access_log ${directory}/access.log bench buffer=8k flush=100ms;
  keepalive_requests 1000000000; keepalive_timeout 60; types_hash_max_size 2048; map_hash_max_size 65536; map_hash_bucket_size 128;
  proxy_temp_path ${directory}/proxy; client_body_temp_path ${directory}/body; client_body_buffer_size 16k;
  proxy_buffers 16 16k; proxy_max_temp_file_size 0; proxy_request_buffering off;
  map $http_apikey $known { default ""; ${apis.map(({ key, context }) => `${key} ${context};`).join(" ")} }
  ${upstream("steady", ground.backends.steady)}
  ${upstream("failing", ground.backends.failing)}
  ${upstream("session", ground.backends.steady, "hash $cookie_bench consistent;")}
  server {
    listen 127.0.0.1:${port} reuseport backlog=4096;
    proxy_http_version 1.1; proxy_next_upstream error timeout;
    proxy_set_header Connection ""; proxy_set_header apikey ""; proxy_set_header X-Request-Id $request_id;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto http; proxy_set_header X-Forwarded-Host $host;
    add_header X-Request-Id $request_id;
    ${apis.map(location).join("\n    ")}
  }
}
`;
}
