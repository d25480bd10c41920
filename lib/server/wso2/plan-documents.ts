import {
  type DocumentationInput,
  type DocumentType,
  documentationSchema,
  documentTypes,
  mostDocuments,
} from "../../model/documentation.ts";
import type { ImportLine } from "../../model/import-report.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { changed, left, taken, textOf } from "./import-lines.ts";
import { documentFilePattern } from "./read-document-files.ts";
import type { Project } from "./read-project.ts";

/** Documents that are taken; undefined: the project has none. `read`: the files that were read for them. */
export type PlannedDocuments = { documents: DocumentationInput[] | undefined; read: ReadonlySet<string> };

/** A document as a project tells of it, and where its content would be. */
type ToldDocument = { data: Record<string, unknown>; contentFile: string; attachedFile: string };

/**
 * The documents of a project, and lines about them. What cannot be kept here stays behind, so that the API comes in all
 * the same. Problem "invalid": a file that tells of documents is broken.
 */
export function planDocuments(
  { documentFiles, others }: Pick<Project, "documentFiles" | "others">,
  lines: ImportLine[],
): PlannedDocuments {
  const read = new Set(documentFiles.keys());
  const documents: DocumentationInput[] = [];
  for (const { data, contentFile, attachedFile } of toldDocuments(documentFiles)) {
    read.add(contentFile).add(attachedFile);
    const name = textOf(data.name);
    const planned = planDocument(data, others.get(contentFile));
    if (typeof planned === "string") {
      lines.push(left("Document", name, planned));
      continue;
    }
    if (documents.some((one) => one.name.toLowerCase() === planned.name.toLowerCase())) {
      lines.push(left("Document", name, "There is a document of this name already."));
    } else if (documents.length === mostDocuments) {
      lines.push(left("Document", name, `An API has at most ${mostDocuments} documents here.`));
    } else {
      documents.push(planned);
      lines.push(lineOf(data, planned));
    }
  }
  return { documents: documents.length > 0 ? documents : undefined, read };
}

function toldDocuments(documentFiles: Project["documentFiles"]): ToldDocument[] {
  return [...documentFiles].flatMap(([path, value]) => {
    const [, folder] = documentFilePattern.exec(path) ?? [];
    if (folder === undefined) {
      const list: unknown[] = Array.isArray(value) ? value : [];
      return list.filter(isRecord).map((data) => told(data, "Docs/InlineContents", "Docs/FileContents"));
    }
    const data = isRecord(value) ? value.data : undefined;
    return isRecord(data) ? [told(data, `Docs/${folder}`, `Docs/${folder}`)] : [];
  });
}

function told(data: Record<string, unknown>, contents: string, attachments: string): ToldDocument {
  const attached = textOf(data.fileName ?? data.filePath)
    .split("/")
    .at(-1);
  return { data, contentFile: `${contents}/${textOf(data.name)}`, attachedFile: `${attachments}/${attached}` };
}

/** The document; or why it stays behind. */
function planDocument(data: Record<string, unknown>, content: Uint8Array | undefined): DocumentationInput | string {
  const type = typeOf(data);
  const common = { name: textOf(data.name), ...type, summary: textOf(data.summary) };
  const source = textOf(data.sourceType).toUpperCase();
  if (source === "FILE") return "Files are not kept here: Markdown and addresses are.";
  if (source === "URL") return checked({ ...common, sourceType: "URL", sourceUrl: textOf(data.sourceUrl) });
  if (content === undefined) return "Its content is not in the project.";
  const inlineContent = decoded(content);
  if (inlineContent === undefined) return "Its content is not UTF-8.";
  return checked({ ...common, sourceType: "MARKDOWN", inlineContent });
}

function checked(given: object): DocumentationInput | string {
  const parsed = documentationSchema.safeParse(given);
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message).join(" ");
}

/** WSO2 knows types that are none here: they are others, by their name. */
function typeOf(data: Record<string, unknown>): { type: DocumentType; otherTypeName: string } {
  const said = textOf(data.type);
  const type = documentTypes.find((known) => known === said.toUpperCase().replace(/ /g, "_") || known === plain(said));
  if (type !== undefined && type !== "OTHER") return { type, otherTypeName: "" };
  const named = textOf(data.otherTypeName) || (type ? "" : said);
  // What an export writes where nobody gave a name.
  return { type: "OTHER", otherTypeName: named === "Other" ? "" : named };
}

/** 3.x writes "How To". */
function plain(said: string): string {
  return said.toUpperCase().replace(/[^A-Z]/g, "");
}

/** WSO2's formatted text is HTML, of which nothing is drawn here. */
function lineOf(data: Record<string, unknown>, document: DocumentationInput): ImportLine {
  const isFormatted = textOf(data.sourceType).toUpperCase() === "INLINE";
  if (!isFormatted || document.sourceType === "URL" || !/<[a-z]/i.test(document.inlineContent))
    return taken("Document", document.name);
  const reason = "It is HTML, which is kept but shown as text. Write it as Markdown under Documents.";
  return changed("Document", document.name, reason);
}

function decoded(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
