import express, { type Express } from "express";
import { auth, requiredScopes } from "express-oauth2-jwt-bearer";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Pool } from "pg";
import { makeTable, recordAndMask } from "./popular-record.ts";
import { listOrders, SELLERS, sellerOf } from "./shop.ts";
import { AUDIENCE, ISSUER, TOKEN_PATH } from "./tool-words.ts";

const TOOL = "bench-tool";
const ALGORITHM = "ES256";

/**
 * The same for a seller's tool: express-oauth2-jwt-bearer with DPoP required, one INSERT for each access, maskdata. It looks for no
 * replayed proof, no revoked token and no grant; its token's key is on the spot, so that no key set is fetched.
 */
export async function openPopularTool(): Promise<Express> {
  const { DATABASE_URL: connectionString } = process.env;
  return makePopularTool(new Pool({ ...(connectionString ? { connectionString } : {}) }));
}

export async function makePopularTool(pool: Pool): Promise<Express> {
  const handler = listOrders();
  await makeTable(pool);
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const app = express();
  app.post(TOKEN_PATH, express.json(), async (req, res) => {
    res.json({ token: await sign(privateKey, req.body.jkt) });
  });
  const check = auth({
    issuer: ISSUER,
    audience: AUDIENCE,
    publicKey: { ...(await exportJWK(publicKey)), alg: ALGORITHM },
    dpop: { enabled: true, required: true },
  });
  const record = recordAndMask(pool, ({ req }) => ({
    actor: String(req.auth?.payload["client_id"]),
    seller: SELLERS[sellerOf(req)] ?? "",
  }));
  app.get("/orders/:size", check, requiredScopes("orders.read"), record, handler);
  return app;
}

function sign(key: Parameters<SignJWT["sign"]>[0], jkt: string): Promise<string> {
  return new SignJWT({ client_id: TOOL, scope: "orders.read", cnf: { jkt } })
    .setProtectedHeader({ alg: ALGORITHM, typ: "at+jwt" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(TOOL)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(key);
}
