import { createHash } from "node:crypto";
import type { Actor, Detail } from "@garim/audit";
import { decideFlow, decideOverseas, listFlowGaps } from "@garim/policy";
import { createTeller } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import { readFlow, readName } from "./check.ts";
import type { FiledFlow, Flow, FlowName, FlowParty, Flows } from "./flow.ts";

/**
 * Opens the register of flows.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createFlows(options: RegisterOptions): Promise<Flows> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<FiledFlow>(database, follower, "flows");

  /** The narrowest entry there is, also one that is over: what was ended for one recipient does not go on by the entry for all. */
  function find({ from, to, isOverseas }: FlowName): FiledFlow | null {
    for (const sender of [from, everyOne(from)])
      for (const recipient of [to, everyOne(to)]) {
        const found = room.get(keyOf({ from: sender, to: recipient, isOverseas }));
        if (found !== undefined) return found;
      }
    return null;
  }

  return {
    find,
    list: () => room.values().toSorted((one, other) => compare(keyOf(nameOf(one)), keyOf(nameOf(other)))),
    judge: (from, to, now) => decideFlow(find({ from, to, isOverseas: false }), now, policy),
    judgeOverseas: (from, to, now) => decideOverseas(find({ from, to, isOverseas: true }), now, policy),
    async put(given, keeper) {
      const flow = readFlow(given);
      const filed: FiledFlow = { ...flow, filedAt: clock(), endedAt: null };
      await tell(keeper, { action: "put-flow", ...aboutOf(filed), detail: describe(filed) });
      await room.change(keyOf(nameOf(filed)), () => filed);
      return filed;
    },
    async end(given, keeper) {
      const name = readName(given);
      const ended = await room.change(keyOf(name), (filed) => end(filed, clock()));
      if (ended === undefined) return null;
      await tell(keeper, { action: "end-flow", ...aboutOf(ended), detail: describe(ended) });
      return ended;
    },
  };
}

/** The name of an entry. */
function nameOf({ kind, from, to }: Flow): FlowName {
  return { from, to, isOverseas: kind === "overseas" };
}

function everyOne({ kind }: FlowParty): FlowParty {
  return { kind, id: "*" };
}

function keyOf({ from, to, isOverseas }: FlowName): string {
  return JSON.stringify([from.kind, from.id, to.kind, to.id, isOverseas]);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What is over is left as it is: its end is not moved. */
function end(filed: FiledFlow | undefined, now: number): FiledFlow | null {
  if (filed === undefined || filed.endedAt !== null) return null;
  if (filed.endsAt !== null && filed.endsAt <= now) return null;
  // An entry that has not begun ends before it does.
  return { ...filed, startsAt: Math.min(filed.startsAt, now - 1), endsAt: now, endedAt: now };
}

/** A tool is found in the log by its id; of others the detail tells. */
function aboutOf({ from, to }: Flow): { readonly target?: Actor } {
  if (to.kind !== "tool") return {};
  return { target: { kind: "tool", id: to.id, sellerId: from.kind === "seller" ? from.id : null } };
}

/** The whole entry is too long for a record: its hash shows later that it was this one. */
function describe(flow: FiledFlow): Detail {
  const { kind, from, to, evidence, startsAt, endsAt } = flow;
  const sides =
    evidence === null
      ? {}
      : {
          business: evidence.business,
          benefit: evidence.benefit,
          direction: evidence.direction,
          document: evidence.document,
        };
  return {
    kind,
    from: `${from.kind} ${from.id}`,
    to: `${to.kind} ${to.id}`,
    gaps: listFlowGaps(flow).join(", "),
    ...sides,
    startsAt: new Date(startsAt).toISOString(),
    ...(endsAt === null ? {} : { endsAt: new Date(endsAt).toISOString() }),
    entry: createHash("sha256").update(JSON.stringify(flow)).digest("hex"),
  };
}
