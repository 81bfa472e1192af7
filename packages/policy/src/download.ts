import { OBLIGATIONS, type Obligation, type Refuse, refuse } from "./decision.ts";
import { type KindSet, NO_KINDS, readKinds } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";
import { decideStepUp } from "./step-up.ts";

/** What somebody asks to download. */
export interface DownloadFacts {
  /** Why, in the person's words. */
  readonly purpose: string;
  /** The kinds chosen. */
  readonly kinds: KindSet;
  /** The kinds the person's roles allow. */
  readonly allowed: KindSet;
  /** How many rows it would have; `null` where nobody knows, which counts as many. */
  readonly rows: number | null;
  /** As for {@link decideStepUp}. */
  readonly secondFactorAt: number | null;
  readonly deviceSince?: number | null;
  readonly networkSince?: number | null;
}

/** What a file owes besides what every disclosure does. */
export type DownloadObligation = Obligation | "seal" | "ledger" | "destroy";

/** A file may be made. What each row of it discloses is the matrix's to say. */
export interface Download {
  readonly kind: "download";
  /** The chosen kinds the roles allow; never empty. */
  readonly kinds: KindSet;
  /** `seal`: encrypted with a password; `ledger`: purpose and fields are kept; `destroy`: destroyed after use. */
  readonly obligations: readonly DownloadObligation[];
}

const DOWNLOAD_OBLIGATIONS: readonly DownloadObligation[] = Object.freeze([
  ...OBLIGATIONS,
  "seal",
  "ledger",
  "destroy",
]);

/**
 * Decides whether a file of buyers' data may be made. Whether the person may download at all is {@link decideAction}'s question.
 *
 * @param now - the moment of the request, UTC milliseconds
 * @source notice-2026-9/7-5, notice-2026-9/12, code-2022/second-factor
 */
export function decideDownload(facts: DownloadFacts, now: number, policy: Policy): Download | Refuse {
  const { purpose } = facts;
  if (typeof purpose !== "string" || purpose.trim() === "")
    return refuse("download-purpose-missing", policy.edition);
  const chosen = readKinds(facts.kinds);
  if (chosen === NO_KINDS) return refuse("download-kinds-missing", policy.edition);
  const kinds = chosen & readKinds(facts.allowed);
  if (kinds === NO_KINDS) return refuse("role-lacks-field", policy.edition);
  const proof = decideStepUp(facts, "download", now, policy);
  return proof.kind === "refuse" ? proof : { kind: "download", kinds, obligations: DOWNLOAD_OBLIGATIONS };
}
