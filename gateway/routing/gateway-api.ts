import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { ApiGroups } from "../endpoints/registry.ts";
import type { ServingRules } from "./serving-rules.ts";

/** An API as requests meet it: its configuration, and its groups with their state. Replaced whole, never changed. */
export type GatewayApi = {
  id: string;
  context: string;
  version: string;
  isDefaultVersion: boolean;
  api: SnapshotApi;
  rules: ServingRules;
  groups: ApiGroups;
};
