import type { Random } from "./random.ts";

/** Something that takes inputs of all kinds, and says what is wrong with how it took one. */
export type FuzzTarget = {
  name: string;
  /** What is held against what, for whoever reads the result. */
  promise: string;
  /** An input, one character for each octet. */
  make: (random: Random) => string;
  /** What is wrong, or undefined. */
  check: (input: string) => string | undefined | Promise<string | undefined>;
  /** How many inputs are under way at a time; 1 if absent. */
  lanes?: number;
  /** Before the first input, and after the last one. */
  open?: () => Promise<void>;
  close?: () => Promise<void>;
};
