import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { filePlace, type LogDatabase, type Verdict, verifyLog } from "@garim/audit";
import { ORIGIN } from "../host/settings.ts";
import { moment } from "../moment.ts";
import type { Breach } from "./breach.ts";

/** Nodes sign what is new within a second, and what is left when they are idle within a minute. */
const SEALED_MS = 90_000;

/**
 * Verifies the whole log as an auditor does, from its copy outside the database.
 *
 * @param last - the place up to which everything must be proven
 */
export async function proveLog(
  database: LogDatabase,
  folder: string,
  keys: readonly string[],
  last: number,
): Promise<readonly Breach[]> {
  const place = filePlace(join(folder, "checkpoints"));
  const until = moment() + SEALED_MS;
  for (;;) {
    const verdict = await verifyLog({ database, place, keys, origin: ORIGIN, isReplay: true });
    const isProven = verdict.isIntact && (verdict.proven.until?.place ?? 0) >= last;
    if (isProven || moment() > until) return judge(verdict, isProven);
    await sleep(500);
  }
}

function judge({ damages, replay, proven }: Verdict, isProven: boolean): readonly Breach[] {
  const all = damages.map(({ what }) => what);
  const differences = (replay?.differences ?? []).map((one) => `decided otherwise: ${JSON.stringify(one)}`);
  const rest = isProven || all.length > 0 ? [] : [`proven only until ${proven.until?.place ?? "nowhere"}`];
  return [...all, ...differences, ...rest].map((what) => ({ check: "log", what }));
}
