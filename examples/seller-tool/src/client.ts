import * as oauth from "openid-client";
import { importPair, KEY_ID } from "./keys.ts";
import { PlainError } from "./plain-error.ts";
import type { Store } from "./store.ts";

/** What every request to the marketplace needs. */
export interface Client {
  readonly config: oauth.Configuration;
  /** Signs a proof for each request: tokens are bound to this tool's key. */
  readonly DPoP: oauth.DPoPHandle;
  /** The API the tokens are for. */
  readonly api: string;
}

/** What this tool asks of a seller, and why. Nothing more than a label needs. */
export const ASKED = {
  type: "order_pii",
  fields: ["name", "phone", "postcode", "address"],
  purpose: "fulfilment",
  states: ["open"],
} as const;

export const SCOPE = "orders.read";

/** Finds the token server of a marketplace by its metadata (RFC 8414). Nothing of it is written down here. */
export async function openClient(store: Store, market: string): Promise<Client> {
  const { toolId, clientKey, proofKey } = store.read();
  if (toolId === null || clientKey === null || proofKey === null)
    throw new PlainError("This tool did not apply at the marketplace yet");
  const { privateKey } = await importPair(clientKey);
  const config = await oauth.discovery(
    new URL(`${market}/oauth`),
    toolId,
    {},
    oauth.PrivateKeyJwt({ key: privateKey, kid: KEY_ID }),
    // The demo runs on this machine, without TLS; a real marketplace has it, and this goes.
    {
      algorithm: "oauth2",
      execute: new URL(market).protocol === "http:" ? [oauth.allowInsecureRequests] : [],
    },
  );
  return { config, DPoP: oauth.getDPoPHandle(config, await importPair(proofKey)), api: `${market}/tool` };
}
