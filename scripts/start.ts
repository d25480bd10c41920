import { runCommand } from "./command.ts";
import { parseEnvironment } from "./environment.ts";
import { Installation } from "./installation.ts";
import { untilStopped } from "./until-stopped.ts";

await runCommand(async () => {
  const installation = new Installation(parseEnvironment(process.env), "start");
  return await untilStopped(installation, async () => {
    console.log(`Fairlead is ready: publisher ${installation.publisherUrl}, gateway ${installation.gatewayUrl}`);
  });
});
