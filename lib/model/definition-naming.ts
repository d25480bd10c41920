import type { NewApi } from "./new-api.ts";

/** The name, context and version that an API takes from its document where nobody says otherwise. */
export function namesFromDefinition(title: string, version: string): Pick<NewApi, "name" | "context" | "version"> {
  const name = title
    .replaceAll(/[~!@#;:%^*()+={}|\\<>"',&$[\]/\p{Cc}]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .slice(0, 60)
    .trim();
  const context = title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  const used = version
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 30)
    .replaceAll(/^[-.]+|[-.]+$/g, "");
  return { name, context: context === "" ? "" : `/${context}`, version: used };
}
