/** A legal hold on the host's records: nothing it touches is destroyed before it is released. Moments are UTC milliseconds. */
export interface DataHold {
  readonly id: string;
  /** The kind of record; `*` for every one. */
  readonly recordType: string;
  /** Only these, 1 to 1,000; `null` for all of the kind. */
  readonly recordIds: readonly string[] | null;
  readonly reason: string;
  readonly placedAt: number;
  readonly placedBy: string;
  /** `null` while it holds. */
  readonly releasedAt: number | null;
  readonly releasedBy: string | null;
}

/** What to hold. */
export type HoldInput = Pick<DataHold, "recordType" | "recordIds" | "reason">;

/** A hold, and what it came too late for. */
export interface PlacedDataHold extends DataHold {
  /** Records it names that are being destroyed at this moment: look at their destructions. */
  readonly underWay: number;
  /** Records it names that were destroyed before. */
  readonly gone: number;
}

/** The holds that touch a record. */
export function holdsOf(holds: readonly DataHold[], recordType: string, id: string): readonly DataHold[] {
  return holds.filter(
    (hold) =>
      hold.releasedAt === null &&
      (hold.recordType === "*" || hold.recordType === recordType) &&
      (hold.recordIds === null || hold.recordIds.includes(id)),
  );
}
