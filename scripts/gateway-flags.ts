/**
 * What Node is told when it runs the gateway. Requests live shortly: small nurseries (MiB) stay in the processor's cache,
 * and every worker thread has one of its own. What loading a configuration leaves behind is given back at once.
 */
export const gatewayFlags = ["--max-semi-space-size=2", "--expose-gc"];

/** One heap for what is no script's: with one for each thread, more is kept than is used. Read by the C library. */
export const gatewayMemory = { MALLOC_ARENA_MAX: "1" };
