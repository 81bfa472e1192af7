import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { type Cell, fileSpool, type WorkbookColumn, writeWorkbook } from "@garim/workbook";
import ExcelJS from "exceljs";
import officeCrypto from "officecrypto-tool";
import { makeOrders, type Order } from "./orders.ts";
import { type BenchRow, median } from "./row.ts";

const PASSWORD = "Garim!2026-bench";
const ORDERS = 100_000;
const MANY = 1_000_000;
const ROUNDS = 3;
const MEBI = 1_048_576;

/** W1 and W2: workbooks. */
export const rows: readonly BenchRow[] = [
  {
    id: "W1",
    subject: `${ORDERS} orders to an encrypted workbook on disk, 27 columns`,
    against: "exceljs, streaming, and officecrypto-tool",
    unit: "times the rows a second",
    target: { atLeast: 4 },
    run: measureAgainstPopular,
  },
  {
    id: "W2",
    subject: `${MANY} orders to an encrypted workbook on disk: growth of resident memory`,
    against: "itself after a small one",
    unit: "MiB",
    target: { atMost: 150 },
    run: async () => (await watchMany()).growth,
  },
  {
    id: "W2-loop",
    subject: `${MANY} orders to an encrypted workbook on disk: the longest the event loop was held`,
    against: "nothing",
    unit: "ms",
    target: { atMost: 50 },
    run: async () => (await watchMany()).heldMs,
  },
];

const TYPES: Readonly<Record<string, WorkbookColumn["type"]>> = {
  orderedAt: "date",
  paidAt: "date",
  confirmedAt: "date",
  productAmount: "amount",
  shippingFee: "amount",
  discountAmount: "amount",
  payAmount: "amount",
};
const [SAMPLE] = makeOrders(1);
const KEYS = Object.keys(SAMPLE ?? {}) as (keyof Order)[];
const COLUMNS: readonly WorkbookColumn[] = KEYS.map((key) => ({
  key,
  heading: { ko: key, en: key },
  type: TYPES[key] ?? "text",
  width: 16,
}));

function toRow(order: Order): Exclude<Cell, undefined>[] {
  return KEYS.map((key) => {
    const value = order[key];
    if (value === null || typeof value === "number") return value;
    if (typeof value === "object")
      return value.map((item) => `${item.productName} ${item.quantity}`).join(", ");
    return TYPES[key] === "date" ? new Date(value) : value;
  });
}

async function measureAgainstPopular(): Promise<number> {
  const table = makeOrders(ORDERS).map(toRow);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await millisecondsOf(() => onDisk((folder) => write(folder, table)));
    ratios.push((await millisecondsOf(() => writePopular(table))) / ours);
  }
  return median(ratios);
}

async function write(
  folder: string,
  table: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
): Promise<void> {
  await writeWorkbook(table, {
    spool: fileSpool(folder),
    password: PASSWORD,
    mark: "bench",
    columns: COLUMNS,
    summary: { title: { ko: "주문", en: "Orders" }, lines: [] },
  });
}

async function writePopular(table: readonly Exclude<Cell, undefined>[][]): Promise<void> {
  const stream = new PassThrough();
  const whole = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useSharedStrings: false,
    useStyles: true,
  });
  const sheet = workbook.addWorksheet("orders", { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = COLUMNS.map(({ key, width, type }) => ({
    header: key,
    key,
    width: width ?? 16,
    style: { numFmt: type === "date" ? "yyyy-mm-dd hh:mm:ss" : type === "amount" ? "#,##0" : "@" },
  }));
  for (const row of table) sheet.addRow(row).commit();
  sheet.commit();
  await workbook.commit();
  officeCrypto.encrypt(await whole, { password: PASSWORD });
}

interface Watched {
  readonly growth: number;
  readonly heldMs: number;
}

async function watchMany(): Promise<Watched> {
  const orders = makeOrders(2_000);
  return onDisk(async (folder) => {
    await write(folder, take(orders, 20_000));
    const before = process.memoryUsage.rss();
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 50);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await write(folder, take(orders, MANY));
    delay.disable();
    clearInterval(timer);
    return { growth: (most - before) / MEBI, heldMs: delay.max / 1e6 - 5 };
  });
}

/** Orders as they come from a database: new rows each time, a batch at a time. */
async function* take(orders: readonly Order[], count: number): AsyncGenerator<readonly Cell[]> {
  for (let i = 0; i < count; i++) {
    if (i % 500 === 0) await setImmediate();
    const order = orders[i % orders.length];
    if (order !== undefined) yield toRow({ ...order, orderNo: `${order.orderNo}-${i}` });
  }
}

async function onDisk<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "garim-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
