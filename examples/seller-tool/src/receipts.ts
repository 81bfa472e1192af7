import * as oauth from "openid-client";
import type { Client } from "./client.ts";
import { MarketRefusal } from "./market-refusal.ts";
import type { Destroyed, Line, Store } from "./store.ts";

/** What the marketplace takes in one receipt. */
const MOST = 1_000;
const METHOD = "the line was overwritten in the tool's only file; there are no copies";

/** Lines of which somebody's data was kept, and is kept no more. @param at - UTC milliseconds */
export function destroyedOf(
  before: readonly Line[],
  after: readonly Line[],
  at: number,
): readonly Destroyed[] {
  const kept = new Set(after.filter(holdsPeople).map(({ id }) => id));
  return before
    .filter((line) => holdsPeople(line) && !kept.has(line.id))
    .map(({ id, seller }) => ({ id, seller, at }));
}

/** Whether anything of the recipient is clear in it; a label needs more than that. */
function holdsPeople({ recipient, _masked }: Line): boolean {
  return Object.entries(recipient).some(
    ([field, value]) => value !== null && _masked?.fields.includes(`recipient.${field}`) !== true,
  );
}

/**
 * Tells the marketplace what was destroyed here (파기 확인), seller by seller. What it did not take is told again with the next sync.
 *
 * @param reading - a token that reads; where the last seller ended it there is none, and one for receipts alone is asked for
 * @returns of how many lines
 * @throws MarketRefusal
 */
export async function sendReceipts(
  client: Client,
  store: Store,
  reading: string | undefined,
): Promise<number> {
  if (store.read().destroyed.length === 0) return 0;
  const token = reading ?? (await askReceiptsToken(client));
  if (token === undefined) store.write({ destroyed: [] });
  return token === undefined ? 0 : await sendAll(client, store, token);
}

/** Needs no seller, and reads nothing. `undefined` where the marketplace has all it wants to be told. */
async function askReceiptsToken({ config, DPoP }: Client): Promise<string | undefined> {
  try {
    const tokens = await oauth.clientCredentialsGrant(config, { scope: "garim:receipts" }, { DPoP });
    return tokens.access_token;
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && error.cause["reason"] === "receipt-not-owed")
      return undefined;
    throw error;
  }
}

async function sendAll(client: Client, store: Store, token: string): Promise<number> {
  let told = 0;
  for (let next = nextOf(store); next.length > 0; next = nextOf(store)) {
    await sendReceipt(client, token, next);
    store.write({ destroyed: store.read().destroyed.filter((one) => !next.includes(one)) });
    told += next.length;
  }
  return told;
}

/** The first seller's: a receipt is for one. */
function nextOf(store: Store): readonly Destroyed[] {
  const { destroyed } = store.read();
  return destroyed.filter(({ seller }) => seller === destroyed[0]?.seller).slice(0, MOST);
}

async function sendReceipt(
  { config, DPoP, api }: Client,
  token: string,
  some: readonly Destroyed[],
): Promise<void> {
  const receipt = {
    sellerId: some[0]?.seller,
    orderIds: some.map(({ id }) => id),
    destroyedAt: Math.max(...some.map(({ at }) => at)),
    method: METHOD,
  };
  const url = new URL(`${api}/receipts`);
  const headers = new Headers({ "content-type": "application/json" });
  const body = JSON.stringify(receipt);
  const response = await oauth.fetchProtectedResource(config, token, url, "POST", body, headers, { DPoP });
  if (response.ok) return;
  const problem: unknown = await response.json().catch(() => ({}));
  throw new MarketRefusal(response.status, problem as Readonly<Record<string, unknown>>);
}
