import { REASONS, type Reason } from "@garim/policy";
import type { Request } from "express";
import { type Answer, problemAnswer } from "../answer/answer.ts";
import { languageOf } from "../answer/language.ts";
import { RETRY_AFTER } from "../answer/outage.ts";
import { problemOfReason, statusOf } from "../answer/problem.ts";

/** How a route tells tools what it wants. */
export interface ToolChallenge {
  /** Where the metadata of this API is (RFC 9728). */
  readonly metadataUrl: string;
  /** Algorithms of proofs. */
  readonly algorithms: string;
  readonly scope: string;
  /** The nonce a proof must hold; `null` where none is asked for. */
  readonly nonce: string | null;
}

/** A tool's request on its way. */
export interface ToolPassage {
  readonly trace: string;
  readonly challenge: ToolChallenge;
  /** Headers of every answer to it: what is left of its budgets. Asked when it is sent. */
  readonly headers: () => Readonly<Record<string, string>>;
}

/** What every answer to a tool says: the request's name, and what is left of its budgets. */
export function toolHeaders(tool: ToolPassage | undefined): Readonly<Record<string, string>> {
  return tool === undefined ? {} : { "Garim-Trace": tool.trace, ...tool.headers() };
}

/** The answer to a tool that gets nothing: why, by which rule, what would lift it, and the request's name. */
export function toolRefusal(req: Request, reason: Reason, tool: ToolPassage): Answer {
  const { challenge, trace } = tool;
  const status = statusOf(reason);
  const code = errorOf(reason, status);
  const problem = problemOfReason(reason, status, languageOf(req));
  return problemAnswer(
    { ...problem, ...(code === undefined ? {} : { code }), trace },
    {
      ...toolHeaders(tool),
      ...(status === 503 ? { "Retry-After": RETRY_AFTER } : {}),
      ...(code === undefined ? {} : { "WWW-Authenticate": challengeText(reason, code, challenge) }),
      ...(challenge.nonce === null ? {} : { "DPoP-Nonce": challenge.nonce }),
    },
  );
}

/** The challenge to who brought no token at all: no error is told then (RFC 6750, 3.1). */
export function bareChallenge({ algorithms, scope, metadataUrl }: ToolChallenge): string {
  return `DPoP algs="${algorithms}", scope="${scope}", resource_metadata="${metadataUrl}"`;
}

/** The error codes of RFC 6750, 3.1 and RFC 9449, 7.1 and 9; none where no other token would help. */
function errorOf(reason: Reason, status: number): string | undefined {
  if (reason === "scope-missing") return "insufficient_scope";
  if (status !== 401) return undefined;
  if (reason === "proof-nonce") return "use_dpop_nonce";
  return reason.startsWith("proof-") ? "invalid_dpop_proof" : "invalid_token";
}

/** @source RFC 6750, 3; RFC 9449, 7.1; RFC 9728, 5.1 */
function challengeText(reason: Reason, code: string, challenge: ToolChallenge): string {
  const scheme = reason === "certificate-other" ? "Bearer" : "DPoP";
  const { algorithms, scope, metadataUrl } = challenge;
  const parts = [
    `error="${code}"`,
    `error_description="${REASONS[reason].because.en}"`,
    ...(scheme === "DPoP" ? [`algs="${algorithms}"`] : []),
    `scope="${scope}"`,
    `resource_metadata="${metadataUrl}"`,
  ];
  return `${scheme} ${parts.join(", ")}`;
}
