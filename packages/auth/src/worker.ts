import { GarimError, type WorkerIdentity, workerId } from "@garim/policy";

/** A person who must prove a second factor, whichever kind it is: what sessions and factors belong to. */
export interface Worker {
  readonly kind: WorkerIdentity["kind"];
  /** The staff, operator or auditor id. */
  readonly id: string;
  /** The seller a staff member works for; `null` for the others. */
  readonly sellerId: string | null;
}

const KINDS: readonly WorkerIdentity["kind"][] = ["staff", "operator", "auditor"];
const LONGEST_ID = 256;

/**
 * Reads who is asking.
 *
 * @throws GarimError `ERR_GARIM_IDENTITY_INVALID` where the kind is unknown, or an id is not a text of 1 to 256 UTF-16 units
 */
export function readWorker(identity: WorkerIdentity): Worker {
  if (!KINDS.includes(identity.kind))
    throw new GarimError(
      "ERR_GARIM_IDENTITY_INVALID",
      `identify() gave a kind that has no session; return kind: ${KINDS.map((kind) => JSON.stringify(kind)).join(", ")}`,
    );
  const id = readId(workerId(identity), `${identity.kind}Id`);
  const sellerId = identity.kind === "staff" ? readId(identity.sellerId, "sellerId") : null;
  return { kind: identity.kind, id, sellerId };
}

function readId(id: unknown, name: string): string {
  if (typeof id === "string" && id.length > 0 && id.length <= LONGEST_ID) return id;
  throw new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    `identify() gave no usable ${name} (${typeof id}); return ${name} as a text of 1 to ${LONGEST_ID} characters, for example String(user.id)`,
  );
}

/**
 * The text that stands for a worker in hashes and authenticated data. JSON keeps its parts apart and escapes lone
 * surrogates, so no two workers have the same one.
 */
export function nameWorker(worker: Worker): string {
  return JSON.stringify([worker.kind, worker.sellerId, worker.id]);
}
