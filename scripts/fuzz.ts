// npm run fuzz: the readers of HTTP/1.1 and the relay, held against a second reader with inputs of all kinds.

import "../gateway/fuzz/main.ts";
