import { randomUUID } from "node:crypto";
import { readId, readLine, refuseMember } from "../input.ts";
import { type Keeper, nameOf, type Tell } from "../on-record.ts";
import { askRow, askRowAgain, type DutyDatabase } from "../store/database.ts";
import type { DataHold, HoldInput, PlacedDataHold } from "./data-hold.ts";
import { HOLD, HOLDS, RELEASE } from "./retention-sql.ts";
import { hashOf } from "./tool-calls.ts";

const MOST_HELD = 1_000;

/** The holds of a deployment, read from the database each time: a hold counts for every node at once. */
export interface DataHolds {
  place(given: HoldInput, keeper: Keeper): Promise<PlacedDataHold>;
  release(id: string, reason: string, keeper: Keeper): Promise<DataHold | null>;
  read(isHolding: boolean): Promise<readonly DataHold[]>;
}

/** @source garim/hold */
export function createDataHolds(database: DutyDatabase, tell: Tell, clock: () => number): DataHolds {
  const read = async (isHolding: boolean): Promise<readonly DataHold[]> => {
    const { found } = await askRowAgain(database, HOLDS, [isHolding]);
    return JSON.parse(String(found));
  };

  return {
    read,
    // What keeps comes first: a hold that is not on record yet holds all the same.
    async place(given, keeper) {
      const { recordType, recordIds, reason } = readHold(given);
      const [id, placedAt, placedBy] = [randomUUID(), clock(), nameOf(keeper)];
      const ids = recordIds === null ? null : JSON.stringify(recordIds);
      const row = await askRow(database, HOLD, [id, recordType, ids, reason, placedAt, placedBy]);
      const whose = recordIds === null ? {} : { records: recordIds.length, list: hashOf(recordIds) };
      await tell(keeper, { action: "hold-data", detail: { hold: id, recordType, ...whose, reason } });
      const placed = { id, recordType, recordIds, reason, placedAt, placedBy };
      const [underWay, gone] = [Number(row["under_way"]), Number(row["gone"])];
      return { ...placed, releasedAt: null, releasedBy: null, underWay, gone };
    },
    async release(id, given, keeper) {
      const reason = readLine("reason", given);
      const hold = (await read(true)).find((one) => one.id === id);
      if (hold === undefined) return null;
      await tell(keeper, { action: "release-data", detail: { hold: id, reason } });
      const [releasedAt, releasedBy] = [clock(), nameOf(keeper)];
      await askRowAgain(database, RELEASE, [id, releasedAt, releasedBy]);
      return { ...hold, releasedAt, releasedBy };
    },
  };
}

function readHold({ recordType, recordIds, reason }: HoldInput): HoldInput {
  return {
    recordType: readId("recordType", recordType),
    recordIds: recordIds === null || recordIds === undefined ? null : readIds(recordIds),
    reason: readLine("reason", reason),
  };
}

function readIds(ids: unknown): readonly string[] {
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_HELD)
    throw refuseMember("recordIds", `a list of 1 to ${MOST_HELD} ids, or null for every record of the kind`);
  return [...new Set(ids.map((id) => readId("recordIds", id)))];
}
