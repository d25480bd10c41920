// npm run soak: what takes load and time to show, as figures with the bounds they have to keep. At most five minutes.

import "../gateway/soak/main.ts";
