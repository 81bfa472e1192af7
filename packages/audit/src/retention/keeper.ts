import { randomUUID } from "node:crypto";
import type { Detail, Receipt } from "../access.ts";
import { queryTexts } from "../database.ts";
import { accessOfAsker } from "../desk/asker.ts";
import { applyPlan } from "./apply.ts";
import type { Destruction } from "./destruction.ts";
import { orRefuse, retentionRefused } from "./fault.ts";
import { type LegalHold, readHolds } from "./hold.ts";
import type { DestroyOptions, HoldRequest, PlacedHold, RetentionOptions } from "./options.ts";
import type { RetentionPlan } from "./plan.ts";
import { readRetentionPlan } from "./read-plan.ts";
import { checkRight } from "./right.ts";

const HOLD = `select garim.hold($1::text::uuid, timestamptz '1970-01-01Z' + $2::text::bigint * interval '1 millisecond',
  coalesce(timestamptz '1970-01-01Z' + $3::text::bigint * interval '1 millisecond', 'infinity'), $4::text, $5::text) as gone`;

/** How long records are kept, what stays longer, and their end. */
export class Retention {
  readonly #options: Required<RetentionOptions>;

  constructor(options: RetentionOptions) {
    this.#options = { clock: Date.now, ...options };
  }

  /**
   * Tells what may be destroyed when. Nothing is put on record: no data subject stands in it.
   *
   * @param isCounting - counts pseudonyms even where their number changes nothing
   */
  plan(isCounting = false): Promise<RetentionPlan> {
    const { database, scope, policy, clock } = this.#options;
    return readRetentionPlan(database, { scope, policy, now: clock(), isCounting });
  }

  /** Every hold, released ones as well, oldest first. */
  holds(): Promise<readonly LegalHold[]> {
    return readHolds(this.#options.database);
  }

  /**
   * Places a legal hold, then puts it on record. Where that fails the months are held all the same.
   *
   * @throws GarimError `ERR_GARIM_RETENTION` for a hold that cannot be; whatever `append` throws
   */
  async hold({ from, to, reason }: HoldRequest): Promise<PlacedHold> {
    checkReason(reason);
    if (!isMoment(from) || (to !== null && !(isMoment(to) && from < to)))
      throw retentionRefused("A hold begins at a moment and ends at a later one, or at none");
    const id = randomUUID();
    const { database, who } = this.#options;
    const values = [id, String(from), to === null ? null : String(to), reason, who.actor.id];
    const [row] = await queryTexts(database, HOLD, values);
    const end = to === null ? {} : { to: new Date(to).toISOString() };
    const detail = { hold: id, from: new Date(from).toISOString(), ...end, reason };
    const record = await this.#record("hold-records", detail);
    return { id, record, gone: row?.["gone"]?.split(" ") ?? [] };
  }

  /**
   * Releases a hold: its record first, without which the database releases nothing.
   *
   * @throws GarimError `ERR_GARIM_RETENTION` where no hold of that id holds; whatever `append` throws
   */
  async release(id: string, reason: string): Promise<Receipt> {
    checkReason(reason);
    const { database } = this.#options;
    const hold = (await readHolds(database)).find((one) => one.id === id && one.releasedAt === null);
    if (hold === undefined)
      throw retentionRefused("No hold of that id holds anything; garim hold list shows those that do");
    await checkRight(database, "release(uuid,bigint)");
    const record = await this.#record("release-records", { hold: id, reason });
    const values = [id, String(record.seq)];
    await orRefuse(() =>
      queryTexts(database, "select garim.release($1::text::uuid, $2::text::bigint)::text", values),
    );
    return record;
  }

  /**
   * Destroys the months whose term is over and that nobody holds, oldest first, each on record before: the record is sealed and kept
   * outside, then the month is dropped, then its key is forgotten. Then, alike, the history of rights whose own term is over. Where it
   * breaks off, it goes on from there the next time.
   *
   * @returns what was destroyed; empty where nothing may go
   * @throws GarimError `ERR_GARIM_RETENTION` (says why not), `ERR_GARIM_LOG_BUSY`, `ERR_GARIM_KEYS_INVALID`; whatever `append` throws
   * @source pipa/21, notice-2026-9/8-1, notice-2026-9/5-3
   */
  async destroy(options: DestroyOptions): Promise<readonly Destruction[]> {
    checkReason(options.reason);
    const record = (detail: Detail): Promise<Receipt> => this.#record("destroy-records", detail);
    const { database, clock } = this.#options;
    return applyPlan({ database, clock, record, plan: () => this.plan() }, options);
  }

  #record(action: "hold-records" | "release-records" | "destroy-records", detail: Detail): Promise<Receipt> {
    const { append, who, clock, policy } = this.#options;
    const inForce = { edition: policy.edition.id, overrides: policy.overrides };
    return append(accessOfAsker({ policy: inForce, ...who }, { action, detail }, clock()));
  }
}

function checkReason(reason: string): void {
  if (reason.trim() === "" || reason.length > 1_000)
    throw retentionRefused("A reason has 1 to 1,000 characters; say why, without personal data");
}

function isMoment(at: number): boolean {
  return Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15;
}
