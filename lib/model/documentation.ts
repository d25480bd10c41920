import { z } from "zod";

/** Most documents of one API. */
export const mostDocuments = 100;
/** Longest Markdown of one document, and of all documents of an API together, in octets of UTF-8. */
export const mostContentBytes = 256 * 1024;
export const mostContentBytesInAll = 5 * 1024 * 1024;

/** What a document is for, in WSO2's words. */
export const documentTypes = ["HOWTO", "SAMPLES", "PUBLIC_FORUM", "SUPPORT_FORUM", "OTHER"] as const;
export type DocumentType = (typeof documentTypes)[number];

/** Where its content is: here, as Markdown, or elsewhere, at an address. */
export const documentSources = ["MARKDOWN", "URL"] as const;
export type DocumentSource = (typeof documentSources)[number];

/** Names are names of files in an archive as well. */
export const documentNameSchema = z
  .string({ error: "A name is a text." })
  .trim()
  .min(1, "Enter a name.")
  .max(60, "A name has at most 60 characters.")
  .regex(
    /^[^\\/:*?"<>|~!@#;%^+={}',&$[\]]*$/,
    "A name has none of \\ / : * ? \" < > | ~ ! @ # ; % ^ + = { } ' , & $ [ ]",
  )
  .regex(/^\P{C}*$/u, "A name has characters that can be seen only.")
  .regex(/^(?!\.)(?!.*\.$)/, "A name does not begin or end with a dot.");

const octetsOf = (text: string) => new TextEncoder().encode(text).length;

const contentSchema = z
  .string({ error: "The content is a text." })
  .refine((text) => octetsOf(text) <= mostContentBytes, `A document has at most ${mostContentBytes / 1024} KiB.`);

/** An address that browsers open as a page. */
const sourceUrlSchema = z
  .string({ error: "Enter the address." })
  .trim()
  .max(2048, "An address has at most 2,048 characters.")
  .refine(isWebAddress, "Enter an address that begins with http:// or https://, for example https://docs.example.com.");

const common = {
  name: documentNameSchema,
  type: z.enum(documentTypes, { error: `A type is one of ${documentTypes.join(", ")}.` }).default("HOWTO"),
  otherTypeName: z
    .string()
    .trim()
    .max(60, "The name of a type has at most 60 characters.")
    .nullish()
    .transform((name) => name ?? ""),
  summary: z
    .string({ error: "A summary is a text." })
    .trim()
    .max(500, "A summary has at most 500 characters.")
    .nullish()
    .transform((summary) => summary ?? ""),
};

/** What a publisher writes of a document of an API. What only WSO2 knows may stand in it, and is not looked at. */
export const documentationSchema = z.discriminatedUnion(
  "sourceType",
  [
    z.object({ ...common, sourceType: z.literal("MARKDOWN"), inlineContent: contentSchema.default("") }),
    z.object({ ...common, sourceType: z.literal("URL"), sourceUrl: sourceUrlSchema }),
  ],
  { error: `A sourceType is ${documentSources.join(" or ")}: files and formatted text are not kept here.` },
);
/** As it is given, before defaults are filled in. */
export type NewDocumentation = z.input<typeof documentationSchema>;
export type DocumentationInput = z.output<typeof documentationSchema>;

/** All documents of an API; names differ by more than their case. */
export const documentationListSchema = z
  .array(documentationSchema)
  .max(mostDocuments, `At most ${mostDocuments} documents.`)
  .superRefine((documents, context) => {
    const names = new Set<string>();
    documents.forEach(({ name }, index) => {
      const lower = name.toLowerCase();
      if (names.has(lower))
        context.addIssue({ code: "custom", path: [index, "name"], message: `There is a document ${name} already.` });
      names.add(lower);
    });
  });

/** A document of an API as it is stored. */
export type Documentation = DocumentationInput & {
  id: string;
  /** Number of its saves, counted from one: what a save is made on. */
  revision: number;
  contentBytes: number;
  createdBy: string;
  createdAt: Date;
  updatedBy: string;
  updatedAt: Date;
};

/** A line of a list of documents. */
export type DocumentationSummary = Omit<Documentation, "inlineContent" | "sourceUrl"> & { sourceUrl: string | null };

export function contentBytesOf(document: DocumentationInput): number {
  return document.sourceType === "MARKDOWN" ? octetsOf(document.inlineContent) : 0;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
