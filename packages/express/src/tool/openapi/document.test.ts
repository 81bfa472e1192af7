import { open, pii, type RecordSchema, schema, union } from "@garim/masking";
import express, { type RequestHandler, Router } from "express";
import { describe, expect, it } from "vitest";
import { markEndpoint, markGuard } from "../../routes/route-mark.ts";
import { listRoutes } from "../../routes/routes.ts";
import { createDocument, writeToolDocument } from "./document.ts";
import type { ToolRoute } from "./tool-route.ts";

const TOOLS = { issuer: "https://market.example/oauth", audience: "https://market.example/api" };
const RULES = {
  seller: () => "S1",
  subjects: () => [],
  state: () => ({ paidAt: null, purposeEndedAt: null }),
};

const line = (fields: Parameters<typeof schema>[1]): RecordSchema => schema("line", fields, RULES);
const LINE = line({ no: open(), name: pii.name() });

const route = (shape: RecordSchema, scope = "orders.read"): ToolRoute => ({
  kind: "reveal",
  scope,
  purpose: "fulfilment",
  shape: [shape],
  isSummed: false,
});

const pass: RequestHandler = (_req, _res, next) => next();
const answer: RequestHandler = (_req, res) => void res.end();
const guard = (tool?: ToolRoute): RequestHandler => markGuard(pass.bind(null), undefined, tool);

interface Written {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly summary?: string; readonly parameters?: readonly object[] }>>
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const write = (...given: Parameters<typeof writeToolDocument>): Written =>
  writeToolDocument(...given) as unknown as Written;

describe("writeToolDocument", () => {
  it("finds routes below routers, behind a guard that holds for all of them, and of whatever method", () => {
    const app = express();
    const inner = Router();
    inner.use(guard(route(LINE)));
    inner.get("/lines/:lineNo", answer);
    app.use("/tool", inner);
    app.all("/any", guard(route(LINE)), answer);
    app.post("/receipts", markEndpoint(answer.bind(null), { kind: "receipts", scope: "orders.read" }));
    app.get("/staff", guard(), answer);
    app.get("/open", answer);
    const { paths } = write(app, TOOLS, {});
    const found = Object.entries(paths).map(([path, item]) => [path, ...Object.keys(item)]);
    expect(found).toEqual([
      ["/tool/lines/{lineNo}", "parameters", "get"],
      ["/any", "get"],
      ["/receipts", "post"],
    ]);
    expect(paths["/tool/lines/{lineNo}"]?.["parameters"]).toEqual([
      { name: "lineNo", in: "path", required: true, schema: { type: "string" } },
    ]);
  });

  it("tells a route whose guard only observes people as yet, for tools are never only observed", () => {
    const app = express();
    const until = Date.parse("2026-12-01T00:00:00Z");
    app.get(
      "/a",
      markGuard(pass.bind(null), () => ({ state: "observed", until }), route(LINE)),
      answer,
    );
    expect(Object.keys(write(app, TOOLS, {}).paths)).toEqual(["/a"]);
    expect(listRoutes(app)).toEqual([{ method: "GET", path: "/a", state: "observed", until }]);
  });

  it("tells where an app is that another one mounts, and the address clients know", () => {
    const [outer, inner] = [express(), express()];
    outer.use("/v1", inner);
    const url = (more: object): unknown => write(inner, { ...TOOLS, ...more }, {}).servers[0]?.url;
    expect([url({}), url({ publicUrl: "https://api.example/shop" })]).toEqual([
      "https://market.example/v1",
      "https://api.example/shop/v1",
    ]);
  });

  it("keeps records of one name apart, and tells one that comes twice once", () => {
    const app = express();
    app.get("/a", guard(route(LINE)), answer);
    app.get("/b", guard(route(LINE)), answer);
    app.get("/c", guard(route(line({ other: open(), within: [LINE] }))), answer);
    app.get(
      "/d",
      guard(route(schema("주문", { way: union("by", { car: { plate: open() } }) }, RULES))),
      answer,
    );
    const { schemas } = write(app, TOOLS, {}).components;
    const records = Object.entries(schemas).filter(([name]) => /^line|^_/.test(name));
    expect(Object.fromEntries(records)).toMatchObject({
      line: { properties: { no: {}, name: { "x-pii": "name" }, _masked: {} } },
      line2: { properties: { within: { items: { $ref: "#/components/schemas/line" } } } },
      _: { properties: { way: { oneOf: [{ properties: { by: { const: "car" } } }, { type: "null" }] } } },
    });
    expect(records).toHaveLength(3);
  });

  it("names the header of a nonce where proofs need one", () => {
    const app = express();
    app.get("/a", guard(route(LINE)), answer);
    const has = (nonces: boolean): boolean =>
      JSON.stringify(write(app, { ...TOOLS, nonces }, {}).paths).includes("DPoP-Nonce");
    expect([has(false), has(true)]).toEqual([false, true]);
  });

  it("takes the host's own words for a route, and refuses them for one that is not there", () => {
    const app = express();
    app.get("/lines", guard(route(LINE)), answer);
    const after = { name: "after", in: "query", schema: { type: "string" } };
    const operations = { "GET /lines": { summary: "주문", parameters: [after] } };
    const { get } = write(app, TOOLS, { operations }).paths["/lines"] ?? {};
    expect(get).toMatchObject({ summary: "주문", parameters: [{ name: "DPoP" }, after] });
    expect(() => write(app, TOOLS, { operations: { "GET /line": {} } })).toThrow(
      'write operations: { "GET /lines"',
    );
  });
});

describe("createDocument", () => {
  it.each([
    [{ titles: "주문" }, "Did you mean title?"],
    [{ operations: { "GET /lines": { sumary: "주문" } } }, "Did you mean summary?"],
  ])("names the option that was meant: %j", (options, said) => {
    expect(() => createDocument(TOOLS, options as never)).toThrow(said);
  });
});
