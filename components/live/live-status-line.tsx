"use client";

import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import { StateLabel } from "@/components/admin/state-label.tsx";
import type { ApiLive } from "@/lib/model/api-live.ts";
import { useLive, useLiveStatus } from "./live-provider.tsx";
import type { LiveConnection } from "./live-store.ts";
import { endWords } from "./live-words.ts";

/** In a line: where the states on this page come from, or why there are none. */
export function LiveStatusLine() {
  const live = useLive();
  return live ? <StatusLine live={live} /> : null;
}

function StatusLine({ live: { apiId, store, isRouted } }: { live: NonNullable<ReturnType<typeof useLive>> }) {
  const { connection, live } = useLiveStatus(store);
  const { word, tone, rest } = isRouted ? statusOf(connection, live) : notServed;
  return (
    <Box sx={{ minHeight: 22, mb: 2, typography: "body2", color: "text.secondary" }}>
      <Box component="span" sx={{ color: "text.primary" }}>
        <StateLabel word={word} tone={tone} />
      </Box>{" "}
      {rest}
      {!isRouted && (
        <>
          {" "}
          <Link href={`/apis/${apiId}/lifecycle`} underline="always">
            Publish it
          </Link>
        </>
      )}
    </Box>
  );
}

type Status = { word: string; tone: "good" | "warning" | "bad" | "off"; rest: string };

const notServed: Status = {
  word: "Not served",
  tone: "off",
  rest: "Gateways do not serve this API while it is not published.",
};

function statusOf(connection: LiveConnection, live: ApiLive | undefined): Status {
  switch (connection.kind) {
    case "connecting":
      return { word: "Connecting", tone: "off", rest: "Asking the gateways how the endpoints are." };
    case "lost":
      return { word: "Not up to date", tone: "warning", rest: "The connection to the publisher broke. Trying again…" };
    case "unavailable":
      return { word: "Not up to date", tone: "warning", rest: "The publisher cannot ask the gateways just now." };
    case "ended":
      return { word: "Not live", tone: "off", rest: endWords[connection.reason] };
    case "open":
      return live ? gatewayStatus(live) : statusOf({ kind: "connecting" }, live);
  }
}

function gatewayStatus({ gateways }: ApiLive): Status {
  const hosts = (says: ApiLive["gateways"][number]["says"]) =>
    gateways.flatMap((gateway) => (gateway.says === says ? [gateway.host] : []));
  const [answers, silent, without] = [hosts("answers"), hosts("silent"), hosts("does-not-serve")];
  if (gateways.length === 0) {
    const rest = "No gateway is connected, so nothing is known of the endpoints. Start one with npm run gateway.";
    return { word: "No gateway", tone: "bad", rest };
  }
  const words: string[] = [];
  if (silent.length > 0) words.push(`No answer from ${silent.join(", ")}.`);
  if (without.length > 0) words.push(`Not served yet by ${without.join(", ")}.`);
  if (answers.length === 0) return { word: "No state", tone: "warning", rest: words.join(" ") };
  const from = `from ${answers.length} of ${gateways.length} ${gateways.length === 1 ? "gateway" : "gateways"}.`;
  return { word: "Live", tone: words.length > 0 ? "warning" : "good", rest: [from, ...words].join(" ") };
}
