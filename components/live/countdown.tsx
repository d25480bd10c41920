"use client";

import { useEffect, useState } from "react";
import { remainingWords } from "./live-words.ts";

type CountdownProps = {
  /** ms of `performance.now()` */
  until: number;
  /** Before the time that is left, such as "next try in". */
  before: string;
  /** Once it is over. */
  after: string;
};

/** Counts down by itself, second by second. */
export function Countdown({ until, before, after }: CountdownProps) {
  const [now, setNow] = useState(() => performance.now());
  const remainingMs = until - now;
  useEffect(() => {
    if (remainingMs <= 0) return;
    // To the next whole second of what is left, so that none is skipped.
    const timer = setTimeout(() => setNow(performance.now()), remainingMs % 1_000 || 1_000);
    return () => clearTimeout(timer);
  }, [remainingMs]);
  return (
    <span style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
      {remainingMs > 0 ? `${before} ${remainingWords(remainingMs)}` : after}
    </span>
  );
}
