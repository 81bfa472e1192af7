import type { Problem } from "@garim/express";
import { DAY } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  mountPrivacy,
  openShop,
  type Person,
  personOf,
  type Shop,
} from "../fixtures/shop.ts";

let shop: Shop;
let port: number;
let owner: Person;
let operator: Person;
let auditor: Person;
let buyer: Person;

beforeAll(async () => {
  shop = await openShop(
    (app, garim) => {
      mountPrivacy(app, garim);
      app.use("/duties", garim.duties());
      app.use("/auditor", garim.auditor());
      app.use(garim.errors());
    },
    { duties: {} },
  );
  port = await shop.listen();
  owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  operator = await enrolledPerson(shop, port, "operator/oscar");
  auditor = await enrolledPerson(shop, port, "auditor/audrey");
  buyer = personOf(port, "buyer/b-1", shop.clock.now);
}, 60_000);
afterAll(() => shop.close());

async function reasonOf(answer: Response): Promise<string | undefined> {
  return ((await answer.json()) as Problem).reason;
}
const text = "제 전화번호 010-1234-5678을 고쳐 주세요";
async function ask(more: object = {}): Promise<string> {
  const answer = await buyer.post("/privacy/my-requests", { kind: "correction", text, ...more });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}
const waiting = async (person: Person, query = "?open=1") =>
  ((await (await person.get(`/duties/requests${query}`)).json()) as { requests: { id: string }[] }).requests;

describe("a buyer's request", () => {
  it("[pipa/35 pipa/36 pipa/37] is taken, due in ten days, answered by an operator, and read by the buyer", async () => {
    const id = await ask();
    expect(await waiting(operator)).toMatchObject([
      { id, kind: "correction", dueAt: shop.clock.now + 10 * DAY, isOverdue: false },
    ]);
    expect(await (await operator.get(`/duties/requests/${id}`)).json()).toMatchObject({
      text,
      buyerId: "b-1",
    });
    const said = { outcome: "done", answer: "고쳤습니다." };
    expect((await operator.post(`/duties/requests/${id}/answer`, said)).status).toBe(200);
    expect((await operator.post(`/duties/requests/${id}/answer`, said)).status).toBe(400);
    const mine = await (await buyer.get("/privacy/my-requests")).json();
    expect(mine).toMatchObject({
      requests: [{ ...said, kindText: "정정", answeredBy: "operator", text }],
    });
    expect(JSON.stringify(mine)).not.toContain("oscar");
    expect(await waiting(operator)).toEqual([]);
  });

  it("stands with its answer, and whoever read it, among what the buyer is told of the own data", async () => {
    const { accesses } = (await (await buyer.get("/privacy/my-accesses")).json()) as {
      accesses: { action: string; who: { kind: string }; shown: string }[];
    };
    expect(accesses.map(({ action, who }) => [action, who.kind])).toEqual([
      ["answer-request", "operator"],
      ["view", "operator"],
      ["open-request", "system"],
    ]);
  });

  it("is nobody's but the buyer's, and the seller's it is about", async () => {
    const own = await ask({ sellerId: "S1", kind: "access" });
    const others = await ask({ sellerId: "S2", kind: "deletion" });
    expect((await waiting(owner, "?seller=S2")).map(({ id }) => id)).toEqual([own]);
    expect(await reasonOf(await owner.get(`/duties/requests/${others}`))).toBe("other-seller");
    const said = { outcome: "refused", answer: "이유" };
    expect(await reasonOf(await owner.post(`/duties/requests/${others}/answer`, said))).toBe("other-seller");
    expect((await owner.post(`/duties/requests/${own}/answer`, said)).status).toBe(200);
    expect(await reasonOf(await auditor.get(`/duties/requests/${others}`))).toBe("role-lacks-action");
    expect(JSON.stringify(await waiting(auditor))).not.toContain("010-1234-5678");
    const stranger = personOf(port, "buyer/b-2", shop.clock.now);
    expect(await (await stranger.get("/privacy/my-requests")).json()).toEqual({ requests: [], next: null });
    for (const person of [owner, operator])
      expect(await reasonOf(await person.get("/privacy/my-requests"))).toBe("role-lacks-action");
    const viewer = await enrolledPerson(shop, port, "staff/kim/S1/viewer");
    expect(await reasonOf(await viewer.get("/duties/requests"))).toBe("role-lacks-action");
  });

  it("is refused where it says nothing, comes from another site, or from nobody", async () => {
    for (const body of [{ kind: "gift", text }, { kind: "access" }, { kind: "access", text, sellerId: 7 }]) {
      const answer = await buyer.post("/privacy/my-requests", body);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("must be")]);
    }
    const send = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}/privacy/my-requests`, {
        method: "POST",
        body: JSON.stringify({ kind: "access", text }),
        headers: { "content-type": "application/json", ...headers },
      });
    expect(await reasonOf(await send({ "x-user": "buyer/b-1", origin: "https://evil.example" }))).toBe(
      "cross-site",
    );
    expect(await reasonOf(await send({}))).toBe("not-logged-in");
  });

  it("is counted in the folder of evidence, overdue ones apart, and named without its text", async () => {
    const whole = { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", samples: 1 };
    const { files } = (await (await auditor.post("/auditor/evidence", whole)).json()) as {
      files: Record<string, string>;
    };
    const told = JSON.parse(files["registers/requests.json"] ?? "{}");
    expect(told).toMatchObject({ open: 1, overdue: 0, answered: 2, waiting: [{ kind: "deletion" }] });
    expect(Object.values(files).join()).not.toContain("010-1234-5678");
  });
});
