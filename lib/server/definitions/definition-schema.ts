import { Validator } from "@seriousme/openapi-schema-validator";
import { type DefinitionProblem, mostDefinitionProblems } from "../../model/definition-report.ts";
import type { DefinitionSource, ValuePath } from "./definition-source.ts";

/** What the validator says of one place; the schemas say it in several ways at once. */
type SchemaError = {
  /** JSON pointer. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string | undefined;
};

/** Longest text of which all mistakes are told; of a longer one it is the first. */
const mostFullyChecked = 2_000_000;
/** Errors that are looked at; one mistake makes a dozen of them. */
const maxErrors = 2_000;

/**
 * What a document says that its version of OpenAPI does not allow, by the schemas of the OpenAPI Initiative, from the
 * first line to the last.
 */
export async function schemaProblems(
  { problemAt, length }: DefinitionSource,
  value: Record<string, unknown>,
): Promise<DefinitionProblem[]> {
  // Its first mistake is found at once. All of them take time that grows with the square of how many they are.
  const first = await new Validator().validate(value);
  // Words instead of errors are about references, which are looked at by themselves.
  if (!Array.isArray(first.errors)) return [];
  const { errors } = length > mostFullyChecked ? first : await new Validator({ allErrors: true }).validate(value);
  if (!Array.isArray(errors)) return [];
  const told = new Map<string, DefinitionProblem>();
  for (const error of meantErrors(errors.slice(0, maxErrors))) {
    const problem = problemAt(placeOf(error), wordsOf(error));
    told.set(`${problem.line}:${problem.column}:${problem.message}`, problem);
    if (told.size === mostDefinitionProblems) break;
  }
  return [...told.values()].sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Keywords that say how a schema is built. What is wrong itself is told beside them. */
const structural = new Set(["oneOf", "anyOf", "allOf", "if", "not", "$ref", "dependentSchemas"]);

/** Without what only follows from the rest: one of these is always left. */
function meantErrors(errors: readonly SchemaError[]): SchemaError[] {
  const plain = withoutOtherPlaces(
    errors.filter((error) => !structural.has(error.keyword) && !isReferenceChoice(error)),
  );
  const certain = plain.filter(({ keyword }) => keyword !== "unevaluatedProperties");
  // A property also counts as unevaluated when what evaluates it failed.
  const unknown = plain.filter(
    ({ keyword, instancePath }) =>
      keyword === "unevaluatedProperties" && !certain.some((other) => other.instancePath.startsWith(instancePath)),
  );
  const meant = withMergedChoices([...certain, ...unknown]);
  return meant.length > 0 ? meant : errors.slice(0, 1);
}

/** That there could have been a reference instead helps nobody. */
function isReferenceChoice({ keyword, params }: SchemaError): boolean {
  return keyword === "required" && params.missingProperty === "$ref";
}

/**
 * A parameter is tried as one in the path, the query, a header and a cookie. Where its own place is not among those that
 * are named, that one fitted, and something else is wrong with it; where all are named, its place is what is wrong.
 */
function withoutOtherPlaces(errors: readonly SchemaError[]): SchemaError[] {
  const isPlace = ({ keyword, instancePath }: SchemaError) =>
    keyword === "enum" && /\/parameters\/[^/]+\/in$/.test(instancePath);
  const wrongPlaces = new Set(
    errors
      .filter((error) => isPlace(error) && allowedValues(error).includes("path"))
      .map((error) => error.instancePath),
  );
  return errors.filter((error) => {
    if (isPlace(error)) return wrongPlaces.has(error.instancePath);
    return !(error.params.missingProperty === "required" && wrongPlaces.has(`${error.instancePath}/in`));
  });
}

/** Choices at one place are told as one. */
function withMergedChoices(errors: readonly SchemaError[]): SchemaError[] {
  const choices = new Map<string, SchemaError>();
  const merged: SchemaError[] = [];
  for (const error of errors) {
    const first = error.keyword === "enum" ? choices.get(error.instancePath) : undefined;
    if (first) {
      first.params = { allowedValues: [...new Set([...allowedValues(first), ...allowedValues(error)])] };
      continue;
    }
    const own = { ...error };
    if (error.keyword === "enum") choices.set(error.instancePath, own);
    merged.push(own);
  }
  return merged;
}

function allowedValues({ params }: SchemaError): unknown[] {
  return Array.isArray(params.allowedValues) ? params.allowedValues : [];
}

const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Where it is shown: at the field that should not be there, else at what it is about. */
function placeOf(error: SchemaError): ValuePath {
  const path = pathOf(error.instancePath).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const extra = extraField(error);
  return extra === undefined ? path : [...path, extra];
}

function extraField({ params }: SchemaError): string | undefined {
  const field = params.additionalProperty ?? params.unevaluatedProperty;
  return typeof field === "string" ? field : undefined;
}

function wordsOf(error: SchemaError): string {
  const path = pathOf(error.instancePath);
  const place = path.length === 0 ? "" : ` in ${placeWords(path)}`;
  const extra = extraField(error);
  if (extra !== undefined) {
    if (path.at(-1) === "paths") return `${extra} is no path: a path begins with a slash.`;
    return `${extra} is no field that can stand${place === "" ? " here" : place}.`;
  }
  switch (error.keyword) {
    case "required":
      return `${String(error.params.missingProperty)} is missing${place}.`;
    case "enum":
    case "const": {
      const allowed = error.keyword === "enum" ? allowedValues(error) : [error.params.allowedValue];
      const isOne = allowed.length === 1 ? "is" : "is one of";
      return `${placeWords(path)} ${isOne} ${allowed.map(String).join(", ")}.`;
    }
    case "type":
      return `${placeWords(path)} has to be ${typeWords(error.params.type)}.`;
    default:
      return `${placeWords(path)} ${error.message ?? "is not valid"}.`;
  }
}

/** "type of schema", "item 2 of parameters", "in of item 2 of parameters": where it is, as far as that helps. */
function placeWords(path: readonly string[]): string {
  const [last, parent, above] = path.toReversed();
  if (last === undefined) return "The document";
  if (parent === undefined) return last;
  if (isItem(last, parent)) return `item ${Number(last) + 1} of ${parent}`;
  if (above !== undefined && isItem(parent, above)) return `${last} of item ${Number(parent) + 1} of ${above}`;
  return `${last} of ${parent}`;
}

/** A number is a place in a list, but for the statuses of responses. */
const isItem = (step: string, holder: string) => /^\d+$/.test(step) && holder !== "responses";

function typeWords(type: unknown): string {
  const words: Record<string, string> = {
    object: "a map",
    array: "a list",
    string: "a text",
    integer: "a whole number",
  };
  const types = Array.isArray(type) ? type.map(String) : [String(type)];
  return types.map((name) => words[name] ?? name).join(" or ");
}
