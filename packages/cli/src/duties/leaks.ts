import type { FiledLeak, Keeper, LeakChange, LeakInput, LeakStatus, Leaks } from "@garim/duties";
import {
  type BreachDuty,
  type BreachStep,
  LEAK_CHECKS,
  LEAK_KIND_WORDS,
  REASONS,
  type Refuse,
} from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, keepRegisters, readRegisters } from "./with-registers.ts";

/** One step of one leak. */
interface Row extends BreachDuty {
  readonly leak: LeakStatus;
}

/** Runs `garim duties leaks`. */
export async function runLeaks(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const columns = columnsIn(findLanguage(options.lang, terminal));
  await readRegisters(options, context, async ({ leaks }) => {
    const rows = leaks
      .list(terminal.now())
      .flatMap((leak) => leak.duties.map((duty): Row => ({ ...duty, leak })));
    await writeList(terminal, columns, rows, options);
  });
}

function columnsIn(language: Language): readonly Column<Row>[] {
  return [
    { heading: { ko: "ID", en: "id" }, cell: ({ leak }) => leak.id },
    { heading: { ko: "제목", en: "title" }, cell: ({ leak }) => leak.title },
    { heading: { ko: "경위", en: "kind" }, cell: ({ leak }) => LEAK_KIND_WORDS[leak.kind][language] },
    { heading: { ko: "할 일", en: "step" }, cell: ({ reason }) => REASONS[reason].because[language] },
    { heading: { ko: "기한", en: "due" }, cell: ({ dueAt }) => new Date(dueAt).toISOString() },
    { heading: { ko: "기한 지남", en: "overdue" }, cell: ({ isOverdue }) => isOverdue },
    { heading: { ko: "한 때", en: "done" }, cell: ({ doneAt }) => doneAt && new Date(doneAt).toISOString() },
    { heading: { ko: "남은 점검", en: "unchecked" }, cell: ({ leak }) => leak.unchecked.length },
    { heading: { ko: "종료", en: "closed by" }, cell: ({ leak }) => leak.closed?.by ?? null },
  ];
}

/** Runs `garim duties leak`. */
export async function runLeak(id: string, options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ leaks }) => {
    const leak = leaks.find(id, terminal.now());
    if (leak === null) throw unknownLeak();
    const checklist = LEAK_CHECKS[leak.kind].map((one) => ({ ...one, done: leak.checks[one.id] ?? null }));
    await terminal.write(`${JSON.stringify({ ...leak, checklist }, null, 2)}\n`);
  });
}

/** Runs `garim duties open-leak`. */
export async function runOpenLeak(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("open-leak", file, options, context, async (given, { leaks }, keeper) => {
    await tell(await leaks.open(given as LeakInput, keeper), leaks, options, context);
  });
}

/** Runs `garim duties change-leak`. */
export async function runChangeLeak(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("change-leak", file, options, context, async (given, { leaks }, keeper) => {
    const { id, ...change } = given as LeakChange & { readonly id: string };
    await tell(await leaks.change(id, change, keeper), leaks, options, context);
  });
}

type Deed = (id: string, options: DutyOptions, context: VerbContext) => Promise<void>;

/** Runs `garim duties finish-step`. */
export const runFinishStep: Deed = deed("finish-step", (id, { step }, leaks, keeper) =>
  leaks.finish(id, step as BreachStep, undefined, keeper),
);

/** Runs `garim duties check-leak`. */
export const runCheckLeak: Deed = deed("check-leak", (id, { check = "", note = "" }, leaks, keeper) =>
  leaks.check(id, check, note, keeper),
);

/** Runs `garim duties write-notice`. */
export const runWriteNotice: Deed = deed("write-notice", (id, { company = "" }, leaks, keeper) =>
  leaks.write(id, company, keeper),
);

/** Runs `garim duties post-notice`. */
export const runPostNotice: Deed = deed("post-notice", (id, { notice }, leaks, keeper) =>
  leaks.post(id, Number(notice), keeper),
);

/** Runs `garim duties take-down`. */
export const runTakeDown: Deed = deed("take-down", (id, _, leaks, keeper) => leaks.takeDown(id, keeper));

/** Runs `garim duties close-leak`. */
export const runCloseLeak: Deed = deed("close-leak", (id, { note = "" }, leaks, keeper) =>
  leaks.close(id, note, keeper),
);

function deed(
  verb: string,
  run: (id: string, options: DutyOptions, leaks: Leaks, keeper: Keeper) => Promise<FiledLeak | Refuse | null>,
): Deed {
  return (id, options, context) =>
    keepRegisters(verb, options, context, async ({ leaks }, keeper) => {
      await tell(await run(id, options, leaks, keeper), leaks, options, context);
    });
}

async function tell(
  done: FiledLeak | Refuse | null,
  leaks: Leaks,
  options: DutyOptions,
  { terminal }: VerbContext,
): Promise<void> {
  if (done === null) throw unknownLeak();
  const language = findLanguage(options.lang, terminal);
  if (!("id" in done)) throw inputInvalid(REASONS[done.reason].because[language]);
  const leak = leaks.find(done.id, terminal.now());
  if (leak === null) throw unknownLeak();
  await writeDocument(terminal, leak, options, () => [
    `${leak.id}: ${leak.title}`,
    ...leak.duties
      .filter(({ doneAt }) => doneAt === null)
      .map(
        ({ step, reason, dueAt }) =>
          `${step}: ${REASONS[reason].because[language]} ${new Date(dueAt).toISOString()}`,
      ),
    ...(leak.unchecked.length === 0 ? [] : [`check: ${leak.unchecked.join(", ")}`]),
  ]);
}

function unknownLeak(): Error {
  return inputInvalid("There is no such leak, or it is closed; garim duties leaks lists them");
}
