import type { NewArtifact } from "../store/artifacts.ts";
import type { CoreHost, NewToken } from "./core.ts";
import { meterRequest } from "./meter.ts";
import type { Library } from "./refusals.ts";
import { requestOf } from "./request.ts";
import { turnOf } from "./turn.ts";

/**
 * Tells whether an assertion or a DPoP proof comes for the first time.
 *
 * An assertion is written down at once, and with it is found what a renewal needs next. The proof that comes behind it at the token endpoint
 * is written where the token is issued, with the last look at the grant: the token leaves only where it was the first. So a renewal asks
 * the database four times instead of seven.
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
  req: Parameters<typeof turnOf>[0],
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
 * The last look before a token leaves, when it stands in the ledger: whoever ended the family meanwhile ended the token, too, if it was
 * there by then; else it is seen here.
 *
 * @throws an error of the core where the family was ended, or the proof came before
 */
export async function lookOnce({ grantId }: NewToken, host: CoreHost, library: Library): Promise<void> {
  const { artifacts } = host;
  const { errors } = library;
  const request = requestOf(library);
  const proof = request && turnOf(request.req).proof;
  if (proof === undefined) {
    if (grantId !== null && (await artifacts.find("Grant", grantId)) === undefined) throw ended(library);
    return;
  }
  const { id, expiresAt } = proof;
  const { isCreated, isThere } =
    grantId === null
      ? { isCreated: await artifacts.create("Proof", id, { value: {}, expiresAt }), isThere: true }
      : await artifacts.createAndLook("Proof", id, { value: {}, expiresAt }, grantId);
  if (!isCreated) throw new errors.InvalidGrant("DPoP proof JWT Replay detected");
  if (!isThere) throw ended(library);
}

function ended({ errors }: Library): Error {
  return new errors.InvalidGrant("the grant was ended");
}
