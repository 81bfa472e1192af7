import * as oauth from "openid-client";
import { ASKED, type Client, SCOPE } from "./client.ts";
import { sellersOf } from "./connection.ts";
import { isClear } from "./labels.ts";
import { MarketRefusal } from "./market-refusal.ts";
import { destroyedOf, sendReceipts } from "./receipts.ts";
import type { Line, Store } from "./store.ts";

/** What came of reading. */
export interface Synced {
  readonly lines: number;
  /** Those whose recipient the marketplace masks by now: what was kept of the person is gone here, too. */
  readonly masked: number;
  /** Sellers who ended the connection: everything of theirs was deleted. */
  readonly gone: readonly string[];
  /** How many lines the marketplace was told to be destroyed here. */
  readonly receipts: number;
}

/** A page of the API. */
interface Page {
  readonly next: string | null;
  readonly lines: readonly Line[];
}

/**
 * Reads the lines of all sellers who agreed with one token, and forgets what may not be kept: each sync replaces what was there by
 * what the marketplace still shows. What is gone by that, the marketplace is told.
 */
export async function sync(client: Client, store: Store): Promise<Synced> {
  const { sellers, lines: before, destroyed } = store.read();
  const token = sellers.length === 0 ? undefined : await askToken(client, sellers);
  const live = token === undefined ? [] : (sellersOf(token) ?? []);
  const lines = token === undefined ? [] : await readLines(client, token.access_token);
  store.write({
    sellers: live,
    lines,
    destroyed: [...destroyed, ...destroyedOf(before, lines, Date.now())],
  });
  const receipts = await sendReceipts(client, store, token?.access_token);
  return {
    lines: lines.length,
    masked: lines.filter((line) => !isClear(line)).length,
    gone: sellers.filter((seller) => !live.includes(seller)),
    receipts,
  };
}

/** A machine token for all of them; the answer leaves out those who agree no more. `undefined` where nobody is left. */
async function askToken(
  { config, DPoP }: Client,
  sellers: readonly string[],
): Promise<oauth.TokenEndpointResponse | undefined> {
  const details = JSON.stringify([{ ...ASKED, sellers }]);
  try {
    return await oauth.clientCredentialsGrant(
      config,
      { scope: SCOPE, authorization_details: details },
      { DPoP },
    );
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && error.error === "invalid_authorization_details")
      return undefined;
    throw error;
  }
}

async function readLines(client: Client, token: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let next: string | null = null;
  do {
    const page: Page = await readPage(client, token, next);
    lines.push(...page.lines);
    next = page.next;
  } while (next !== null);
  return lines;
}

async function readPage({ config, DPoP, api }: Client, token: string, after: string | null): Promise<Page> {
  const url = new URL(`${api}/lines`);
  if (after !== null) url.searchParams.set("after", after);
  const response = await oauth.fetchProtectedResource(config, token, url, "GET", null, new Headers(), {
    DPoP,
  });
  if (response.ok) return (await response.json()) as Page;
  const problem: unknown = await response.json().catch(() => ({}));
  throw new MarketRefusal(response.status, problem as Readonly<Record<string, unknown>>);
}
