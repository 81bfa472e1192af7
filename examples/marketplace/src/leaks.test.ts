import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaksOf, tellOperators } from "./leaks.ts";
import { createTables } from "./tables.ts";

const database = new PGlite();
const host = leaksOf(database as never);
const NOTICE = { no: 1, text: "개인정보 유출 통지" } as Parameters<typeof host.send>[1];

beforeAll(async () => {
  await createTables(database as never);
  await database.exec(`
    INSERT INTO market.buyers VALUES ('B1', '김구매', '010-1234-5678', 'b1@example.com'), ('B2', '이구매', '010-2222-3333', NULL);
    INSERT INTO market.orders (order_no, buyer_id, ordered_at, recipient_name, recipient_phone, address) VALUES
      ('1', 'B1', '2026-11-01Z', '김구매', '010-1234-5678', '서울시'), ('2', 'B1', '2026-11-01Z', '박수취', '010-9999-0000', '부산시'),
      ('3', 'B2', '2026-11-02Z', '박수취', '010-9999-0000', '부산시'), ('4', 'B2', '2026-11-02Z', '', '', '');
    INSERT INTO market.kept_orders VALUES ('4', '2026-11-10Z', '2026-11-02Z', null, '정보관', '010-7777-6666', null, '대구시')`);
}, 60_000);
afterAll(() => database.close());

async function candidatesOf(): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const { subject, contact } of host.candidates?.() ?? [])
    all.push(`${subject.type} ${contact.id} ${contact.channel}`);
  return all;
}

async function messages(): Promise<readonly unknown[]> {
  const { rows } = await database.query("SELECT id, address FROM market.messages ORDER BY id");
  return rows;
}

describe("leaksOf", () => {
  it("[garim/wording] knows buyers and recipients, those stored apart as well, each person once", async () => {
    expect(await candidatesOf()).toEqual([
      "buyer B1 email",
      "phone B1 email",
      "buyer B2 sms",
      "phone B2 sms",
      "order order:4 sms",
      "phone order:4 sms",
      "order order:2 sms",
      "phone order:2 sms",
    ]);
  });

  it("keeps those concerned once, and lists them page by page", async () => {
    const [one, other] = [
      { id: "B1", channel: "email" },
      { id: "order:2", channel: "sms" },
    ];
    await host.keep?.("L1", [one]);
    await host.keep?.("L1", [one, other]);
    const first = await host.recipients({ leakId: "L1", after: null, limit: 1 });
    expect(first).toEqual({ recipients: [one], next: "B1" });
    expect(await host.recipients({ leakId: "L1", after: first.next, limit: 2 })).toEqual({
      recipients: [other],
      next: null,
    });
    expect((await host.recipients({ leakId: "L2", after: null, limit: 1 })).recipients).toEqual([]);
  });

  it("leaves each one message of a notice, to where they are reached now", async () => {
    for (const [id, channel] of [
      ["B1", "email"],
      ["B1", "email"],
      ["order:4", "sms"],
    ] as const)
      await host.send({ id, channel }, NOTICE, "L1");
    expect(await messages()).toEqual([
      { id: "leak:L1:1:B1", address: "b1@example.com" },
      { id: "leak:L1:1:order:4", address: "010-7777-6666" },
    ]);
    await expect(host.send({ id: "B9", channel: "sms" }, NOTICE, "L1")).rejects.toThrow("no address");
    await expect(host.send({ id: "B2", channel: "email" }, NOTICE, "L1")).rejects.toThrow("no address");
  });
});

describe("tellOperators", () => {
  it("leaves a message of what waits, what is overdue marked", async () => {
    const notice = { words: { ko: "파기할 기록 3건", en: "" }, isOverdue: true };
    await tellOperators(database as never)({ at: 7, notices: [notice] } as never);
    // Another one of the same moment is another message.
    await tellOperators(database as never)({ at: 7, notices: [{ ...notice, isOverdue: false }] } as never);
    const { rows } = await database.query(
      "SELECT body FROM market.messages WHERE recipient = 'operators' ORDER BY body",
    );
    expect(rows).toEqual([{ body: "[기한 지남] 파기할 기록 3건" }, { body: "파기할 기록 3건" }]);
  });
});
