import { stateUnavailable } from "@garim/auth";
import { open, pii, schema, subject, union } from "@garim/express";
import type { Request, Response as Res } from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { faultsOf, type Schema } from "../fixtures/json-schema.ts";
import { type Line, lineOf } from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

/*
 * The document says what the API answers, and no more: whatever is asked here has to fit it, and whatever it tells has to have been
 * answered here.
 */

interface Told {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, Told>>;
}

interface Document {
  readonly openapi: string;
  readonly servers: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly headers: Readonly<Record<string, object>>;
  };
}

const orderLine = schema<Line>(
  "orderLine",
  {
    orderNo: open(),
    buyer: { name: pii.name() },
    tags: [open()],
    payment: union("type", { card: { number: pii.card() }, cash: { receipt: open() } }),
  },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
    line: (line) => line.orderNo,
  },
);

let shop: ToolShop;
let tool: TestTool;
let document: Document;
let rows: object[];
/** What the host's own code does before it answers. */
let first: (req: Request, res: Res) => unknown;
/** `GET /lines 200`, and headers beside it: `GET /lines 200 Garim-Trace`. */
const seen = new Set<string>();

const rowOf = (no: number, more: Partial<Line> = {}): object => ({
  ...lineOf({ orderNo: String(no), buyerId: `buyer-${no}`, confirmedAt: null, ...more }),
  tags: ["급함", null],
  payment: no % 2 === 0 ? { type: "card", number: "4111111111111111" } : { type: "cash", receipt: 1 },
});

beforeAll(async () => {
  shop = await openToolShop(
    (app, garim) => {
      const common = { purpose: "fulfilment", tools: "orders.read" } as const;
      const revealed = { ...common, undeclared: "drop" } as const;
      const answer = (body: () => unknown) => (req: Request, res: Res) => {
        if (first(req, res) !== "answered") res.json(body());
      };
      app.get(
        "/tool/openapi.json",
        garim.tools.describe({
          title: "주문",
          operations: { "GET /lines": { parameters: [{ name: "after", in: "query" }] } },
        }),
      );
      app.get("/.well-known/oauth-protected-resource/api", garim.tools.metadata());
      app.get(
        "/lines",
        garim.reveal({ total: open(), lines: [orderLine] }, revealed),
        answer(() => ({ total: 2, lines: rows })),
      );
      app.get(
        "/summed/:orderNo",
        garim.reveal([orderLine], { ...revealed, masked: "header" }),
        answer(() => rows),
      );
      app.get(
        "/pages",
        garim.bulk(orderLine, {
          ...common,
          pageSize: 2,
          keyOf: ({ orderNo }) => orderNo,
          read: async ({ req, after, limit }) => {
            await first(req, req.res as Res);
            const some = rows as Line[];
            return some.filter(({ orderNo }) => after === null || orderNo > after).slice(0, limit);
          },
        }),
      );
      app.post("/receipts", garim.receipts({ tools: "orders.read" }));
      app.get(
        "/staff",
        garim.reveal([orderLine], { purpose: "fulfilment" }),
        (_req, res) => void res.json(rows),
      );
      app.get("/health", garim.unguarded("a health check"), (_req, res) => void res.json({}));
      app.use(garim.errors());
    },
    { budgets: { keySubjects: 5 } },
  );
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
  const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/tool/openapi.json`);
  expect(answer.status).toBe(200);
  document = (await answer.json()) as Document;
});
afterAll(() => shop.close());
beforeEach(() => {
  rows = [rowOf(1), rowOf(2)];
  first = () => undefined;
});

const OURS = /^(?:garim-|ratelimit|retry-after|www-authenticate|dpop-nonce)/;

const NOTHING: Pick<Operation, "responses"> = { responses: {} };

/** Holds an answer against the document. @returns its body */
async function told(operation: string, answer: Response): Promise<unknown> {
  const [method = "", path = ""] = operation.split(" ");
  const { responses } = document.paths[path]?.[method.toLowerCase()] ?? NOTHING;
  const status = Object.hasOwn(responses, String(answer.status)) ? String(answer.status) : "default";
  const response = responses[status];
  const name = `${operation} ${status}`;
  expect([name, response !== undefined]).toEqual([name, true]);
  seen.add(name);
  const headers = Object.keys(response?.headers ?? {});
  for (const header of [...answer.headers.keys()].filter((one) => OURS.test(one))) {
    const known = headers.find((one) => one.toLowerCase() === header);
    expect([name, header, known !== undefined]).toEqual([name, header, true]);
    seen.add(`${name} ${known}`);
  }
  const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const media = response?.content?.[type];
  expect([name, type, media !== undefined]).toEqual([name, type, true]);
  seen.add(`${name} ${type}`);
  const text = await answer.text();
  const values = type === "application/x-ndjson" ? text.trimEnd().split("\n") : [text];
  for (const value of values)
    expect(faultsOf(JSON.parse(value), media?.schema ?? {}, document.components.schemas)).toEqual([]);
  return values.map((value) => JSON.parse(value) as unknown).at(0);
}

const get = async (operation: string, path: string, token?: string, headers = {}): Promise<unknown> =>
  told(`GET ${operation}`, await tool.get(path, token ?? (await tool.mint()), headers));

async function bare(operation: string, path: string, init: RequestInit = {}): Promise<unknown> {
  return told(operation, await fetch(`http://127.0.0.1:${await shop.listen()}${path}`, init));
}

const PATHS = [
  ["/lines", "/lines"],
  ["/summed/{orderNo}", "/summed/1"],
  ["/pages", "/pages"],
] as const;

const CONFIRMED = { confirmedAt: "2026-11-21T10:00:00+09:00" };

describe("what tools read, as OpenAPI", () => {
  it("names every route that is open to tools, what token it takes, and no other route", () => {
    const scopes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== "parameters")
        .map(([method, { security }]) => [
          `${method.toUpperCase()} ${path}`,
          security.flatMap(({ tokens = [] }) => tokens).join(" or "),
        ]),
    );
    expect(Object.fromEntries(scopes)).toEqual({
      "GET /tool/openapi.json": "",
      "GET /.well-known/oauth-protected-resource/api": "",
      "GET /lines": "orders.read",
      "GET /summed/{orderNo}": "orders.read",
      "GET /pages": "orders.read",
      "POST /receipts": "orders.read or garim:receipts",
    });
    expect([document.openapi, document.servers]).toEqual(["3.1.0", [{ url: "https://market.example" }]]);
    const names = document.paths["/lines"]?.["get"]?.parameters?.map(({ name }) => name);
    expect(names).toEqual(["DPoP", "after"]);
  });

  it.each(PATHS)("tells what %s gives: clear, masked, and left out", async (operation, path) => {
    rows = [rowOf(1, { sellerId: "S9" }), rowOf(2, CONFIRMED)];
    const masked = JSON.stringify(await get(operation, path));
    expect(masked.includes("_masked")).toBe(!operation.startsWith("/summed"));
    rows = [rowOf(1), rowOf(2)];
    const answered = JSON.stringify(await get(operation, path));
    expect(answered).toContain(lineOf().buyer.name);
    expect(answered.includes("_purgeBy")).toBe(operation === "/pages");
  });

  it("tells a stream's lines, to its last one, and how it ends early", async () => {
    rows = [rowOf(1), rowOf(2), rowOf(3)];
    await get("/pages", "/pages", undefined, { accept: "application/x-ndjson" });
    let pages = 0;
    first = () => {
      if (pages++ === 1) throw new Error("the host's query failed");
    };
    await get("/pages", "/pages", undefined, { accept: "application/x-ndjson" });
  });

  it("tells of a cursor that is none", async () => {
    await get("/pages", "/pages?cursor=x");
  });

  it.each(PATHS)("tells how %s refuses", async (operation, path) => {
    const other = await tool.mint({ scope: "other" });
    await get(operation, path, other);
    await get(operation, path, await tool.mint({ purpose: "marketing" }));
    await get(operation, path, await tool.mint({ isForged: true }));
    await bare(`GET ${operation}`, path, { headers: { authorization: "DPoP x" } });
    const reader = await shop.makeTool();
    await shop.grant(reader, "S1");
    let answer = await reader.get(path, await reader.mint());
    for (let no = 10; answer.status === 200 && no < 30; no += 2) {
      rows = [rowOf(no), rowOf(no + 1)];
      await answer.body?.cancel();
      answer = await reader.get(path, await reader.mint());
    }
    expect(await told(`GET ${operation}`, answer)).toMatchObject({ status: 429 });
  });

  it.each(PATHS)("tells of faults and outages of %s", async (operation, path) => {
    first = (_req, res) => {
      if (operation === "/pages") throw new Error("x");
      res.json("no list, and no envelope");
      return "answered";
    };
    expect(await get(operation, path)).toMatchObject({ status: 500, trace: expect.any(String) });
    first = () => {
      throw Object.assign(new Error("the database is out"), { status: 503 });
    };
    if (operation === "/pages") await get(operation, path);
    first = () => undefined;
    const { log } = shop.garim;
    const append = vi.spyOn(log, "append").mockRejectedValue(stateUnavailable("the log is out"));
    expect(await get(operation, path)).toMatchObject({ status: 503 });
    append.mockRestore();
    if (operation === "/pages") return;
    first = (_req, res) => {
      res.status(404).json({ message: "no such order" });
      return "answered";
    };
    expect(await get(operation, path)).toMatchObject({ status: 404 });
  });

  it("tells what a receipt is answered", async () => {
    await get("/lines", "/lines");
    const receipt = { sellerId: "S1", orderIds: ["1"], destroyedAt: shop.clock.now, method: "rows deleted" };
    const post = async (body: object, token?: string) =>
      told("POST /receipts", await tool.post("/receipts", token ?? (await tool.mint()), body));
    expect(await post(receipt)).toMatchObject({ confirmed: ["1"] });
    await post({ ...receipt, orderIds: [] });
    await post(receipt, await tool.mint({ scope: "other" }));
    await post(receipt, await tool.mint({ isForged: true }));
    await bare("POST /receipts", "/receipts", { method: "POST" });
    const type = { "content-type": "application/json" };
    await bare("POST /receipts", "/receipts", { method: "POST", body: "{", headers: type });
    await bare("POST /receipts", "/receipts", { method: "POST", body: "x" });
    const large = JSON.stringify({ method: "x".repeat(310_000) });
    await bare("POST /receipts", "/receipts", { method: "POST", body: large, headers: type });
    const { purges } = shop.garim.tools;
    const confirm = vi.spyOn(purges, "confirm").mockRejectedValue(stateUnavailable("out"));
    expect(await post(receipt)).toMatchObject({ status: 503 });
    confirm.mockRestore();
  });

  it("tells itself, and the metadata", async () => {
    await bare("GET /tool/openapi.json", "/tool/openapi.json");
    await bare("GET /.well-known/oauth-protected-resource/api", "/.well-known/oauth-protected-resource/api");
  });

  it("tells nothing that was not answered here, but for too many requests for receipts", () => {
    const all = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== "parameters")
        .flatMap(([method, { responses }]) =>
          Object.entries(responses).flatMap(([status, { headers = {}, content = {} }]) => {
            const name = `${method.toUpperCase()} ${path} ${status}`;
            return [name, ...Object.keys({ ...headers, ...content }).map((one) => `${name} ${one}`)];
          }),
        ),
    );
    expect(all.filter((name) => !seen.has(name) && !name.startsWith("POST /receipts 429"))).toEqual([]);
  });

  it("refers to what it holds alone, and holds nothing nobody refers to", () => {
    const { schemas, headers } = document.components;
    const text = JSON.stringify(document);
    const referred = (of: string) =>
      new Set([...text.matchAll(new RegExp(`"#/components/${of}/([\\w-]+)"`, "g"))].map(([, name]) => name));
    expect([...referred("schemas")].toSorted()).toEqual(Object.keys(schemas).toSorted());
    const idle = Object.keys(headers).filter((name) => !referred("headers").has(name));
    expect(idle).toEqual(["DPoP-Nonce"]);
    for (const name of referred("headers")) expect(headers).toHaveProperty([name ?? ""]);
  });
});
