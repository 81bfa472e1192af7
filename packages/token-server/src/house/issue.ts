import { type OrderPii, readOrderPii } from "@garim/auth";
import { NO_KINDS } from "@garim/policy";
import type { IssueGate, NewToken } from "../core/core.ts";
import type { Caller } from "./caller.ts";
import { actorOfTool, type Desk } from "./desk.ts";
import { signToken } from "./jws.ts";
import { recordDeed } from "./record.ts";

/**
 * Makes an access token. It leaves only after it stands in the ledger and on record: a token of a stolen key stands in neither.
 *
 * @throws what the gate refuses with, where it is shut: then nothing was issued, and nothing is on record
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_LOG_*`, `ERR_GARIM_KEYS_MISSING` where no key signs
 * @source RFC 9068, 2.2; notice-2026-9/5-3
 */
export async function issueToken(
  token: NewToken,
  gate: IssueGate,
  caller: Caller,
  desk: Desk,
): Promise<string> {
  const key = desk.keys.signing();
  await enter(token, key.kid, gate, desk);
  await record(token, key.kid, caller, desk);
  return signToken(claimsOf(token, desk.issuer), key);
}

async function enter(token: NewToken, keyId: string, gate: IssueGate, { issued }: Desk): Promise<void> {
  const { id, toolId, grantId, expiresAt } = token;
  const entry = { id, toolId, grantId, keyId, expiresAt: expiresAt * 1_000 };
  if (gate.step === null) return await issued.add(entry);
  const failed = await issued.addIf(entry, gate.step);
  if (failed !== null) throw gate.refuse(failed);
}

function claimsOf(token: NewToken, issuer: string): object {
  const { id, toolId, sellerId, grantId, audience, scope, details, confirmation, issuedAt, expiresAt } =
    token;
  return {
    iss: issuer,
    sub: sellerId ?? toolId,
    aud: audience,
    client_id: toolId,
    iat: issuedAt,
    exp: expiresAt,
    jti: id,
    scope,
    authorization_details: details,
    cnf: confirmation,
    ...(grantId === null ? {} : { grant_id: grantId }),
  };
}

async function record(token: NewToken, keyId: string, caller: Caller, desk: Desk): Promise<void> {
  const { toolId, sellerId, grantId, details, id, scope } = token;
  const asked = readOrderPii(details);
  const { kinds = NO_KINDS, purpose = null } = asked ?? {};
  const detail = { token: id, scope, sellers: countSellers(asked) };
  const grant = grantId === null ? {} : { grant: grantId };
  const deed = { action: "issue-token", purpose, allowed: kinds, key: keyId, detail, ...grant } as const;
  await recordDeed(actorOfTool(toolId, sellerId), deed, caller, desk);
}

/** A token that gives receipts names nobody's lines. */
function countSellers(asked: OrderPii | undefined): string {
  return asked === undefined ? "none" : String(asked.sellers?.length ?? "all");
}
