import { config } from "zod/v4/core";

// Before any schema is used in a browser: zod would try to compile parsers by `new Function`, which the
// Content-Security-Policy rightly stops and reports.
config({ jitless: true });
