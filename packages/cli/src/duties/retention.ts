import {
  type DataHold,
  type DataRetention,
  type Destruction,
  type DueRecord,
  type FiledSchedule,
  type HoldInput,
  judgeRecord,
  type Schedule,
  type StoredRecord,
  writeLedger,
} from "@garim/duties";
import { DAY, REASONS } from "@garim/policy";
import { readInput } from "../input.ts";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, keepRegisters, readRegisters } from "./with-registers.ts";

const SCHEDULE_COLUMNS: readonly Column<FiledSchedule>[] = [
  { heading: { ko: "기록 종류", en: "record type" }, cell: ({ recordType }) => recordType },
  { heading: { ko: "이름", en: "title" }, cell: ({ title }) => title.ko },
  { heading: { ko: "목적이 끝나는 때", en: "ends with" }, cell: ({ endsWith }) => endsWith },
  { heading: { ko: "보관하게 하는 법령", en: "kept by law" }, cell: ({ keeps }) => keeps.join(", ") },
  { heading: { ko: "분리 보관하는 곳", en: "apart in" }, cell: ({ apartIn }) => apartIn },
  { heading: { ko: "파기 방법", en: "method" }, cell: ({ method }) => method },
];

/** Runs `garim duties schedules`. */
export async function runSchedules(options: DutyListOptions, context: VerbContext): Promise<void> {
  await readRegisters(options, context, async ({ schedules }) => {
    await writeList(context.terminal, SCHEDULE_COLUMNS, schedules.list(), options);
  });
}

/** Runs `garim duties put-schedule`. */
export async function runPutSchedule(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("put-schedule", file, options, context, async (given, { schedules }, keeper) => {
    const filed = await schedules.put(given as Schedule, keeper);
    await writeDocument(context.terminal, filed, options, () => [`${filed.recordType}: ${filed.title.ko}`]);
  });
}

/** Runs `garim duties end-schedule`. */
export async function runEndSchedule(id: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await keepRegisters("end-schedule", options, context, async ({ schedules }, keeper) => {
    const ended = await schedules.end(id, keeper);
    if (ended === null) throw inputInvalid("There is no such schedule; garim duties schedules lists them");
    await writeDocument(context.terminal, ended, options, () => [`ended: ${ended.recordType}`]);
  });
}

/** Runs `garim duties due`. */
export async function runDue(file: string, options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const { values } = await readInput(file, () => terminal.readStdin());
  const days = options.days ?? "30";
  if (!/^\d{1,3}$/.test(days)) throw inputInvalid("--days must be a whole number of 0 to 999");
  await readRegisters(options, context, async ({ schedules, retention }, policy) => {
    const holds = await retention.holds(true);
    const now = terminal.now();
    const due = values.flatMap((given) => {
      const { recordType, store, record } = readRecord(given);
      const schedule = schedules.find(recordType);
      if (schedule === null)
        throw inputInvalid(`${recordType} has no schedule; put it on file with garim duties put-schedule`);
      const view = { schedule, store, holds, policy };
      return judgeRecord(record, view, now + Number(days) * DAY, now) ?? [];
    });
    await writeList(terminal, dueColumns(findLanguage(options.lang, terminal)), due, options);
  });
}

function readRecord(given: unknown): {
  readonly recordType: string;
  readonly store: "used" | "apart";
  readonly record: StoredRecord;
} {
  const { recordType, store = "used", id, purposeEndedAt, keeps = [] } = given as Record<string, unknown>;
  const isRecord = typeof recordType === "string" && typeof id === "string" && Array.isArray(keeps);
  const isEnd = purposeEndedAt === null || typeof purposeEndedAt === "number";
  if (!isRecord || !isEnd || (store !== "used" && store !== "apart"))
    throw inputInvalid(
      "Each record needs recordType, id and purposeEndedAt (UTC milliseconds or null); store is used or apart, keeps a list",
    );
  return { recordType, store, record: { id, purposeEndedAt, keeps } };
}

function dueColumns(language: Language): readonly Column<DueRecord>[] {
  return [
    { heading: { ko: "기록 종류", en: "record type" }, cell: ({ recordType }) => recordType },
    { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
    { heading: { ko: "할 일", en: "step" }, cell: ({ step }) => step && STEPS[step][language] },
    { heading: { ko: "기한", en: "due" }, cell: ({ dueAt }) => sayMoment(dueAt) },
    { heading: { ko: "기한 지남", en: "overdue" }, cell: ({ isOverdue }) => isOverdue },
    { heading: { ko: "이유", en: "why" }, cell: ({ reason }) => REASONS[reason].because[language] },
  ];
}

const STEPS = {
  separate: { ko: "분리 보관", en: "store apart" },
  destroy: { ko: "파기", en: "destroy" },
} as const;

function destructionColumns(language: Language): readonly Column<Destruction>[] {
  return [
    { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
    { heading: { ko: "기록 종류", en: "record type" }, cell: ({ recordType }) => recordType },
    { heading: { ko: "구분", en: "step" }, cell: ({ step }) => STEPS[step][language] },
    { heading: { ko: "건수", en: "records" }, cell: ({ records }) => records },
    { heading: { ko: "처리자", en: "by" }, cell: ({ by }) => by },
    { heading: { ko: "처리일시", en: "done" }, cell: ({ finishedAt }) => sayMoment(finishedAt) },
    { heading: { ko: "확인한 사람", en: "confirmed by" }, cell: ({ confirmedBy }) => confirmedBy },
    {
      heading: { ko: "확인 기한", en: "confirm by" },
      cell: ({ duty }) => (duty?.kind === "duty" ? sayMoment(duty.dueAt) : null),
    },
    { heading: { ko: "셀러툴 미회신", en: "owed by tools" }, cell: ({ owedByTools }) => owedByTools },
  ];
}

/** Runs `garim duties destructions`. */
export async function runDestructions(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ retention }) => {
    const isOpen = options.open === true;
    if (options.html !== true) {
      const columns = destructionColumns(findLanguage(options.lang, terminal));
      await writeList(terminal, columns, destructionsOf(retention, isOpen), options);
      return;
    }
    if (options.company === undefined) throw inputInvalid("The ledger needs a name: write --company <name>");
    const { entries } = await retention.list({ isOpen, limit: 1_000 });
    const { company, lang: language = "ko" } = options;
    await terminal.write(writeLedger(entries, { company, madeAt: terminal.now(), language }));
  });
}

async function* destructionsOf(retention: DataRetention, isOpen: boolean): AsyncIterable<Destruction> {
  for (let after: string | undefined; ; ) {
    const asked = { isOpen, limit: 1_000, ...(after === undefined ? {} : { after }) };
    const { entries, next } = await retention.list(asked);
    yield* entries;
    if (next === null) return;
    after = next;
  }
}

/** Runs `garim duties confirm-destruction`. */
export async function runConfirm(id: string, options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await keepRegisters("confirm-destruction", options, context, async ({ retention }, keeper) => {
    const confirmed = await retention.confirm(id, options.note ?? "", keeper);
    if (confirmed === null)
      throw inputInvalid("There is nothing to confirm; garim duties destructions --open lists what is");
    if ("kind" in confirmed) {
      const { because } = REASONS[confirmed.reason];
      throw inputInvalid(because[findLanguage(options.lang, terminal)]);
    }
    await writeDocument(terminal, confirmed, options, () => [
      `confirmed: ${confirmed.recordType}, ${confirmed.records} records, by ${confirmed.confirmedBy}`,
    ]);
  });
}

const HOLD_COLUMNS: readonly Column<DataHold>[] = [
  { heading: { ko: "ID", en: "id" }, cell: ({ id }) => id },
  { heading: { ko: "기록 종류", en: "record type" }, cell: ({ recordType }) => recordType },
  { heading: { ko: "기록 수", en: "records" }, cell: ({ recordIds }) => recordIds?.length ?? "*" },
  { heading: { ko: "이유", en: "reason" }, cell: ({ reason }) => reason },
  { heading: { ko: "보류한 사람", en: "placed by" }, cell: ({ placedBy }) => placedBy },
  { heading: { ko: "보류일시", en: "placed" }, cell: ({ placedAt }) => sayMoment(placedAt) },
  { heading: { ko: "해제일시", en: "released" }, cell: ({ releasedAt }) => sayMoment(releasedAt) },
];

/** Runs `garim duties data-holds`. */
export async function runDataHolds(options: DutyListOptions, context: VerbContext): Promise<void> {
  await readRegisters(options, context, async ({ retention }) => {
    await writeList(context.terminal, HOLD_COLUMNS, await retention.holds(options.open === true), options);
  });
}

/** Runs `garim duties hold-data`. */
export async function runHoldData(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("hold-data", file, options, context, async (given, { retention }, keeper) => {
    const hold = await retention.hold(given as HoldInput, keeper);
    await writeDocument(context.terminal, hold, options, () => [
      `hold ${hold.id}`,
      ...(hold.underWay === 0 ? [] : [`Being destroyed at this moment: ${hold.underWay} records`]),
      ...(hold.gone === 0 ? [] : [`Destroyed before it, and beyond it: ${hold.gone} records`]),
    ]);
  });
}

/** Runs `garim duties release-data`. */
export async function runReleaseData(id: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await keepRegisters("release-data", options, context, async ({ retention }, keeper) => {
    const released = await retention.release(id, options.reason ?? "", keeper);
    if (released === null)
      throw inputInvalid(
        "No hold of that id holds anything; garim duties data-holds --open lists those that do",
      );
    await writeDocument(context.terminal, released, options, () => [`released ${id}`]);
  });
}

/** Runs `garim duties proof`. */
export async function runProof(
  type: string,
  id: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await readRegisters(options, context, async ({ retention }) => {
    const proofs = await retention.proofs(type, id);
    await context.terminal.write(`${JSON.stringify(proofs, null, 2)}\n`);
  });
}

function sayMoment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
