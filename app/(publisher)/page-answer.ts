import { forbidden, notFound } from "next/navigation";
import { Problem } from "@/lib/model/problem.ts";

/** What a verb gives for a page; an expected failure becomes the page that tells of it, with its status. */
export async function pageAnswer<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-found") notFound();
    if (error instanceof Problem && error.kind === "forbidden") forbidden();
    throw error;
  }
}
