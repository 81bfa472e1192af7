import { type Json, object, ref, text, whole } from "../../openapi/shape.ts";

/** Headers an answer may have, by name. */
export const HEADERS: Readonly<Record<string, Json>> = {
  "Garim-Trace": said("The request's name: tell it to the marketplace"),
  "Garim-Record": said("The name of its first access record"),
  "Garim-Left-Out": said("Records left out, by reason: grant-missing;count=2, tool-window-closed;count=1"),
  "Garim-Masked": said("What of the records is masked, by reason, where they do not say so themselves"),
  "RateLimit-Policy": said('Budgets: "key-requests";q=600;w=60'),
  RateLimit: said('What is left of those that end first: "key-requests";r=599;t=42'),
  "Retry-After": { schema: whole, description: "Seconds to wait" },
  "WWW-Authenticate": said("What is wrong with the token or its proof (RFC 9449, RFC 6750)"),
  "DPoP-Nonce": said("The nonce the next proof must hold, where this API asks for one"),
};

function said(description: string): Json {
  return { schema: text, description };
}

/** @param names - headers it may have */
function headersOf(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const TOLD = ["Garim-Trace", "RateLimit-Policy", "RateLimit"];
const ALWAYS = [...TOLD, "Garim-Record"];
const PROBLEM_CONTENT: Json = { "application/problem+json": { schema: ref("Problem") } };

/** A refusal, and the headers it may have. */
function problem(description: string, names: readonly string[]): Json {
  return { description, headers: headersOf(names), content: PROBLEM_CONTENT };
}

/** What is given. @param more - headers beside the usual ones */
export function given(description: string, content: Json, more: readonly string[]): Json {
  return { description, headers: headersOf([...TOLD, ...more]), content };
}

/** What a tool may be answered instead. @param nonce - the header of a nonce, where this API asks for one */
export function refusals(nonce: readonly string[]): Json {
  const why = ["WWW-Authenticate", ...nonce];
  return {
    "401": problem("No token, or one that is not taken; reason says why", [...ALWAYS, ...why]),
    "403": problem("The tool may not, or its token is for something else", [...ALWAYS, ...why]),
    "429": problem("More than a budget allows", [...ALWAYS, ...nonce, "Retry-After"]),
    "503": problem("A store or the log is out: nothing is given without its record", [
      ...TOLD,
      ...nonce,
      "Retry-After",
    ]),
  };
}

/** Of a page: its cursor. */
export const CURSOR_REFUSAL: Json = {
  "400": problem("cursor-void: a cursor of another tool or route, or changed; begin anew", ALWAYS),
};

/** Of a route whose records the marketplace's own code answers. */
export const FAULT: Json = {
  "500": problem("answer-refused: the marketplace's answer was not as declared, and did not leave", ALWAYS),
};

/** Of what the marketplace's own code refuses. */
export const OWN_REFUSAL: Json = {
  default: problem("What the marketplace itself refuses", ALWAYS),
};

const UNREADABLE: Json = problem("A body that cannot be read; code says why", []);

/** Of a receipt's body. */
export const BODY_REFUSALS: Json = {
  "400": UNREADABLE,
  "413": UNREADABLE,
  "415": UNREADABLE,
  "422": problem("A receipt that cannot be taken: detail names the member, and what it takes", TOLD),
};

/** The body of a refusal (RFC 9457). */
export const PROBLEM: Json = {
  ...object({
    type: text,
    title: text,
    status: whole,
    detail: { ...text, description: "In Korean or English, by Accept-Language" },
    reason: { ...text, description: "For programs" },
    source: { ...text, description: "The rule" },
    remedy: { ...text, description: "What lifts it" },
    code: { ...text, description: "The error of OAuth; or what is wrong with a body" },
    trace: { ...text, description: "The request's name: tell it to the marketplace" },
    help: { ...text, description: "To the marketplace's engineer, outside production" },
  }),
  required: ["type", "title", "status"],
};
