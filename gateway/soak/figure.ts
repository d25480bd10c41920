/** One line of the result: what was measured, and whether it is what it has to be. */
export type Figure = { name: string; measured: string; bound: string; holds: boolean };
