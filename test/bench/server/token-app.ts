import { tokenServer } from "@garim/token-server";
import express, { type Express } from "express";
import { openGarim } from "./garim.ts";
import { SELLERS } from "./shop.ts";
import { KEEPER, NO_END, OPERATOR } from "./tool-desk.ts";
import { AUDIENCE, ISSUER, TOOL_PATH } from "./tool-words.ts";

/** A token server with one tool, of the key set `BENCH_JWKS`, whose contracts with all sellers are on file. */
export async function openTokenApp(): Promise<Express> {
  const garim = await openGarim({ tools: { issuer: ISSUER, audience: AUDIENCE } });
  const { keys, tools, register } = garim.tools;
  await keys.rotate({ owner: "bench", by: null });
  const { toolId } = await tools.apply(
    {
      name: { ko: "벤치", en: "Bench" },
      tier: "key",
      jwks: JSON.parse(process.env["BENCH_JWKS"] ?? "{}"),
      redirectUris: ["https://tool.example/back"],
      addresses: ["127.0.0.1"],
      ownerContact: "ops@tool.example",
    },
    null,
  );
  await tools.approve(toolId, OPERATOR);
  await register.putAgreement({ toolId, version: "1", document: "1", ...NO_END }, KEEPER);
  for (const sellerId of SELLERS) {
    const contract = { sellerId, toolId, tasks: ["labels"], subProcessors: [], document: "1", ...NO_END };
    await register.putContract(contract, KEEPER);
  }
  const server = tokenServer(garim);
  const app = express();
  app.use(server.metadata());
  app.use(garim.session());
  app.use("/oauth", server);
  app.use("/privacy", garim.privacy());
  app.get(TOOL_PATH, garim.unguarded("the bench's own question"), (_req, res) => void res.json({ toolId }));
  app.use(garim.errors());
  return app;
}
