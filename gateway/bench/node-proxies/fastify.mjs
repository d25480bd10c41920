// @fastify/http-proxy: round robin; no key, no log.

import proxy from "@fastify/http-proxy";
import fastify from "fastify";
import { nextMember, path, port } from "./members.mjs";

const server = fastify();
server.register(proxy, {
  upstream: "",
  prefix: path,
  undici: { connections: 128, pipelining: 1 },
  replyOptions: { getUpstream: nextMember },
});
await server.listen({ port, host: "127.0.0.1" });
