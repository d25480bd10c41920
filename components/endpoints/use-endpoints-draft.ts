"use client";

import { useCallback, useMemo, useReducer, useState } from "react";
import type { Api } from "@/lib/model/api.ts";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import { type DraftChange, draftAfter } from "./draft-change.ts";
import { isSame } from "./draft-merge.ts";
import { type DraftProblems, draftIssues, endpointKey, problemsAtFields } from "./draft-problems.ts";
import { configFromDraft, draftFromConfig, type EndpointsDraft } from "./endpoints-draft.ts";
import { newEndpointId } from "./new-endpoint-id.ts";
import { hasNewUrl, type NewUrls, newUrlPlace, noNewUrls } from "./new-urls.ts";

/** The document that the form began from, and the form for it. */
export type FormBase = { api: Api; draft: EndpointsDraft };

/** The form for a document. */
export function formBase(api: Api): FormBase {
  return { api, draft: draftFromConfig(api.endpointConfig, newEndpointId) };
}

/** What was typed, what it began from, and what is wrong with it. */
export function useEndpointsDraft(api: Api) {
  const [base, setBase] = useState(() => formBase(api));
  const [draft, dispatch] = useReducer(draftAfter, base.draft);
  const [newUrls, setNewUrls] = useState(noNewUrls);
  const { complaints, leaveUrl, complain, forgive, clear } = useComplaints();

  const change = useCallback(
    (one: DraftChange) => {
      forgive();
      dispatch(one);
    },
    [forgive],
  );
  /** What is stored has become another document: what was typed since `from` stays on top of it. */
  const rebase = useCallback((onto: FormBase, from: EndpointsDraft) => {
    setBase(onto);
    dispatch({ type: "rebase", from, onto: onto.draft });
  }, []);
  const typeNewUrl = useCallback((keyType: KeyType, pool: string | undefined, url: string) => {
    setNewUrls((urls: NewUrls) => ({ ...urls, [newUrlPlace(keyType, pool)]: url }));
  }, []);

  const issues = useMemo(() => draftIssues(draft), [draft]);
  const problems = useMemo(
    () => shownProblems(problemsAtFields(draft, [...complaints.server, ...issues]), complaints),
    [draft, issues, complaints],
  );
  const isChanged = useMemo(() => !isSame(configFromDraft(base.draft), configFromDraft(draft)), [base.draft, draft]);
  const holdsNewUrl = hasNewUrl(draft, newUrls);
  return {
    ...{ base, draft, issues, problems, newUrls, holdsNewUrl, leaveUrl, change, rebase, typeNewUrl, complain },
    isDirty: isChanged || holdsNewUrl,
    newUrlProblem:
      complaints.all && holdsNewUrl ? "Press + (or Enter) to add this endpoint, or clear the field." : undefined,
    /** Everything is as it is stored: nothing is left to add or to complain about. */
    settle: useCallback(() => {
      setNewUrls(noNewUrls);
      clear();
    }, [clear]),
  };
}

type Complaints = {
  /** Once a save was tried, everything that is wrong is shown. */
  all: boolean;
  /** Until then only URLs that the person has left. */
  left: ReadonlySet<string>;
  /** What the server found, until something is changed. */
  server: readonly ProblemItem[];
};

const noComplaints: Complaints = { all: false, left: new Set(), server: [] };

function useComplaints() {
  const [complaints, setComplaints] = useState(noComplaints);
  const leaveUrl = useCallback((keyType: KeyType, id: string) => {
    const key = endpointKey(keyType, id);
    setComplaints((now) => (now.left.has(key) ? now : { ...now, left: new Set([...now.left, key]) }));
  }, []);
  const complain = useCallback((server: readonly ProblemItem[]) => {
    setComplaints((now) => ({ ...now, all: true, server }));
  }, []);
  const forgive = useCallback(() => {
    setComplaints((now) => (now.server.length === 0 ? now : { ...now, server: [] }));
  }, []);
  const clear = useCallback(() => setComplaints(noComplaints), []);
  return { complaints, leaveUrl, complain, forgive, clear };
}

function shownProblems(problems: DraftProblems, { all, left }: Complaints): DraftProblems {
  if (all) return problems;
  const ofLeft = (messages: ReadonlyMap<string, string>) => new Map([...messages].filter(([key]) => left.has(key)));
  const { urls, weights } = problems;
  const none = new Map<string, string>();
  return { groups: {}, urls: ofLeft(urls), weights: ofLeft(weights), settings: none, pools: none, security: none };
}
