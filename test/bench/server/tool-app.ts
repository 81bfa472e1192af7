import { randomUUID } from "node:crypto";
import type { Garim, ToolOptions } from "@garim/express";
import { ALL_KINDS, PII_KINDS } from "@garim/policy";
import express, { type Express, type RequestHandler } from "express";
import { importJWK, SignJWT } from "jose";
import { orderSchema } from "../orders.ts";
import { openGarim } from "./garim.ts";
import { listOrders, SELLERS } from "./shop.ts";
import { KEEPER, NO_END, OPERATOR } from "./tool-desk.ts";
import { AUDIENCE, ISSUER, TOKEN_PATH } from "./tool-words.ts";

const PLENTY = 1_000_000_000;
const SECONDS = 300;

const TOOLS: ToolOptions = {
  issuer: ISSUER,
  audience: AUDIENCE,
  budgets: {
    keyRequests: PLENTY,
    toolRequests: PLENTY,
    addressRequests: PLENTY,
    sellerRequests: PLENTY,
    keySubjects: PLENTY,
    toolSubjects: PLENTY,
    sellerSubjects: PLENTY,
    addressSubjects: PLENTY,
  },
};

/** A shop whose sellers all granted one tool; it gives that tool a token for the key it names. */
export async function openToolApp(): Promise<Express> {
  const handler = listOrders();
  const garim = await openGarim({ tools: TOOLS });
  const toolId = await grantAll(garim);
  const app = express();
  const reads = { purpose: "fulfilment", tools: "orders.read" };
  app.get("/orders/:size", garim.reveal([orderSchema], reads), handler);
  app.post(TOKEN_PATH, express.json(), giveToken(garim, toolId));
  return app;
}

async function grantAll({ tools: desk }: Garim): Promise<string> {
  await desk.keys.rotate({ owner: "bench", by: null });
  const { toolId } = await desk.tools.apply(
    {
      name: { ko: "벤치", en: "Bench" },
      tier: "key",
      jwksUri: "https://tool.example/jwks.json",
      redirectUris: ["https://tool.example/back"],
      addresses: ["127.0.0.1"],
      ownerContact: "ops@tool.example",
    },
    null,
  );
  await desk.tools.approve(toolId, OPERATOR);
  await desk.register.putAgreement({ toolId, version: "1", document: "1", ...NO_END }, KEEPER);
  for (const sellerId of SELLERS) await grantOne({ tools: desk }, toolId, sellerId);
  return toolId;
}

async function grantOne(
  { tools: { register, grants } }: Pick<Garim, "tools">,
  toolId: string,
  sellerId: string,
): Promise<void> {
  const contract = { sellerId, toolId, tasks: ["labels"], subProcessors: [], document: "1", ...NO_END };
  await register.putContract(contract, KEEPER);
  const scope = { kinds: ALL_KINDS, purposes: ["fulfilment"], states: ["open", "claim"] } as const;
  const by = { kind: "staff", id: "owner", sellerId } as const;
  const parties = { toolId, sellerId, by, agreement: NO_END, contract: NO_END };
  const made = await grants.make({ ...parties, ...scope, endsAt: null });
  if ("kind" in made) throw new Error(made.reason);
}

/** As the token server makes it, at the shop's own cost: no request that is measured comes here. */
function giveToken({ tools: { keys, issued } }: Garim, toolId: string): RequestHandler {
  return async (req, res) => {
    const { kid, algorithm, privateJwk } = keys.signing();
    const id = randomUUID();
    const now = Math.floor(Date.now() / 1_000);
    const detail = { type: "order_pii", fields: PII_KINDS, purpose: "fulfilment" };
    const claims = { client_id: toolId, scope: "orders.read", authorization_details: [detail] };
    const token = await new SignJWT({ ...claims, cnf: { jkt: req.body.jkt } })
      .setProtectedHeader({ alg: algorithm, typ: "at+jwt", kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(toolId)
      .setJti(id)
      .setIssuedAt(now)
      .setExpirationTime(now + SECONDS)
      .sign(await importJWK(privateJwk, algorithm));
    await issued.add({ id, toolId, grantId: null, keyId: kid, expiresAt: (now + SECONDS) * 1_000 });
    res.json({ token });
  };
}
