import type { Authorization } from "./endpoint-credentials.ts";

/**
 * Puts the gateway's credentials in a request's fields, a flat list, and returns its path with them. What the client said in
 * their place is left out: it has shown the gateway what it had to show.
 *
 * @param headers is changed
 */
export function applyAuthorization(authorization: Authorization, headers: string[], path: string): string {
  switch (authorization.kind) {
    case "none":
      removeField(headers, "authorization");
      return path;
    case "field":
      removeField(headers, authorization.name.toLowerCase());
      headers.push(authorization.name, authorization.value);
      return path;
    case "query":
      return withParameter(path, encodeURIComponent(authorization.name), encodeURIComponent(authorization.value));
  }
}

function removeField(headers: string[], name: string): void {
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    if (headers[index]?.toLowerCase() === name) headers.splice(index, 2);
  }
}

function withParameter(path: string, name: string, value: string): string {
  const question = path.indexOf("?");
  const pairs = question === -1 ? [] : path.slice(question + 1).split("&");
  const others = pairs.filter((pair) => pair !== "" && pair.split("=", 1)[0] !== name);
  return `${question === -1 ? path : path.slice(0, question)}?${[...others, `${name}=${value}`].join("&")}`;
}
