import { fileURLToPath } from "node:url";

/** The checkout. Every path of the scripts starts here, so they work from any current directory. */
export const rootDirectory = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
