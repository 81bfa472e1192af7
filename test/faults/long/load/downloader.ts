import { setTimeout as sleep } from "node:timers/promises";
import { PAGES } from "../orders.ts";
import type { Browser } from "./browser.ts";
import { jsonOf } from "./client.ts";
import type { Person } from "./person.ts";
import type { Stage } from "./reader.ts";

const ASK = {
  purpose: "shipping",
  why: "오늘 발송분 송장 출력",
  password: "Correct7!Battery-Staple",
} as const;
/** Thoughts between two files: of a day's rows there may be ten thousand, which is an hour of the soak. */
const PAUSE_THOUGHTS = 25;
const POLL_MS = 250;
const POLLS = 80;
/** A file is encrypted: how it begins will do. */
const KEPT = 512;

/** Asks for one file after the other, and fetches each by both nodes at the same moment. */
export async function downloadForEver(stage: Stage, person: Person): Promise<never> {
  for (;;) {
    const browser = await person.prove("download");
    while (await downloadOnce(stage, browser)) await sleep(PAUSE_THOUGHTS * stage.thinkMs);
  }
}

/** @returns whether the session lives */
async function downloadOnce({ client, chance }: Stage, browser: Browser): Promise<boolean> {
  const node = chance.wholeBelow(client.nodes);
  const headers = { "x-page": String(chance.wholeBelow(PAGES)) };
  const begun = await browser.send({
    ask: "other",
    node,
    method: "POST",
    path: "/exports",
    body: ASK,
    headers,
  });
  const { id, link } = jsonOf(begun);
  if (begun.status !== 202) return begun.status !== 401;
  for (let polls = 0; polls < POLLS; polls++) {
    await sleep(POLL_MS);
    const told = await browser.send({ ask: "other", node, path: `/exports/${String(id)}` });
    if (told.status === 401) return false;
    const { state } = jsonOf(told);
    if (told.status === 200 && state !== "running") break;
  }
  const path = `/exports/${String(id)}/file?key=${String(link)}`;
  const both = Array.from({ length: client.nodes }, (_, i) =>
    browser.send({ ask: "link", node: i, path, once: String(id), keep: KEPT }),
  );
  const replies = await Promise.all(both);
  return replies.every(({ status }) => status !== 401);
}
