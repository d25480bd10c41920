"use client";

import Skeleton from "@mui/material/Skeleton";
import dynamic from "next/dynamic";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { useLive } from "./live-provider.tsx";

// Nothing is known of an endpoint before a stream is open, so what tells of it need not be there before either.
const ServedMemberLine = dynamic(() => import("./served-member-line.tsx").then((module) => module.ServedMemberLine), {
  ssr: false,
  loading: () => <Skeleton width={260} height={34} role="img" aria-label="Asking the gateways" />,
});

export type MemberLiveLineProps = {
  keyType: KeyType;
  endpointId: string;
  /** How the endpoint is called in labels, such as "endpoint 2". */
  name: string;
};

/** How an endpoint is at the gateways, and the switches for it. Nothing where the API is not served. */
export function MemberLiveLine(props: MemberLiveLineProps) {
  const live = useLive();
  return live?.isRouted ? <ServedMemberLine {...props} live={live} /> : null;
}
