import { type Cors, corsRules } from "./cors.ts";
import { normalizedMethod, type ScriptHeader, unsafeHeaders } from "./cors-safelist.ts";

/** A call that a page of another origin would make. */
export type CrossOriginCall = {
  /** Of the page. */
  origin: string;
  /** As the script writes it. */
  method: string;
  /** The headers that its script sets: `Name`, or `Name: value` where the value counts. */
  headers: readonly string[];
  /** Whether cookies and the like go with it: fetch's `credentials: "include"`. */
  withCredentials: boolean;
};

/** One thing that a browser looks at, and what it finds. */
export type CorsStep = { isFine: boolean; words: string };

export type CorsVerdict = { isAllowed: boolean; hasPreflight: boolean; steps: readonly CorsStep[] };

const simpleMethods = new Set(["GET", "HEAD", "POST"]);

/**
 * What a browser does with a call across origins, step by step, by the very rules that gateways answer with. Source: Fetch
 * standard, "CORS protocol", "CORS-preflight fetch".
 */
export function checkCors(cors: Cors, call: CrossOriginCall): CorsVerdict {
  const rules = corsRules(cors);
  if (!rules) {
    const words = "CORS is off: the endpoint's own answer decides, and gateways add nothing to it.";
    return { isAllowed: false, hasPreflight: false, steps: [{ isFine: false, words }] };
  }
  const method = normalizedMethod(call.method);
  const headers = unsafeHeaders(call.headers.map(scriptHeader));
  const unusual = unusualParts(method, headers);
  const hasPreflight = unusual.length > 0;
  const steps: CorsStep[] = [
    {
      isFine: true,
      words: hasPreflight
        ? `The browser asks first (a preflight), because of ${unusual.join(" and ")}.`
        : "The browser sends the call at once: nothing about it needs a preflight.",
    },
    rules.isAllowed(call.origin)
      ? { isFine: true, words: `The origin ${call.origin} is allowed.` }
      : { isFine: false, words: `The origin ${call.origin} is not among the allowed ones.` },
    ...(call.withCredentials ? [credentialsStep(cors)] : []),
    ...(hasPreflight ? [methodStep(cors, method), ...headerSteps(cors, headers)] : []),
  ];
  return { isAllowed: steps.every(({ isFine }) => isFine), hasPreflight, steps };
}

function scriptHeader(written: string): ScriptHeader {
  const colon = written.indexOf(":");
  if (colon < 0) return { name: written.trim(), value: undefined };
  return { name: written.slice(0, colon).trim(), value: written.slice(colon + 1).trim() };
}

function unusualParts(method: string, headers: readonly ScriptHeader[]): string[] {
  const names = headers.map(({ name }) => name);
  return [
    ...(simpleMethods.has(method) ? [] : [`the method ${method}`]),
    ...(names.length === 0 ? [] : [`the headers ${names.join(", ")}`]),
  ];
}

function credentialsStep({ accessControlAllowCredentials }: Cors): CorsStep {
  return accessControlAllowCredentials
    ? { isFine: true, words: "Credentials are allowed." }
    : { isFine: false, words: "The call carries credentials, and they are not allowed: the script gets no answer." };
}

function methodStep({ accessControlAllowMethods }: Cors, method: string): CorsStep {
  const isFine =
    simpleMethods.has(method) || accessControlAllowMethods.includes(method) || accessControlAllowMethods.includes("*");
  if (isFine) return { isFine, words: `The method ${method} is allowed.` };
  const upper = method.toUpperCase();
  const hint = method === upper ? "" : ` Browsers send it as it is written, and ${upper} is another one.`;
  return { isFine, words: `The method ${method} is not allowed.${hint}` };
}

function headerSteps({ accessControlAllowHeaders }: Cors, headers: readonly ScriptHeader[]): CorsStep[] {
  const allowed = new Set(accessControlAllowHeaders.map((name) => name.toLowerCase()));
  return headers.map(({ name }) => {
    const lower = name.toLowerCase();
    // The star does not stand for Authorization.
    const isFine = allowed.has(lower) || (allowed.has("*") && lower !== "authorization");
    return { isFine, words: isFine ? `The header ${name} is allowed.` : `The header ${name} is not allowed.` };
  });
}
