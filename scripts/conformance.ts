// npm run conformance: the rules of the endpoints as cases, run on the state machine and over sockets.

import "../gateway/conformance/main.ts";
