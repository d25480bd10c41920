import { shellQuoted } from "@/lib/model/shell-quoted.ts";
import type { TryOutRequest } from "@/lib/model/try-out.ts";

/** What a request is copied as. */
export const sampleLanguages = ["curl", "fetch", "Python"] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

/** A header with a place for what consumers show; undefined: they show nothing. */
export type SampleCredential = { name: string; value: string } | undefined;

/**
 * A request as code of its own, with a place for the consumer's key or token.
 *
 * @param url where the API answers, without a slash at its end
 */
export function codeSample(
  language: SampleLanguage,
  url: string,
  request: TryOutRequest,
  credential: SampleCredential,
): string {
  const headers = [...(credential ? [credential] : []), ...request.headers];
  const whole = { url: `${url}${request.path}`, method: request.method, headers, body: request.body };
  switch (language) {
    case "curl":
      return curl(whole);
    case "fetch":
      return fetchCode(whole);
    case "Python":
      return python(whole);
  }
}

type Whole = { url: string; method: string; headers: { name: string; value: string }[]; body: string };

function curl({ url, method, headers, body }: Whole): string {
  const lines = [
    `curl ${shellQuoted(url)}`,
    // curl makes a GET by itself, and waits for a body that never comes after -X HEAD.
    ...(method === "HEAD" ? ["--head"] : method === "GET" ? [] : [`--request ${method}`]),
    ...headers.map(({ name, value }) => `--header ${shellQuoted(value === "" ? `${name};` : `${name}: ${value}`)}`),
    ...(body === "" ? [] : [`--data-raw ${shellQuoted(body)}`]),
    "--path-as-is --globoff",
  ];
  return lines.join(" \\\n  ");
}

function fetchCode({ url, method, headers, body }: Whole): string {
  const parts = [
    `  method: ${JSON.stringify(method)},`,
    ...(headers.length === 0
      ? []
      : ["  headers: [", ...headers.map(({ name, value }) => `    ${JSON.stringify([name, value])},`), "  ],"]),
    ...(body === "" ? [] : [`  body: ${JSON.stringify(body)},`]),
  ];
  return [
    `const response = await fetch(${JSON.stringify(url)}, {`,
    ...parts,
    "});",
    "console.log(await response.text());",
  ].join("\n");
}

/** JSON's strings are Python's as well, but for what stands beyond the basic plane: that is written as it is. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}

function python({ url, method, headers, body }: Whole): string {
  return [
    "import requests",
    "",
    "response = requests.request(",
    `    ${pythonText(method)},`,
    `    ${pythonText(url)},`,
    ...(headers.length === 0
      ? []
      : [
          "    headers={",
          ...headers.map(({ name, value }) => `        ${pythonText(name)}: ${pythonText(value)},`),
          "    },",
        ]),
    ...(body === "" ? [] : [`    data=${pythonText(body)}.encode(),`]),
    "    timeout=60,",
    ")",
    "print(response.status_code, response.text)",
  ].join("\n");
}
