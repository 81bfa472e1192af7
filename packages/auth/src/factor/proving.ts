import type { Refuse } from "@garim/policy";
import type { AccountRecord, Place } from "../account/record.ts";
import type { FactorMethod, Session } from "../session/session.ts";
import type { Assertions } from "./assertion.ts";
import type { Desk } from "./desk.ts";
import type { Factors, Proved } from "./factors.ts";
import type { Messages } from "./messages.ts";
import { settleProof } from "./proof.ts";
import { useRecovery, useTotp } from "./uses.ts";

type Use = (record: AccountRecord, now: number) => AccountRecord | undefined;

/** Hands an offer to the kind of factor it is meant for. */
export function createProving(
  { accounts, policy, clock }: Desk,
  { proveAssertion }: Assertions,
  { proveMessage }: Messages,
): Factors["prove"] {
  /** Proves what can be told at once. */
  async function proveNow(
    { worker }: Session,
    place: Place,
    method: FactorMethod,
    use: Use,
  ): Promise<Proved | Refuse> {
    const now = clock();
    const proof = { method, place, needsNoFactor: false, use: (record: AccountRecord) => use(record, now) };
    return await accounts.change(worker, (record) => settleProof(record, proof, now, policy));
  }

  return async function prove(session, action, offer) {
    const place = { session: session.name, action };
    const { method } = offer;
    switch (method) {
      case "totp":
        return await proveNow(session, place, method, (record, now) => useTotp(record, offer.code, now));
      case "recovery":
        return await proveNow(session, place, method, (record) => useRecovery(record, offer.code));
      case "message":
        return await proveMessage(session, place, offer.code);
      case "passkey":
        return await proveAssertion(session, place, offer.response);
      default:
        // A kind nobody knows is a wrong try as any other, and takes as long.
        return await proveNow(session, place, method, (record, now) => useTotp(record, undefined, now));
    }
  };
}
