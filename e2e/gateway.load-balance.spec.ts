import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backend, startBackend } from "./support/backend.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { failover, loadBalanced, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let backends: Backend[];

beforeAll(async () => {
  [stack, ...backends] = await Promise.all([
    startStack(),
    startBackend("A"),
    startBackend("B"),
    startBackend("C"),
    startBackend("S"),
  ]);
});
afterAll(async () => {
  await Promise.all([stack?.stop(), ...backends.map((backend) => backend.stop())]);
});

function backend(name: string): Backend {
  const found = backends.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no backend ${name}`);
  return found;
}
const urls = (...names: string[]) => names.map((name) => backend(name).url);

describe("a load-balanced API", () => {
  it("rotates over its members, and passes by one that stopped", async () => {
    const api = await publishApi(stack, "Rotating", loadBalanced(urls("A", "B", "C")));
    expect(await callBackends(`${api.url}/x`, 7, api.production)).toEqual(["A", "B", "C", "A", "B", "C", "A"]);
    await backend("B").stop();
    const during = await callBackends(`${api.url}/x`, 6, api.production);
    await backend("B").start();
    expect(during).toEqual(["C", "A", "C", "A", "C", "A"]);
  });

  it("follows a saved change with the next call", async () => {
    const api = await publishApi(stack, "Changing", loadBalanced(urls("A", "B", "C")));
    expect(await callBackends(api.url, 3, api.production)).toEqual(["A", "B", "C"]);
    await api.configure(loadBalanced(urls("A", "C")));
    expect(new Set(await callBackends(api.url, 6, api.production))).toEqual(new Set(["A", "C"]));
  });

  it("sends production and sandbox keys to their own groups", async () => {
    const api = await publishApi(stack, "Keyed", {
      endpoint_type: "http",
      production_endpoints: { url: backend("A").url },
      sandbox_endpoints: { url: backend("S").url },
    });
    expect(await callBackend(api.url, api.production)).toBe("A");
    expect(await callBackend(api.url, api.sandbox)).toBe("S");
    expect(await callBackend(api.url)).toBe("401 900902");
    expect(await callBackend(api.url, { apikey: "flk_unknown" })).toBe("401 900901");
  });

  it("refuses a sandbox key where only production is configured", async () => {
    const api = await publishApi(stack, "ProductionOnly", loadBalanced(urls("A")));
    expect(await callBackend(api.url, api.sandbox)).toBe("403 900901");
  });

  it("keeps path and query byte for byte, and hides the key from the backend", async () => {
    const api = await publishApi(stack, "Faithful", loadBalanced(urls("A")));
    backend("A").received.length = 0;
    await callBackend(`${api.url}/a%2Fb//c;d=1?q=%20+&apikey=${api.production.apikey}&z=%C3%A9`);
    const [received] = backend("A").received;
    expect(received?.url).toBe("/a%2Fb//c;d=1?q=%20+&z=%C3%A9");
    expect(JSON.stringify(received)).not.toContain(api.production.apikey ?? "?");
  });

  it("stops answering when it is blocked or demoted", async () => {
    const api = await publishApi(stack, "Lifecycled", loadBalanced(urls("A")));
    await stack.rest("POST", `/apis/change-lifecycle?apiId=${api.id}&action=Block`);
    await waitFor("503", async () =>
      (await callBackend(api.url, api.production)) === "503 700700" ? true : undefined,
    );
    await stack.rest("POST", `/apis/change-lifecycle?apiId=${api.id}&action=Re-Publish`);
    await waitFor("A", async () => ((await callBackend(api.url, api.production)) === "A" ? true : undefined));
    await stack.rest("DELETE", `/apis/${api.id}`);
    await waitFor("404", async () => ((await callBackend(api.url, api.production)) === "404 404" ? true : undefined));
  });
});

describe("a failover API", () => {
  it("goes on at the next endpoint, and returns to the primary after the suspension", async () => {
    const api = await publishApi(stack, "FailingOver", failover(urls("A", "B"), { suspendDuration: "400" }));
    expect(await callBackends(api.url, 3, api.production)).toEqual(["A", "A", "A"]);
    await backend("A").stop();
    expect(await callBackends(api.url, 4, api.production)).toEqual(["B", "B", "B", "B"]);
    await backend("A").start();
    await waitFor("the primary", async () => ((await callBackend(api.url, api.production)) === "A" ? true : undefined));
    expect(await callBackends(api.url, 3, api.production)).toEqual(["A", "A", "A"]);
  });

  it("answers with the code of the last attempt when everything is down, then says that nothing is ready", async () => {
    const [one, two] = [await startBackend("X"), await startBackend("Y")];
    const api = await publishApi(stack, "AllDown", failover([one.url, two.url]));
    await Promise.all([one.stop(), two.stop()]);
    expect(await callBackend(api.url, api.production)).toBe("502 101503");
    const response = await fetch(api.url, { headers: api.production });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({
      code: "303000",
      description: expect.stringContaining("AllDown--v1.0.0_APIproductionEndpoint - no ready child endpoints"),
    });
  });
});

describe("sessions", () => {
  const sticky = (sessionManagement: string) =>
    loadBalanced(urls("A", "B", "C"), { sessionManagement, sessionTimeOut: "60000" });

  it("rotate without session management", async () => {
    const api = await publishApi(stack, "NoSession", sticky(""));
    expect(new Set(await callBackends(api.url, 3, { ...api.production, ClientID: "c1" })).size).toBe(3);
  });

  it("stick by the gateway's cookie under Transport", async () => {
    const api = await publishApi(stack, "TransportSession", sticky("http"));
    const first = await fetch(api.url, { headers: api.production });
    const bound = first.headers.get("x-backend");
    const setCookie = first.headers.getSetCookie().find((line) => line.startsWith("FAIRLEAD_SESSION="));
    expect(setCookie).toMatch(/HttpOnly/i);
    const cookie = setCookie?.split(";")[0] ?? "";
    expect(new Set(await callBackends(api.url, 10, { ...api.production, cookie }))).toEqual(new Set([bound]));
    expect(new Set(await callBackends(api.url, 3, api.production)).size).toBe(3);
    await stack.restartGateway();
    expect(await callBackend(api.url, { ...api.production, cookie })).toBe(bound);
  });

  it("stick by the header ClientID under Client ID, also for concurrent first requests", async () => {
    const api = await publishApi(stack, "ClientSession", sticky("simpleClientSession"));
    const headers = { ...api.production, ClientID: "c1" };
    const answers = await Promise.all(Array.from({ length: 6 }, () => callBackend(api.url, headers)));
    expect(new Set(answers).size).toBe(1);
    expect(new Set(await callBackends(api.url, 3, { ...api.production, ClientID: "c2" })).size).toBe(1);
  });

  it("stick by ServiceGroupId under SOAP", async () => {
    const soapAnswer = (id: string) =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:x="http://ws.apache.org/namespaces/axis2"><s:Header><a:ReplyTo><a:Address>http://x</a:Address><a:ReferenceParameters><x:ServiceGroupId>${id}</x:ServiceGroupId></a:ReferenceParameters></a:ReplyTo></s:Header><s:Body/></s:Envelope>`;
    const soapBackends = await Promise.all(
      ["A", "B", "C"].map((name) =>
        startBackend(name, () => (_request, response) => {
          response.setHeader("X-Backend", name);
          response.setHeader("Content-Type", "text/xml");
          response.end(soapAnswer(`urn:uuid:${name}`));
        }),
      ),
    );
    const api = await publishApi(stack, "SoapSession", {
      ...loadBalanced(
        soapBackends.map(({ url }) => url),
        { sessionManagement: "soap" },
      ),
    });
    const call = async (id?: string) => {
      const header = id
        ? `<x:ServiceGroupId xmlns:x="http://ws.apache.org/namespaces/axis2">${id}</x:ServiceGroupId>`
        : "";
      const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${header}</s:Header><s:Body/></s:Envelope>`;
      const response = await fetch(api.url, {
        method: "POST",
        body,
        headers: { ...api.production, "content-type": "text/xml" },
      });
      await response.text();
      return response.headers.get("x-backend");
    };
    const first = await call();
    const again = [await call(`urn:uuid:${first}`), await call(`urn:uuid:${first}`), await call(`urn:uuid:${first}`)];
    expect(new Set(again)).toEqual(new Set([first]));
    await Promise.all(soapBackends.map((each) => each.stop()));
  });
});
