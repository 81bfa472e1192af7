declare const brand: unique symbol;

type Branded<Name extends string> = string & { readonly [brand]?: Name };

/** Identifiers that are easily swapped. A plain string fits; one brand does not fit another. */
export type SellerId = Branded<"seller">;
export type StaffId = Branded<"staff">;
export type BuyerId = Branded<"buyer">;
export type OperatorId = Branded<"operator">;
export type AuditorId = Branded<"auditor">;

/** A person who works for a seller (담당자). */
export interface StaffIdentity {
  readonly kind: "staff";
  readonly staffId: StaffId;
  readonly sellerId: SellerId;
  /** Names of roles in the policy; unknown ones grant nothing. */
  readonly roles: readonly string[];
  /** When the host's log-in happened, UTC milliseconds. */
  readonly authenticatedAt: number;
}

/** A person who works for the marketplace: support, the couriers' desk. */
export interface OperatorIdentity {
  readonly kind: "operator";
  readonly operatorId: OperatorId;
  readonly authenticatedAt: number;
}

/** A person who reads the access log. */
export interface AuditorIdentity {
  readonly kind: "auditor";
  readonly auditorId: AuditorId;
  /** Given, the auditor finds nothing but what was done by people and tools of this seller; left out, everything. */
  readonly sellerId?: SellerId;
  readonly authenticatedAt: number;
}

/** The data subject's own log-in (구매자). Sees no seller's route. */
export interface BuyerIdentity {
  readonly kind: "buyer";
  readonly buyerId: BuyerId;
}

/** Who the host says is asking. */
export type Identity = StaffIdentity | OperatorIdentity | AuditorIdentity | BuyerIdentity;

/** Those who must prove a second factor and are recorded: everyone but the data subject. */
export type WorkerIdentity = StaffIdentity | OperatorIdentity | AuditorIdentity;

/** The identifier of a worker, whichever kind it is. */
export function workerId(worker: WorkerIdentity): string {
  switch (worker.kind) {
    case "staff":
      return worker.staffId;
    case "operator":
      return worker.operatorId;
    case "auditor":
      return worker.auditorId;
  }
}
