import type { LeakHost, LeakRecipient, RecordHost, Schedule, StoredRecord } from "@garim/duties";
import type { Problem } from "@garim/express";
import { DAY, NOTICE_CONTENTS, subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { USUAL_FLOWS } from "../fixtures/duties.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  orderLine,
  type Person,
  personOf,
  tidy,
} from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");

/** The host's records, as its own tables would have them. */
const stored = new Map<string, StoredRecord>([
  ["line-1", { id: "line-1", purposeEndedAt: NOON - 6 * DAY, keeps: [] }],
  ["line-2", { id: "line-2", purposeEndedAt: NOON - DAY, keeps: [{ kind: "contract", since: NOON - DAY }] }],
]);
const apart = new Set<string>();
const records: RecordHost = {
  list: ({ store }) => ({ records: store === "used" ? [...stored.values()] : [], next: null }),
  separate: ({ ids }) => ids.filter((id) => stored.delete(id) && apart.add(id)),
  destroy: ({ ids }) => ids.filter((id) => stored.delete(id)),
};

const toldOf: string[] = [];
const keptOf = new Map<string, readonly LeakRecipient[]>();
let isListDown = false;
const leaks: LeakHost = {
  recipients: () => ({
    recipients: [
      { id: "B1", channel: "email" },
      { id: "B2", channel: null },
    ],
    next: null,
  }),
  candidates: () =>
    ["b-1", "b-9"].map((id) => ({ subject: subject.buyer(id), contact: { id, channel: "email" } })),
  keep(leakId, some) {
    if (isListDown) throw new Error("the list is down");
    keptOf.set(leakId, some);
  },
  send: ({ id }, { no }) => void toldOf.push(`${id} ${no}`),
};

const SCHEDULE: Omit<Schedule, "recordType"> = {
  alsoShownAs: [],
  title: { ko: "주문", en: "Order line" },
  endsWith: "구매확정",
  keeps: ["contract"],
  apartIn: "거래기록 보관 DB",
  method: "행 삭제",
};

/** What happens while a handler is at work. */
let meanwhile: () => unknown = () => undefined;
let shop: ToolShop;
let port: number;
let owner: Person;
let operator: Person;
let auditor: Person;
let tool: TestTool;

beforeAll(async () => {
  shop = await openToolShop(
    (app, garim) => {
      app.use("/published", garim.published());
      mountPrivacy(app, garim);
      app.use("/duties", garim.duties());
      app.use("/auditor", garim.auditor());
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get("/lines", garim.reveal({ lines: [orderLine] }, reads), async (_req, res) => {
        await meanwhile();
        res.json({ lines: [tidy(lineOf({ confirmedAt: null }))] });
      });
      app.get(
        "/bulk",
        garim.bulk(orderLine, {
          purpose: "fulfilment",
          tools: "orders.read",
          keyOf: ({ orderNo }) => orderNo,
          read: async () => {
            await meanwhile();
            return [lineOf({ confirmedAt: null })];
          },
        }),
      );
      app.post("/exports", garim.download(orderLine), (_req, res) => void res.json([]));
      app.use(garim.errors());
    },
    {},
    { duties: { company: "가림마켓", records, leaks }, policy: { scheduleCondition: 1 } },
  );
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  operator = await enrolledPerson(shop, port, "operator/oscar");
  auditor = await enrolledPerson(shop, port, "auditor/audrey");
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
  for (const flow of USUAL_FLOWS) await shop.garim.registers.flows.put(flow, KEEPER);
}, 60_000);
afterAll(() => shop.close());

async function send(person: Person, method: string, path: string, body: object): Promise<Response> {
  return await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...person.headers },
  });
}

async function reasonOf(answer: Response): Promise<string | undefined> {
  return ((await answer.json()) as Problem).reason;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the route answers
async function read(person: Person, path: string): Promise<any> {
  return await (await person.get(path)).json();
}

describe("a retention schedule", () => {
  it("[pipa/21] is missing: nobody reads, downloads, nor a tool; on file: all of them do", async () => {
    for (const answer of [
      await owner.get("/lines"),
      await operator.get("/lines"),
      await owner.post("/exports", {}),
      await tool.get("/lines", await tool.mint()),
      await tool.get("/bulk", await tool.mint()),
    ])
      expect([answer.status, await reasonOf(answer)]).toEqual([403, "schedule-missing"]);
    expect(await reasonOf(await send(owner, "PUT", "/duties/schedules/orderLine", SCHEDULE))).toBe(
      "role-lacks-action",
    );
    const wrong = await send(operator, "PUT", "/duties/schedules/orderLine", { ...SCHEDULE, keeps: ["tax"] });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { detail: expect.stringContaining("keeps") },
    ]);
    const put = await send(operator, "PUT", "/duties/schedules/orderLine", SCHEDULE);
    expect([put.status, await put.json()]).toMatchObject([200, { recordType: "orderLine", endedAt: null }]);
    expect((await owner.get("/lines")).status).toBe(200);
    expect((await tool.get("/lines", await tool.mint())).status).toBe(200);
    expect((await tool.get("/bulk", await tool.mint())).status).toBe(200);
    expect((await read(auditor, "/duties/schedules")).schedules).toHaveLength(1);
  });

  it("[pipa/21] ends while an answer is at work: nobody gets it, nor a tool", async () => {
    const { schedules } = shop.garim.registers;
    const ways = {
      staff: () => owner.get("/lines"),
      operator: () => operator.get("/lines"),
      tool: async () => await tool.get("/lines", await tool.mint()),
      bulk: async () => await tool.get("/bulk", await tool.mint()),
    };
    const reasons: Record<string, unknown> = {};
    for (const [name, way] of Object.entries(ways)) {
      meanwhile = () => schedules.end("orderLine", KEEPER);
      reasons[name] = await reasonOf(await way());
      meanwhile = () => undefined;
      await schedules.put({ ...SCHEDULE, recordType: "orderLine" }, KEEPER);
    }
    const over = "schedule-missing";
    expect(reasons).toEqual({ staff: over, operator: over, tool: over, bulk: over });
  });
});

describe("destruction", () => {
  it("[pipa/21] is listed, done by an operator, confirmed by an auditor, and stands in the folder of evidence", async () => {
    const { records: due } = await read(operator, "/duties/due?days=30");
    expect(due).toMatchObject([
      { id: "line-1", step: "destroy", isOverdue: true },
      { id: "line-2", step: "separate", isOverdue: false },
    ]);
    expect(await reasonOf(await owner.get("/duties/due"))).toBe("role-lacks-action");
    const keptApart = async () => {
      const { entries } = await read(operator, "/duties/self-check");
      return entries.find(({ id }: { readonly id: string }) => id === "kept-apart");
    };
    expect(await keptApart()).toMatchObject({ state: "no", isKnown: true });
    const narrow = await enrolledPerson(shop, port, "auditor/nora/S1");
    expect(await reasonOf(await narrow.get("/duties/due"))).toBe("other-seller");
    const held = await send(operator, "POST", "/duties/data-holds", {
      recordType: "*",
      recordIds: ["line-2"],
      reason: "사건 2026-1",
    });
    const hold = (await held.json()) as { id: string };
    expect(held.status).toBe(201);
    const done = await send(operator, "POST", "/duties/destructions", { recordType: "orderLine" });
    const ran = (await done.json()) as { destructions: { id: string }[]; held: number };
    expect(ran).toMatchObject({ held: 1, destructions: [{ records: 1, by: "operator oscar" }] });
    expect([...stored.keys()]).toEqual(["line-2"]);
    expect(await keptApart()).toMatchObject({ state: "yes", isKnown: true });
    const release = `/duties/data-holds/${hold.id}`;
    expect((await send(operator, "DELETE", release, { reason: "종결" })).status).toBe(204);
    expect((await send(operator, "DELETE", release, { reason: "종결" })).status).toBe(400);
    expect((await read(auditor, "/duties/data-holds?open=1")).holds).toEqual([]);
    const [{ id }] = ran.destructions as [{ id: string }];
    const confirmation = `/duties/destructions/${id}/confirmation`;
    expect(await reasonOf(await send(operator, "POST", confirmation, { note: "x" }))).toBe(
      "role-lacks-action",
    );
    expect((await read(auditor, "/duties/destructions?open=1")).destructions).toHaveLength(1);
    expect((await send(auditor, "POST", confirmation, { note: "백업까지 확인" })).status).toBe(200);
    expect((await read(auditor, "/duties/destructions?open=1")).destructions).toEqual([]);
    expect((await read(auditor, `/duties/destructions/${id}`)).confirmedBy).toBe("auditor audrey");
    expect(await read(auditor, "/duties/proofs?type=orderLine&id=line-1")).toMatchObject({
      proofs: [{ destruction: { id } }],
    });
    const ledger = await auditor.get("/duties/destructions/ledger");
    expect(await ledger.text()).toMatch(/관리대장.*가림마켓.*백업까지 확인/s);
    const english = { ...auditor.headers, "accept-language": "en" };
    const inEnglish = await fetch(`http://127.0.0.1:${port}/duties/destructions/ledger`, {
      headers: english,
    });
    expect(await inEnglish.text()).toMatch(
      /lang="en".*Ledger of destroyed personal data.*가림마켓.*Confirmed/s,
    );
    const called = await send(operator, "POST", "/duties/tool-calls", {});
    expect([called.status, await called.json()]).toMatchObject([
      400,
      { code: "ERR_GARIM_OPTION_INVALID", detail: expect.stringContaining("duties.records.callTool") },
    ]);
    expect((await read(operator, "/duties/waiting")).missing).toMatchObject([
      { name: "duties.onReminder" },
      { name: "duties.onDuties" },
      { name: "duties.records.callTool" },
    ]);
    expect(shop.diagnostics).toContainEqual(
      expect.objectContaining({
        missing: ["duties.onReminder", "duties.onDuties", "duties.records.callTool"],
        message: expect.stringContaining("No tool is called whose destruction is late."),
      }),
    );
    await expect(shop.garim.registers.remind()).rejects.toThrow("duties.onReminder");
    const span = { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", samples: 1 };
    const { files } = (await (await auditor.post("/auditor/evidence", span)).json()) as {
      files: Record<string, string>;
    };
    expect(JSON.parse(files["registers/destructions.json"] ?? "null")).toMatchObject({
      open: 0,
      named: [{ id }],
    });
    expect(JSON.parse(files["registers/data-holds.json"] ?? "[]")).toMatchObject([
      { releasedBy: "operator oscar" },
    ]);
    expect(files["registers/schedules.json"]).toContain("거래기록 보관 DB");
    const actions = ["destroy-data", "confirm-data", "hold-data", "release-data", "put-schedule"] as const;
    const { entries } = await shop.garim.log.find({ actions, outcome: "done" }, { limit: 20 });
    expect(new Set(entries.map(({ access }) => access.action))).toEqual(new Set(actions));
  });
});

describe("the breach desk", () => {
  const CONTENTS = Object.fromEntries(NOTICE_CONTENTS.map((name) => [name, `${name} 내용`]));

  it("[pipa/34-1 pipa-decree/39] goes from the scope to notices, posting and its end, on record", async () => {
    const opened = await send(auditor, "POST", "/duties/leaks", {
      title: "주문 정보 유출",
      kind: "misdirected",
      knownAt: shop.clock.now,
      facts: { isOutsideAccess: false, hasUniqueIds: false, hasSensitive: false, isIntrusion: false },
    });
    const leak = (await opened.json()) as { id: string; duties: { step: string }[] };
    expect(opened.status).toBe(201);
    // Nobody knows how many, which counts as the worse case.
    expect(leak.duties.map(({ step }) => step)).toEqual(["notify", "report", "post"]);
    const at = `/duties/leaks/${leak.id}`;
    const soft = await send(auditor, "PATCH", at, { contents: { items: "이름 노출" } });
    expect([soft.status, await soft.json()]).toMatchObject([
      400,
      { detail: expect.stringContaining("유출") },
    ]);
    expect((await send(auditor, "PATCH", at, { contents: { items: "이름" } })).status).toBe(200);
    expect((await send(auditor, "POST", `${at}/notices`, {})).status).toBe(200);
    const sent = await send(auditor, "POST", `${at}/notices/1/sending`, {});
    expect(await sent.json()).toEqual({ told: 1, failed: 0, unreachable: 1, next: null });
    expect(toldOf).toEqual(["B1 1"]);
    expect(await reasonOf(await send(auditor, "POST", `${at}/closing`, { note: "끝" }))).toBe(
      "breach-still-open",
    );
    await send(auditor, "PATCH", at, { contents: CONTENTS, facts: { subjects: 2 } });
    await send(auditor, "POST", `${at}/notices`, {});
    await send(auditor, "POST", `${at}/notices/2/sending`, {});
    expect((await read(operator, "/published/leaks.json")).leaks).toEqual([]);
    expect((await send(auditor, "POST", `${at}/post`, { notice: 2 })).status).toBe(200);
    expect(await reasonOf(await send(auditor, "DELETE", `${at}/post`, {}))).toBe("breach-stays-posted");
    await send(auditor, "POST", `${at}/steps`, { step: "notify" });
    const { checklist } = (await read(auditor, at)) as { checklist: { id: string }[] };
    for (const { id } of checklist) await send(auditor, "POST", `${at}/checks`, { check: id, note: "했음" });
    const closed = await send(auditor, "POST", `${at}/closing`, { note: "끝" });
    expect([closed.status, await closed.json()]).toMatchObject([200, { closed: { by: "auditor audrey" } }]);
    expect((await send(auditor, "PATCH", at, { facts: {} })).status).toBe(400);
    expect(await reasonOf(await owner.get(at))).toBe("role-lacks-action");
    expect((await read(operator, "/duties/leaks")).leaks).toMatchObject([
      { id: leak.id, notices: 2, unchecked: [] },
    ]);
    const { entries } = await shop.garim.log.find(
      { actions: ["send-notice"], outcome: "done" },
      { limit: 9 },
    );
    expect(entries).toHaveLength(4);
    const span = { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", samples: 1 };
    const { files } = (await (await auditor.post("/auditor/evidence", span)).json()) as {
      files: Record<string, string>;
    };
    expect(JSON.parse(files["registers/leaks.json"] ?? "[]")).toMatchObject([
      { id: leak.id, kind: "misdirected" },
    ]);
  });

  it("[pipa/34-2] has a possible leak told within its time, says so in the notice, and reports it once it is certain", async () => {
    const opened = await send(auditor, "POST", "/duties/leaks", {
      title: "유출이 의심되는 조회",
      kind: "insider",
      knownAt: shop.clock.now,
      facts: { isPossibleOnly: true, isIntrusion: false },
    });
    const leak = (await opened.json()) as { id: string; duties: object[] };
    expect(leak.duties).toMatchObject([
      { step: "notify", reason: "breach-possible", dueAt: shop.clock.now + 72 * 3_600_000 },
    ]);
    const at = `/duties/leaks/${leak.id}`;
    await send(auditor, "PATCH", at, { contents: CONTENTS });
    await send(auditor, "POST", `${at}/notices`, {});
    const { notices } = (await read(auditor, at)) as { notices: { text: string }[] };
    expect(notices[0]?.text).toMatch(/유출 가능성 통지.*유출되었을 가능성/s);
    const known = await send(auditor, "PATCH", at, { facts: { isPossibleOnly: false } });
    expect(((await known.json()) as typeof leak).duties).toMatchObject([
      { reason: "breach-notify" },
      { reason: "breach-report" },
      { reason: "breach-post" },
    ]);
    await send(auditor, "POST", `${at}/notices`, {});
    const later = (await read(auditor, at)) as { notices: { text: string }[] };
    expect(later.notices[1]?.text).toContain("유출된 사실");
  });

  it("[pipa/34-1] opens a leak from the scope by an auditor, and hands those concerned to the host", async () => {
    const from = (more: object) =>
      send(auditor, "POST", "/duties/leaks/from-scope", {
        ...{ title: "계정 도용", kind: "hacking", knownAt: shop.clock.now, filter: { staff: "anna" } },
        ...more,
      });
    expect(await reasonOf(await send(operator, "POST", "/duties/leaks/from-scope", {}))).toBe(
      "role-lacks-action",
    );
    for (const [more, code, detail] of [
      [{ filter: {} }, "ERR_GARIM_QUERY_INVALID", "must say what was misused"],
      [{ filter: { staf: "anna" } }, "ERR_GARIM_QUERY_INVALID", "Did you mean staff"],
      [{ filter: [] }, "ERR_GARIM_QUERY_INVALID", "filter must be an object"],
      [{ kind: "theft" }, "ERR_GARIM_OPTION_INVALID", "kind"],
    ] as const) {
      const answer = await from(more);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { code, detail: expect.stringContaining(detail) },
      ]);
    }
    const opened = await from({});
    const leak = (await opened.json()) as { id: string; found: { answers: number } };
    expect([opened.status, leak]).toMatchObject([
      201,
      { found: { filter: { kind: "staff", actor: "anna" } }, gathered: { handed: 1, unreachable: 0 } },
    ]);
    expect(leak).toMatchObject({ handOver: "done" });
    expect(leak.found.answers).toBeGreaterThan(0);
    expect(keptOf.get(leak.id)).toEqual([{ id: "b-1", channel: "email" }]);
    // Nobody is to open it twice because the host was out.
    isListDown = true;
    const alone = (await (await from({})).json()) as { id: string; gathered: null };
    expect(alone).toMatchObject({ gathered: null, handOver: "failed" });
    isListDown = false;
    // A host without a list of its own: said in the answer and in the diagnostics, and refused by name where it is asked for.
    const { candidates } = leaks;
    Reflect.deleteProperty(leaks, "candidates");
    const unlisted = (await (await from({})).json()) as { id: string };
    expect(unlisted).toMatchObject({ gathered: null, handOver: "missing" });
    expect(shop.diagnostics).toContainEqual(
      expect.objectContaining({
        leak: unlisted.id,
        message: expect.stringContaining("duties.leaks with candidates and keep"),
      }),
    );
    const asked = await send(auditor, "POST", `/duties/leaks/${unlisted.id}/recipients`, {});
    expect([asked.status, await asked.text()]).toEqual([400, expect.stringContaining("duties.leaks")]);
    Object.assign(leaks, { candidates });
    const at = `/duties/leaks/${alone.id}/recipients`;
    expect(await reasonOf(await send(operator, "POST", at, {}))).toBe("role-lacks-action");
    const again = await send(auditor, "POST", at, {});
    expect([again.status, await again.json()]).toMatchObject([200, { gathered: { handed: 1 } }]);
    const { notices } = await read(operator, "/duties/waiting");
    expect(notices).toContainEqual(
      expect.objectContaining({ kind: "breach-step", subject: leak.id, isOverdue: false }),
    );
    expect(await reasonOf(await owner.get("/duties/waiting"))).toBe("role-lacks-action");
  });

  it("tells a buyer whether own data was among it, in an answer as long either way, and nobody else", async () => {
    const page = await fetch(`http://127.0.0.1:${port}/published/leaks`);
    const text = await page.text();
    expect(text).toContain("개인정보 유출 통지");
    expect(text).not.toContain("B1");
    const headers = { "accept-language": "en" };
    const inEnglish = await fetch(`http://127.0.0.1:${port}/published/leaks`, { headers });
    expect(await inEnglish.text()).toMatch(/lang="en".*Notices of leaks.*개인정보 유출 통지/s);
    const [posted] = shop.garim.registers.leaks.posted();
    const behind = async (...key: readonly unknown[]) => {
      const query = new URLSearchParams({ after: JSON.stringify(key) });
      const answer = await fetch(`http://127.0.0.1:${port}/published/leaks.json?${query}`);
      return ((await answer.json()) as { leaks?: object[] }).leaks?.length ?? answer.status;
    };
    const at = -(posted?.postedAt ?? 0);
    expect([await behind(at - 1, ""), await behind(at, posted?.id), await behind({})]).toEqual([1, 0, 400]);
    const ask = async (who: string) => {
      const answer = await personOf(port, who, shop.clock.now).get("/privacy/my-leaks?buyer=B1");
      return [answer.status, await answer.text()] as const;
    };
    const [mine, other] = [await ask("buyer/B1"), await ask("buyer/B9")];
    expect([mine[0], JSON.parse(mine[1]).leaks]).toMatchObject([200, [{ concerned: 1 }]]);
    expect(JSON.parse(other[1]).leaks).toMatchObject([{ concerned: 0 }]);
    expect(mine[1]).toHaveLength(other[1].length);
    expect((await owner.get("/privacy/my-leaks")).status).toBe(403);
  });

  it("takes the notice down when its time is over", async () => {
    shop.clock.now += 30 * DAY;
    const { leaks } = shop.garim.registers;
    const [posted] = leaks.posted();
    expect(await leaks.takeDown(String(posted?.id), KEEPER)).toMatchObject({
      post: { takenDownAt: shop.clock.now },
    });
    expect(leaks.posted()).toEqual([]);
  });
});
