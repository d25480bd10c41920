import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TryOutRequest, tryOutRequestSchema } from "@/lib/model/try-out.ts";
import { codeSample } from "./code-samples.ts";
import { draftProblems, filledPath, requestOf, type TryOutDraft, withOperation } from "./try-out-draft.ts";

const run = promisify(execFile);
const draft: TryOutDraft = {
  ...{ keyType: "production", method: "GET", path: "/", parameters: {}, query: [], headers: [] },
  ...{ contentType: "application/json", body: "" },
};

describe("the path of a try-out", () => {
  it.each([
    [{ path: "/orders/{id}", parameters: { id: "a b/c" } }, "/orders/a%20b%2Fc"],
    [{ path: "/a?x=1", query: [{ id: 1, name: "y z", value: "ä&" }] }, "/a?x=1&y%20z=%C3%A4%26"],
    [{ path: "/a", query: [{ id: 1, name: " ", value: "left out" }] }, "/a"],
    [{ path: "/{a}/{b}", parameters: { a: "{b}", b: "2" } }, "/%7Bb%7D/2"],
  ])("of %j is %s", (change, path) => {
    expect(filledPath({ ...draft, ...change })).toBe(path);
  });

  it.each(["/../other", "/a/%2e%2e/b", "/a b", "a", "/a#b", "/ä", "/a\nb"])("%j is refused", (path) => {
    expect(tryOutRequestSchema.safeParse(requestOf({ ...draft, path })).success).toBe(false);
  });

  it("is an operation's, with what is wrong said before it is sent", () => {
    const order = withOperation(draft, { method: "POST", path: "/orders/{id}" });
    expect([...draftProblems({ ...order, body: "{" }).keys()]).toEqual(["parameters.id", "body"]);
    expect(requestOf({ ...order, parameters: { id: "1" }, body: "{}" })).toMatchObject({
      ...{ method: "POST", path: "/orders/1", body: "{}" },
      headers: [{ name: "Content-Type", value: "application/json" }],
    });
  });
});

describe("headers of a try-out", () => {
  it.each([
    [{ name: "Host", value: "x" }, /sets this header itself/],
    [{ name: "internal-key", value: "x" }, /sets this header itself/],
    [{ name: "a b", value: "x" }, /letters, digits/],
    [{ name: "a", value: "x\r\nHost: y" }, /no line breaks/],
  ])("refuse %j", (header, message) => {
    const parsed = tryOutRequestSchema.safeParse({ ...requestOf(draft), headers: [header] });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});

describe("a request as code", () => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      const { apikey, "x-it": x } = headers;
      response.end(JSON.stringify([method, url, apikey, x, Buffer.concat(chunks).toString()]));
    });
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const request = {
    ...({ keyType: "production", method: "POST" } as const),
    path: "/it's/$HOME/[1]/{x}/./a?q=%20`date`",
    headers: [{ name: "X-It", value: "say \"hi\" 'there' $(x) \\" }],
    body: '@it\'s a "body"\nwith ä and \u{1f600} \\n',
  } as const;
  const expected = ["POST", `/api${request.path}`, "YOUR_KEY", request.headers[0].value, request.body];
  const apikey = { name: "apikey", value: "YOUR_KEY" };
  const sampleRequest: TryOutRequest = { ...request, headers: [...request.headers] };

  it("is the same request when a shell runs it", async () => {
    const sample = codeSample("curl", url, sampleRequest, apikey);
    const { stdout } = await run("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${sample}`]);
    expect(stdout.split("\0")).toEqual([
      ...[`${url}${request.path}`, "--request", "POST", "--header", "apikey: YOUR_KEY"],
      ...["--header", `X-It: ${request.headers[0].value}`, "--data-raw", request.body, "--path-as-is", "--globoff", ""],
    ]);
  });

  it("is the same request in JavaScript", async () => {
    const sample = codeSample("fetch", url, { ...sampleRequest, path: "/a?b" }, apikey);
    const { stdout } = await run("node", ["--input-type=module", "-e", sample]);
    expect(JSON.parse(stdout)).toEqual(["POST", "/api/a?b", ...expected.slice(2)]);
  });

  it("is text that Python reads back", async () => {
    const sample = codeSample("Python", url, sampleRequest, undefined);
    expect(sample).toContain(`data=${JSON.stringify(request.body)}.encode()`);
    expect(sample).not.toContain("YOUR_KEY");
  });
});
