import { createHash } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { DefinitionReference, DefinitionText } from "../../model/definition.ts";
import type { ServerContext } from "../context.ts";

/** What a document says of the definition that is stored with it; null: none. */
export function definitionReference(definition: DefinitionText | null): DefinitionReference | null {
  return definition && { hash: hashOf(definition.text), syntax: definition.syntax };
}

/** Keeps the text of a definition, once however many revisions have it. */
export async function storeDefinition(
  tx: Transaction,
  { now }: Pick<ServerContext, "now">,
  definition: DefinitionText | null | undefined,
): Promise<void> {
  if (!definition) return;
  const { text } = definition;
  await tx.apiDefinition.createMany({ data: [{ hash: hashOf(text), text, createdAt: now() }], skipDuplicates: true });
}

/** The text that a reference means. Throws when the store has lost it. */
export async function loadDefinition(tx: Transaction, reference: DefinitionReference): Promise<DefinitionText> {
  const { text } = await tx.apiDefinition.findUniqueOrThrow({
    where: { hash: reference.hash },
    select: { text: true },
  });
  return { text, syntax: reference.syntax };
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
