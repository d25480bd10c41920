"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/**
 * Asks before unsaved changes are lost: by a link of the page, the browser's back, or leaving the site. The browser's own
 * question stands for the last; for the others the page asks itself.
 */
export function UnsavedChangesGuard({ dirty }: { dirty: boolean }) {
  const router = useRouter();
  const [target, setTarget] = useState<string>();

  useEffect(() => {
    if (!dirty) return;
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const href = followedLink(event);
      if (href === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    // In the capture phase, before the router's own handler sees the click.
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onBeforeUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty]);

  return (
    <ConfirmDialog
      open={target !== undefined}
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      destructive
      onCancel={() => setTarget(undefined)}
      onConfirm={() => {
        setTarget(undefined);
        if (target !== undefined) router.push(target);
      }}
    >
      What you changed on this page is not saved yet. If you leave, it is lost.
    </ConfirmDialog>
  );
}

/** Where a plain click on a link of our own leads; undefined for every other click. */
function followedLink(event: MouseEvent): string | undefined {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  ) {
    return undefined;
  }
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download") || link.origin !== window.location.origin)
    return undefined;
  const href = `${link.pathname}${link.search}${link.hash}`;
  const isSamePage = link.pathname === window.location.pathname && link.search === window.location.search;
  return isSamePage ? undefined : href;
}
