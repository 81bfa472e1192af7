import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsOf } from "./records.ts";
import { createTables } from "./tables.ts";

const database = new PGlite();
const host = recordsOf(database as never, async (toolId) => `${toolId}@tools.example`);
const BEFORE = Date.parse("2026-11-22T12:00:00+09:00");
const asked = { recordType: "order", before: BEFORE, after: null, limit: 10 } as const;
const deed = (ids: readonly string[]) => ({ recordType: "order", ids, destruction: "d" });

beforeAll(async () => {
  await createTables(database as never);
  await database.exec(`
    INSERT INTO market.sellers VALUES ('S1', '가게'); INSERT INTO market.buyers VALUES ('B1', '김구매', '010-1234-5678');
    INSERT INTO market.orders (order_no, buyer_id, ordered_at, paid_at, recipient_name, recipient_phone, address, memo) VALUES
      ('1', 'B1', '2026-11-01Z', '2026-11-01Z', '박수취', '010-1111-2222', '서울시', '문 앞'),
      ('2', 'B1', '2026-11-01Z', '2026-11-01Z', '이진행', '010-3333-4444', '부산시', null);
    INSERT INTO market.order_lines (id, order_no, line_no, seller_id, product, quantity, amount, confirmed_at) VALUES
      ('1-1', '1', 1, 'S1', '책', 1, 1, '2026-11-10Z'), ('1-2', '1', 2, 'S1', '책', 1, 1, '2026-11-11Z'),
      ('2-1', '2', 1, 'S1', '책', 1, 1, '2026-11-10Z'), ('2-2', '2', 2, 'S1', '책', 1, 1, null);
    INSERT INTO market.posts VALUES ('p', '1-1', 'review', '박수취가 씁니다', '2026-11-12Z', '박수취님 감사합니다')`);
}, 60_000);
afterAll(() => database.close());

describe("recordsOf", () => {
  it("lists orders that ended with their last line, and none that goes on", async () => {
    const since = Date.parse("2026-11-01Z");
    const keeps = [
      { kind: "contract", since },
      { kind: "payment", since },
    ];
    expect(await host.list({ ...asked, store: "used" })).toEqual({
      records: [{ id: "1", lines: ["1-1", "1-2"], purposeEndedAt: Date.parse("2026-11-11Z"), keeps }],
      next: null,
    });
  });

  it("stores people apart, and destroys them there", async () => {
    expect(await host.separate(deed(["1"]))).toEqual(["1"]);
    expect((await host.list({ ...asked, store: "used" })).records).toEqual([]);
    const { records } = await host.list({ ...asked, store: "apart" });
    expect(records.map(({ id }) => id)).toEqual(["1"]);
    const { rows } = await database.query(
      "SELECT recipient_name, memo FROM market.orders WHERE order_no = '1'",
    );
    expect(rows).toEqual([{ recipient_name: "", memo: null }]);
    const posts = await database.query("SELECT text, reply FROM market.posts");
    expect(posts.rows).toEqual([{ text: "***가 씁니다", reply: "***님 감사합니다" }]);
    expect(await host.destroy(deed(["1"]))).toContain("1");
    expect((await host.list({ ...asked, store: "apart" })).records).toEqual([]);
  });

  it("[pipa/26] leaves the makers of a tool a message of what it owes, each time it is called", async () => {
    const call = { toolId: "tool-1", sellerId: "S1", orderIds: ["1-1", "1-2"] };
    await host.callTool?.(call);
    await host.callTool?.(call);
    const { rows } = await database.query("SELECT recipient, address, body FROM market.messages");
    const message = { recipient: "tool:tool-1", address: "tool-1@tools.example" };
    expect(rows).toMatchObject([message, message]);
    expect(JSON.stringify(rows)).toContain("2 lines of S1");
    expect(JSON.stringify(rows)).toContain("1-2");
  });
});
