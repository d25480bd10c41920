// http-proxy-3 as its README uses it, with kept connections: round robin; no key, no log.

import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";
import { nextMember, path, port } from "./members.mjs";

const proxy = httpProxy.createProxyServer({ agent: new Agent({ keepAlive: true }) });
proxy.on("error", (_error, _request, response) => response.destroy());
createServer((request, response) => {
  request.url = request.url.slice(path.length);
  proxy.web(request, response, { target: nextMember() });
}).listen(port, "127.0.0.1");
