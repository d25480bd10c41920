import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../testing/gateway-process.ts";
import { benchApis, type Ground } from "../ground.ts";
import { BenchProcess } from "../processes.ts";
import { type Contender, versionOf } from "./contender.ts";

const modules = ["mpm_event", "authz_core", "headers", "rewrite", "unique_id", "slotmem_shm"].concat([
  "proxy",
  "proxy_http",
  "proxy_balancer",
  "lbmethod_byrequests",
]);

/** Maps of paths and keys, a balancer over kept connections, a line of JSON for each request. */
export const apache: Contender = {
  id: "apache",
  title: "Apache mod_proxy_balancer",
  install: "apt-get install -y apache2",
  version: () => versionOf("apache2", ["-v"], /Apache\/([\d.]+)/),
  start: async (ground, { cores, apis }) => {
    const directory = join(ground.directory, "apache");
    mkdirSync(directory, { recursive: true });
    const port = await freePort();
    const list = benchApis(apis);
    const nameOf = (context: string) => context.slice(1);
    const keys = list.map(({ key, context }) => `${key} ${nameOf(context)}\n`);
    const members = list.map(({ context, isFailing }) => `${nameOf(context)} ${isFailing ? "failing" : "steady"}\n`);
    writeFileSync(join(directory, "keys.txt"), keys.join(""));
    writeFileSync(join(directory, "members.txt"), members.join(""));
    const file = join(directory, "apache.conf");
    writeFileSync(file, configuration(ground, directory, port));
    const process = new BenchProcess({
      command: "apache2",
      args: ["-f", file, "-DFOREGROUND"],
      cores,
      logPath: join(directory, "output.log"),
    });
    await process.listening(port);
    return { port, pid: process.pid, stop: () => process.stop() };
  },
};

function configuration({ backends }: Ground, directory: string, port: number): string {
  const balancer = (name: string, ports: readonly number[]) =>
    `<Proxy balancer://${name}>\n${ports.map((each) => `  BalancerMember http://127.0.0.1:${each} retry=0`).join("\n")}\n  ProxySet lbmethod=byrequests\n</Proxy>`;
  return `${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
ServerRoot ${directory}
ServerName bench
User www-data
Group www-data
Listen 127.0.0.1:${port}
PidFile ${directory}/apache.pid
Mutex file:${directory}
DefaultRuntimeDir ${directory}
ErrorLog ${directory}/error.log
LogLevel crit
StartServers 1
ServerLimit 1
ThreadsPerChild 128
ThreadLimit 128
MaxRequestWorkers 128
KeepAlive On
KeepAliveTimeout 60
MaxKeepAliveRequests 0
BufferedLogs On
LogFormat "{\\"time\\":%{msec}t,\\"requestId\\":\\"%{UNIQUE_ID}e\\",\\"client\\":\\"%a\\",\\"method\\":\\"%m\\",\\"path\\":\\"%U\\",\\"status\\":%>s,\\"durationMs\\":%D,\\"api\\":\\"%{API}e\\",\\"endpoint\\":\\"%{BALANCER_WORKER_NAME}e\\"}" bench
CustomLog ${directory}/access.log bench
${balancer("steady", backends.steady)}
${balancer("failing", backends.failing)}
RewriteEngine On
RewriteMap keys txt:${directory}/keys.txt
RewriteMap members txt:${directory}/members.txt
RewriteCond "\${keys:%{HTTP:apikey}|-}@$1" "!^([^@]+)@\\1$"
RewriteRule ^/([^/]+)/1\\.0\\.0/ - [F]
RewriteRule ^/([^/]+)/1\\.0\\.0/(.*)$ balancer://\${members:$1}/$2 [P,E=API:$1]
RequestHeader unset apikey
RequestHeader set X-Request-Id %{UNIQUE_ID}e
Header set X-Request-Id %{UNIQUE_ID}e
`;
}
