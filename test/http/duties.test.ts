import { type Flow, type FlowParty, listPublicFlows, writePublicFlows } from "@garim/duties";
import type { Problem } from "@garim/express";
import { DAY, kindSet, PRIVACY_SECTIONS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ASK, begin, fetchFile, settled } from "../fixtures/download-shop.ts";
import { EVERY_SELLER, MARKET, someFlow, USUAL_FLOWS } from "../fixtures/duties.ts";
import { enrolledPerson, lineOf, mountPrivacy, orderLine, type Person, tidy } from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";
import { totpCode } from "../fixtures/totp.ts";

let shop: ToolShop;
let port: number;
let owner: Person;
let operator: Person;
let auditor: Person;
let tool: TestTool;
const told: string[] = [];
/** Whether the registers have what they have at others. */
let isFiled = false;
/** What happens while the handler is at work. */
let meanwhile: () => unknown = () => undefined;

beforeAll(async () => {
  shop = await openToolShop(
    (app, garim) => {
      app.use("/published", garim.published());
      mountPrivacy(app, garim);
      app.use("/duties", garim.duties());
      app.use("/auditor", garim.auditor());
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get("/lines", garim.reveal([orderLine], reads), async (_req, res) => {
        await meanwhile();
        res.json([tidy(lineOf({ confirmedAt: null }))]);
      });
      const rows = async function* () {
        yield lineOf({ confirmedAt: null });
        await meanwhile();
      };
      const fields = ["orderNo", "recipient.name"];
      const purposes = {
        shipping: { ko: "발송", en: "Shipping", fields },
        handedOn: { ko: "택배 접수", en: "To the courier", fields, to: { kind: "courier", id: "cj" } },
      } as const;
      app.post("/exports", garim.download(orderLine, { purposes }), (_req, res) => void res.rows(rows()));
      app.use("/exports", garim.downloads());
      app.use(garim.errors());
    },
    {},
    {
      duties: {
        seller: (sellerId) => ({
          name: `상점 ${sellerId}`,
          officer: { name: "개인정보팀", contact: "privacy@s1.example" },
        }),
        onReminder: ({ staffId, course }) => void told.push(`${staffId} ${course.id}`),
      },
      policy: { educationCondition: 1, publicationCondition: 1 },
    },
  );
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  operator = await enrolledPerson(shop, port, "operator/oscar");
  auditor = await enrolledPerson(shop, port, "auditor/audrey");
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
}, 60_000);
afterAll(() => shop.close());

beforeEach(async () => {
  meanwhile = () => undefined;
  if (!isFiled) return;
  for (const flow of USUAL_FLOWS) await shop.garim.registers.flows.put(flow, KEEPER);
  await shop.garim.registers.policies.publish(POLICY, KEEPER);
});

const sections = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));
const POLICY = { sellerId: "S1", title: "상점", sections };

async function reasonOf(answer: Response): Promise<string | undefined> {
  return ((await answer.json()) as Problem).reason;
}

const ask = (): Promise<Response> => owner.get("/lines");
const askAsTool = async (): Promise<Response> => await tool.get("/lines", await tool.mint());
const put = (flow: Flow): Promise<unknown> => shop.garim.registers.flows.put(flow, KEEPER);
const end = (from: FlowParty, to: FlowParty): Promise<unknown> =>
  shop.garim.registers.flows.end({ from, to, isOverseas: false }, KEEPER);
const EVERY_TOOL: FlowParty = { kind: "tool", id: "*" };

describe("a register with nothing in it", () => {
  afterAll(() => {
    isFiled = true;
  });

  it("[pipa/17 pipa/26 code-2022/privacy-policy] lets no staff read, nor download, nor a tool, until each entry is there", async () => {
    const { flows } = shop.garim.registers;
    const refused = async () => [
      await reasonOf(await ask()),
      await reasonOf(await owner.post("/exports", {})),
      (await askAsTool()).headers.get("garim-left-out"),
    ];
    expect(await refused()).toEqual(["flow-missing", "flow-missing", "flow-missing;count=1"]);
    await flows.put(someFlow("provision", MARKET, EVERY_SELLER), KEEPER);
    expect(await refused()).toEqual(["policy-missing", "policy-missing", "flow-missing;count=1"]);
    await flows.put(someFlow("outsourcing", EVERY_SELLER, EVERY_TOOL), KEEPER);
    expect(await (await askAsTool()).text()).toContain("2026112200000001");
  });

  it("[pipa/26] lets a tool read nothing of a seller it has no contract with", async () => {
    const other = await shop.makeTool();
    const { toolId } = other;
    const signed = { signedAt: shop.clock.now - DAY, endsAt: null };
    const by = { kind: "staff", id: "anna", sellerId: "S1" } as const;
    const scope = {
      kinds: kindSet(["name"]),
      purposes: ["fulfilment"],
      states: ["open"],
      endsAt: null,
    } as const;
    const papers = { agreement: signed, contract: signed };
    await shop.garim.tools.grants.make({ toolId, sellerId: "S1", by, ...scope, ...papers });
    const answer = await other.get("/lines", await other.mint());
    expect(answer.headers.get("garim-left-out")).toBe("contract-missing;count=1");
    expect(await answer.text()).not.toContain("2026112200000001");
    await shop.sign(other, "S1");
    expect((await other.get("/lines", await other.mint())).headers.get("garim-left-out")).toBeNull();
  });
});

describe("the register of flows", () => {
  it("[pipa/17] lets staff and tools read while both ways are on file", async () => {
    expect((await ask()).status).toBe(200);
    const answer = await askAsTool();
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("2026112200000001")]);
  });

  it.each<[string, Flow, string]>([
    ["lacks an item", { ...someFlow("provision", MARKET, EVERY_SELLER), items: {} }, "provision-incomplete"],
    [
      "is not the choice its evidence speaks for",
      {
        ...someFlow("outsourcing", EVERY_SELLER, EVERY_SELLER),
        from: MARKET,
        evidence: someFlow("provision", MARKET, MARKET).evidence,
      },
      "flow-contradicted",
    ],
    [
      "has ended",
      someFlow("provision", MARKET, EVERY_SELLER, { endsAt: Date.parse("2026-02-01") }),
      "flow-ended",
    ],
  ])(
    "[pipa/17 pipa/26] lets no staff read, nor download, nor a tool, by an entry that %s",
    async (_, flow, reason) => {
      await put(flow);
      const answer = await ask();
      expect([answer.status, await reasonOf(answer)]).toEqual([403, reason]);
      expect(await reasonOf(await owner.post("/exports", {}))).toBe(reason);
      expect(await (await askAsTool()).text()).not.toContain("2026112200000001");
    },
  );

  it("[pipa/26] lets a tool read nothing without an entry of its own, and staff all the same", async () => {
    await put({ ...someFlow("outsourcing", EVERY_SELLER, { kind: "tool", id: "*" }), items: {} });
    const answer = await askAsTool();
    expect(await answer.text()).not.toContain("2026112200000001");
    expect(answer.headers.get("garim-left-out")).toContain("outsourcing-incomplete");
    expect((await ask()).status).toBe(200);
  });

  it("[pipa/17 pipa/26] lets no answer go that was at work when its entry ended", async () => {
    meanwhile = () => end(MARKET, EVERY_SELLER);
    const answer = await ask();
    expect([answer.status, await reasonOf(answer)]).toEqual([403, "flow-ended"]);
    await put(someFlow("provision", MARKET, EVERY_SELLER));
    meanwhile = () => end(EVERY_SELLER, EVERY_TOOL);
    const asTool = await askAsTool();
    expect(await asTool.text()).not.toContain("2026112200000001");
    expect(asTool.headers.get("garim-left-out")).toContain("flow-ended");
  });

  it("[pipa/17] makes no file whose entry ended meanwhile, and gives none until there is one again", async () => {
    meanwhile = () => end(MARKET, EVERY_SELLER);
    const { id } = await begin(owner);
    meanwhile = () => put(someFlow("provision", MARKET, EVERY_SELLER));
    expect(await settled(owner, id)).toMatchObject({ state: "failed", reason: "flow-ended", file: null });
    await meanwhile();
    const begun = await begin(owner);
    expect((await settled(owner, begun.id)).state).toBe("ready");
    await end(MARKET, EVERY_SELLER);
    const refused = await fetchFile(owner, begun);
    expect([refused.status, await reasonOf(refused)]).toEqual([403, "flow-ended"]);
    await meanwhile();
    const file = await fetchFile(owner, begun);
    expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
  });

  it("[pipa/26] makes no file for a courier whose entry ended meanwhile, and gives none that is there", async () => {
    const [shopOf, courier] = [
      { kind: "seller", id: "S1" },
      { kind: "courier", id: "cj" },
    ] as const;
    const file = () => put(someFlow("outsourcing", shopOf, courier));
    const ask = { purpose: "handedOn" };
    const missing = await owner.post("/exports", { ...ASK, ...ask });
    expect([missing.status, await reasonOf(missing)]).toEqual([403, "flow-missing"]);
    await file();
    meanwhile = () => end(shopOf, courier);
    const { id } = await begin(owner, ask);
    expect(await settled(owner, id)).toMatchObject({ state: "failed", reason: "flow-ended", file: null });
    meanwhile = () => undefined;
    await file();
    const begun = await begin(owner, ask);
    expect((await settled(owner, begun.id)).state).toBe("ready");
    await end(shopOf, courier);
    const refused = await fetchFile(owner, begun);
    expect([refused.status, await reasonOf(refused)]).toEqual([403, "flow-ended"]);
    await file();
    expect((await fetchFile(owner, begun)).status).toBe(200);
    await end(shopOf, courier);
  });

  it("[pipa/26 code-2022/tool] lets a tool read nothing whose agreement or contract is over", async () => {
    const other = await shop.makeTool();
    await shop.grant(other, "S1");
    const leftOut = async () => (await other.get("/lines", await other.mint())).headers.get("garim-left-out");
    expect(await leftOut()).toBeNull();
    const { register } = shop.garim.tools;
    await register.endAgreement(other.toolId, KEEPER);
    expect(await leftOut()).toContain("contract-");
    const dates = { signedAt: shop.clock.now - DAY, endsAt: null };
    await register.putAgreement({ toolId: other.toolId, version: "2", document: "a-2", ...dates }, KEEPER);
    expect(await leftOut()).toBeNull();
    await register.endContract("S1", other.toolId, KEEPER);
    expect(await leftOut()).toContain("contract-");
  });

  it("[pipa/28-8] lets a tool whose processor is abroad read only with a transfer overseas on file", async () => {
    const [from, to] = [
      { kind: "seller", id: "S1" },
      { kind: "tool", id: tool.toolId },
    ] as const;
    const dates = { signedAt: shop.clock.now - DAY, endsAt: null };
    const subProcessors = [{ name: "Cloud Co", task: "hosting", country: "US" }];
    const what = { tasks: ["송장 출력"], subProcessors, document: "contract-2" };
    const { register } = shop.garim.tools;
    await register.putContract({ sellerId: "S1", toolId: tool.toolId, ...dates, ...what }, KEEPER);
    expect((await askAsTool()).headers.get("garim-left-out")).toContain("overseas-missing");
    await put(someFlow("overseas", from, to));
    expect((await askAsTool()).headers.get("garim-left-out")).toBeNull();
    await shop.sign(tool, "S1");
  });

  it("is kept by operators and owners over HTTP, on record, and by nobody of another seller", async () => {
    const entry = someFlow("provision", { kind: "seller", id: "S1" }, { kind: "courier", id: "cj" });
    const write = (person: Person, flow: object) =>
      fetch(`http://127.0.0.1:${port}/duties/flows`, {
        method: "PUT",
        body: JSON.stringify(flow),
        headers: { "content-type": "application/json", ...person.headers },
      });
    const filed = await write(owner, entry);
    expect([filed.status, await filed.json()]).toMatchObject([200, { gaps: [], reason: null }]);
    const others = { ...entry, from: { kind: "seller", id: "S2" } };
    expect(await reasonOf(await write(owner, others))).toBe("other-seller");
    expect((await write(operator, others)).status).toBe(200);
    expect(await reasonOf(await write(auditor, entry))).toBe("role-lacks-action");
    const wrong = await write(operator, { ...entry, items: { recipent: "x" } });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { detail: expect.stringContaining("items") },
    ]);
    const { entries } = await shop.garim.log.find({ actions: ["put-flow"], outcome: "done" }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({
      actor: { kind: "operator", id: "oscar" },
      detail: { from: "seller S2", to: "courier cj", gaps: "" },
    });
    const listed = (await (await owner.get("/duties/flows?limit=1000")).json()) as { flows: Flow[] };
    expect(listed.flows.some(({ from }) => from.id === "S2")).toBe(false);
  });

  it("is listed by the keys of its entries: what comes between two pages shifts none", async () => {
    const read = async (after?: string) => {
      const query = new URLSearchParams({ limit: "2", ...(after === undefined ? {} : { after }) });
      return (await (await auditor.get(`/duties/flows?${query}`)).json()) as { flows: Flow[]; next: string };
    };
    const first = await read();
    expect([first.flows.length, JSON.parse(first.next).length]).toEqual([2, 5]);
    // Before everything that was read: by place, the last one would come again.
    await put(someFlow("provision", { kind: "courier", id: "a" }, { kind: "other", id: "a" }));
    const second = await read(first.next);
    const [last] = first.flows.slice(-1);
    expect(second.flows).not.toContainEqual(last);
    const wrong = await auditor.get("/duties/flows?after=2");
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("page before")]);
  });

  it("tells everybody to whom data goes, without a log-in and without papers", async () => {
    const nasty = someFlow("provision", MARKET, { kind: "other", id: "x" });
    await put({ ...nasty, items: { ...nasty.items, recipient: "<script>alert(1)</script>" } });
    const page = await (await fetch(`http://127.0.0.1:${port}/published/flows`)).text();
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>");
    const json = await (await fetch(`http://127.0.0.1:${port}/published/flows.json`)).text();
    expect(JSON.parse(json).flows.provision).toHaveLength(2);
    expect(json + page).not.toContain("archive/7");
    const read = async (query: string) =>
      (await (await fetch(`http://127.0.0.1:${port}/published/flows.json?${query}`)).json()) as {
        flows: { provision: object[] };
        next: string;
      };
    const part = await read("limit=1");
    expect(part).toMatchObject({ flows: { provision: [{}] }, next: expect.any(String) });
    const more = await read(`${new URLSearchParams({ limit: "1", after: part.next })}`);
    expect(more).toMatchObject({ flows: { provision: [{}] }, next: null });
    expect(more.flows.provision).not.toEqual(part.flows.provision);
    const linked = await (await fetch(`http://127.0.0.1:${port}/published/flows?limit=1`)).text();
    const [, href = ""] = /href="([^"]+)">다음 항목/.exec(linked) ?? [];
    expect(new URLSearchParams(href.replaceAll("&amp;", "&")).get("after")).toBe(part.next);
    for (const query of ["after=1", "limit=0", "after=a&after=b"])
      expect((await fetch(`http://127.0.0.1:${port}/published/flows?${query}`)).status).toBe(400);
    await shop.garim.registers.flows.end({ from: MARKET, to: nasty.to, isOverseas: false }, KEEPER);
    const left = listPublicFlows(shop.garim.registers.flows.list(), MARKET, shop.clock.now, resolvePolicy());
    expect(left.flows.provision).toHaveLength(1);
    expect(writePublicFlows(left)).not.toContain("script");
  });

  it("tells everybody to whom one seller's data goes, and of a name that is no seller's the marketplace's", async () => {
    const of = async (query: string) =>
      (await (await fetch(`http://127.0.0.1:${port}/published/flows.json${query}`)).json()) as {
        sender: FlowParty;
        flows: { outsourcing: { recipient: string }[] };
      };
    const items = (recipient: string) => ({ ...someFlow("outsourcing", MARKET, MARKET).items, recipient });
    const way = (id: string, recipient: string) =>
      someFlow(
        "outsourcing",
        { kind: "seller", id },
        { kind: "courier", id: "p" },
        { items: items(recipient) },
      );
    await put(way("S7", "일곱째 택배"));
    await put(way("S8", "여덟째 택배"));
    const seventh = await of("?seller=S7");
    expect(seventh.sender).toEqual({ kind: "seller", id: "S7" });
    // Every seller's tools, and the own courier.
    expect(seventh.flows.outsourcing.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining(["일곱째 택배"]),
    );
    expect(JSON.stringify(seventh)).not.toContain("여덟째");
    expect(JSON.stringify(await of(""))).not.toMatch(/일곱째|여덟째/);
    expect((await of(`?seller=${"x".repeat(500)}`)).sender).toEqual(MARKET);
    const page = await (await fetch(`http://127.0.0.1:${port}/published/flows?seller=S8`)).text();
    expect(page).toContain("여덟째 택배");
    for (const id of ["S7", "S8"]) await end({ kind: "seller", id }, { kind: "courier", id: "p" });
    expect(JSON.stringify(await of("?seller=S7"))).not.toContain("일곱째");
  });

  it("comes with the plan that the configuration implements, for operators and auditors", async () => {
    const answer = await operator.get("/duties/plan");
    expect([answer.headers.get("content-type"), await answer.text()]).toEqual([
      "text/html; charset=utf-8",
      // Since its first start, which is on record.
      expect.stringMatching(/적용일시<.{0,40}2026.*educationCondition = 1, publicationCondition = 1/s),
    ]);
    expect(await reasonOf(await owner.get("/duties/plan"))).toBe("role-lacks-action");
  });

  it("stands in the folder of evidence", async () => {
    const answer = await auditor.post("/auditor/evidence", {
      from: "2026-01-01T00:00:00Z",
      to: "2099-01-01T00:00:00Z",
      samples: 1,
    });
    const { files } = (await answer.json()) as { files: Record<string, string> };
    expect(JSON.parse(files["registers/flows.json"] ?? "[]")).toContainEqual(
      expect.objectContaining({ to: EVERY_SELLER, gaps: [], reason: null }),
    );
    expect(files["manifest.json"]).toContain("registers/education.json");
    const read = (name: string) => JSON.parse(files[`registers/${name}.json`] ?? "null");
    expect(read("agreements")).toContainEqual(expect.objectContaining({ toolId: tool.toolId, reason: null }));
    expect(read("contracts")).toContainEqual(expect.objectContaining({ sellerId: "S1", reason: null }));
    expect(read("privacy-policies")).toMatchObject({ count: 1, named: [{ sellerId: "S1", version: 1 }] });
    expect(read("rights").named).toContainEqual(
      expect.objectContaining({
        sellerId: "S1",
        people: [expect.objectContaining({ staffId: "anna", roles: ["owner"] })],
      }),
    );
    expect([read("completions"), read("tool-debts"), read("tool-receipts")]).toEqual(
      Array(3).fill({ count: 0, named: [] }),
    );
    expect(files["registers/plan.html"]).toContain("educationCondition = 1, publicationCondition = 1");
    const { entries } = await shop.garim.log.find({ actions: ["log-query"] }, { limit: 10 });
    expect(entries.map(({ access }) => access.detail)).toContainEqual({ question: "rights" });
  });
});

describe("what was signed with tools", () => {
  const send = (person: Person, method: string, path: string, body: object) =>
    fetch(`http://127.0.0.1:${port}/duties/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...person.headers },
    });
  const dates = () => ({ signedAt: shop.clock.now - DAY, endsAt: null });
  const what = {
    tasks: ["송장 출력"],
    subProcessors: [{ name: "택배 대행", task: "송장", country: "KR" }],
    document: "contract-9",
  };

  it("[pipa/26 toolcode-2022/grant] lets a tool read once both papers are on file over HTTP, and nothing once one is ended", async () => {
    const other = await shop.makeTool();
    await shop.grant(other, "S1");
    const { toolId } = other;
    const contract = { sellerId: "S1", toolId };
    const leftOut = async () => (await other.get("/lines", await other.mint())).headers.get("garim-left-out");
    expect((await send(owner, "DELETE", "contracts", contract)).status).toBe(204);
    expect(await leftOut()).toContain("contract-ended");
    const filed = await send(owner, "PUT", "contracts", { ...contract, ...what, ...dates() });
    expect([filed.status, await filed.json()]).toMatchObject([200, { reason: null, toolName: {} }]);
    expect(await leftOut()).toBeNull();
    expect((await send(operator, "DELETE", `agreements/${toolId}`, {})).status).toBe(204);
    expect(await leftOut()).toContain("contract-ended");
    const paper = { version: "2026-11", document: "agreement-9", ...dates() };
    expect((await send(operator, "PUT", `agreements/${toolId}`, paper)).status).toBe(200);
    expect(await leftOut()).toBeNull();
    const { entries } = await shop.garim.log.find(
      { actions: ["put-contract"], outcome: "done" },
      { limit: 1 },
    );
    expect(entries[0]?.access).toMatchObject({
      actor: { kind: "staff", id: "anna", sellerId: "S1" },
      target: { kind: "tool", id: toolId, sellerId: "S1" },
      detail: { tasks: "송장 출력", subProcessors: "택배 대행 (KR)" },
    });
  });

  it("[pipa/26] is seen by whom it concerns, page by page, and kept by nobody of another seller", async () => {
    const { register } = shop.garim.registers;
    for (const sellerId of ["S2", "S3"])
      await register.putContract({ sellerId, toolId: "t", ...what, ...dates() }, KEEPER);
    const ended = { sellerId: "S2", toolId: "t" };
    expect((await send(operator, "DELETE", "contracts", ended)).status).toBe(204);
    const read = async (person: Person, query: string) =>
      (await (await person.get(`/duties/${query}`)).json()) as {
        contracts: { sellerId: string; reason: string | null }[];
        agreements: { toolId: string }[];
        next: string | null;
      };
    const own = await read(owner, "contracts?seller=S2");
    expect(own.contracts.map(({ sellerId }) => sellerId)).not.toContain("S2");
    expect(await read(auditor, "contracts?seller=S2")).toMatchObject({
      contracts: [{ reason: "contract-ended", toolName: null }],
      next: null,
    });
    const found: string[] = [];
    for (let after = ""; ; ) {
      const page = await read(operator, `contracts?limit=1${after}`);
      found.push(...page.contracts.map(({ sellerId }) => sellerId));
      if (page.next === null) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(found).toEqual(found.toSorted());
    expect(found).toEqual(expect.arrayContaining(["S1", "S2", "S3"]));
    const given = { sellerId: "S2", toolId: "t", ...what, ...dates() };
    expect(await reasonOf(await send(owner, "PUT", "contracts", given))).toBe("other-seller");
    expect(await reasonOf(await send(owner, "DELETE", "contracts", given))).toBe("other-seller");
    expect(await reasonOf(await owner.get("/duties/agreements"))).toBe("role-lacks-action");
    expect(await reasonOf(await send(auditor, "PUT", "agreements/t", {}))).toBe("role-lacks-action");
    const { agreements } = await read(auditor, "agreements");
    expect(agreements).toContainEqual(expect.objectContaining({ toolId: tool.toolId, reason: null }));
  });

  it("[pipa/26] tells of how many orders each tool owes a receipt, and what it confirmed, of the own seller alone", async () => {
    const { purges } = shop.garim.registers;
    const { toolId } = tool;
    const orders = { sellerId: "S2", orderId: "o-1", purgeBy: shop.clock.now - 1, isClear: true };
    const own = { ...orders, sellerId: "S1", purgeBy: shop.clock.now };
    await purges.owe(toolId, [orders, { ...orders, orderId: "o-2" }, own], shop.clock.now - DAY);
    const receipt = {
      toolId,
      sellerId: "S2",
      orderIds: ["o-2"],
      destroyedAt: shop.clock.now,
      method: "삭제",
    };
    await purges.confirm(receipt, KEEPER);
    const read = async (person: Person, query: string) =>
      (await (await person.get(`/duties/${query}`)).json()) as { debts: object[]; receipts: object[] };
    const { debts } = await read(operator, "tool-debts");
    expect(debts).toContainEqual(
      expect.objectContaining({ toolId, sellerId: "S2", orders: 1, overdue: 1, toolName: expect.anything() }),
    );
    expect(debts).toContainEqual(expect.objectContaining({ toolId, sellerId: "S1", overdue: 0 }));
    for (const { sellerId } of (await read(owner, "tool-debts?seller=S2")).debts as { sellerId: string }[])
      expect(sellerId).toBe("S1");
    expect((await read(owner, "tool-receipts")).receipts).toEqual([]);
    expect((await read(auditor, "tool-receipts?seller=S2")).receipts).toMatchObject([{ toolId, orders: 1 }]);
    expect((await operator.get("/duties/tool-debts?after=1")).status).toBe(400);
  });

  it.each<[string, string, object, string]>([
    ["PUT", "contracts", { sellerId: "S1", toolId: "t", subProcessors: [] }, "tasks must be"],
    ["PUT", "agreements/t", { version: "1", document: "" }, "signedAt must be"],
    ["DELETE", "contracts", { sellerId: "S1", toolId: "nobody" }, "contract-unknown"],
    ["DELETE", "agreements/nobody", {}, "agreement-unknown"],
  ])("refuses %s %s of %j by name", async (method, path, body, said) => {
    const answer = await send(operator, method, path, body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(said)]);
  });
});

describe("education", () => {
  const COURSE = {
    id: "privacy-2026",
    title: { ko: "개인정보 보호 교육", en: "Personal data" },
    roles: ["owner"],
    sellerId: null,
    text: "구매자 정보는 배송과 문의 처리에만 씁니다.",
    link: null,
    months: null,
  };

  it("[code-2022/education] lets nobody read whose course is overdue, tells them before, and lets them again once it is completed", async () => {
    const put = await fetch(`http://127.0.0.1:${port}/duties/courses/${COURSE.id}`, {
      method: "PUT",
      body: JSON.stringify(COURSE),
      headers: { "content-type": "application/json", ...operator.headers },
    });
    expect(put.status).toBe(200);
    expect((await ask()).status).toBe(200);
    shop.clock.now += 14 * DAY + 1;
    owner = await enrolledPerson(shop, port, "staff/anna2/S1/owner");
    await shop.garim.registers.education.judge(
      { sellerId: "S1", staffId: "anna2", roles: ["owner"] },
      shop.clock.now,
    );
    shop.clock.now += 14 * DAY + 1;
    owner = await again(owner, "anna2");
    expect([await shop.garim.registers.remind(), await shop.garim.registers.remind()]).toEqual([2, 0]);
    expect(told).toContain("anna2 privacy-2026");
    const refused = await ask();
    expect([refused.status, await reasonOf(refused)]).toEqual([403, "education-missing"]);
    const mine = (await (await owner.get("/duties/education/mine")).json()) as { courses: object[] };
    expect(mine.courses).toMatchObject([{ isOverdue: true, text: COURSE.text, remindedAt: shop.clock.now }]);
    expect((await owner.post("/duties/education/mine/privacy-2026", {})).status).toBe(204);
    expect((await ask()).status).toBe(200);
    const { entries } = await shop.garim.log.find({ actions: ["complete-course"] });
    expect(entries[0]?.access).toMatchObject({
      target: { id: "anna2" },
      detail: { proof: "본문을 읽고 확인함" },
    });
  });

  it("shows an auditor who completed what, and an owner the own staff alone", async () => {
    auditor = await enrolledPerson(shop, port, "auditor/august");
    const { people } = (await (await auditor.get("/duties/education")).json()) as { people: object[] };
    expect(people).toContainEqual(
      expect.objectContaining({
        staffId: "anna2",
        courses: [expect.objectContaining({ saidBy: "staff anna2", isOverdue: false })],
      }),
    );
    const self = { sellerId: "S1", staffId: "anna2", courseId: COURSE.id, proof: "2026-17" };
    expect(await reasonOf(await owner.post("/duties/education", self))).toBe("own-account");
    expect(await reasonOf(await owner.post("/duties/education", { ...self, sellerId: "S2" }))).toBe(
      "other-seller",
    );
    expect((await owner.post("/duties/education", { ...self, staffId: "ben" })).status).toBe(204);
  });

  it("takes no course that is none, and says what is wrong", async () => {
    const { education } = shop.garim.registers;
    for (const [more, member] of [
      [{ link: "http://x" }, "text"],
      [{ text: null, link: "http://plain.example" }, "link"],
      [{ roles: [] }, "roles"],
      [{ months: 0 }, "months"],
      [{ title: { ko: "", en: "x" } }, "title.ko"],
    ] as const)
      await expect(education.putCourse({ ...COURSE, ...more }, KEEPER)).rejects.toThrow(member);
  });
});

/** The same person in a session of a moment ago, with a proof as fresh. */
async function again(person: Person, id: string): Promise<Person> {
  Object.assign(person.headers, { "x-authenticated-at": String(shop.clock.now), cookie: "" });
  const code = totpCode(person.secret, shop.clock.now);
  const answer = await person.post("/privacy/step-up", { method: "totp", code, action: "manage" });
  if (answer.status !== 200) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
  return person;
}

describe("a seller's privacy policy", () => {
  it("[code-2022/privacy-policy] lets staff of a seller without one read nothing", async () => {
    const other = await enrolledPerson(shop, port, "staff/zoe/S9/shipper");
    expect(await reasonOf(await other.get("/lines"))).toBe("policy-missing");
  });

  it("is drafted from the register, published, and read by everybody with its versions and what changed", async () => {
    const draft = (await (await owner.get("/duties/privacy-policy")).json()) as {
      draft: { title: string; sections: Record<string, string> };
      gaps: string[];
      versions: object[];
    };
    expect(draft).toMatchObject({ gaps: [], versions: [{ version: 1 }], draft: { title: "상점 S1" } });
    expect(draft.draft.sections["outsourcing"]).toContain("재위탁");
    // By its name: nobody knows a tool by its id.
    expect(draft.draft.sections["outsourcing"]).not.toContain(tool.toolId);
    const publish = (sections: object) =>
      fetch(`http://127.0.0.1:${port}/duties/privacy-policy`, {
        method: "PUT",
        body: JSON.stringify({ title: "상점", sections }),
        headers: { "content-type": "application/json", ...owner.headers },
      });
    const refused = await publish({ ...draft.draft.sections, officer: " " });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { reason: "policy-incomplete", gaps: ["officer"] },
    ]);
    const nasty = { ...draft.draft.sections, officer: '<img src=x onerror="alert(1)">\n둘째 줄' };
    expect(await (await publish(nasty)).json()).toMatchObject({ version: 2 });
    expect(await (await publish(nasty)).json()).toMatchObject({ version: 2 });
    const read = async (query: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/published/privacy-policies/S1${query}`);
      return [answer.status, await answer.text()] as const;
    };
    const [status, page] = await read("");
    expect(status).toBe(200);
    expect(page).toContain("제2판");
    expect(page).toContain("&lt;img src=x");
    expect(page).not.toContain("<img");
    expect((await read("?version=1"))[1]).not.toContain("둘째 줄");
    const [, changes] = await read("?from=1&to=2");
    expect(changes).toContain("<ins>추가: 둘째 줄</ins>");
    expect(JSON.parse((await read(".json?from=1&to=2"))[1])).toMatchObject({ from: 1, to: 2 });
    for (const query of ["?version=3", "?version=x", "?from=1&to=9"])
      expect((await read(query))[0]).toBe(404);
    expect(JSON.parse((await read(".json?limit=1"))[1])).toMatchObject({
      versions: [{ version: 2 }],
      next: "2",
    });
    expect((await read("?limit=1"))[1]).toContain('href="?version=2&amp;after=2"');
    const rest = await owner.get("/duties/privacy-policy?after=2");
    expect(await rest.json()).toMatchObject({ versions: [{ version: 1 }], next: null });
    expect((await read("?after=last"))[0]).toBe(400);
    const { entries } = await shop.garim.log.find({ actions: ["publish-policy"] }, { limit: 1 });
    expect(entries[0]?.access.detail).toMatchObject({ seller: "S1", follows: 1 });
  });
});
