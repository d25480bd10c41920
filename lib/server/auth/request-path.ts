/** Header in which proxy.ts tells server components the path and query they are asked for; Next does not. */
export const requestPathHeader = "x-fairlead-path";
