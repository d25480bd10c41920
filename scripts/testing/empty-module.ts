// What "server-only" is on the server: nothing. Its other half fails the build of a client component that imports it.
export {};
