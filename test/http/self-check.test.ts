import type { Access } from "@garim/audit";
import type { Problem } from "@garim/express";
import { NO_KINDS } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { USUAL_FLOWS } from "../fixtures/duties.ts";
import {
  enrolledPerson,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  type Shop,
} from "../fixtures/shop.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";

let shop: Shop;
let port: number;
let owner: Person;
let operator: Person;
let auditor: Person;

interface Told {
  readonly sellerId: string | null;
  readonly entries: readonly { readonly id: string; readonly state: string; readonly isKnown: boolean }[];
}

beforeAll(async () => {
  shop = await openShop(
    (app, garim) => {
      mountPrivacy(app, garim);
      app.use("/duties", garim.duties());
      app.use("/auditor", garim.auditor());
      app.get(
        "/lines",
        garim.reveal([orderLine], { purpose: "fulfilment" }),
        (_req, res) => void res.json([]),
      );
      app.use(garim.errors());
    },
    { duties: { company: "가림마켓", seller: () => ({ name: "온누리상점" }) }, watch: {} },
  );
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  operator = await enrolledPerson(shop, port, "operator/oscar");
  auditor = await enrolledPerson(shop, port, "auditor/audrey");
}, 60_000);
afterAll(() => shop.close());

const report = async (person: Person, query = ""): Promise<Told> =>
  (await (await person.get(`/duties/self-check${query}`)).json()) as Told;
const stateOf = ({ entries }: Told, id: string) => entries.find((entry) => entry.id === id)?.state;
const answer = (person: Person, question: string, body: object, query = ""): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/duties/self-check/${question}${query}`, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...person.headers },
  });
/** Something that was done by somebody of the seller. */
const record = (done: Pick<Access, "action"> & Partial<Access>) =>
  shop.garim.log.append({
    at: shop.clock.now,
    actor: { kind: "staff", id: "kim", sellerId: "S1" },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.9", agent: null },
    outcome: "done",
    reason: null,
    route: "GET /lines",
    purpose: null,
    policy: { edition: "kr-2026-10-31", overrides: {} },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
    ...done,
  });
const reasonOf = async (given: Response) => ((await given.json()) as Problem).reason;

describe("the self-check", () => {
  it("answers what configuration, registers and log know, and asks the rest", async () => {
    const before = await report(operator);
    expect(before.sellerId).toBeNull();
    const states = ["detection", "sealed", "addresses", "second-factor", "flows", "officer"] as const;
    expect(states.map((id) => stateOf(before, id))).toEqual(["yes", "no", "no", "yes", "no", "open"]);
    for (const flow of USUAL_FLOWS) await shop.garim.registers.flows.put(flow, KEEPER);
    expect(stateOf(await report(operator), "flows")).toBe("yes");
    await shop.garim.registers.flows.put({ ...USUAL_FLOWS[0], items: {} } as never, KEEPER);
    expect(stateOf(await report(auditor), "flows")).toBe("no");
  });

  it("is of the own seller for an owner, whatever seller is named, and on record as a question to the log", async () => {
    const own = await report(owner, "?seller=S2");
    expect([own.sellerId, stateOf(own, "least-privilege"), stateOf(own, "sealed")]).toEqual([
      "S1",
      "yes",
      undefined,
    ]);
    const { entries } = await shop.garim.log.find({ actions: ["log-query"], actor: "anna" }, { limit: 1 });
    expect(entries[0]?.access.detail).toEqual({ question: "rights", seller: "S1" });
  });

  it("takes answers of owners for the own seller, of operators for the marketplace, and of no auditor", async () => {
    const said = { answer: "yes", note: "대표가 맡음" };
    expect((await answer(owner, "officer", said, "?seller=S2")).status).toBe(200);
    expect(stateOf(await report(owner), "officer")).toBe("yes");
    expect(stateOf(await report(operator, "?seller=S2"), "officer")).toBe("open");
    expect(stateOf(await report(operator), "officer")).toBe("open");
    expect((await answer(operator, "officer", said)).status).toBe(200);
    expect(stateOf(await report(operator), "officer")).toBe("yes");
    expect(await reasonOf(await answer(auditor, "officer", said))).toBe("role-lacks-action");
    const wrong = await answer(owner, "none", said);
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      expect.stringContaining("question must be one of"),
    ]);
    const viewer = await enrolledPerson(shop, port, "staff/kim/S1/viewer");
    expect(await reasonOf(await viewer.get("/duties/self-check"))).toBe("role-lacks-action");
  });

  it("knows of shared accounts, files nobody destroyed and processors nobody supervises", async () => {
    const { clock, garim } = shop;
    const statesOf = async (person: Person) => {
      const told = await report(person);
      return ["own-accounts", "copies", "supervision"].map((id) => stateOf(told, id));
    };
    expect(await statesOf(operator)).toEqual(["open", "open", "open"]);
    await record({ action: "signal", reason: "shared-password" });
    const detail = { download: "d1", destroyBy: clock.now - 1 };
    await record({ action: "fetch-download", detail });
    expect([await statesOf(operator), await statesOf(owner)]).toEqual([
      ["no", "no", "open"],
      ["no", "no", "open"],
    ]);
    await garim.registers.flows.put({ ...USUAL_FLOWS[1], items: { tasks: "송장" } } as never, KEEPER);
    expect(await statesOf(owner)).toEqual(["no", "no", "no"]);
    await record({ action: "destroy-download", detail });
    // What a person says before the next sign goes before the last one.
    clock.now += 1;
    await answer(owner, "own-accounts", { answer: "yes", note: "비밀번호를 바꾸고 계정을 나눔" });
    expect(await statesOf(owner)).toEqual(["yes", "open", "no"]);
  });

  it("is printed in Korean, and stands in the folder of evidence", async () => {
    const page = await owner.get("/duties/self-check/page");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toMatch(/온누리상점.*대표가 맡음/s);
    expect(await (await operator.get("/duties/self-check/page")).text()).toContain("가림마켓");
    const whole = { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", samples: 1 };
    const { files } = (await (await auditor.post("/auditor/evidence", whole)).json()) as {
      files: Record<string, string>;
    };
    expect(stateOf(JSON.parse(files["registers/self-check.json"] ?? "{}") as Told, "officer")).toBe("yes");
  });

  it("says that nothing is enforced while a route is only observed", async () => {
    const { garim, clock } = shop;
    const until = new Date(clock.now + 86_400_000);
    garim.reveal([orderLine], { purpose: "trial", dangerouslyObserve: { until } });
    const told = await report(operator);
    expect(["second-factor", "masking", "record"].map((id) => stateOf(told, id))).toEqual(["no", "no", "no"]);
  });
});
