import { buffer } from "node:stream/consumers";
import {
  type Cell,
  createWorkbook,
  openSealed,
  type SealedFile,
  type Spool,
  type SpoolWriter,
  type WorkbookOptions,
  type WorkbookWriter,
  type WriteWorkbookOptions,
  writeWorkbook,
} from "../src/index.ts";

export const PASSWORD = "Garim!2026-열쇠";
/** The password of a ZIP. */
export const ZIP_PASSWORD = "Garim!2026-key";

/** Options of a small workbook of orders. */
export const SAMPLE: Omit<WriteWorkbookOptions, "spool"> = {
  password: PASSWORD,
  mark: "ex-20261122-1",
  columns: [
    { key: "phone", heading: { ko: "휴대전화", en: "Phone" } },
    { key: "amount", heading: { ko: "결제금액", en: "Amount" }, type: "amount" },
    { key: "paidAt", heading: { ko: "결제일시", en: "Paid" }, type: "date" },
    { key: "gift", heading: { ko: "선물", en: "Gift" }, type: "number" },
  ],
  summary: ({ rows }) => ({
    title: { ko: "주문 내려받기", en: "Orders" },
    lines: [
      { label: { ko: "건수", en: "Rows" }, value: rows },
      { label: { ko: "목적", en: "Purpose" }, value: { ko: "배송", en: "Shipping" } },
      { label: { ko: "파기 기한", en: "Destroy by" }, value: new Date(Date.UTC(2026, 10, 30)) },
    ],
  }),
};

export const ROWS: readonly (readonly Cell[])[] = [
  ["01012345678", 12_000, new Date(1_795_000_000_123), true],
  ["010-****-5678", "***", 1_795_000_000_000, null],
  [null, -1.5, "", false],
];

/** Seals rows, and fetches the file. */
export async function seal(
  spool: Spool,
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
  options: Partial<WriteWorkbookOptions> = {},
): Promise<{ readonly file: SealedFile; readonly bytes: Buffer }> {
  const file = await writeWorkbook(rows, { ...SAMPLE, spool, ...options });
  return { file, bytes: await buffer(openSealed(spool, file.id)) };
}

/** Begins a workbook of the sample's options. */
export function begin(spool: Spool, options: Partial<WorkbookOptions> = {}): WorkbookWriter {
  const { summary: _, ...sample } = SAMPLE;
  return createWorkbook({ ...sample, spool, ...options });
}

/** A spool in memory, for what a test wants to look at. */
export class MemorySpool implements Spool {
  readonly objects: Map<string, Uint8Array> = new Map();
  /** Begun and neither finished nor discarded. */
  unfinished = 0;

  async create(id: string): Promise<SpoolWriter> {
    const pieces: Uint8Array[] = [];
    this.unfinished += 1;
    return {
      write: async (bytes) => {
        pieces.push(Uint8Array.from(bytes));
      },
      finish: async () => {
        this.unfinished -= 1;
        this.objects.set(id, Buffer.concat(pieces));
      },
      discard: async () => {
        this.unfinished -= 1;
        this.objects.delete(id);
      },
    };
  }

  async open(id: string): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.objects.get(id);
    if (bytes === undefined) throw new Error("no such object");
    return (async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    })();
  }

  async remove(id: string): Promise<void> {
    this.objects.delete(id);
  }
}
