import type { RequestAnswer, RequestStatus, Requests } from "@garim/duties";
import { REQUEST_WORDS } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions, DutyOptions } from "./forms.ts";
import { changeRegisters, readRegisters } from "./with-registers.ts";

/** Runs `garim duties requests`. */
export async function runRequests(
  options: DutyListOptions & { readonly open?: true },
  context: VerbContext,
): Promise<void> {
  const { terminal } = context;
  const columns = columnsIn(findLanguage(options.lang, terminal));
  await readRegisters(options, context, async ({ requests }) => {
    await writeList(terminal, columns, rowsOf(requests, options, terminal.now()), options);
  });
}

/** Runs `garim duties answer-request`. */
export async function runAnswerRequest(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("answer-request", file, options, context, async (given, { requests }, keeper) => {
    const answered = await requests.answer(given as RequestAnswer, keeper);
    if (answered === null || answered.kind === "refuse")
      throw inputInvalid("There is no such request that waits; garim duties requests --open lists them");
    const { id, outcome } = answered;
    await writeDocument(context.terminal, { id, outcome }, options, () => [`answered: ${id} (${outcome})`]);
  });
}

async function* rowsOf(
  requests: Requests,
  { seller, open }: { readonly seller?: string; readonly open?: true },
  now: number,
): AsyncIterable<RequestStatus> {
  const asked = {
    isOpen: open === true,
    limit: 1_000,
    ...(seller === undefined ? {} : { sellerId: seller }),
  };
  for (let after: string | undefined; ; ) {
    const page = await requests.list({ ...asked, ...(after === undefined ? {} : { after }) }, now);
    yield* page.entries;
    if (page.next === null) return;
    after = page.next;
  }
}

function columnsIn(language: Language): readonly Column<RequestStatus>[] {
  return [
    { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
    { heading: { ko: "구분", en: "kind" }, cell: ({ kind }) => REQUEST_WORDS[kind][language] },
    { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
    { heading: { ko: "접수일시", en: "asked" }, cell: ({ askedAt }) => sayMoment(askedAt) },
    { heading: { ko: "기한", en: "due" }, cell: ({ dueAt }) => sayMoment(dueAt) },
    { heading: { ko: "기한 지남", en: "overdue" }, cell: ({ isOverdue }) => isOverdue },
    { heading: { ko: "결과", en: "outcome" }, cell: ({ outcome }) => outcome },
    { heading: { ko: "답한 사람", en: "answered by" }, cell: ({ answeredBy }) => answeredBy },
  ];
}

function sayMoment(at: number): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}
