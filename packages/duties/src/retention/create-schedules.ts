import { createHash } from "node:crypto";
import type { Detail } from "@garim/audit";
import { ALLOW, decideScheduled, KEPT_KINDS, type KeptKind } from "@garim/policy";
import { readId, readLine, readWord, refuseMember } from "../input.ts";
import { createTeller } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import type { FiledSchedule, Schedule, Schedules } from "./schedule.ts";

/**
 * Opens the register of retention schedules.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createSchedules(options: RegisterOptions): Promise<Schedules> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<FiledSchedule>(database, follower, "schedules");

  function find(recordType: string): FiledSchedule | null {
    const filed = room.get(recordType);
    return filed === undefined || filed.endedAt !== null ? null : filed;
  }

  const list = (): readonly FiledSchedule[] =>
    room
      .values()
      .filter(({ endedAt }) => endedAt === null)
      .toSorted((one, other) => (one.recordType < other.recordType ? -1 : 1));

  return {
    find,
    list,
    judge(schemas) {
      if (policy.scheduleCondition !== 1) return ALLOW;
      const shown = new Set(list().flatMap(({ recordType, alsoShownAs }) => [recordType, ...alsoShownAs]));
      return decideScheduled(
        schemas.every((name) => shown.has(name)),
        policy,
      );
    },
    async put(given, keeper) {
      const filed: FiledSchedule = { ...readSchedule(given), filedAt: clock(), endedAt: null };
      await tell(keeper, { action: "put-schedule", detail: describe(filed) });
      await room.change(filed.recordType, () => filed);
      return filed;
    },
    async end(given, keeper) {
      const recordType = readId("recordType", given);
      if (find(recordType) === null) return null;
      const ended = await room.change(recordType, (filed) =>
        filed === undefined || filed.endedAt !== null ? null : { ...filed, endedAt: clock() },
      );
      if (ended === undefined) return null;
      await tell(keeper, { action: "end-schedule", detail: describe(ended) });
      return ended;
    },
  };
}

function readSchedule(given: Schedule): Schedule {
  if (typeof given !== "object" || given === null) throw refuseMember("schedule", "an object");
  const keeps = readKeeps(given.keeps);
  const { ko, en } = given.title ?? {};
  return {
    recordType: readId("recordType", given.recordType),
    alsoShownAs: readSchemas(given.alsoShownAs),
    title: { ko: readLine("title.ko", ko), en: readLine("title.en", en) },
    endsWith: readLine("endsWith", given.endsWith),
    keeps,
    apartIn: readPlace(given.apartIn, keeps),
    method: readLine("method", given.method),
  };
}

const MOST_SCHEMAS = 100;

function readSchemas(names: unknown): readonly string[] {
  if (!Array.isArray(names) || names.length > MOST_SCHEMAS)
    throw refuseMember("alsoShownAs", "a list of schemas' names; [] for none");
  return [...new Set(names.map((name) => readId("alsoShownAs", name)))];
}

function readKeeps(keeps: unknown): readonly KeptKind[] {
  if (!Array.isArray(keeps))
    throw refuseMember("keeps", `a list of ${KEPT_KINDS.join(", ")}; [] for nothing`);
  return [...new Set(keeps.map((kind) => readWord("keeps", kind, KEPT_KINDS)))];
}

/** What another law keeps lies apart somewhere; what nothing keeps lies nowhere. */
function readPlace(apartIn: unknown, keeps: readonly KeptKind[]): string | null {
  if (keeps.length > 0) return readLine("apartIn", apartIn);
  if (apartIn === null || apartIn === undefined) return null;
  throw refuseMember("apartIn", "null where no other law keeps anything");
}

function describe({ recordType, keeps, apartIn, method, ...rest }: FiledSchedule): Detail {
  const entry = JSON.stringify({ recordType, keeps, apartIn, method, ...rest });
  return {
    recordType,
    keeps: keeps.join(", "),
    ...(apartIn === null ? {} : { apartIn }),
    method,
    entry: createHash("sha256").update(entry).digest("hex"),
  };
}
