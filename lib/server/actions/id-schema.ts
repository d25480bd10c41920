import { z } from "zod";

/** An id as a form sends it. Whether something has this id is for the verb to say. */
export const idSchema = z.string().max(64);
