import type { ContractFacts, GrantState, KindSet, Refuse } from "@garim/policy";
import type { Worker } from "../worker.ts";
import type { ChangeSource } from "./change.ts";

/** What a seller granted to a tool (연동 동의), as it is stored. Moments are UTC milliseconds, ends exclusive. */
export interface StoredGrant {
  readonly id: string;
  readonly toolId: string;
  readonly sellerId: string;
  readonly kinds: KindSet;
  readonly purposes: readonly string[];
  readonly states: readonly GrantState[];
  readonly grantedAt: number;
  readonly grantedBy: { readonly staffId: string };
  /** When it was narrowed last; `null` where it is as it was granted. */
  readonly changedAt: number | null;
  /** When it ends by itself. Contract and agreement may end it sooner: they are asked on every request. */
  readonly endsAt: number;
  readonly revokedAt: number | null;
}

/** What a seller consents to. */
export interface GrantRequest {
  readonly toolId: string;
  readonly sellerId: string;
  readonly kinds: KindSet;
  readonly purposes: readonly string[];
  readonly states: readonly GrantState[];
  /** The end the seller chose; `null` for the longest there is. */
  readonly endsAt: number | null;
  /** The owner of the seller who consents. */
  readonly by: Worker;
  /** The request they consent by. */
  readonly source?: ChangeSource;
  /** The API agreement of marketplace and tool; `null` where none is on file. */
  readonly agreement: ContractFacts | null;
  /** The outsourcing contract (위탁 계약) of seller and tool; `null` where none is on file. */
  readonly contract: ContractFacts | null;
}

/** What is left of a grant; what is left out stays. */
export interface Narrowing {
  readonly kinds?: KindSet;
  readonly purposes?: readonly string[];
  readonly states?: readonly GrantState[];
  readonly endsAt?: number;
}

/**
 * The grants of a deployment: at most one for each seller and tool, the newest. What was before stands in the access log.
 *
 * What is synchronous comes from this node's copy, and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that was not confirmed
 * within the last second. Every change is atomic, and known to every node within a second.
 *
 * @source code-2022/tool, toolcode-2022/grant
 */
export interface Grants {
  /** The grant of a seller and tool, also one that ended or was revoked: `decideGrant` says so. */
  find(toolId: string, sellerId: string): StoredGrant | null;
  /** The live grants of a tool. */
  ofTool(toolId: string): readonly StoredGrant[];
  /** Every grant, those that ended too. */
  all(): readonly StoredGrant[];
  /** The grants of a seller, newest first, those that ended too. */
  listOfSeller(sellerId: string): readonly StoredGrant[];
  /**
   * Makes a grant. It takes the place of the one there is: so is a grant widened, by a new consent.
   *
   * It ends at the earliest of the chosen end, `policy.grantDays`, and the ends of both contracts.
   *
   * @returns the grant; or refuse with `contract-missing`, `contract-ended`, `grant-ended` (nothing left of its time),
   *   `grant-lacks-field`, `grant-purpose`, `grant-lacks-state` (nothing asked for), `grant-other-seller` (`by` is not the seller's)
   */
  make(request: GrantRequest): Promise<StoredGrant | Refuse>;
  /**
   * Takes something away from a live grant. What was not in it is not added; where no kind, purpose or state is left it is revoked.
   *
   * @param by - staff of the grant's seller, or an operator
   * @param source - the request it is done by, for the record
   * @returns the grant as it is now; `null` where there is none of that id, or not for them
   */
  narrow(id: string, narrowing: Narrowing, by: Worker, source?: ChangeSource): Promise<StoredGrant | null>;
  /** Revokes a grant for good. One that was revoked before keeps its moment. Parameters and return as {@link Grants.narrow}. */
  revoke(id: string, by: Worker, source?: ChangeSource): Promise<StoredGrant | null>;
}
