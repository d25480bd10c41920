type Difference = { title: string; synapse: string; here: string; why: string };

/** Where the gateway differs from Apache Synapse on purpose. Each one is shown by at least one case. */
export const differences = {
  offIsFinal: {
    title: "OFF is final",
    synapse:
      "An attempt that was in flight when an endpoint was switched off turns OFF into SUSPENDED, which ends by itself.",
    here: "OFF is left by switching on, by nothing else.",
    why: "Who switches a backend off for maintenance must be able to rely on it.",
  },
  firstIsClamped: {
    title: "The maximum holds for the first suspension too",
    synapse: "The first duration of a series is not held against the maximum.",
    here: "Every duration is, the first one too.",
    why: "A maximum that can be exceeded is none.",
  },
  oneStepPerEpisode: {
    title: "One outage escalates once",
    synapse: "Every failure in flight escalates: ten requests that one outage fails raise the suspension ten times.",
    here: "An outcome counts only in the episode its attempt was picked in, so one outage escalates once.",
    why: "How long an endpoint is out must not depend on how busy it was when it failed.",
  },
  lateSuccess: {
    title: "A late success ends no suspension",
    synapse: "The answer to a request that was sent before the suspension ends the suspension.",
    here: "It changes nothing.",
    why: "It says how the endpoint was, not how it is.",
  },
  halfOpen: {
    title: "One probe, not a rush",
    synapse: "When a suspension ends, all requests rush at the endpoint.",
    here: "One request probes it while another endpoint is ready; the others pass it by until its outcome is known.",
    why: "A backend that is still broken costs one request, not a burst of them.",
  },
  neverTwice: {
    title: "No endpoint twice",
    synapse: "A request can come back to an endpoint it has tried, and loop for as long as one is ready.",
    here: "No request is sent to an endpoint twice.",
    why: "With suspension disabled, or a short retry delay, a loop would never end.",
  },
  idempotence: {
    title: "Only what may be repeated is repeated",
    synapse: "Any request that fails is sent again, a POST that timed out too.",
    here: "Once bytes were sent, only what is idempotent goes on: by its method, by an Idempotency-Key, or because the API allows it.",
    why: "An order must not be placed twice because an answer was slow.",
  },
  sessionFromLastUse: {
    title: "A session lasts from its last use",
    synapse: "A session ends a fixed time after it began.",
    here: "The time counts from the last use.",
    why: "Users who are active must not lose their session in the middle of their work.",
  },
  sessionMoves: {
    title: "A session moves when its endpoint fails",
    synapse: "A request in a session fails when the endpoint of the session does.",
    here: "With failover on it goes on, and the session is bound to the endpoint that answered.",
    why: "That is what failover is for.",
  },
  unknownCookieStays: {
    title: "Unknown session cookies are forwarded",
    synapse: "A session cookie of the backend that the gateway does not know is taken out of the request.",
    here: "It is forwarded.",
    why: "After a restart of the gateway, users would be logged out of backends that still know them.",
  },
  truthfulStatus: {
    title: "The status tells the truth",
    synapse: "Every failure of an endpoint is answered with status 500.",
    here: "502, 503 with Retry-After or 504; the code in the body stays Synapse's.",
    why: "Clients and monitors go by the status.",
  },
  exactTimeouts: {
    title: "Timeouts are exact",
    synapse: "Timeouts are looked for every 15 seconds.",
    here: "Every attempt has a timer of its own.",
    why: "A Duration of two seconds means two seconds.",
  },
} as const satisfies Record<string, Difference>;
export type DifferenceId = keyof typeof differences;
