import { type Cors, corsRules } from "./cors.ts";

/** A call that a page of another origin would make. */
export type CrossOriginCall = {
  /** Of the page. */
  origin: string;
  method: string;
  /** Names of the headers that its script sets. */
  headers: readonly string[];
  /** Whether cookies and the like go with it: fetch's `credentials: "include"`. */
  withCredentials: boolean;
};

/** One thing that a browser looks at, and what it finds. */
export type CorsStep = { isFine: boolean; words: string };

export type CorsVerdict = { isAllowed: boolean; hasPreflight: boolean; steps: readonly CorsStep[] };

const simpleMethods = new Set(["GET", "HEAD", "POST"]);
/** Headers that need no preflight, as long as their values are plain; a JSON Content-Type is none. */
const simpleHeaders = new Set(["accept", "accept-language", "content-language", "range"]);

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
  const unusual = unusualParts(call);
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
    ...(hasPreflight ? [methodStep(cors, call), ...headerSteps(cors, call)] : []),
  ];
  return { isAllowed: steps.every(({ isFine }) => isFine), hasPreflight, steps };
}

function unusualParts({ method, headers }: CrossOriginCall): string[] {
  const names = headers.filter((name) => !simpleHeaders.has(name.toLowerCase()));
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

function methodStep({ accessControlAllowMethods }: Cors, { method }: CrossOriginCall): CorsStep {
  const isFine =
    simpleMethods.has(method) || accessControlAllowMethods.includes(method) || accessControlAllowMethods.includes("*");
  return { isFine, words: isFine ? `The method ${method} is allowed.` : `The method ${method} is not allowed.` };
}

function headerSteps({ accessControlAllowHeaders }: Cors, { headers }: CrossOriginCall): CorsStep[] {
  const allowed = new Set(accessControlAllowHeaders.map((name) => name.toLowerCase()));
  return headers
    .filter((name) => !simpleHeaders.has(name.toLowerCase()))
    .map((name) => {
      const lower = name.toLowerCase();
      // The star does not stand for Authorization.
      const isFine = allowed.has(lower) || (allowed.has("*") && lower !== "authorization");
      return { isFine, words: isFine ? `The header ${name} is allowed.` : `The header ${name} is not allowed.` };
    });
}
