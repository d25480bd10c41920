import { runCommand } from "./command.ts";
import { parseEnvironment } from "./environment.ts";
import { Installation } from "./installation.ts";
import { untilStopped } from "./until-stopped.ts";

await runCommand(async () => {
  const installation = new Installation(parseEnvironment(process.env), "dev");
  return await untilStopped(installation, async () => {
    const { publisherUrl, gatewayUrl } = installation;
    console.log(`Fairlead is ready for development: publisher ${publisherUrl}, gateway ${gatewayUrl}`);
  });
});
