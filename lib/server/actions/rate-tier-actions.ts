"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type RateTier, rateTierNameSchema } from "../../model/rate-limit.ts";
import { createRateTier, deleteRateTier, updateRateTier } from "../rate-tiers/change-rate-tiers.ts";
import { runAction } from "./run-action.ts";

/** Adds a rate limit. */
export async function createRateTierAction(input: RateTier): Promise<ActionResult<RateTier>> {
  return runAction((context) => createRateTier(context, input));
}

/** Changes what a rate limit allows. */
export async function updateRateTierAction(input: RateTier): Promise<ActionResult<RateTier>> {
  return runAction((context) => updateRateTier(context, input));
}

/** Takes a rate limit away, after the person confirmed it. */
export async function deleteRateTierAction(name: string): Promise<ActionResult<void>> {
  return runAction(async (context) => deleteRateTier(context, parseInput(rateTierNameSchema, name)));
}
