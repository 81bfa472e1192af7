import { type OpenedWorkbook, openWorkbook } from "@garim/workbook";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CANARY, tracesIn } from "../fixtures/canary.ts";
import {
  ASK,
  begin,
  type DownloadShop,
  fetchFile,
  openDownloadShop,
  PASSWORD,
  settled,
} from "../fixtures/download-shop.ts";
import { sum } from "../fixtures/factors.ts";
import { lineOf, type Person } from "../fixtures/shop.ts";

const DAY = 86_400_000;
const FIELDS = ["orderNo", "buyer.name", "buyer.email", "recipient.phone", "recipient.address", "memo"];

describe("X1: what a download gives away", () => {
  let held: DownloadShop;
  let person: Person;

  beforeAll(async () => {
    held = await openDownloadShop();
  });
  beforeEach(async () => {
    held.count = () => 10;
    person = await held.enter();
  });
  afterAll(() => held.close());

  const take = async (rows: readonly object[], more: object = {}): Promise<OpenedWorkbook> => {
    held.rows = () => rows as Iterable<object>;
    const begun = await begin(person, { fields: FIELDS, ...more });
    expect(await settled(person, begun.id)).toMatchObject({ state: "ready" });
    const bytes = Buffer.from(await (await fetchFile(person, begun)).arrayBuffer());
    expect(tracesIn(bytes)).toEqual([]);
    return await openWorkbook(bytes, PASSWORD);
  };

  const rowsOf = ({ sheets }: OpenedWorkbook, sheet: number): readonly (readonly unknown[])[] => [
    ...(sheets[sheet]?.rows() ?? []),
  ];

  it("[X1] is what a page would show of each row at that moment, to the millisecond, and says why", async () => {
    const at = (ms: number) => new Date(held.shop.clock.now - 90 * DAY + ms).toISOString();
    const file = await take([
      lineOf({ orderNo: "open", confirmedAt: null }),
      lineOf({ orderNo: "last", confirmedAt: at(0) }),
      lineOf({ orderNo: "gone", confirmedAt: at(-1) }),
      lineOf({ orderNo: "unpaid", paidAt: null, confirmedAt: null }),
    ]);
    const [headings, ...rows] = rowsOf(file, 1);
    expect(headings).toEqual([...FIELDS, "가림 사유"]);
    expect(rows.map(([orderNo]) => orderNo)).toEqual(["open", "last", "unpaid"]);
    const [open, last, unpaid] = rows;
    // An e-mail is not within a downloader's role.
    expect(open?.slice(1, 6)).toEqual([
      CANARY.name,
      expect.stringContaining("*"),
      CANARY.phone,
      CANARY.address,
      CANARY.memo,
    ]);
    expect(open?.[6]).toBe("담당자 권한에 없는 항목이라 가려집니다.");
    expect(last?.[6]).toBe("구매확정 등으로 거래가 끝나 가려집니다.");
    expect(unpaid?.[6]).toBe("결제 전이라 가려집니다.");
    for (const row of [last, unpaid]) expect(tracesIn(Buffer.from(JSON.stringify(row)))).toEqual([]);
    const told = JSON.stringify(rowsOf(file, 0));
    for (const words of [
      "1: 구매확정 등으로 거래가 끝난 뒤 정해진 기간이 지나 내려받을 수 없습니다.",
      "1: The days after the purchase ended are over: no download.",
      ASK.why,
      file.mark,
      "2026-11-29",
    ])
      expect(told).toContain(words);
  });

  it("[X1] has the chosen fields and no others", async () => {
    const file = await take([lineOf({ confirmedAt: null })], { fields: ["orderNo", "recipient.postcode"] });
    const text = JSON.stringify([rowsOf(file, 0), rowsOf(file, 1)]);
    expect(text).toContain(CANARY.postcode);
    expect(tracesIn(Buffer.from(text))).toEqual(["postcode"]);
  });

  it("[P3] runs nothing: a formula stays a text", async () => {
    const hostile = ['=HYPERLINK("https://evil.example")', "+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"];
    const file = await take(hostile.map((orderNo) => lineOf({ orderNo })));
    expect(
      rowsOf(file, 1)
        .slice(1)
        .map(([orderNo]) => orderNo),
    ).toEqual(hostile);
  });

  it("[J2] is fetched by nothing but its link, and its link opens nothing else", async () => {
    held.rows = () => [lineOf()];
    const begun = await begin(person);
    const { file } = await settled(person, begun.id);
    const cookies = Object.fromEntries(
      (person.headers["cookie"] ?? "").split("; ").map((one) => one.split("=")),
    );
    for (const link of [begun.id, file?.sha256, person.secret, ...Object.values(cookies)])
      expect((await fetchFile(person, { id: begun.id, link: String(link) })).status).toBe(410);
    const ask = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${held.port}/exports`, { headers: { ...person.headers, ...headers } });
    const planted = Object.keys(cookies).map((name) => `${name}=${begun.link}`);
    expect((await ask({ cookie: planted.join("; "), "x-authenticated-at": "1" })).status).toBe(401);
    const proof = { method: "totp", code: begun.link };
    expect((await person.post("/privacy/step-up", proof)).status).toBe(401);
    expect((await fetchFile(person, begun)).status).toBe(200);
  });

  it("[X1] does not begin where more rows would come than a file holds", async () => {
    let isAsked = false;
    held.rows = () => {
      isAsked = true;
      return [];
    };
    held.count = () => 1_000_001;
    expect(await sum(await person.post("/exports", ASK))).toBe("422 download-too-large");
    expect(isAsked).toBe(false);
  });
});
