import type { PGlite } from "@electric-sql/pglite";
import { open, pii, schema, subject } from "@garim/express";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshKeys } from "../fixtures/keys.ts";
import { enrolledPerson, type Line, lineOf, mountPrivacy, type Person, tidy } from "../fixtures/shop.ts";
import { openSlowDatabase } from "../fixtures/slow-database.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name(), phone: pii.phone(), email: pii.email() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
    line: (line) => line.orderNo,
  },
);

const SELLERS = ["S1", "S2", "S3"] as const;
/** What a careless query may take for the name of seller S1. */
const LOOKALIKES: readonly unknown[] = [
  "s1",
  "S1 ",
  "S01",
  "Ｓ1",
  "S1\u0000",
  ["S1"],
  { id: "S1" },
  1,
  null,
  "",
  "S1,S2",
];
/** By tool and seller: what is granted of a buyer. */
const GRANTS = {
  both: { S1: ["name", "phone"], S2: ["name"] },
  one: { S2: ["phone", "email"] },
  none: {},
} as const;

type ToolName = keyof typeof GRANTS;
type SellerName = (typeof SELLERS)[number];

interface Row {
  readonly orderNo: string;
  readonly sellerId: unknown;
  readonly isConfirmed: boolean;
}

interface ReadLine {
  readonly orderNo: string;
  readonly buyer: Readonly<Partial<Record<"name" | "phone" | "email", string>>>;
}

let database: PGlite;
let shops: readonly ToolShop[];
let ports: readonly number[];
let shop: ToolShop;
let rows: object[] = [];
/** Each as it asks the first node, and the second. */
const tools = new Map<ToolName, readonly TestTool[]>();
const staff = new Map<SellerName, Person>();
let turn = 0;

/** One of two nodes, in turn: what holds at one has to hold at whichever is asked. */
function inTurn<T>(both: readonly T[] | undefined): T {
  const one = both?.[turn++ % 2];
  if (one === undefined) throw new Error("two nodes are open");
  return one;
}

beforeAll(async () => {
  database = await openSlowDatabase();
  const keys = freshKeys();
  shops = [await openNode(keys), await openNode(keys)];
  [shop] = shops as [ToolShop];
  for (const [name, grants] of Object.entries(GRANTS)) {
    const tool = await shop.makeTool();
    const there = shops.slice(1).map((node) => node.asking(tool));
    tools.set(name as ToolName, [tool, ...there]);
    for (const [sellerId, fields] of Object.entries(grants)) await shop.grant(tool, sellerId, { fields });
  }
  for (const { garim } of shops) await garim.tools.follower.refresh();
  ports = await Promise.all(shops.map((node) => node.listen()));
  const [port = 0] = ports;
  for (const sellerId of SELLERS)
    staff.set(sellerId, await enrolledPerson(shop, port, `staff/of-${sellerId}/${sellerId}/owner`));
});
afterAll(async () => {
  for (const node of shops) await node.close();
  await database.close();
});

function openNode(keys: ReturnType<typeof freshKeys>): Promise<ToolShop> {
  return openToolShop(
    (app, garim) => {
      mountPrivacy(app, garim);
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get(
        "/lines",
        garim.reveal({ lines: [orderLine] }, reads),
        (_req, res) => void res.json({ lines: rows }),
      );
      app.use(garim.errors());
    },
    { budgets: { keyRequests: 100_000, toolRequests: 100_000, addressRequests: 100_000 } },
    { database, keys },
  );
}

function lineAt({ orderNo, sellerId, isConfirmed }: Row): object {
  const confirmedAt = isConfirmed ? "2026-11-21T10:00:00+09:00" : null;
  return tidy(lineOf({ orderNo, sellerId: sellerId as string, confirmedAt, buyerId: `buyer-${orderNo}` }));
}

/** What of a line is not starred, by name. */
function clearOf({ buyer }: ReadLine): readonly string[] {
  return Object.entries(buyer)
    .filter(([, value]) => !value.includes("*"))
    .map(([kind]) => kind);
}

const someRows = fc
  .array(
    fc.record({
      sellerId: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...SELLERS) },
        fc.constantFrom(...LOOKALIKES),
      ),
      isConfirmed: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((list): readonly Row[] => list.map((row, i) => ({ ...row, orderNo: `${i}` })));

/** What a token is narrowed to; tools ask for whatever they like. */
const someToken = fc.record(
  {
    sellers: fc.uniqueArray(fc.constantFrom(...SELLERS), { minLength: 1 }),
    orders: fc.uniqueArray(fc.nat(12).map(String), { minLength: 1 }),
    fields: fc.uniqueArray(fc.constantFrom("name", "phone", "email"), { minLength: 1 }),
  },
  { requiredKeys: ["fields"] },
);

describe("[B1] whose lines leave", () => {
  it("to tools: of sellers that granted, no more than was granted and asked for, whatever the query found", async () => {
    const someTool = fc.constantFrom<ToolName>("both", "one", "none");
    await fc.assert(
      fc.asyncProperty(someTool, someRows, someToken, async (name, list, narrow) => {
        const tool = inTurn(tools.get(name));
        rows = list.map(lineAt);
        const answer = await tool.get("/lines", await tool.mint(narrow));
        expect(answer.status).toBe(200);
        const { lines } = (await answer.json()) as { lines: ReadLine[] };
        const granted: Readonly<Record<string, readonly string[]>> = GRANTS[name];
        const mayLeave = list.filter(({ sellerId, orderNo }) => {
          const isGranted = typeof sellerId === "string" && Object.hasOwn(granted, sellerId);
          const isNamed = narrow.sellers === undefined || narrow.sellers.some((one) => one === sellerId);
          const isAsked = narrow.orders === undefined || narrow.orders.includes(orderNo);
          return (
            isGranted &&
            isNamed &&
            isAsked &&
            narrow.fields.some((one) => granted[String(sellerId)]?.includes(one))
          );
        });
        expect(lines.map(({ orderNo }) => orderNo)).toEqual(mayLeave.map(({ orderNo }) => orderNo));
        for (const [i, line] of lines.entries()) {
          const { sellerId, isConfirmed } = mayLeave[i] as Row;
          const shown = narrow.fields.filter((one) => granted[String(sellerId)]?.includes(one));
          expect(clearOf(line).toSorted()).toEqual(isConfirmed ? [] : shown.toSorted());
        }
      }),
      { numRuns: 60 },
    );
  });

  it("to staff: of their own seller, or nothing at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SELLERS), someRows, async (own, list) => {
        rows = list.map(lineAt);
        const headers = staff.get(own)?.headers ?? {};
        const answer = await fetch(`http://127.0.0.1:${inTurn(ports)}/lines`, { headers });
        const isOwn = list.every(({ sellerId }) => sellerId === own);
        expect(answer.status).toBe(isOwn ? 200 : 403);
      }),
      { numRuns: 30 },
    );
  });

  it("has each line's access stand with its seller in the log, by its grant", async () => {
    const tool = inTurn(tools.get("both"));
    rows = ["S1", "S2", "S3", "S1"].map((sellerId, i) =>
      lineAt({ orderNo: `${i}`, sellerId, isConfirmed: false }),
    );
    const answer = await tool.get("/lines", await tool.mint());
    const trace = answer.headers.get("garim-trace");
    const { entries } = await shop.garim.log.find({ kind: "tool", actor: tool.toolId }, { limit: 20 });
    const mine = entries.filter(({ access }) => access.detail?.["trace"] === trace);
    const told = mine.map(({ access: { actor, outcome, grant, records } }) => {
      const granted = shop.garim.tools.grants.find(tool.toolId, actor.sellerId ?? "")?.id;
      return [actor.sellerId, outcome, grant === granted, records.length];
    });
    expect(new Set(told)).toEqual(
      new Set([
        ["S1", "disclosed", true, 2],
        ["S2", "disclosed", true, 1],
        [null, "refused", true, 0],
      ]),
    );
  });
});
