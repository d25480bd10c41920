import "server-only";
import { z } from "zod";
import { maxDefinitionBytes } from "../../model/definition.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import type { DefinitionInput } from "../definitions/definition-input.ts";
import { readBytes } from "./read-bytes.ts";
import { readForm } from "./read-form.ts";

/** What a form or JSON adds to the document in it; JSON escapes line breaks and quotes. */
const wrappingBytes = 2 * 1024 * 1024;
const tooLarge = "An OpenAPI document has at most 10 MiB.";

const definitionText = z.string({ error: "The document is a text." });

/** An OpenAPI document in the body of a request, as WSO2's publisher names the fields: one of them is given. */
export const definitionBodySchema = z
  .object({
    url: z.string({ error: "A URL is a text." }).optional().meta({ description: "Where it is fetched from." }),
    inlineAPIDefinition: definitionText.optional().meta({ description: "The document itself." }),
    apiDefinition: definitionText.optional().meta({ description: "The same, as PUT /swagger names it." }),
    additionalProperties: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .optional()
      .meta({ description: "What the new API has beside, as in POST /apis; in a form as JSON." }),
  })
  .meta({ id: "OpenAPIDefinitionInput" });

/** The fields of a form that may be sent instead; `file` is the document as octets. */
export const definitionFormFields = ["file", ...Object.keys(definitionBodySchema.shape)];

export type DefinitionBody = { input: DefinitionInput; additionalProperties: unknown };

/**
 * Reads a document from the body of a request: a form with a file, or JSON. One that is longer than any document is refused
 * before it is read. Problems: unsupported-media-type, too-large, invalid.
 */
export async function readDefinitionBody(request: Request): Promise<DefinitionBody> {
  const contentType = request.headers.get("content-type") ?? "";
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "multipart/form-data" && mediaType !== "application/json") {
    const words =
      "Send the document as the part file of multipart/form-data, or in JSON as Content-Type: application/json.";
    throw new Problem("unsupported-media-type", words);
  }
  const bytes = await readBytes(request, maxDefinitionBytes + wrappingBytes, tooLarge);
  const { file, ...fields } =
    mediaType === "application/json" ? { file: undefined, ...jsonFields(bytes) } : await formFields(bytes, contentType);
  return { input: inputOf(file, fields), additionalProperties: propertiesOf(fields.additionalProperties) };
}

type Fields = z.infer<typeof definitionBodySchema>;

function jsonFields(bytes: Uint8Array): Fields {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw Object.assign(new Problem("invalid", "The body is not JSON in UTF-8."), { cause });
  }
  return parseInput(definitionBodySchema, body);
}

async function formFields(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Fields & { file: Uint8Array | undefined }> {
  const form = await readForm(bytes, contentType);
  // Forms end the lines of texts with CR and LF, whatever they ended with before.
  const texts = [...form].flatMap(([name, value]) =>
    name === "file" || typeof value !== "string" || value === "" ? [] : [[name, value.replaceAll("\r\n", "\n")]],
  );
  const fields = parseInput(definitionBodySchema, Object.fromEntries(texts));
  const file = form.get("file");
  return { ...fields, file: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : undefined };
}

function inputOf(file: Uint8Array | undefined, fields: Fields): DefinitionInput {
  const text = fields.inlineAPIDefinition ?? fields.apiDefinition;
  const given: DefinitionInput[] = [
    ...(file ? [{ kind: "file", bytes: file } as const] : []),
    ...(text === undefined ? [] : [{ kind: "text", text } as const]),
    ...(fields.url === undefined ? [] : [{ kind: "url", url: fields.url } as const]),
  ];
  const [first] = given;
  if (first && given.length === 1) return first;
  const message = `Give the document once: as a file, as a url, or as text. ${first ? "It is there more than once." : "It is missing."}`;
  throw new Problem("invalid", message, [{ path: "definition", message }]);
}

function propertiesOf(given: Fields["additionalProperties"]): unknown {
  if (typeof given !== "string") return given ?? {};
  try {
    return JSON.parse(given);
  } catch (cause) {
    const message = "additionalProperties is not JSON.";
    throw Object.assign(new Problem("invalid", message, [{ path: "additionalProperties", message }]), { cause });
  }
}
