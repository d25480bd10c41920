// express with http-proxy-middleware: round robin; no key, no log.

import { Agent } from "node:http";
import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";
import { nextMember, path, port } from "./members.mjs";

const agent = new Agent({ keepAlive: true });
const server = express();
server.use(path, createProxyMiddleware({ target: nextMember(), router: nextMember, agent }));
server.listen(port, "127.0.0.1");
