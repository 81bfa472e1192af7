import { subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "../fixtures/factors.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

/** Every way to ask for what another seller's people did. `bob` works for S2 and saw `b-2`. */
const PATHS: readonly string[] = [
  "records",
  "records?seller=S2",
  "records?seller=s1",
  "records?seller=%20S1",
  "records?seller=S1%00",
  "records?seller=S1,S2",
  "records?seller=*",
  "records?seller=%EF%BC%B31",
  "records?actor=bob",
  "records?person=bob",
  "records?target=bob",
  "records?buyer=b-2",
  "records?kind=staff&limit=1000",
  "records?ip=127.0.0.1",
  "who-saw?buyer=b-2",
  "who-saw?buyer=b-1",
  "by-actor?actor=bob",
  "by-actor?actor=root",
  "by-tool?tool=bob",
  "downloads",
  "denied",
  "rights-history",
  "rights-history?person=bob",
  "records?before=999999999999999",
  "records?from=0&to=4102444799999",
];

/** What is refused outright: one seller's auditor must not be able to say whose records are meant. */
const WIDENING: readonly string[] = [
  "records?seller=S1&seller=S2",
  "records?seller[]=S2",
  "records?seller[0]=S1&seller[1]=S2",
  "records?sellerId=S2",
  "records?within=S2",
  "records?within[sellerId]=S2",
  "records?within.sellerId=S2",
  "records?SELLER=S2",
  "records?constructor=S2",
];

const WIDENING_BODIES: readonly object[] = [
  { seller: ["S1", "S2"] },
  { seller: { in: ["S1", "S2"] } },
  { seller: null },
  { within: { sellerId: "S2" } },
  { within: null },
  { sellerId: "S2" },
  { identity: { kind: "auditor" } },
  { filter: { seller: "S2" } },
  ["S2"],
];

describe("[B1] an auditor of one seller", () => {
  let shop: Shop;
  let port: number;
  let auditor: Person;
  let whole: Person;
  let sellerId: unknown;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      app.set("query parser", "extended");
      mountPrivacy(app, garim);
      const guard = garim.reveal(orderLine, { purpose: "fulfilment" });
      app.get("/one", guard, (_req, res) => void res.json(tidy(lineOf())));
      const ofTwo = { sellerId: "S2", buyerId: "b-2" };
      app.get("/two", guard, (_req, res) => void res.json(tidy(lineOf(ofTwo))));
      app.use("/auditor", garim.auditor());
      app.get("/records", garim.records());
    });
    port = await shop.listen();
    const anna = await enrolledPerson(shop, port, "staff/anna/S1/owner");
    const bob = await enrolledPerson(shop, port, "staff/bob/S2/owner");
    await anna.get("/one");
    await bob.get("/two");
    for (const person of [anna, bob]) await person.get("/auditor/denied");
    auditor = await enrolledPerson(shop, port, "auditor/audrey/S1");
    whole = await enrolledPerson(shop, port, "auditor/root");
    await whole.get("/auditor/who-saw?buyer=b-1");
  });
  afterAll(() => shop.close());

  /** Whose records an answer holds. */
  async function sellersIn(answer: Response): Promise<readonly unknown[]> {
    const { entries, sessions = entries } = (await read(answer)) as unknown as Readonly<
      Record<"entries" | "sessions", readonly { readonly actor: { readonly sellerId: unknown } }[]>
    >;
    return [...new Set(sessions.map(({ actor }) => actor.sellerId))];
  }

  it("is told apart from one who may see both", async () => {
    expect(await sellersIn(await whole.get("/auditor/records?action=view"))).toEqual(["S2", "S1"]);
    expect(await sellersIn(await auditor.get("/auditor/records?action=view"))).toEqual(["S1"]);
    expect(await sellersIn(await auditor.get("/records?action=view"))).toEqual(["S1"]);
  });

  it.each(PATHS)("finds nobody else's records by GET and POST %s", async (path) => {
    const [verb = "", query = ""] = path.split("?");
    const asked = await auditor.get(`/auditor/${path}`);
    const posted = await auditor.post(`/auditor/${verb}`, Object.fromEntries(new URLSearchParams(query)));
    for (const answer of [asked, posted]) {
      expect(answer.status).toBe(200);
      expect(["S1", undefined]).toContain((await sellersIn(answer)).join() || undefined);
    }
  });

  it("finds no session of another seller's people", async () => {
    expect(await sellersIn(await whole.get("/auditor/sessions?actor=bob"))).toEqual(["S2"]);
    expect(await sellersIn(await auditor.get("/auditor/sessions?actor=bob"))).toEqual([]);
    expect(await sellersIn(await auditor.get("/auditor/sessions?actor=anna"))).toEqual(["S1"]);
  });

  it.each(WIDENING)("[V15.3.7] is refused GET %s", async (path) => {
    expect((await auditor.get(`/auditor/${path}`)).status).toBe(400);
  });

  it.each(WIDENING_BODIES)("is refused POST %j", async (body) => {
    expect((await auditor.post("/auditor/records", body)).status).toBe(400);
    const wanted = Array.isArray(body) ? body : { verb: "records", format: "ndjson", ...body };
    expect((await auditor.post("/auditor/exports", wanted)).status).toBe(400);
  });

  it.each([
    { verb: "records" },
    { verb: "records", seller: "S2" },
    { verb: "by-actor", actor: "bob" },
    { verb: "who-saw", buyer: "b-2" },
    { verb: "sessions", actor: "bob" },
    { verb: "rights-history" },
  ])("takes nobody else's records away by %j", async (body) => {
    const answer = await auditor.post("/auditor/exports", { ...body, format: "ndjson" });
    const rows = (await answer.text()).split("\n").filter(Boolean);
    expect(answer.status).toBe(200);
    expect(rows.map((row) => JSON.parse(row).seller).filter((seller) => seller !== "S1")).toEqual([]);
  });

  it("resolves no pseudonym that only another seller's people saw", async () => {
    const { entries } = await shop.garim.log.find({ subject: subject.buyer("b-2"), actions: ["view"] });
    const pseudonyms = [entries[0]?.access.records[0]?.subjects[0]?.hex];
    const body = { pseudonyms, candidates: [{ type: "buyer", id: "b-2" }], purpose: "확인" };
    expect(await read(await whole.post("/auditor/resolve-subject", body))).toMatchObject({
      resolved: [{ id: "b-2" }],
    });
    expect(await read(await auditor.post("/auditor/resolve-subject", body))).toEqual({ resolved: [] });
  });

  it("stands on record with the limit", async () => {
    await auditor.get("/auditor/denied");
    const { entries } = await shop.garim.log.find({ actor: "audrey" }, { limit: 1 });
    expect(entries[0]?.access.detail).toMatchObject({ verb: "denied", within: "S1" });
  });

  it("finds nothing where the seller is said in another case", async () => {
    const other = await enrolledPerson(shop, port, "auditor/olga/s1");
    expect(await sellersIn(await other.get("/auditor/records"))).toEqual([]);
  });

  describe("whose seller the host says wrongly", () => {
    let odd: Shop;
    let oddPerson: Person;

    beforeAll(async () => {
      odd = await openShop(
        (app, garim) => {
          mountPrivacy(app, garim);
          app.use("/auditor", garim.auditor());
        },
        {
          identify: () => ({
            kind: "auditor",
            auditorId: "odd",
            authenticatedAt: Date.parse("2026-11-22T09:00:00+09:00"),
            ...(sellerId === undefined ? {} : { sellerId: sellerId as string }),
          }),
        },
      );
      oddPerson = await enrolledPerson(odd, await odd.listen(), "-");
    });
    afterAll(() => odd.close());

    it.each([null, "", 1, 0, false, ["S1"], {}, "x".repeat(257)])("gets nothing: %j", async (wrong) => {
      sellerId = wrong;
      const answer = await oddPerson.get("/auditor/records");
      sellerId = undefined;
      expect([answer.status, (await read(answer))["reason"]]).toEqual([500, "answer-refused"]);
      expect((await oddPerson.get("/auditor/records")).status).toBe(200);
    });
  });
});
