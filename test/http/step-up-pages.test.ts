import { returnPath } from "@garim/express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;
const NAVIGATION = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "sec-fetch-mode": "navigate" };
const ACR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

describe("a refusal that somebody can lift", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        const guard = garim.reveal([orderLine], { purpose: "test" });
        app.get("/lines", guard, (_req, res) => void res.json([tidy(lineOf())]));
        const open = garim.unguarded("pages without buyers' data");
        app.get("/orders", open, garim.stepUp(), (_req, res) => void res.send("<h1>orders</h1>"));
        app.post("/staff", open, garim.stepUp("manage"), (_req, res) => void res.sendStatus(204));
        app.get("/second-factor", open, garim.stepUp(), (_req, res) => void res.send("guarded by mistake"));
        app.get("/staff", open, garim.stepUp("manage"), (_req, res) => void res.send("<h1>staff</h1>"));
      },
      { pages: { stepUp: "/second-factor", logIn: "/log-in", refused: "/refused" } },
    );
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newcomer = (): Person => personOf(port, `staff/page-${count++}/S1/owner`, shop.clock.now);
  const newPerson = (): Promise<Person> => enrolledPerson(shop, port, `staff/page-${count++}/S1/owner`);

  /** As a browser loads a page: `fetch` would say that it is a script. */
  const open = (person: Person, path: string, headers: Record<string, string> = NAVIGATION) =>
    request(shop.app)
      .get(path)
      .set({ ...person.headers, ...headers });

  it("[S4] sends a page to enrolment and back, on record", async () => {
    const person = newcomer();
    await person.get("/privacy/session");
    const refused = await open(person, "/orders?state=paid&page=2");
    expect(refused.status).toBe(303);
    const location = new URL(refused.headers["location"] ?? "", "http://shop");
    expect([location.pathname, location.searchParams.get("reason")]).toEqual([
      "/second-factor",
      "second-factor-unenrolled",
    ]);
    const { entries } = await shop.garim.log.find({ actor: `page-${count - 1}` }, { limit: 1 });
    expect(entries[0]).toMatchObject({
      id: refused.headers["garim-record"],
      access: { outcome: "refused", reason: "second-factor-unenrolled", route: "GET /orders" },
    });
    const { secret } = (await (await person.post("/privacy/factors/totp", {})).json()) as {
      secret: string;
    };
    await person.post("/privacy/factors/totp/confirmation", { code: totpCode(secret, shop.clock.now) });
    const back = returnPath(location.searchParams.get("return"), "/");
    expect(back).toBe("/orders?state=paid&page=2");
    expect((await open(person, back)).text).toBe("<h1>orders</h1>");
  });

  it("sends a page whose session has ended to the log-in", async () => {
    const person = await newPerson();
    shop.clock.now += 31 * MINUTE;
    const refused = await open(person, "/lines");
    expect(refused.status).toBe(303);
    expect(refused.headers["location"]).toBe("/log-in?reason=session-idle&return=%2Flines");
    expect(refused.headers["cache-control"]).toBe("no-store");
    expect(refused.text).toBe("");
  });

  it("sends a page nobody is logged in for to the log-in", async () => {
    const answer = await request(shop.app).get("/orders").set(NAVIGATION);
    expect(answer.headers["location"]).toBe("/log-in?reason=not-logged-in&return=%2Forders");
  });

  it("leads to no other site, whatever address was asked for", async () => {
    const person = newcomer();
    for (const path of ["/orders?return=//evil.example", "/orders?next=https://evil.example"]) {
      const location = (await open(person, path)).headers["location"] ?? "";
      const url = new URL(location, "http://shop.example");
      expect([url.origin, url.pathname]).toEqual(["http://shop.example", "/second-factor"]);
      expect(returnPath(url.searchParams.get("return"), "/")).toBe(path);
    }
  });

  it("goes round in no circle where the page itself is guarded", async () => {
    expect((await open(newcomer(), "/second-factor?reason=x&return=/")).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ["a program", { accept: "application/json" }],
    ["a program that takes anything", { accept: "*/*" }],
    ["a script of a page", { accept: "text/html", "sec-fetch-mode": "cors" }],
  ])("[RFC 9470] tells %s what would do, how fresh, and where", async (_, headers) => {
    const answer = await open(newcomer(), "/lines", headers);
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe(
      `Bearer error="insufficient_user_authentication", acr_values="${ACR}", max_age="43200"`,
    );
    expect(answer.body).toMatchObject({
      reason: "second-factor-unenrolled",
      acr_values: ACR,
      max_age: 43_200,
      page: "/second-factor",
      action: "view",
    });
  });

  it("[S4] says what it is asked for: a proof for looking is not what a change of rights asks", async () => {
    const person = newcomer();
    const { headers, body } = await open(person, "/staff", { accept: "application/json" });
    expect(body).toMatchObject({ action: "manage", max_age: 300 });
    expect(headers["location"]).toBeUndefined();
    expect((await open(person, "/staff")).headers["location"]).toBe(
      "/second-factor?reason=second-factor-unenrolled&action=manage&return=%2Fstaff",
    );
  });

  it("sends a page nobody may lift to where it is said why, on record, and programs nowhere", async () => {
    const user = `staff/page-${count++}/S1/nothing`;
    const person = await enrolledPerson(shop, port, user);
    const refused = await open(person, "/lines");
    expect(refused.status).toBe(303);
    expect(refused.headers["location"]).toBe("/refused?reason=role-lacks-action&return=%2Flines");
    const { entries } = await shop.garim.log.find({ actor: `page-${count - 1}` }, { limit: 1 });
    expect(entries[0]).toMatchObject({
      id: refused.headers["garim-record"],
      access: { outcome: "refused", reason: "role-lacks-action" },
    });
    for (const headers of [
      { accept: "application/json" },
      { accept: "text/html", "sec-fetch-mode": "cors" },
    ]) {
      const { status, body } = await open(person, "/lines", headers);
      expect([status, body.reason, body.page]).toEqual([403, "role-lacks-action", undefined]);
    }
  });

  it("sends a page of somebody dismissed there, too", async () => {
    const person = await newPerson();
    const id = `page-${count - 1}`;
    await shop.garim.staff.dismiss({ kind: "staff", id, sellerId: "S1" });
    expect((await open(person, "/orders")).headers["location"]).toBe(
      "/refused?reason=account-dismissed&return=%2Forders",
    );
    const again = personOf(port, `staff/${id}/S1/owner`, shop.clock.now + 1);
    expect((await open(again, "/orders")).headers["location"]).toBe(
      "/refused?reason=account-dismissed&return=%2Forders",
    );
    const program = await open(again, "/orders", { accept: "application/json" });
    expect([program.status, program.body.reason]).toEqual([403, "account-dismissed"]);
  });

  it("[V7.5.3] asks for a fresher proof before what changes rights than before a page", async () => {
    const person = await newPerson();
    expect((await person.post("/staff", {})).status).toBe(204);
    shop.clock.now += 5 * MINUTE;
    expect((await person.post("/staff", {})).status).toBe(204);
    shop.clock.now += 1;
    const stale = await person.post("/staff", {});
    expect(stale.status).toBe(401);
    expect(await stale.json()).toMatchObject({ reason: "second-factor-stale", max_age: 300 });
    expect((await open(person, "/orders")).status).toBe(200);
    const code = totpCode(person.secret, shop.clock.now);
    expect((await person.post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
    expect((await person.post("/staff", {})).status).toBe(204);
  });
});
