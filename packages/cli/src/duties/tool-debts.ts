import type { KeyPage, PageAsked, ToolDebt, ToolReceipt } from "@garim/duties";
import type { Column } from "../output/column.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions } from "./forms.ts";
import { readRegisters } from "./with-registers.ts";

const DEBT_COLUMNS: readonly Column<ToolDebt>[] = [
  { heading: { ko: "셀러툴", en: "tool" }, cell: ({ toolId }) => toolId },
  { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
  { heading: { ko: "확인하지 않은 주문", en: "orders owed" }, cell: ({ orders }) => orders },
  { heading: { ko: "기한 지난 주문", en: "overdue" }, cell: ({ overdue }) => overdue },
  { heading: { ko: "가장 이른 기한", en: "first due" }, cell: ({ dueAt }) => sayMoment(dueAt) },
];

const RECEIPT_COLUMNS: readonly Column<ToolReceipt>[] = [
  { heading: { ko: "파기일시", en: "destroyed" }, cell: ({ destroyedAt }) => sayMoment(destroyedAt) },
  { heading: { ko: "셀러툴", en: "tool" }, cell: ({ toolId }) => toolId },
  { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
  { heading: { ko: "주문", en: "orders" }, cell: ({ orders }) => orders },
  { heading: { ko: "확인 번호", en: "receipt" }, cell: ({ receipt }) => receipt },
];

/** Runs `garim duties tool-debts`. */
export async function runToolDebts(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ purges }) => {
    const rows = pagesOf((asked) => purges.debts({ ...asked, ...whoseOf(options) }, terminal.now()));
    await writeList(terminal, DEBT_COLUMNS, rows, options);
  });
}

/** Runs `garim duties tool-receipts`. */
export async function runToolReceipts(options: DutyListOptions, context: VerbContext): Promise<void> {
  await readRegisters(options, context, async ({ purges }) => {
    const rows = pagesOf((asked) => purges.receipts({ ...asked, ...whoseOf(options) }));
    await writeList(context.terminal, RECEIPT_COLUMNS, rows, options);
  });
}

function whoseOf({ seller }: DutyListOptions): { readonly sellerId?: string } {
  return seller === undefined ? {} : { sellerId: seller };
}

async function* pagesOf<T>(read: (asked: PageAsked) => Promise<KeyPage<T>>): AsyncIterable<T> {
  for (let after: PageAsked = {}; ; ) {
    const { entries, next } = await read({ ...after, limit: 1_000 });
    yield* entries;
    if (next === null) return;
    after = { after: next };
  }
}

function sayMoment(at: number): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}
