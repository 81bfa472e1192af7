import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { Line } from "../store.ts";

/** An answer as the marketplace gives it. */
export interface Said {
  readonly status: number;
  readonly body: object;
}

/** A stand-in for a marketplace, of which a test says what it answers: the real one does not fail when it is told to. */
export interface TinyMarket {
  readonly url: string;
  /** What the token endpoint says next; what it says otherwise. */
  token: Said;
  /** What it says to a tool that asks for a token for receipts alone. */
  receiptsToken: Said;
  /** What the API says. */
  lines: Said;
  /** What it says to a receipt. */
  receipt: Said;
  /** Parameters of the request that was pushed last. */
  readonly pushed: () => URLSearchParams;
  /** Receipts it was sent. */
  readonly receipts: unknown[];
  /** How many tools applied. */
  readonly applied: () => number;
  close(): Promise<void>;
}

/** A token for sellers, as the market issues it. */
export function tokenFor(...sellers: readonly string[]): Said {
  const details = [{ type: "order_pii", sellers }];
  return {
    status: 200,
    body: { access_token: "t", token_type: "DPoP", expires_in: 300, authorization_details: details },
  };
}

/** What a receipt is answered by. */
export const TAKEN: Said = { status: 201, body: { receipt: "r", confirmed: [], unknown: [] } };

/** A page of lines. */
export function pageOf(...lines: readonly Line[]): Said {
  return { status: 200, body: { next: null, lines } };
}

export async function openTinyMarket(): Promise<TinyMarket> {
  let pushed = new URLSearchParams();
  let applied = 0;
  const server = createServer(async (req, res) => {
    const { status, body } = await answer(req);
    res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
  const answer = async (req: IncomingMessage): Promise<Said> => {
    const sent = await text(req);
    switch (req.url?.split("?")[0]) {
      case "/.well-known/oauth-authorization-server/oauth":
        return { status: 200, body: metadataOf(url) };
      case "/oauth/tools":
        applied += 1;
        return { status: 201, body: { toolId: `tool-${applied}` } };
      case "/oauth/pushed":
        pushed = new URLSearchParams(sent);
        return { status: 201, body: { request_uri: "urn:request:1", expires_in: 60 } };
      case "/oauth/token":
        return new URLSearchParams(sent).get("scope") === "garim:receipts"
          ? market.receiptsToken
          : market.token;
      case "/tool/receipts":
        market.receipts.push(JSON.parse(sent));
        return market.receipt;
      default:
        return market.lines;
    }
  };
  const market: TinyMarket = {
    url,
    token: tokenFor("maru"),
    receiptsToken: tokenFor(),
    lines: pageOf(),
    receipt: TAKEN,
    receipts: [],
    pushed: () => pushed,
    applied: () => applied,
    async close() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
  return market;
}

function metadataOf(url: string): object {
  const issuer = `${url}/oauth`;
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    pushed_authorization_request_endpoint: `${issuer}/pushed`,
    dpop_signing_alg_values_supported: ["ES256"],
    code_challenge_methods_supported: ["S256"],
  };
}
