import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import what: a layer, and the prefixes of this project that it may reach. Its own folder always. */
const layers: Record<string, { mayImport: string[]; packages?: RegExp; notPackages?: RegExp }> = {
  "lib/model": { mayImport: [], packages: /^(zod|microdiff)$/ },
  "lib/db": { mayImport: ["lib/model"], packages: /^(node:|@prisma\/|pg$)/ },
  "lib/jwt": { mayImport: ["lib/model"], packages: /^(node:|jose$|zod$)/ },
  "lib/server": { mayImport: ["lib/model", "lib/db", "lib/jwt"], notPackages: /^(@mui|http-proxy|@dnd-kit)/ },
  components: {
    mayImport: ["lib/model", "lib/server/actions"],
    notPackages: /^(node:|pg$|@prisma|better-auth$|http-proxy)/,
  },
  app: { mayImport: ["lib/model", "lib/server", "components"], notPackages: /^(pg$|@prisma|http-proxy)/ },
  gateway: { mayImport: ["lib/model", "lib/db", "lib/jwt"], notPackages: /^(next|react|@mui|better-auth)/ },
  cli: { mayImport: [], packages: /^(node:|commander$|fflate$|yaml$)/ },
  e2e: { mayImport: ["lib/model", "scripts"] },
};

const root = join(import.meta.dirname, "..");
const isTest = (file: string) => /\.(test|spec)\.tsx?$|\/testing\//.test(file);

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("/generated/"));
}

/** Every import of a file: a path from the root for our own, the bare name for a package. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
  return specifiers.map((specifier) => {
    if (specifier.startsWith("@/")) return specifier.slice(2);
    if (specifier.startsWith(".")) return relative(root, join(root, dirname(file), specifier));
    return specifier;
  });
}

const isOurs = (imported: string) => /^(app|cli|components|lib|prisma|gateway|e2e|scripts)\//.test(imported);

describe.each(Object.entries(layers))("the layer %s", (layer, { mayImport, packages, notPackages }) => {
  const files = sourceFiles(layer);

  it("has files", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it("imports only the layers below it", () => {
    const allowed = [layer, ...mayImport].map((prefix) => `${prefix}/`);
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => isOurs(imported) && !allowed.some((prefix) => imported.startsWith(prefix)));
    expect(wrong).toEqual([]);
  });

  it("uses only packages of its own field", () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => !isOurs(imported))
      .filter(({ imported }) => (packages && !packages.test(imported)) || notPackages?.test(imported));
    expect(wrong).toEqual([]);
  });
});

describe("inside the gateway", () => {
  const inner = ["gateway/endpoints/endpoint-state.ts", ...sourceFiles("gateway/routing")].concat(
    sourceFiles("gateway/endpoints").filter((file) => /\/picker-/.test(file)),
  );

  it.each(inner.filter((file) => !isTest(file)))("%s knows no sockets and no clock", (file) => {
    expect(importsOf(file).filter((imported) => /^node:(http|https|net|tls)$/.test(imported))).toEqual([]);
    expect(readFileSync(join(root, file), "utf8")).not.toMatch(/Date\.now\(|performance\.now\(|setTimeout\(/);
  });

  it("has nobody who imports main", () => {
    const importers = sourceFiles("gateway").filter((file) => importsOf(file).includes("gateway/main.ts"));
    expect(importers).toEqual([]);
  });
});

describe("permission", () => {
  const text = (file: string) => readFileSync(join(root, file), "utf8");
  const server = sourceFiles("lib/server").filter((file) => !isTest(file));
  /** What is exported and takes a ServerContext as its first parameter; what takes a transaction first is part of a verb. */
  const verbs = server.flatMap((file) =>
    [
      ...text(file).matchAll(
        /^export (?:async )?function\*? (\w+)\(\s*(\w+|\{[^}]*\}): ServerContext\b[\s\S]*?\n\}\n/gm,
      ),
    ].map(([whole, name = ""]) => ({ file, name, whole })),
  );
  /** Parts of verbs that are given the outcome of what the verb asked for. */
  const parts = ["getStoredRevision", "changeBesideDocument", "changeConfiguration", "gatewayHosts"];

  it("is asked for by every verb, as the first thing it does", () => {
    expect(verbs.length).toBeGreaterThan(40);
    const silent = verbs
      .filter(({ name }) => !parts.includes(name))
      .filter(
        ({ whole }) =>
          !/ \{\n {2}(?:const (?:permission|\{ reach \}) = )?requirePermission\(context, "[\w.-]+"\);\n/.test(whole),
      )
      .map(({ file, name }) => `${file}: ${name}`);
    expect(silent).toEqual([]);
  });

  it("is decided in one module: nobody else compares roles", () => {
    const deciding = ["lib/server/permission/", "lib/server/users/"];
    const wrong = [...server, ...sourceFiles("app")]
      .filter((file) => !deciding.some((folder) => file.startsWith(folder)))
      .filter((file) => /\.role\s*[!=]==/.test(text(file)));
    expect(wrong).toEqual([]);
  });

  it("cannot be gone around: pages, handlers and actions do not touch the database", () => {
    // Who signs in has no role yet: these ask whether there is anybody, who was invited, and open a session.
    const beforeSignIn =
      /^(app\/\(visitor\)\/(setup|sign-in)\/page\.tsx|lib\/server\/actions\/(setup|sign-in|accept-invitation)-action\.ts)$/;
    const outer = [...sourceFiles("app"), ...sourceFiles("lib/server/actions"), ...sourceFiles("lib/server/http")];
    const wrong = outer
      .filter((file) => !isTest(file) && !beforeSignIn.test(file))
      .filter(
        (file) =>
          importsOf(file).some((imported) => /^lib\/(server\/database|db\/)/.test(imported)) ||
          /\.db\b|\{[^}]*\bdb\b[^}]*\} = /.test(text(file)),
      );
    expect(wrong).toEqual([]);
  });
});

describe("what a page loads later", () => {
  // next/dynamic gives a boundary only with one of these. Without, the whole page waits for the script: it does not listen
  // meanwhile, and is hidden when the script is asked for by a click.
  it("has a boundary of its own", () => {
    const wrong = ["app", "components"].flatMap(sourceFiles).filter((file) => {
      const [, ...calls] = readFileSync(join(root, file), "utf8").split(" = dynamic(");
      return calls.some((call) => !/loading: |ssr: false/.test(call.split(");\n")[0] ?? ""));
    });
    expect(wrong).toEqual([]);
  });
});
