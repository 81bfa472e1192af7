import { randomUUID } from "node:crypto";
import type { Garim } from "@garim/express";
import { ALL_KINDS, DAY, PII_KINDS } from "@garim/policy";
import { type Express, json, type Request, type Response } from "express";
import { importJWK, SignJWT } from "jose";
import { sayOut } from "./outage.ts";

const OPERATOR = { kind: "operator", id: "desk", sellerId: null } as const;
const KEEPER = {
  actor: OPERATOR,
  session: null,
  factor: null,
  origin: { ip: "127.0.0.1", agent: null },
  route: "desk",
} as const;
const TOKEN_SECONDS = 300;

export const ISSUER = "https://faults.example/oauth";
export const AUDIENCE = "https://faults.example/api";

/** What the marketplace's back office does: registers the tool, lets sellers agree, gives tokens. */
export function addDesk(app: Express, garim: Garim, clock: () => number): void {
  const open = garim.unguarded("the desk of the marketplace");
  const answer =
    (work: (req: Request) => Promise<unknown>) =>
    async (req: Request, res: Response): Promise<void> =>
      void res.json(await work(req).catch(sayOut));
  app.post(
    "/desk/tool",
    open,
    json(),
    answer(() => registerTool(garim, clock())),
  );
  app.post(
    "/desk/grants",
    open,
    json(),
    answer((req) => grant(garim, req.body, clock())),
  );
  app.post(
    "/desk/token",
    open,
    json(),
    answer((req) => giveToken(garim, req.body, clock())),
  );
}

async function registerTool({ tools: desk }: Garim, now: number): Promise<{ toolId: string }> {
  await desk.keys.rotate({ owner: "faults", by: null });
  const { toolId } = await desk.tools.apply(
    {
      name: { ko: "송장도우미", en: "Label Helper" },
      tier: "key",
      jwksUri: "https://tool.example/jwks.json",
      redirectUris: ["https://tool.example/back"],
      addresses: ["127.0.0.1"],
      ownerContact: "ops@tool.example",
    },
    null,
  );
  await desk.tools.approve(toolId, OPERATOR);
  const signed = { signedAt: now - DAY, endsAt: null };
  await desk.register.putAgreement({ toolId, version: "1", document: "1", ...signed }, KEEPER);
  return { toolId };
}

async function grant(
  { tools: { grants, register } }: Garim,
  { toolId, seller: sellerId }: { readonly toolId: string; readonly seller: string },
  now: number,
): Promise<{ grantId: string }> {
  const signed = { signedAt: now - DAY, endsAt: null };
  const contract = { sellerId, toolId, tasks: ["labels"], subProcessors: [], document: "1", ...signed };
  await register.putContract(contract, KEEPER);
  const by = { kind: "staff", id: `owner-${sellerId}`, sellerId } as const;
  const scope = { kinds: ALL_KINDS, purposes: ["fulfilment"], states: ["open", "claim"] } as const;
  const parties = { toolId, sellerId, by, agreement: signed, contract: signed };
  const made = await grants.make({ ...parties, ...scope, endsAt: null });
  if ("kind" in made) throw new Error(`the grant was refused: ${made.reason}`);
  return { grantId: made.id };
}

/** As a token server makes it. */
async function giveToken(
  { tools: { keys, issued } }: Garim,
  { toolId, jkt }: { readonly toolId: string; readonly jkt: string },
  nowMs: number,
): Promise<{ token: string }> {
  const { kid, algorithm, privateJwk } = keys.signing();
  const id = randomUUID();
  const now = Math.floor(nowMs / 1_000);
  const detail = { type: "order_pii", fields: PII_KINDS, purpose: "fulfilment" };
  const claims = { client_id: toolId, scope: "orders.read", authorization_details: [detail] };
  const token = await new SignJWT({ ...claims, cnf: { jkt } })
    .setProtectedHeader({ alg: algorithm, typ: "at+jwt", kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(toolId)
    .setJti(id)
    .setIssuedAt(now)
    .setExpirationTime(now + TOKEN_SECONDS)
    .sign(await importJWK(privateJwk, algorithm));
  await issued.add({ id, toolId, grantId: null, keyId: kid, expiresAt: (now + TOKEN_SECONDS) * 1_000 });
  return { token };
}
