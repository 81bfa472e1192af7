import type { Access, Receipt } from "../access.ts";

/** What diagnostics may say of a durable record: codes, numbers and the route's pattern, nobody's name and no address. */
export interface RecordLine
  extends Receipt,
    Pick<Access, "action" | "outcome" | "reason" | "route" | "mode"> {
  readonly records: number;
  readonly lines: number;
  readonly subjects: number;
  /** For `refusals` and `gap`: how many answers the record stands for. */
  readonly count?: number;
  /** Milliseconds from the append to the moment it was durable. */
  readonly durableMs: number;
}

/** What a line says of an access before it is durable: nothing of the access itself is kept. */
export type RecordDraft = Omit<RecordLine, keyof Receipt | "durableMs">;

export function draftLine(access: Access): RecordDraft {
  const { action, outcome, reason, route, mode, records, asked = [], count } = access;
  const sum = (size: (record: Access["records"][number]) => number, first = 0): number =>
    records.reduce((total, record) => total + size(record), first);
  return {
    action,
    outcome,
    reason,
    route,
    records: records.length,
    lines: sum(({ lines }) => lines.length),
    subjects: sum(({ subjects }) => subjects.length, asked.length),
    ...(mode === undefined ? {} : { mode }),
    ...(count === undefined ? {} : { count }),
  };
}

export function recordLine(receipt: Receipt, draft: RecordDraft, durableMs: number): RecordLine {
  return { ...receipt, ...draft, durableMs: Math.round(durableMs * 10) / 10 };
}
