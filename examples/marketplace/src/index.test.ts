import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Marketplace, startMarketplace } from "./index.ts";
import { tellOperators } from "./leaks.ts";
import { tellStaff } from "./messages.ts";
import { codeOf, createVisitor, enrol, logIn, type Visitor } from "./testing/visitor.ts";

const MINUTE = 60_000;
const KEEPER = {
  actor: { kind: "operator", id: "park", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "test",
} as const;
const dataDir = mkdtempSync(join(tmpdir(), "marketplace-"));
let now = Date.parse("2026-11-20T10:00:00+09:00");
let market: Marketplace;
let owner: Visitor;
let ownersSecret: string;
let operatorsSecret: string;
let auditorsSecret: string;
let onnurisSecret: string;
let onnuriClaimsSecret: string;

beforeAll(async () => {
  market = await startMarketplace({ port: 0, dataDir, orders: 200, clock: () => now });
  owner = await logIn(market.url, "hanbit-owner");
  ownersSecret = await enrol(owner, now);
});

afterAll(async () => {
  await market.close();
  rmSync(dataDir, { recursive: true });
});

/** The id of a line in a state, of a seller, as the database has it. */
async function findId(where: string): Promise<{ readonly id: string; readonly order_no: string }> {
  const { rows } = await market.database.query(
    `SELECT id, order_no FROM market.lines WHERE ${where} ORDER BY id LIMIT 1`,
  );
  const [row] = rows as { id: string; order_no: string }[];
  if (row === undefined) throw new Error(`no line where ${where}`);
  return row;
}

async function lineOf(visitor: Visitor, id: string) {
  const { body } = await visitor.get(`/api/orders?size=100&orderNo=${id.slice(0, -2)}`);
  return body.lines.find((line: { id: string }) => line.id === id);
}

/** Loads a page as a browser does (`fetch` says that it is a script). Tells status and where it is sent. */
async function navigate(path: string, cookie: string): Promise<readonly unknown[]> {
  const [answer] = await once(
    get(market.url + path, { headers: { cookie, accept: "text/html" } }),
    "response",
  );
  answer.resume();
  return [answer.statusCode, answer.headers.location];
}

describe("startMarketplace", () => {
  it("[code-2022/second-factor] shows nothing before a second factor is enrolled", async () => {
    const shipper = await logIn(market.url, "hanbit-shipper");
    expect(await shipper.get("/api/orders")).toMatchObject({
      status: 401,
      body: { reason: "second-factor-unenrolled" },
    });
  });

  it("[pipa/17] tells everybody to whom buyers' data goes, and lets none go where that is not on file", async () => {
    const page = await (await fetch(`${market.url}/published/flows`)).text();
    expect(page).toContain("주문하신 상품의 판매자");
    const { flows } = market.garim.registers;
    const [sellers] = flows.list().filter(({ kind }) => kind === "provision");
    if (sellers === undefined) throw new Error("no provision on file");
    await flows.put({ ...sellers, items: {} }, KEEPER);
    expect(await owner.get("/api/orders")).toMatchObject({
      status: 403,
      body: { reason: "provision-incomplete" },
    });
    await flows.put(sellers, KEEPER);
    expect(await owner.get("/api/orders")).toMatchObject({ status: 200 });
  });

  it.each([
    ["shipping", "outsourcing", "outsourcing-incomplete", "flow-ended"],
    ["customs", "overseas", "overseas-incomplete", "flow-ended"],
  ] as const)(
    "[pipa/26] [pipa/28-8] makes no file for %s where the register does not say whom the seller hands it to",
    async (purpose, kind, incomplete, ended) => {
      const { flows } = market.garim.registers;
      const filed = flows.list().find((one) => one.to.kind === "courier" && one.kind === kind);
      if (filed === undefined) throw new Error("no courier on file");
      const wanted = { purpose, why: "오늘 발송", password: "Gj7-courier-29-tundra", state: "preparing" };
      const ask = async () => await owner.post("/exports", wanted);
      await flows.put({ ...filed, items: {} }, KEEPER);
      expect(await ask()).toMatchObject({ status: 403, body: { reason: incomplete } });
      await flows.put(filed, KEEPER);
      await flows.end({ ...filed, isOverseas: kind === "overseas" }, KEEPER);
      expect(await ask()).toMatchObject({ status: 403, body: { reason: ended } });
      await flows.put(filed, KEEPER);
      // One file at a time: the one before is being made.
      await expect.poll(async () => (await ask()).status).toBe(202);
      const page = await (await fetch(`${market.url}/published/flows?seller=hanbit`)).text();
      expect(page).toContain(filed.items.recipient);
    },
  );

  it("shows an open line clear, and the fields of the role only", async () => {
    const { id } = await findId("seller_id = 'hanbit' AND state = 'preparing'");
    const line = await lineOf(owner, id);
    expect(line).not.toHaveProperty("_masked");
    expect(line.recipient.address).toMatch(/\d+호$/);

    const viewer = await logIn(market.url, "hanbit-viewer");
    await enrol(viewer, now);
    const seen = await lineOf(viewer, id);
    expect(seen.buyer.name).toBe(line.buyer.name);
    expect(seen.recipient.address).not.toBe(line.recipient.address);
    expect(seen._masked).toMatchObject({ reason: "role-lacks-field" });
    expect(await viewer.post(`/api/lines/${id}/ship`)).toMatchObject({ status: 403 });
  });

  it("[code-2022/mask] masks a line at once when its buyer confirms, and a claim lifts what it needs", async () => {
    const { id } = await findId(
      "seller_id = 'hanbit' AND state = 'delivered' AND buyer_id = 'b00001' AND claims = '[]' AND delivered_at > '2026-11-15'",
    );
    const open = await lineOf(owner, id);
    expect(open).not.toHaveProperty("_masked");

    const buyer = await logIn(market.url, "buyer-1");
    expect(await buyer.post(`/api/my/lines/${id}/confirm`)).toMatchObject({ status: 204 });
    const confirmed = await lineOf(owner, id);
    expect(confirmed._masked).toMatchObject({ reason: "purpose-ended" });
    expect(confirmed.recipient).not.toMatchObject({ phone: open.recipient.phone });

    const operator = await logIn(market.url, "operator");
    operatorsSecret = await enrol(operator, now);
    const claim = { line: id, type: "return", reason: "defect" };
    expect(await operator.post("/api/operator/claims", claim)).toMatchObject({ status: 200 });
    const claimed = await lineOf(owner, id);
    expect(claimed.recipient).toMatchObject({ phone: open.recipient.phone, address: open.recipient.address });
    expect(claimed.buyer.email).not.toBe(open.buyer.email);

    expect(await operator.post("/api/operator/claims", { ...claim, action: "close" })).toMatchObject({
      status: 200,
    });
    expect((await lineOf(owner, id))._masked).toMatchObject({ reason: "purpose-ended" });
  });

  it("shares the recipient with the last open line of the order", async () => {
    const { order_no } = await findId(
      "seller_id = 'hanbit' AND state = 'preparing' AND claims = '[]' AND EXISTS (SELECT FROM market.order_lines o WHERE o.order_no = lines.order_no AND o.seller_id = 'hanbit' AND o.id <> lines.id)",
    );
    const { body } = await owner.get(`/api/orders/${order_no}`);
    expect(body).toMatchObject({ orderNo: order_no, seller: "hanbit" });
    expect(body.recipient.address).toMatch(/\d+호$/);
    expect(body.lines.length).toBeGreaterThan(1);
  });

  it("[B1] refuses another seller's order, though the handler finds it by number alone", async () => {
    const { order_no } = await findId(
      "order_no NOT IN (SELECT order_no FROM market.lines WHERE seller_id = 'hanbit')",
    );
    const refused = await owner.get(`/api/orders/${order_no}`);
    expect(refused).toMatchObject({ status: 403, body: { reason: "other-seller" } });
    expect(JSON.stringify(refused.body)).not.toContain("010");
  });

  it("[S5] refuses what another site's page sends", async () => {
    const { id } = await findId("seller_id = 'hanbit' AND state = 'paid'");
    const answer = await owner.post(`/api/lines/${id}/prepare`, {}, { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(403);
    expect((await findId(`id = '${id}' AND state = 'paid'`)).id).toBe(id);
  });

  it("keeps buyers to their own lines, and others out of theirs", async () => {
    const buyer = await logIn(market.url, "buyer-2");
    const { body } = await buyer.get("/api/my/orders?size=100");
    expect(new Set(body.lines.map((line: { buyer: { id: string } }) => line.buyer.id))).toEqual(
      new Set(["b00002"]),
    );
    const { id } = await findId("state = 'delivered' AND buyer_id <> 'b00002'");
    expect(await buyer.post(`/api/my/lines/${id}/confirm`)).toMatchObject({ status: 409 });
    expect(await buyer.get("/api/orders")).toMatchObject({ status: 403 });
    expect(await owner.get("/api/my/orders")).toMatchObject({ status: 403 });
    expect(await owner.get("/api/operator/orders")).toMatchObject({ status: 403 });
  });

  it("[notice-2026-9/8-1] tells the auditor who saw whom", async () => {
    const auditor = await logIn(market.url, "auditor");
    auditorsSecret = await enrol(auditor, now);
    const { body } = await auditor.get("/auditor/records?buyer=b00001");
    expect(body.entries.map((entry: { actor: { id: string } }) => entry.actor.id)).toContain("hanbit-owner");
    expect(await auditor.get("/api/orders")).toMatchObject({ status: 403 });
  });

  it("[S2] ends the marketplace's own log-in with the idle session, polling or not", async () => {
    const idle = await logIn(market.url, "dasom-owner");
    await enrol(idle, now);
    now += 29 * MINUTE;
    expect(await idle.get("/privacy/session")).toMatchObject({ body: { state: "live" } });
    now += 2 * MINUTE;
    expect(await idle.get("/api/orders")).toMatchObject({ status: 401, body: { reason: "session-idle" } });
    expect(await idle.get("/api/me")).toEqual({ status: 200, body: null });
  });

  it("[S1] gives a new log-in after the end, which needs the second factor again", async () => {
    const again = await logIn(market.url, "hanbit-owner");
    expect(await again.get("/api/orders")).toMatchObject({
      status: 401,
      body: { reason: "second-factor-missing" },
    });
    now += MINUTE;
    await again.post("/privacy/step-up", { method: "totp", code: codeOf(ownersSecret, now) });
    expect(await again.get("/api/orders?size=1")).toMatchObject({ status: 200 });
    const stolen = again.cookie();
    await again.post("/privacy/sign-out");
    const thief = await fetch(`${market.url}/api/orders`, { headers: { cookie: stolen } });
    expect(thief.status).toBe(401);
  });

  it("sends people to log in and to prove, and programs not", async () => {
    const viewer = await logIn(market.url, "maru-viewer");
    expect(await navigate("/claims?type=return", "")).toEqual([
      303,
      "/log-in?reason=not-logged-in&return=%2Fclaims%3Ftype%3Dreturn",
    ]);
    expect(await navigate("/operator", viewer.cookie())).toEqual([
      303,
      "/privacy/pages/second-factor?reason=second-factor-unenrolled&action=view&return=%2Foperator",
    ]);
    expect(await viewer.get("/api/orders")).toMatchObject({
      status: 401,
      body: { page: "/privacy/pages/second-factor" },
    });
    const buyer = await logIn(market.url, "buyer-2");
    expect(await navigate("/orders", buyer.cookie())).toEqual([
      303,
      "/privacy/pages/refused?reason=role-lacks-action&return=%2Forders",
    ]);
  });

  it.each([
    ["a page of this site", "/claims?type=return", "/claims?type=return"],
    ["another site", "https://evil.example/", "/orders"],
    ["another site without scheme", "//evil.example/", "/orders"],
    ["nothing", "", "/orders"],
  ])("goes on to %s no further than this site", async (_, wanted, expected) => {
    const viewer = await logIn(market.url, "maru-viewer");
    const path = `/continue?${new URLSearchParams({ return: wanted })}`;
    expect(await navigate(path, viewer.cookie())).toEqual([303, expected]);
  });

  it("[notice-2026-9/5-1] tells owners their own staff, the operator anybody's, and nobody else", async () => {
    const boss = await logIn(market.url, "onnuri-owner");
    onnurisSecret = await enrol(boss, now);
    const { body } = await boss.get("/api/staff?seller=hanbit");
    expect(body).toHaveLength(5);
    expect(body[0]).toEqual({ id: "onnuri-claims", roles: ["claims"] });
    expect(await boss.get("/api/sellers")).toMatchObject({ status: 403 });

    const shipper = await logIn(market.url, "onnuri-shipper");
    expect(await shipper.get("/api/staff")).toMatchObject({ status: 401 });
    await enrol(shipper, now);
    expect(await shipper.get("/api/staff")).toMatchObject({ status: 403 });

    const operator = await logIn(market.url, "operator");
    now += MINUTE;
    await operator.post("/privacy/step-up", { method: "totp", code: codeOf(operatorsSecret, now) });
    expect(await operator.get("/api/sellers")).toMatchObject({ body: ["dasom", "hanbit", "maru", "onnuri"] });
    expect(await operator.get("/api/staff")).toMatchObject({ status: 400 });
    const { body: asked } = await operator.get("/api/staff?seller=dasom");
    expect(asked.map(({ id }: { id: string }) => id)).toContain("dasom-viewer");
  });

  it("[garim/elevation] lends a viewer a role once the owner agrees, and takes a buyer's request to the operator", async () => {
    const viewer = await logIn(market.url, "maru-viewer");
    await enrol(viewer, now);
    const boss = await logIn(market.url, "maru-owner");
    await enrol(boss, now);
    const kinds = async (): Promise<string> => JSON.stringify((await viewer.get("/privacy/me")).body);
    expect(await kinds()).not.toContain("download");
    const asked = { roles: ["downloader"], hours: 1, why: "택배 마감" };
    const { body } = await viewer.post("/duties/my-elevation", asked);
    const approval = "/duties/elevations/maru-viewer/approval";
    expect(await boss.post(approval, { id: body.id })).toMatchObject({ status: 200 });
    expect(await kinds()).toContain("download");
    now += 61 * MINUTE;

    const buyer = await logIn(market.url, "buyer-2");
    const wanted = { kind: "correction", text: "주소를 고쳐 주세요" };
    expect(await buyer.post("/privacy/my-requests", wanted)).toMatchObject({ status: 201 });
    const operator = await logIn(market.url, "operator");
    await operator.post("/privacy/step-up", { method: "totp", code: codeOf(operatorsSecret, now) });
    const { body: waiting } = await operator.get("/duties/requests?open=1");
    expect(waiting.requests).toMatchObject([{ kind: "correction", isOverdue: false }]);
    expect((await operator.get("/duties/self-check")).body.entries).toContainEqual(
      expect.objectContaining({ id: "flows", state: "yes", isKnown: true }),
    );
  });

  it("[pipa/34-1] opens a leak from what the log shows, tells those concerned, and a buyer alone whether they are among them", async () => {
    const auditor = await logIn(market.url, "auditor");
    const code = codeOf(auditorsSecret, now);
    await auditor.post("/privacy/step-up", { method: "totp", code, action: "manage" });
    const opened = await auditor.post("/duties/leaks/from-scope", {
      ...{ title: "담당자 계정 도용", kind: "hacking", knownAt: now, filter: { staff: "hanbit-owner" } },
      facts: { hasUniqueIds: false, hasSensitive: false },
    });
    expect(opened).toMatchObject({ status: 201, body: { found: { filter: { actor: "hanbit-owner" } } } });
    const { id, gathered, contents } = opened.body;
    expect(contents.items).toContain("전화번호");
    const { rows } = await market.database.query("SELECT recipient_id AS id FROM market.leak_recipients");
    const concerned = new Set((rows as { id: string }[]).map((row) => row.id));
    expect(concerned.size).toBe(gathered.handed);
    expect([...concerned].some((one) => one.startsWith("order:"))).toBe(true);
    await auditor.post(`/duties/leaks/${id}/notices`);
    const { body: sent } = await auditor.post(`/duties/leaks/${id}/notices/1/sending`, { limit: 1_000 });
    expect(sent).toEqual({ told: gathered.handed, failed: 0, unreachable: 0, next: null });
    expect(await auditor.post(`/duties/leaks/${id}/post`, { notice: 1 })).toMatchObject({ status: 200 });
    for (const [user, buyerId] of [
      ["buyer-1", "b00001"],
      ["buyer-3", "b00003"],
    ] as const) {
      const { body } = await (await logIn(market.url, user)).get("/privacy/my-leaks");
      expect(body.leaks).toMatchObject([{ id, concerned: concerned.has(buyerId) ? 1 : 0 }]);
    }
    expect(concerned.has("b00001")).toBe(true);
    await market.garim.registers.clock.tell(tellOperators(market.database));
    const told = await market.database.query(
      "SELECT body FROM market.messages WHERE recipient = 'operators'",
    );
    expect(JSON.stringify(told.rows)).toContain("담당자 계정 도용");
  });

  it("[pipa/29] shows buyers' reviews scrubbed, and holds a reply that names the buyer, on record without the text", async () => {
    const { id } = await findId(
      "seller_id IN ('dasom', 'maru') AND state <> 'unpaid' AND buyer_id = 'b00001'",
    );
    const asked = "SELECT buyer_name AS name, seller_id AS shop FROM market.lines WHERE id = $1";
    const { rows } = await market.database.query(asked, [id]);
    const [{ name, shop }] = rows as [{ name: string; shop: string }];
    const buyer = await logIn(market.url, "buyer-1");
    const review = { kind: "review", text: `좋아요. ${name}, 010-1234-5678로 연락 주세요` };
    expect(await buyer.post(`/api/my/lines/${id}/posts`, review)).toMatchObject({ status: 201 });
    const stranger = await logIn(market.url, "buyer-2");
    expect(await stranger.post(`/api/my/lines/${id}/posts`, review)).toMatchObject({ status: 409 });
    const shown = async () => (await createVisitor(market.url).get(`/api/posts?seller=${shop}`)).body;
    const [first] = (await shown()).lines;
    expect(first).toMatchObject({ kind: "review", seller: shop, reply: null });
    expect(first.text).toMatch(/^좋아요/);
    expect(first.text).not.toContain("1234-5678");
    expect(first.text).not.toContain(name);

    const path = `/api/posts/${first.id}/reply`;
    const naming = { text: `${name}님, 감사합니다` };
    expect(await (await logIn(market.url, `${shop}-shipper`)).post(path, naming)).toMatchObject({
      status: 401,
    });
    const seller = await logIn(market.url, `${shop}-claims`);
    await enrol(seller, now);
    const held = await seller.post(path, naming);
    expect(held).toMatchObject({ status: 422, body: { reason: "text-names-buyer" } });
    expect(held.body.suggestion).toBe("고객님, 감사합니다");
    const other = await logIn(market.url, "onnuri-claims");
    onnuriClaimsSecret = await enrol(other, now);
    expect(await other.post(path, naming)).toMatchObject({ status: 404 });
    expect((await shown()).lines[0].reply).toBe(null);
    expect(await seller.post(path, { text: held.body.suggestion })).toMatchObject({ status: 204 });
    expect((await shown()).lines[0].reply).toBe("고객님, 감사합니다");
    const { entries } = await market.garim.log.find({ actions: ["hold-text"] });
    expect(entries.map(({ access }) => access.actor.id)).toEqual([`${shop}-claims`]);
    expect(JSON.stringify(entries)).not.toContain(name);
  });

  it("[pipa/21] stores what is due apart by an operator, keeps what is held, and an auditor sees it", async () => {
    now += MINUTE;
    const operator = await logIn(market.url, "operator");
    const auditor = await logIn(market.url, "auditor");
    const prove = { method: "totp", action: "manage" };
    const proved = await operator.post("/privacy/step-up", { ...prove, code: codeOf(operatorsSecret, now) });
    expect(proved).toMatchObject({ status: 200 });
    await auditor.post("/privacy/step-up", { ...prove, code: codeOf(auditorsSecret, now) });
    const asked = await operator.get("/duties/due?days=1");
    expect(asked).toMatchObject({ status: 200, body: { records: expect.any(Array) } });
    const { records } = asked.body;
    const due = (records as { id: string; isOverdue: boolean }[]).filter(({ isOverdue }) => isOverdue);
    const [kept = ""] = due.map(({ id }) => id).toSorted();
    const hold = { recordType: "*", recordIds: [kept], reason: "사건 2026-1" };
    expect(await operator.post("/duties/data-holds", hold)).toMatchObject({ status: 201 });
    const ran = await operator.post("/duties/destructions", { recordType: "order" });
    expect(ran).toMatchObject({ status: 200, body: { held: 1 } });
    const { rows } = await market.database.query(
      "SELECT order_no, recipient_name AS name FROM market.orders WHERE order_no = $1 OR order_no IN (SELECT order_no FROM market.kept_orders)",
      [kept],
    );
    const left = rows as { order_no: string; name: string }[];
    expect(left.length).toBeGreaterThan(1);
    expect(left.filter(({ name }) => name !== "").map(({ order_no }) => order_no)).toEqual([kept]);
    expect(ran.body.destructions).toMatchObject([{ step: "separate", apartIn: "market.kept_orders" }]);
    const [{ id }] = ran.body.destructions;
    expect((await auditor.get("/duties/destructions")).body.destructions).toMatchObject([
      { id, confirmedAt: null },
    ]);
    const seen = await auditor.post(`/duties/destructions/${id}/confirmation`, {
      note: "나누어 보관함을 확인",
    });
    expect(seen).toMatchObject({
      status: 200,
      body: { id, confirmedBy: expect.stringContaining("auditor") },
    });
  });

  it("[pipa/26] destroys an order that no law keeps, and calls the tool that read its lines", async () => {
    now += MINUTE;
    const operator = await logIn(market.url, "operator");
    const proof = { method: "totp", action: "manage", code: codeOf(operatorsSecret, now) };
    await operator.post("/privacy/step-up", proof);
    const { order_no: order } = await findId("state = 'unpaid'");
    const { rows } = await market.database.query(
      "UPDATE market.order_lines SET cancelled_at = $2 WHERE order_no = $1 RETURNING id, seller_id AS seller",
      [order, new Date(now - 10 * 24 * 60 * MINUTE)],
    );
    const lines = rows as { id: string; seller: string }[];
    const read = lines.map(({ id, seller }) => ({
      sellerId: seller,
      orderId: id,
      purgeBy: now,
      isClear: true,
    }));
    await market.garim.registers.purges.owe("tool-of-labels", read, now);
    const ran = await operator.post("/duties/destructions", { recordType: "order" });
    expect(ran.body.destructions).toMatchObject([{ step: "destroy", records: 1, owedByTools: lines.length }]);
    const asked = "SELECT body FROM market.messages WHERE recipient = 'tool:tool-of-labels'";
    const told = JSON.stringify((await market.database.query(asked)).rows);
    for (const { id } of lines) expect(told).toContain(id);
  });

  it("[pipa/35] answers a buyer's request, and shows the buyer who looked", async () => {
    now += MINUTE;
    const operator = await logIn(market.url, "operator");
    await operator.post("/privacy/step-up", {
      ...{ method: "totp", action: "manage" },
      code: codeOf(operatorsSecret, now),
    });
    const { requests } = (await operator.get("/duties/requests?open=1")).body;
    const said = { outcome: "done", answer: "고쳤습니다" };
    expect(await operator.post(`/duties/requests/${requests[0].id}/answer`, said)).toMatchObject({
      status: 200,
    });
    const buyer = await logIn(market.url, "buyer-1");
    const { status, body } = await buyer.get("/privacy/my-accesses");
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining("hanbit")]);
    expect((await operator.get("/duties/rights?seller=hanbit")).body.people.length).toBeGreaterThan(0);
    const plan = await fetch(`${market.url}/duties/plan`, { headers: { cookie: operator.cookie() } });
    expect(await plan.text()).toContain("가림마켓");
  });

  it("[code-2022/privacy-policy] publishes a seller's privacy policy, drafted without a gap", async () => {
    now += MINUTE;
    const boss = await logIn(market.url, "onnuri-owner");
    await boss.post("/privacy/step-up", {
      method: "totp",
      action: "manage",
      code: codeOf(onnurisSecret, now),
    });
    const { draft, gaps } = (await boss.get("/duties/privacy-policy")).body;
    expect(gaps).toEqual([]);
    expect(JSON.stringify(draft)).toContain("privacy@onnuri.example");
    expect(
      await boss.put("/duties/privacy-policy", { title: draft.title, sections: draft.sections }),
    ).toMatchObject({ status: 200 });
    const page = await fetch(`${market.url}/published/privacy-policies/onnuri`);
    expect(await page.text()).toContain("온누리공방");
  });

  it("[code-2022/education] reminds staff of the course that is due", async () => {
    const { education } = market.garim.registers;
    expect(await education.remind(tellStaff(market.database), now + 60 * 24 * 60 * MINUTE)).toBeGreaterThan(
      0,
    );
    const { rows } = await market.database.query(
      "SELECT body FROM market.messages WHERE recipient = 'hanbit-owner'",
    );
    expect(rows).toMatchObject([{ body: expect.stringContaining("구매자 개인정보 다루기") }]);
  });

  it("[code-2022/education] has a course completed by whoever read it, and asks for it no more", async () => {
    const staff = await logIn(market.url, "onnuri-claims");
    const secret = onnuriClaimsSecret;
    now += MINUTE;
    await staff.post("/privacy/step-up", { method: "totp", action: "manage", code: codeOf(secret, now) });
    const mine = async () => (await staff.get("/duties/education/mine")).body.courses;
    expect(await mine()).toMatchObject([{ courseId: "basics", completedAt: null }]);
    expect((await staff.post("/duties/education/mine/basics", {})).status).toBeLessThan(300);
    expect(await mine()).toMatchObject([{ courseId: "basics", completedAt: now, isOverdue: false }]);
  });

  it("[notice-2026-9/6-1] cuts off whoever is shown an order that nobody placed, and tells the operators", async () => {
    const staff = await logIn(market.url, "maru-shipper");
    await enrol(staff, now);
    expect((await staff.get("/api/orders")).status).toBe(200);
    // Numbers begin at 1: nobody who works comes by this one.
    expect((await staff.get("/api/orders/20261101-000000")).status).toBe(200);
    await expect.poll(async () => (await staff.get("/api/orders")).status).toBe(401);
    const { entries } = await market.garim.log.find({ actions: ["signal"] }, { limit: 5 });
    expect(entries.map(({ access }) => [access.reason, access.actor.id])).toContainEqual([
      "watch-canary",
      "maru-shipper",
    ]);
    const said = await market.database.query(
      "SELECT body FROM market.messages WHERE recipient = 'operators'",
    );
    expect(JSON.stringify(said.rows)).toContain("watch-canary (cut-off)");
  });

  it("locks an account after ten wrong passwords, for a time", async () => {
    const guesser = createVisitor(market.url);
    for (let i = 0; i < 10; i++)
      expect(await guesser.post("/login", { user: "maru-owner", password: `guess-${i}` })).toMatchObject({
        status: 401,
      });
    const right = { user: "maru-owner", password: "garim-demo-2026" };
    expect(await guesser.post("/login", right)).toMatchObject({ status: 429 });
    now += 16 * MINUTE;
    expect(await guesser.post("/login", right)).toMatchObject({ status: 200 });
  });

  it("tells the demo's log-ins to anybody, owners first", async () => {
    const { body } = await createVisitor(market.url).get("/api/demo");
    expect(body.logIns).toHaveLength(4 * 5 + 2 + 3);
    expect(body.logIns[0]).toEqual({ user: "dasom-owner", kind: "staff", seller: "dasom", role: "owner" });
  });

  it("is refused in one line where another marketplace uses the folder", async () => {
    await expect(startMarketplace({ port: 0, dataDir })).rejects.toThrow(
      /^Another marketplace \(process \d+\) uses .*--data DIR$/,
    );
  });
});
