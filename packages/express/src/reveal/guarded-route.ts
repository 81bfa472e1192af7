import { type AnswerShape, type AnswerWriter, compileAnswer } from "@garim/masking";
import { GarimError } from "@garim/policy";
import type { Passage } from "../answer/passage.ts";
import { schemasOf } from "../duties/record-types.ts";
import { type ObserveOptions, type ObservePlan, readRoutePlan } from "../observe/options.ts";
import type { Settings } from "../start/settings.ts";
import { SCOPE } from "../tool/scope.ts";
import { compileSearchCheck, type SearchCheck } from "./search.ts";
import { compileSearchTerms, type SearchReader } from "./search-term.ts";

/** How a route discloses. */
export interface RevealOptions {
  /** Why the sellers' side asks, for the record: a word of the host's own list, such as `fulfilment`. */
  readonly purpose: string;
  /** What to do with members the schema does not declare: they are never written. Default: `error` outside production. */
  readonly undeclared?: "error" | "drop";
  /** Headers the handler may set besides `Vary`, `Content-Language`, `Retry-After` and `Allow`; they must carry no data. */
  readonly headers?: readonly string[];
  /**
   * Where it is said what is not clear, and why: in each `record`, as its member `_masked`; or in one `header` of the answer,
   * `Garim-Masked`, for clients that take no further member. The header counts records, it does not number them. Default: `record`.
   */
  readonly masked?: "record" | "header";
  /**
   * Opens the route to sellers' tools too: the scope their tokens must have, such as `orders.read`. A request with `Authorization: DPoP`
   * or `Bearer` is then a tool's, each line judged by the live grant of its seller for `purpose`. Needs the option `tools` of createGarim.
   */
  readonly tools?: string;
  /**
   * What the route may be searched by: paths from a record on, such as `["orderNo", "recipient.phone"]`, each asked for by its name with one
   * text, in the address or in a parsed body. The handler's own query finds exact matches. By a personal field only records are found that
   * show it clear to whoever asks; all else of the answer's envelope is `null` then, for a count would tell of masked ones. Not for tools.
   */
  readonly search?: readonly string[];
  /**
   * Rolls the guard out: decides and records, and lets the handler's own answer leave as it is, until a moment at most 30 days ahead. For
   * routes that were not guarded before; see MIGRATING.md. Never for tools, never for an ended session, and never evidence.
   */
  readonly dangerouslyObserve?: ObserveOptions;
}

/** A guarded route, resolved once. */
export interface GuardedRoute {
  readonly writer: AnswerWriter;
  readonly purpose: string;
  /** The scope that opens it to tools; `null` where it is closed to them. */
  readonly tools: string | null;
  readonly headers: ReadonlySet<string>;
  readonly isStrict: boolean;
  readonly asksPersonal: SearchCheck;
  readonly readSearch: SearchReader;
  readonly shape: AnswerShape;
  /** Names of the schemas of its records: each has to have a retention schedule where the policy says so. */
  readonly schemas: readonly string[];
  /** Whether a header says what is masked. */
  readonly isSummed: boolean;
  /** Until when the route is only observed; `null` where it is not. */
  readonly observe: ObservePlan | null;
  /** What was said of this route already: a diagnostic line per finding, not per request. */
  readonly said: Set<string>;
}

/** Resolves what a route was given, once. @throws GarimError `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_SCHEMA_INVALID` */
export function resolveRoute(shape: AnswerShape, options: RevealOptions, settings: Settings): GuardedRoute {
  if (typeof options?.purpose !== "string" || options.purpose === "")
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      'reveal() needs a purpose: reveal(shape, { purpose: "fulfilment" })',
    );
  const isSummed = readMasked(options) === "header";
  return {
    writer: compileAnswer(shape, { masked: isSummed ? "none" : "record" }),
    purpose: options.purpose,
    tools: readTools(options, settings),
    headers: new Set(options.headers?.map((name) => name.toLowerCase())),
    isStrict: (options.undeclared ?? (settings.isProduction ? "drop" : "error")) === "error",
    asksPersonal: compileSearchCheck(shape),
    readSearch: compileSearchTerms(shape, options.search),
    shape,
    schemas: schemasOf(shape),
    isSummed,
    observe: readObserve(options, settings),
    said: new Set(),
  };
}

function readObserve({ dangerouslyObserve, purpose }: RevealOptions, settings: Settings): ObservePlan | null {
  const plan = readRoutePlan(dangerouslyObserve, settings.clock());
  if (plan !== null) settings.observations.begin(plan, `a route of purpose ${JSON.stringify(purpose)}`);
  return plan;
}

function readMasked({ masked = "record" }: RevealOptions): "record" | "header" {
  if (masked === "record" || masked === "header") return masked;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    'reveal() takes masked: "record" or "header"; leave it out for "record"',
  );
}

function readTools({ tools }: RevealOptions, settings: Settings): string | null {
  if (tools === undefined) return null;
  if (typeof tools !== "string" || !SCOPE.test(tools))
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      'reveal() takes tools: the scope of a token, one word; write tools: "orders.read"',
    );
  if (settings.tools !== null) return tools;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    "reveal() opens a route to tools, and createGarim was not told of any; write createGarim({ …, tools: { issuer, audience } })",
  );
}

const MOST_WARNINGS = 100;

/** Warns of a finding the first time it is made on a route. */
export function warnOnce(passage: Passage, route: GuardedRoute, finding: string, settings: Settings): void {
  if (route.said.has(finding) || route.said.size >= MOST_WARNINGS) return;
  route.said.add(finding);
  settings.logger.warn({ route: passage.route }, `garim: ${finding}`);
}
