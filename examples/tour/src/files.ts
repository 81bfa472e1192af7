import { setTimeout as sleep } from "node:timers/promises";
import { isGarimError } from "@garim/policy";
import { type OpenedWorkbook, openWorkbook } from "@garim/workbook";
import type { Browser } from "./browser.ts";
import { answered, refusal, type Stage, why } from "./stage.ts";
import { expect } from "./teller.ts";

const PASSWORD = "Tangerine-orchard 7 on Jeju";
const PATIENCE_MS = 60_000;
/** Where a row says why something of it is masked: its last column. */
const WHY_MASKED = -1;

/** A download as the ledger tells it; only what the story looks at. */
interface Download {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly masked: number;
  readonly file: { readonly sha256: string } | null;
}

/** What was asked for, and what fetches it. */
interface Begun {
  readonly id: string;
  readonly link: string;
}

/** Staff take an order out as a file: the line that was confirmed is masked in it, too. */
export async function download(
  stage: Stage,
  staff: Browser,
  { orderNo }: { readonly orderNo: string },
): Promise<void> {
  const { teller } = stage;
  const ask = { purpose: "shipping", why: "송장 출력", filter: { orderNo }, password: PASSWORD };
  await teller.step(
    "a file of orders is refused without a purpose",
    async () => refusal(await staff.post("/exports", { ...ask, why: "" }), 422, "download-purpose-missing"),
    why,
  );
  const begun = await teller.step(
    "with one, and a password, it is made: nothing of it is ever clear on disk",
    async () => {
      const { body } = answered(await staff.post("/exports", ask), 202);
      const told = await untilMade(staff, String(body["id"]));
      expect(told.state === "ready" && told.masked > 0, told);
      return { ...(body as unknown as Begun), told };
    },
    ({ told }) =>
      `${told.rows} rows, ${told.masked} of them masked, SHA-256 ${told.file?.sha256.slice(0, 16)}…`,
  );
  const bytes = await fetchOnce(stage, staff, begun);
  await open(stage, bytes, orderNo);
}

async function fetchOnce({ teller }: Stage, staff: Browser, { id, link }: Begun): Promise<Uint8Array> {
  const path = `/exports/${id}/file?key=${link}`;
  const bytes = await teller.step(
    "the file is fetched by the session that asked for it",
    async () => {
      const file = await staff.getFile(path);
      expect(file.status === 200, file.status);
      return file.bytes;
    },
    ({ length }) => `${length} bytes`,
  );
  await teller.step(
    "and a second time by nobody",
    async () => refusal(await staff.get(path), 410, "download-link-ended"),
    why,
  );
  return bytes;
}

async function open({ teller }: Stage, bytes: Uint8Array, orderNo: string): Promise<void> {
  await teller.step("it does not open with another password", async () => {
    const code = await openWorkbook(bytes, `${PASSWORD}!`).then(
      () => "opened",
      (error: unknown) => (isGarimError(error) ? error.code : "failed"),
    );
    expect(code === "ERR_GARIM_WORKBOOK_PASSWORD", code);
  });
  await teller.step(
    "it opens with its own, and the confirmed line is masked in it as on the page",
    async () => {
      const masked = rowsOf(await openWorkbook(bytes, PASSWORD)).find(
        (row) => row[0] === orderNo && row.some((cell) => String(cell).includes("*")),
      );
      expect(masked !== undefined && String(masked.at(WHY_MASKED)).includes("구매확정"), masked);
      return masked;
    },
    (row) => row.filter((cell) => String(cell).includes("*") || cell === row.at(WHY_MASKED)).join(", "),
  );
}

/** The first sheet says whose file it is; rows stand on the second, below their headings. */
function rowsOf({ sheets }: OpenedWorkbook): readonly (readonly unknown[])[] {
  return [...(sheets[1]?.rows() ?? [])].slice(1);
}

async function untilMade(staff: Browser, id: string): Promise<Download> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const told = answered(await staff.get(`/exports/${id}`), 200).body as unknown as Download;
    if (told.state !== "running") return told;
    expect(performance.now() < until, told);
    await sleep(100);
  }
}
