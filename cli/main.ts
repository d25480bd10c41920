// npx fairlead: what a person can do in the browser, for scripts and pipelines. Exit codes: 0 done or nothing to do, 1 it
// failed and why, 2 (of diff) there are differences.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, Option } from "commander";
import { stringify } from "yaml";
import { applyFiles, planFiles, planWords } from "./apply.ts";
import { completionScript } from "./completion.ts";
import { loadCredentials, saveCredentials } from "./credentials.ts";
import { Failure } from "./failure.ts";
import { fileOfApi, findApi, listApis } from "./find-api.ts";
import { type ImportOptions, importArchive, readArchive, reportWords } from "./import.ts";
import { askSecret, confirmed, print, printJson, printTable } from "./output.ts";
import { callRest, download, type Json, listOf } from "./rest.ts";

type Asked = { json?: boolean; yes?: boolean };

const program = new Command("fairlead")
  .description("Publishes APIs from scripts and pipelines.")
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Environment: FAIRLEAD_URL, FAIRLEAD_TOKEN in place of a login; XDG_CONFIG_HOME for where a login is kept.

Examples:
  $ fairlead login --url https://publisher.example.com
  $ fairlead apply apis/ --yes
  $ fairlead import PizzaShackAPI-1.0.0.zip
  $ fairlead keys create PizzaShack:1.0.0 --name Shop --rate-limit Gold
  $ fairlead why 8c3f… --api PizzaShack`,
  );

const credentials = () => loadCredentials(process.env);
const jsonOption = () => new Option("--json", "print JSON");
const yesOption = () => new Option("-y, --yes", "do not ask");

program
  .command("login")
  .description("keep the publisher's address and an access token, made under Account → Access tokens")
  .requiredOption("--url <url>", "where the publisher is")
  .option("--token <token>", "the access token; asked for, or read from standard input, if it is not given")
  .action(async ({ url, token }: { url: string; token?: string }) => {
    const given = { url, token: token ?? (await askSecret("Access token: ")) };
    await callRest(given, "GET", "/apis?limit=1");
    print(`Logged in at ${url}. Kept in ${saveCredentials(process.env, given)}.`);
  });

const apis = program.command("apis").description("list, read, apply, compare and delete APIs");

apis
  .command("list")
  .description("the APIs that you see")
  .argument("[query]", "free text, name:… context:… version:… status:…", "")
  .addOption(jsonOption())
  .action(async (query: string, { json }: Asked) => {
    const list = await listApis(credentials(), query);
    if (json) printJson(list);
    else printTable(list, ["name", "version", "context", "lifeCycleStatus", "revision"]);
  });

apis
  .command("get")
  .description("one API as a file")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .addOption(jsonOption())
  .action(async (reference: string, { json }: Asked) => {
    const api = await findApi(credentials(), reference);
    if (json) printJson(api);
    else process.stdout.write(stringify(fileOfApi(api)));
  });

for (const parent of [apis, program]) {
  parent
    .command("apply")
    .description("make APIs what files say; the plan is printed, and asked about, first")
    .argument("<path>", "a folder with one .yaml file per API, or one file")
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExamples:\n  $ fairlead apply apis/\n  $ fairlead apply pizza.yaml --yes --json")
    .action(async (path: string, { yes, json }: Asked) => {
      const { files, plan } = await planFiles(credentials(), path);
      const pending = files.filter((_, index) => plan[index]?.action !== "none");
      if (!json) print(...planWords(plan));
      if (pending.length > 0 && !yes && !(await confirmed("Apply this?"))) {
        throw new Failure("Nothing was changed. With --yes it is applied without asking.");
      }
      const applied = pending.length === 0 ? [] : await applyFiles(credentials(), pending);
      if (json) printJson({ applied, unchanged: plan.length - pending.length });
      else if (applied.length > 0) print(`Applied ${applied.length}.`);
    });

  parent
    .command("diff")
    .description("what applying files would change: exit code 2 where there is anything")
    .argument("<path>", "a folder with one .yaml file per API, or one file")
    .addOption(jsonOption())
    .action(async (path: string, { json }: Asked) => {
      const { plan } = await planFiles(credentials(), path);
      if (json) printJson(plan);
      else print(...planWords(plan));
      if (plan.some(({ action }) => action !== "none")) process.exitCode = 2;
    });
}

apis
  .command("delete")
  .description("delete an API and its keys")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .addOption(yesOption())
  .action(async (reference: string, { yes }: Asked) => {
    const api = await findApi(credentials(), reference);
    if (!yes && !(await confirmed(`Delete ${api.name} ${api.version} and its keys?`))) {
      throw new Failure("Nothing was deleted. With --yes it is deleted without asking.");
    }
    await callRest(credentials(), "DELETE", `/apis/${api.id}`);
    print(`Deleted ${api.name} ${api.version}.`);
  });

const keys = program.command("keys").description("keys of consumers");

keys
  .command("list")
  .description("the keys of an API, without the keys themselves")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .addOption(jsonOption())
  .action(async (reference: string, { json }: Asked) => {
    const { id } = await findApi(credentials(), reference);
    const list = listOf(await callRest(credentials(), "GET", `/apis/${id}/api-keys`));
    if (json) printJson(list);
    else printTable(list, ["id", "name", "keyType", "prefix", "rateLimit", "expiresAt", "lastUsedTime"]);
  });

keys
  .command("create")
  .description("make a key; it is printed this once")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .requiredOption("--name <name>", "who uses it")
  .addOption(
    new Option("--type <type>", "which endpoints it leads to").choices(["production", "sandbox"]).default("production"),
  )
  .option("--expires <time>", "for example 2027-01-31T12:00:00Z")
  .option("--rate-limit <name>", "for example Gold")
  .addOption(jsonOption())
  .action(
    async (reference: string, asked: Asked & { name: string; type: string; expires?: string; rateLimit?: string }) => {
      const { id } = await findApi(credentials(), reference);
      const { name, type, expires, rateLimit } = asked;
      const body = { name, keyType: type.toUpperCase(), expiresAt: expires ?? null, rateLimit: rateLimit ?? null };
      const key = await callRest(credentials(), "POST", `/apis/${id}/api-keys`, body);
      if (asked.json) printJson(key);
      else print(String(key.apikey));
    },
  );

keys
  .command("revoke")
  .description("take a key away; gateways refuse it from then on")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .argument("<key>", "its id or its name")
  .action(async (reference: string, wanted: string) => {
    const { id } = await findApi(credentials(), reference);
    const list = listOf(await callRest(credentials(), "GET", `/apis/${id}/api-keys`));
    const found = list.filter((key) => key.id === wanted || key.name === wanted);
    const [key] = found;
    if (!key) throw new Failure(`${reference} has no key ${wanted}. See fairlead keys list ${reference}.`);
    if (found.length > 1) throw new Failure(`${wanted} names several keys. Say which by its id.`);
    await callRest(credentials(), "DELETE", `/apis/${id}/api-keys/${key.id}`);
    print(`Revoked ${key.name}.`);
  });

program
  .command("export")
  .description("write every API that you see to a folder, one file each, as apply reads them")
  .argument("<folder>", "made if it is not there")
  .option("--wso2", "as projects of apictl 4.x, one archive each, as import and WSO2 read them")
  .addHelpText("after", "\nExamples:\n  $ fairlead export apis/\n  $ fairlead export projects/ --wso2")
  .action(async (folder: string, { wso2 }: { wso2?: boolean }) => {
    mkdirSync(folder, { recursive: true });
    const list = await listApis(credentials());
    for (const { id, name, version } of list) {
      const file = join(folder, `${name}-${version}`);
      if (wso2) writeFileSync(`${file}.zip`, await download(credentials(), `/apis/export?apiId=${id}`));
      else writeFileSync(`${file}.yaml`, stringify(fileOfApi(await callRest(credentials(), "GET", `/apis/${id}`))));
    }
    print(`Wrote ${list.length} files to ${folder}.`);
  });

program
  .command("import <path>")
  .description(
    "create an API out of a project of WSO2, a zip archive or a folder (apictl 4.x, API Manager 3.x, API Cloud); what is taken, changed and left behind is printed first",
  )
  .option("--environment <name>", "take its values out of params.yaml")
  .option("--name <name>", "in place of the project's")
  .option("--version <version>", "in place of the project's")
  .option("--context <context>", "in place of the project's")
  .option("--overwrite", "replace an API of this name and version")
  .option("--dry-run", "only print what would become of it")
  .addOption(yesOption())
  .addOption(jsonOption())
  .addHelpText(
    "after",
    `
Examples:
  $ fairlead import PizzaShackAPI-1.0.0.zip --dry-run
  $ fairlead import PizzaShackAPI-1.0.0/ --environment production --yes
  $ fairlead import PizzaShackAPI-1.0.0.zip --overwrite --yes --json`,
  )
  .action(async (path: string, { yes, json, dryRun, ...options }: Asked & ImportOptions & { dryRun?: boolean }) => {
    const archive = readArchive(path);
    const plan = await importArchive(credentials(), archive, options, true);
    if (!json) print(...reportWords(plan));
    const isDone = dryRun || plan.action === "none";
    if (!isDone && !yes && !(await confirmed("Import this?"))) {
      throw new Failure("Nothing was imported. With --yes it is imported without asking.");
    }
    const told = isDone ? plan : await importArchive(credentials(), archive, options, false);
    if (json) printJson(told);
    else if (!isDone) print(`Imported ${told.name} ${told.version}.`);
  });

program
  .command("status")
  .description("the gateways, and whether each serves what was saved last: exit code 1 where one does not")
  .addOption(jsonOption())
  .action(async ({ json }: Asked) => {
    const status = await callRest(credentials(), "GET", "/gateways");
    const list = listOf(status);
    if (json) printJson(status);
    else {
      print(`Revision ${status.configRevision}, ${list.length} gateways.`);
      printTable(list, ["host", "version", "appliedRevision", "isConnected", "refusedApis", "lastSeenTime"]);
    }
    const isBehind = (one: Json) => one.isConnected === true && one.appliedRevision !== status.configRevision;
    if (list.some(isBehind)) process.exitCode = 1;
  });

program
  .command("why")
  .description("how a request was decided, by its X-Request-Id")
  .argument("<request-id>")
  .option("--api <api>", "NAME, NAME:VERSION or id; without it, every API that you see is asked")
  .addOption(jsonOption())
  .action(async (requestId: string, { api, json }: Asked & { api?: string }) => {
    const ids = api ? [(await findApi(credentials(), api)).id] : (await listApis(credentials())).map(({ id }) => id);
    for (const id of ids) {
      const found = await callRest(credentials(), "GET", `/apis/${id}/requests/${encodeURIComponent(requestId)}`).catch(
        (error: unknown) => {
          if (ids.length > 1 && error instanceof Failure) return undefined;
          throw error;
        },
      );
      if (!found) continue;
      if (json) printJson(found);
      else print(...(Array.isArray(found.explanation) ? found.explanation.map(String) : []));
      return;
    }
    throw new Failure(`No gateway keeps a request ${requestId} to an API that you see.`);
  });

const pollMs = 1_000;

program
  .command("logs")
  .description("the last requests of an API")
  .argument("<api>", "NAME, NAME:VERSION or id")
  .option("-f, --follow", "go on with those that come")
  .option("--failed", "only those that failed")
  .addOption(jsonOption())
  .action(async (reference: string, { follow, failed, json }: Asked & { follow?: boolean; failed?: boolean }) => {
    const { id } = await findApi(credentials(), reference);
    let seen = new Set<string>();
    for (;;) {
      const answer = await callRest(credentials(), "GET", `/apis/${id}/requests?failed=${failed === true}`);
      const list = listOf(answer).toReversed();
      for (const request of list) {
        if (seen.has(`${request.requestId} ${request.at}`)) continue;
        print(json ? JSON.stringify(request) : requestWords(request));
      }
      if (!follow) return;
      seen = new Set(list.map((request) => `${request.requestId} ${request.at}`));
      await sleep(pollMs);
    }
  });

function requestWords({ at, method, path, status, code, durationMs, requestId }: Json): string {
  return `${at} ${method} ${path} ${status}${code ? ` ${code}` : ""} ${durationMs} ms ${requestId}`;
}

program
  .command("completion")
  .description("what your shell needs to complete commands")
  .argument("<shell>", "bash or zsh")
  .addHelpText("after", "\nExample:\n  $ source <(npx fairlead completion bash)")
  .action((shell: string) => print(completionScript(program, shell)));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
