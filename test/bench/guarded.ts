import type { BenchRow } from "./row.ts";
import type { ServedApp } from "./server/apps.ts";
import { openLoad } from "./server/load.ts";
import { logIn } from "./server/person.ts";
import { type RunningServer, startServer } from "./server/process.ts";
import { compareLoads } from "./server/rates.ts";
import { type Addresses, onServices } from "./server/services.ts";
import { SELLERS } from "./server/shop.ts";

const SUBJECT = "guarded request: session, second factor, decision, durable record on PostgreSQL, masking";
const AGAINST = "bare res.json of the unmasked page, same handler";
const BORN = "with the serverOptions of @garim/express";
const UNIT = "times the requests a second at 64 connections";

/** The rows about whole requests. */
export const rows: readonly BenchRow[] = [
  {
    id: "R1",
    subject: `${SUBJECT}, ${BORN}; page of 100`,
    against: AGAINST,
    unit: UNIT,
    target: { atLeast: 1.6 },
    run: () =>
      onServices(["postgres"], (addresses) => compareServers("guarded born", "bare", 100, addresses)),
  },
  {
    id: "R2",
    subject: `${SUBJECT}, ${BORN}; page of 20`,
    against: AGAINST,
    unit: UNIT,
    target: { atLeast: 1 },
    run: () => onServices(["postgres"], (addresses) => compareServers("guarded born", "bare", 20, addresses)),
  },
  {
    id: "R2-born",
    subject: `${SUBJECT}, ${BORN}; page of 20`,
    against: `${AGAINST}, ${BORN}, too`,
    unit: UNIT,
    target: { atLeast: 1 },
    run: () =>
      onServices(["postgres"], (addresses) => compareServers("guarded born", "bare born", 20, addresses)),
  },
];

/** The median over rounds of one's requests a second to the other's, each server in a process of its own. */
async function compareServers(
  one: ServedApp,
  other: ServedApp,
  pageSize: number,
  addresses: Addresses,
): Promise<number> {
  const servers: RunningServer[] = [];
  try {
    servers.push(await startServer(one, addresses), await startServer(other));
    const [guarded = Number.NaN, bare = Number.NaN] = servers.map(({ port }) => port);
    const people = await Promise.all(SELLERS.map((_, seller) => logIn(guarded, seller)));
    const path = `/orders/${pageSize}`;
    await checkAnswers(guarded, bare, path, people[0] ?? {});
    return await compareLoads(openLoad(guarded, path, people), openLoad(bare, path, people));
  } finally {
    for (const server of servers) server.stop();
  }
}

/** A figure of answers that are not masked, or not recorded, would be no figure. */
async function checkAnswers(
  guarded: number,
  bare: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const [ours, theirs] = await Promise.all(
    [guarded, bare].map((port) => fetch(`http://127.0.0.1:${port}${path}`, { headers })),
  );
  const isRecorded = ours?.headers.get("garim-record") !== null;
  const [text = "", clear = ""] = [await ours?.text(), await theirs?.text()];
  if (
    !isRecorded ||
    !text.includes('"_masked"') ||
    clear.includes('"_masked"') ||
    text.length < clear.length / 2
  )
    throw new Error(`The guarded server does not guard: ${ours?.status} ${text.slice(0, 500)}`);
}
