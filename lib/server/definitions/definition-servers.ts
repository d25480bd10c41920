import { isRecord } from "../../model/wso2-value.ts";

/** Most servers of a document that are offered as endpoints. */
const maxServers = 20;

/** Absolute URLs of the servers that a document names, in its order, variables filled in with their defaults. */
export function definitionServers(value: unknown, fetchedFrom?: string): string[] {
  if (!isRecord(value)) return [];
  const written = value.swagger === undefined ? serversOf(value.servers) : swaggerServers(value, fetchedFrom);
  const urls = written.flatMap((url) => absolute(url, fetchedFrom));
  return [...new Set(urls)].slice(0, maxServers);
}

function serversOf(servers: unknown): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown) => {
    if (!isRecord(server) || typeof server.url !== "string") return [];
    const variables = isRecord(server.variables) ? server.variables : {};
    return [server.url.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => defaultOf(variables[name]) ?? whole)];
  });
}

function defaultOf(variable: unknown): string | undefined {
  return isRecord(variable) && typeof variable.default === "string" ? variable.default : undefined;
}

/** Swagger 2.0 names schemes, host and base path apart; what it leaves out is that of where it was fetched from. */
function swaggerServers({ schemes, host, basePath }: Record<string, unknown>, fetchedFrom?: string): string[] {
  const source = fetchedFrom === undefined ? undefined : new URL(fetchedFrom);
  const name = typeof host === "string" ? host : source?.host;
  if (name === undefined) return [];
  const path = typeof basePath === "string" ? basePath : "";
  const given = Array.isArray(schemes) ? schemes.filter((scheme) => scheme === "http" || scheme === "https") : [];
  const used = given.length > 0 ? given : [source?.protocol.slice(0, -1) ?? "https"];
  return used.map((scheme) => `${String(scheme)}://${name}${path}`);
}

/** Relative ones are those of where the document is; one that was uploaded is nowhere. */
function absolute(url: string, fetchedFrom?: string): string[] {
  if (!URL.canParse(url, fetchedFrom) || url.includes("{")) return [];
  const { protocol, href, username, password } = new URL(url, fetchedFrom);
  if ((protocol !== "http:" && protocol !== "https:") || username !== "" || password !== "") return [];
  return [href.replace(/\/$/, "")];
}
