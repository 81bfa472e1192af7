import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../../seeded.ts";
import type { Deed } from "../answered.ts";
import { moment } from "../moment.ts";
import { ORDERS, PAGES, pageOf, sellerOf } from "../orders.ts";
import type { Browser } from "./browser.ts";
import type { Client } from "./client.ts";
import type { Person } from "./person.ts";

/** What everybody of the load shares. */
export interface Stage {
  readonly client: Client;
  readonly chance: Chance;
  readonly thinkMs: number;
  /** How long a session lasts; half as long or half as long again. */
  readonly sessionMs: number;
  /** The order of each seller that was confirmed last: what is looked at most. */
  readonly hot: Map<string, number>;
  readonly done: (deed: Deed) => void;
}

const AFTER_END_MS = 2_500;
const AFTER_SECOND_MS = 1_100;
const AFTER_FAILURE_MS = 100;

/** Reads and reads: proves a factor, looks at pages, signs out, and looks on with the cookies of the session that ended. */
export async function readForEver(stage: Stage, person: Person): Promise<never> {
  for (;;) {
    const browser = await person.prove();
    const until = moment() + stage.sessionMs * (0.5 + stage.chance.below(1));
    while (moment() < until && (await readOnce(stage, browser, "page"))) await think(stage);
    const stolen = browser.steal();
    if (await signOut(stage, browser)) await readAfterEnd(stage, stolen);
  }
}

/** Reads from one node, without an end: by these answers it shows when a node is back. */
export async function probeForEver(stage: Stage, person: Person, node: number): Promise<never> {
  for (;;) {
    const browser = await person.prove();
    for (;;) {
      const { status } = await browser.send({ ask: "page", node, path: "/orders?page=0" });
      if (status === 401) break;
      await sleep(stage.thinkMs / 2);
    }
  }
}

/** @returns whether the session lives */
async function readOnce(stage: Stage, browser: Browser, ask: "page" | "page-signed-out"): Promise<boolean> {
  const { chance, client, hot } = stage;
  const node = chance.wholeBelow(client.nodes);
  if (ask === "page" && chance.below(1) < 0.05) await readForeign(stage, browser, node);
  const lately = hot.get(browser.seller);
  const page = lately !== undefined && chance.below(1) < 0.5 ? pageOf(lately) : chance.wholeBelow(PAGES);
  const { status } = await browser.send({ ask, node, path: `/orders?page=${page}` });
  if (status !== 200) await sleep(AFTER_FAILURE_MS);
  return status !== 401;
}

async function readForeign({ chance }: Stage, browser: Browser, node: number): Promise<void> {
  let order = chance.wholeBelow(ORDERS);
  if (sellerOf(order) === browser.seller) order = (order + 1) % ORDERS;
  await browser.send({ ask: "foreign-order", node, path: `/orders/${order}` });
}

/** @returns whether it was acknowledged, once or again */
async function signOut({ chance, client, done }: Stage, browser: Browser): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const node = chance.wholeBelow(client.nodes);
    const path = "/privacy/sign-out";
    const { status, endedAt } = await browser.send({ ask: "other", node, method: "POST", path, body: {} });
    if (status === 204) {
      done({ deed: "signed-out", session: browser.session, at: endedAt });
      return true;
    }
    // It ended by itself, or in an answer that was lost.
    if (status === 401) return false;
    await sleep(AFTER_FAILURE_MS);
  }
  return false;
}

async function readAfterEnd(stage: Stage, browser: Browser): Promise<void> {
  // Now and then nobody comes before the second is over: what comes sooner may wake a node that slept.
  if (stage.chance.below(1) < 0.5) await sleep(AFTER_SECOND_MS);
  const until = moment() + AFTER_END_MS;
  while (moment() < until) {
    await readOnce(stage, browser, "page-signed-out");
    await think(stage);
  }
}

function think({ chance, thinkMs }: Stage): Promise<void> {
  return sleep(thinkMs * (0.5 + chance.below(1)));
}
