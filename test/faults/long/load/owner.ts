import { setTimeout as sleep } from "node:timers/promises";
import { moment } from "../moment.ts";
import type { Browser } from "./browser.ts";
import { jsonOf } from "./client.ts";
import type { Person } from "./person.ts";
import type { Stage } from "./reader.ts";
import { askDesk } from "./tool.ts";

const AGREED_MS = 3_000;
const REVOKED_MS = 4_000;
const AGAIN_MS = 150;
/** By then a grant whose answer was lost was made, or never will be: else it could come after the next revocation. */
const LATE_MS = 12_000;

/** An owner who takes a tool's grant back and agrees again, over and over. */
export async function wavererForEver(
  stage: Stage,
  person: Person,
  toolId: string,
  seller: string,
): Promise<never> {
  let browser = await person.prove("manage");
  for (;;) {
    await sleep(AGREED_MS * (0.5 + stage.chance.below(1)));
    browser = await revokeAll(stage, person, browser, seller);
    await sleep(REVOKED_MS);
    stage.done({ deed: "granted", seller, at: moment() });
    const { isRepeated } = await askDesk(stage, "/desk/grants", { toolId, seller });
    if (isRepeated) await sleep(LATE_MS);
  }
}

/** A grant in the list of a seller's; `reason` says why it gives nothing. */
interface Connection {
  readonly id: string;
  readonly reason: string | null;
}

/** Revokes until no grant is live: one that was made in an answer that got lost is there, too. */
async function revokeAll(
  { client, chance, done }: Stage,
  person: Person,
  first: Browser,
  seller: string,
): Promise<Browser> {
  let browser = first;
  for (;;) {
    const node = chance.wholeBelow(client.nodes);
    const list = await browser.send({ ask: "other", node, path: "/privacy/tools" });
    if (list.status === 401) browser = await person.prove("manage");
    const tools = (jsonOf(list)["tools"] ?? []) as readonly Connection[];
    // A node whose clock is behind does not take a new grant for live yet: it is no less there.
    const live = tools.filter(({ reason }) => reason !== "grant-revoked");
    if (list.status === 200 && live.length === 0) {
      done({ deed: "revoked", seller, at: list.endedAt });
      return browser;
    }
    for (const { id } of live) {
      const path = `/privacy/tools/${id}`;
      const { status } = await browser.send({ ask: "other", node, method: "DELETE", path });
      if (status === 401) browser = await person.prove("manage");
    }
    if (list.status !== 200) await sleep(AGAIN_MS);
  }
}
