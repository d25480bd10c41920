import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../testing/gateway-process.ts";
import { benchApis } from "../ground.ts";
import type { Installation } from "../installation.ts";
import { BenchProcess } from "../processes.ts";
import { storeApis } from "../store-apis.ts";
import type { Contender } from "./contender.ts";

/** This gateway as it runs in an installation, everything on, configured by a database. */
export function fairlead(installation: Installation, id: string, title: string, headers = {}): Contender {
  let started = 0;
  return {
    id,
    title,
    headers,
    install: "it is here",
    version: async () => `${installation.version}, Node ${process.version}`,
    start: async (ground, { cores, apis, workers }) => {
      started += 1;
      const name = `${id}_${started}`.replaceAll("-", "_");
      const directory = join(ground.directory, name);
      mkdirSync(directory, { recursive: true });
      const databaseUrl = await installation.createDatabase(name);
      const reload = await storeApis(databaseUrl, ground, benchApis(apis));
      const [port, adminPort] = [await freePort(), await freePort()];
      const { args, env } = installation.gatewayProcess({
        NODE_ENV: "production",
        DATABASE_URL: databaseUrl,
        FAIRLEAD_HOME: directory,
        FAIRLEAD_SECRET: "a secret of one run",
        GATEWAY_ADMIN_TOKEN: "a-token-of-one-run",
        GATEWAY_PORT: String(port),
        GATEWAY_ADMIN_PORT: String(adminPort),
        GATEWAY_WORKERS: String(workers),
      });
      const gateway = new BenchProcess({
        command: process.execPath,
        args,
        cores,
        env,
        logPath: join(directory, "access.log"),
      });
      const isReady = () =>
        fetch(`http://127.0.0.1:${adminPort}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
      await gateway.until(isReady, "it is not ready");
      return {
        port,
        pid: gateway.pid,
        reload: reload.again,
        stop: async () => {
          await reload.close();
          await gateway.stop();
        },
      };
    },
  };
}
