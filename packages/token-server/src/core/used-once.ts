import type { IncomingMessage } from "node:http";
import type { NewArtifact } from "../store/artifacts.ts";
import type { CoreHost, IssueGate, NewToken } from "./core.ts";
import { meterRequest } from "./meter.ts";
import type { Library } from "./refusals.ts";
import { requestOf } from "./request.ts";
import { turnOf } from "./turn.ts";

/**
 * Tells whether an assertion or a DPoP proof comes for the first time.
 *
 * An assertion is written down at once, and with it is found what a renewal needs next. The proof that comes behind it at the token endpoint
 * is written in the statement that puts the token into the ledger, with the last look at the grant. So a renewal asks the database three
 * times, its record included, instead of seven.
 */
export async function isFirstUse(
  owner: string,
  jti: string,
  exp: number,
  host: CoreHost,
  library: Library,
): Promise<boolean> {
  const id = JSON.stringify([owner, jti]);
  const proof: NewArtifact = { value: {}, expiresAt: exp * 1_000 };
  const request = requestOf(library);
  if (request === undefined) return await host.artifacts.create("Proof", id, proof);
  const turn = turnOf(request.req);
  const isAssertion =
    library.Provider.ctx?.oidc.client?.clientAuthMethod === "private_key_jwt" && !turn.isProven;
  if (!isAssertion && request.route === "token") {
    turn.proof = { id, expiresAt: proof.expiresAt };
    return true;
  }
  const isFirst = await createFirst(id, proof, request.params["refresh_token"], request.req, host);
  // Its signature was right, and nobody sent it before: it is the tool.
  if (isFirst) await meterRequest(host, library);
  turn.isProven = isFirst;
  return isFirst;
}

async function createFirst(
  id: string,
  proof: NewArtifact,
  refreshToken: unknown,
  req: IncomingMessage,
  { artifacts }: CoreHost,
): Promise<boolean> {
  if (typeof refreshToken !== "string" || refreshToken === "")
    return await artifacts.create("Proof", id, proof);
  const name = { kind: "RefreshToken", id: refreshToken } as const;
  const { isCreated, found, grant } = await artifacts.createAndFind("Proof", id, proof, name);
  const turn = turnOf(req);
  turn.keep(name, found);
  const grantId = found?.value["grantId"];
  if (typeof grantId === "string") turn.keep({ kind: "Grant", id: grantId }, grant);
  return isCreated;
}

/**
 * What must hold in the moment a token is put into the ledger: its proof comes for the first time, and its family was not ended. Whoever
 * ends the family meanwhile waits until the token stands there, and ends it too.
 */
export async function gateOf(
  { grantId }: NewToken,
  req: IncomingMessage,
  host: CoreHost,
  library: Library,
): Promise<IssueGate> {
  const { errors } = library;
  const { proof } = turnOf(req);
  const step = await host.artifacts.ledgerStep({ proof, grantId });
  return {
    step,
    refuse: (failed) =>
      new errors.InvalidGrant(
        failed === 0 && proof !== null ? "DPoP proof JWT Replay detected" : "the grant was ended",
      ),
  };
}
