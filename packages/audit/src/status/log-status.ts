import { isGarimError } from "@garim/policy";
import { type LogDatabase, queryTexts } from "../database.ts";
import { readLast } from "../desk/replica.ts";
import { unavailable } from "../prove/fault.ts";
import { readCheckpoint } from "../prove/find-checkpoint.ts";
import type { Verdict } from "../verify/verdict.ts";

/** What came of verifying the whole log, as whoever did it said. */
export interface LastVerified {
  /** By the database's clock, UTC milliseconds. */
  readonly at: number;
  /** The copy it was compared with. */
  readonly place: string;
  readonly isIntact: boolean;
  /** Records that were proven. */
  readonly records: number;
  /** The last place that was proven; `null` where none was. */
  readonly until: number | null;
}

/**
 * How the log stands, as its database tells it. Whoever administers the database could have it tell something else: sure is only
 * `verifyLog`, with a key and a copy from elsewhere.
 */
export interface LogStatus {
  /** The last place, and the moment of its batch in UTC milliseconds; `null` of an empty log. */
  readonly records: number;
  readonly recordedAt: number | null;
  /** The newest signed checkpoint: when it was signed and the last place that it covers. `null` where nothing is sealed. */
  readonly checkpoint: {
    readonly at: number;
    readonly origin: string;
    /** Batches. */
    readonly size: number;
    readonly until: number;
  } | null;
  readonly verified: LastVerified | null;
  /** Records the auditors' replica does not have yet; `null` where there is none, or it cannot be asked. */
  readonly behind: number | null;
}

const STATUS = `select h.size::text, h.batches::text, (extract(epoch from h.recorded_at) * 1000)::bigint::text as recorded_at,
    c.note, (extract(epoch from c.at) * 1000)::bigint::text as signed_at,
    (select b.first_seq + b.size - 1 from garim.log_batch b where b.no = c.size)::text as until,
    (extract(epoch from v.at) * 1000)::bigint::text as verified_at, v.place, v.is_intact::text, v.records::text as verified,
    v.until::text as verified_until
  from garim.log_head h
  left join lateral (select * from garim.log_checkpoint order by no desc limit 1) c on true
  left join lateral (select * from garim.log_verified order by no desc limit 1) v on true`;

/**
 * Reads how the log stands: its end, its newest checkpoint, when it was last verified; and how far a replica follows.
 *
 * @param replica - the one auditors' questions are answered from
 * @throws GarimError `ERR_GARIM_LOG_UNAVAILABLE`
 */
export async function readLogStatus(
  database: LogDatabase,
  replica?: LogDatabase | undefined,
): Promise<LogStatus> {
  const [row = {}] = await queryTexts(database, STATUS).catch((error: unknown) => {
    throw isGarimError(error) ? error : unavailable(error);
  });
  const {
    size,
    recorded_at,
    note,
    signed_at,
    until,
    verified_at,
    place,
    is_intact,
    verified,
    verified_until,
  } = row;
  const records = Number(size ?? 0);
  return {
    records,
    recordedAt: records === 0 ? null : Number(recorded_at),
    checkpoint: note == null ? null : checkpointOf(note, Number(signed_at), Number(until ?? 0)),
    verified:
      verified_at == null
        ? null
        : {
            at: Number(verified_at),
            place: place ?? "",
            isIntact: is_intact === "true",
            records: Number(verified),
            until: verified_until == null ? null : Number(verified_until),
          },
    behind: replica === undefined ? null : await readBehind(replica, records),
  };
}

/** A replica that is out is its node's to tell (`replica-down`): the primary answers meanwhile. */
async function readBehind(replica: LogDatabase, records: number): Promise<number | null> {
  try {
    return Math.max(0, records - (await readLast(replica)));
  } catch {
    return null;
  }
}

/** What is stored and cannot be read is none. */
function checkpointOf(note: string, at: number, until: number): LogStatus["checkpoint"] {
  try {
    const { origin, size } = readCheckpoint(note).checkpoint;
    return { at, origin, size, until };
  } catch (error) {
    if (isGarimError(error)) return null;
    throw error;
  }
}

/**
 * Notes that somebody verified the whole log, for {@link readLogStatus}.
 *
 * @param place - the copy it was compared with
 * @throws the database's error, also where this user may not note it
 */
export async function noteVerified(
  database: LogDatabase,
  place: string,
  { isIntact, proven }: Pick<Verdict, "isIntact" | "proven">,
): Promise<void> {
  await queryTexts(
    database,
    "select garim.note_verified($1::text, $2::text::boolean, $3::text::bigint, $4::text::bigint)::text",
    [
      place,
      String(isIntact),
      String(proven.records),
      proven.until === null ? null : String(proven.until.place),
    ],
  );
}
