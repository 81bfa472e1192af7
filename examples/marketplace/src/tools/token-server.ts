import type { Garim } from "@garim/express";
import { type TokenServerOptions, tokenServer } from "@garim/token-server";
import type { Express } from "express";
import { TOKEN_PATH, TOOL_PATH } from "./tool-options.ts";

/**
 * Mounts what gives tools their tokens. It stands before what guards the market's own pages: tools are no pages, and the consent page
 * guards itself.
 */
export async function addTokenServer(app: Express, garim: Garim, looks: TokenServerOptions): Promise<void> {
  await garim.tools.follower.ready();
  if (garim.tools.keys.list().length === 0) await garim.tools.keys.rotate({ owner: "market", by: null });
  const server = tokenServer(garim, looks);
  app.use(server.metadata());
  app.get(`/.well-known/oauth-protected-resource${TOOL_PATH}`, garim.tools.metadata());
  app.use(TOKEN_PATH, server);
}
