import type { CompletionInput, Course, CourseStatus, Education } from "@garim/duties";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, readRegisters } from "./with-registers.ts";

/** One person and one course. */
interface Row extends CourseStatus {
  readonly sellerId: string;
  readonly staffId: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
  { heading: { ko: "담당자", en: "staff" }, cell: ({ staffId }) => staffId },
  { heading: { ko: "교육", en: "course" }, cell: ({ title }) => title.ko },
  { heading: { ko: "이수일시", en: "completed" }, cell: ({ completedAt }) => sayMoment(completedAt) },
  { heading: { ko: "증빙", en: "proof" }, cell: ({ proof }) => proof },
  { heading: { ko: "확인한 사람", en: "said by" }, cell: ({ saidBy }) => saidBy },
  { heading: { ko: "기한", en: "due" }, cell: ({ dueAt }) => sayMoment(dueAt) },
  { heading: { ko: "기한 지남", en: "overdue" }, cell: ({ isOverdue }) => isOverdue },
];

/** Runs `garim duties education`. */
export async function runEducation(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ education }) => {
    await writeList(terminal, COLUMNS, rowsOf(education, options.seller, terminal.now()), options);
  });
}

/** Runs `garim duties put-course`. */
export async function runPutCourse(file: string, options: DutyOptions, context: VerbContext): Promise<void> {
  await changeRegisters("put-course", file, options, context, async (given, { education }, keeper) => {
    const course = await education.putCourse(given as Course, keeper);
    await writeDocument(context.terminal, course, options, () => [
      `${course.id}: ${course.title.ko}, asked of ${course.roles.join(", ")}`,
    ]);
  });
}

/** Runs `garim duties complete-course`. */
export async function runCompleteCourse(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("complete-course", file, options, context, async (given, { education }, keeper) => {
    const done = given as CompletionInput;
    const course = await education.complete(done, keeper);
    if (course === null)
      throw inputInvalid("There is no such course; garim duties put-course puts one on file");
    await writeDocument(context.terminal, { ...done, title: course.title }, options, () => [
      `${course.id}: completed by ${done.staffId} of ${done.sellerId}`,
    ]);
  });
}

async function* rowsOf(education: Education, seller: string | undefined, now: number): AsyncIterable<Row> {
  const whose = seller === undefined ? {} : { sellerId: seller };
  for (let after: string | undefined; ; ) {
    const asked = { ...whose, limit: 1_000, ...(after === undefined ? {} : { after }) };
    const { entries, next } = await education.list(asked, now);
    for (const { sellerId, staffId, courses } of entries)
      for (const course of courses) yield { sellerId, staffId, ...course };
    if (next === null) return;
    after = next;
  }
}

function sayMoment(at: number | null): string | null {
  return at === null || !Number.isFinite(at) ? null : new Date(at).toISOString();
}
