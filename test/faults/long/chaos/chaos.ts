import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../../seeded.ts";
import { moment } from "../moment.ts";
import type { Parts } from "../parts/parts.ts";
import { kindsOf, lengthOf } from "./faults.ts";
import type { RecoveryWatch } from "./recovery.ts";

/** One fault that was. */
export interface Past {
  readonly name: string;
  readonly lastedMs: number;
  /** How long after the parts were back each node served again, milliseconds; `null` where it did not within the patience. */
  readonly recoveries: readonly (number | null)[];
}

const PATIENCE_MS = 40_000;
const QUIET_MS = 1_200;

/** Breaks one thing after the other, and waits each time until every node serves again. Each kind comes before one comes again. */
export async function* breakThings(
  parts: Parts,
  watch: RecoveryWatch,
  chance: Chance,
  until: number,
): AsyncGenerator<Past> {
  const kinds = kindsOf(parts);
  for (let turn: (typeof kinds)[number][] = []; moment() < until; ) {
    if (turn.length === 0) turn = [...kinds];
    const [make] = turn.splice(chance.wholeBelow(turn.length), 1);
    if (make === undefined) return;
    await sleep(chance.below(QUIET_MS));
    const fault = make(parts, chance);
    const from = moment();
    await fault.begin();
    await sleep(lengthOf(chance));
    await fault.end();
    const backAt = moment();
    const recoveries = await Promise.all(
      parts.nodes.map(async (_, node) => (await watch.served(node, backAt, PATIENCE_MS)) ?? null),
    );
    yield { name: fault.name, lastedMs: backAt - from, recoveries };
  }
}
