import type { Problem } from "@garim/express";
import { resolvePolicy, type WatchFinding } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { enrolledPerson, lineOf, mountPrivacy, orderLine, type Person, tidy } from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";

const policy = resolvePolicy();
const found: WatchFinding[] = [];
let shop: ToolShop;
let port: number;

beforeAll(async () => {
  shop = await openToolShop(
    (app, garim) => {
      mountPrivacy(app, garim);
      const reads = { purpose: "fulfilment", tools: "orders.read" } as const;
      const answer = (from: number, count: number, isClear: boolean) =>
        Array.from({ length: count }, (_, i) =>
          tidy(lineOf({ buyerId: `b-${from + i}`, ...(isClear ? { confirmedAt: null } : {}) })),
        );
      app.get("/lines/:from/:count", garim.reveal([orderLine], reads), (req, res) => {
        const { from, count } = req.params;
        res.json(answer(Number(from), Number(count), true));
      });
      app.get(
        "/masked",
        garim.reveal([orderLine], reads),
        (_req, res) => void res.json(answer(0, 2_000, false)),
      );
      app.use(garim.errors());
    },
    {},
    {
      watch: {
        onFinding: (finding) => void found.push(finding),
        isCanary: ({ type, id }) => type === "buyer" && id === "b-777000",
      },
    },
  );
  port = await shop.listen();
}, 60_000);
afterAll(() => shop.close());

let people = 0;
const somebody = (): Promise<Person> => enrolledPerson(shop, port, `staff/person-${people++}/S1/owner`);
const reasonOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as Problem).reason;

/** Records of findings, of one account. */
async function signals(person: Person): Promise<readonly object[]> {
  const id = person.headers["x-user"]?.split("/")[1] ?? "";
  const { entries } = await shop.garim.log.find({ actions: ["signal"], actor: id });
  return entries
    .map(({ access: { reason, detail } }) => ({ reason, did: detail?.["did"] }))
    .filter(({ did }) => did !== undefined);
}

describe("[V1] who helps themselves", () => {
  it("[notice-2026-9/6-1] is asked for the second factor anew after far too many buyers, on record", async () => {
    const person = await somebody();
    // Nobody is known here yet, and so tenfold.
    const most = 10 * policy.watchHourRecords;
    expect((await person.get(`/lines/100000/${most}`)).status).toBe(200);
    expect(await signals(person)).toEqual([]);
    expect((await person.get(`/lines/${100_000 + most}/1`)).status).toBe(200);
    await vi.waitFor(async () => {
      const answer = await person.get("/lines/100000/1");
      expect([answer.status, await reasonOf(answer)]).toEqual([401, "second-factor-signal"]);
    });
    const both = ["watch-subjects", "watch-volume"].map((reason) => ({ reason, did: "step-up" }));
    expect(await signals(person)).toEqual(both);
    expect(found.at(-1)).toMatchObject({ action: "step-up", count: most + 1 });
  });

  it("is left alone while there are stars alone, and while it is an ordinary day", async () => {
    const person = await somebody();
    for (let i = 0; i < 3; i++) expect((await person.get("/masked")).status).toBe(200);
    for (let i = 0; i < 30; i++) expect((await person.get(`/lines/${i * 1_000}/5`)).status).toBe(200);
    expect(await signals(person)).toEqual([]);
  });

  it("[notice-2026-9/6-1] is answered one request in ten seconds after a walk from number to number", async () => {
    const person = await somebody();
    const answers: number[] = [];
    for (let i = 0; i < policy.watchRun + 1; i++)
      answers.push((await person.get(`/lines/${2_000_000 + i}/0`)).status);
    expect(answers).toEqual([...Array(policy.watchRun).fill(200), 429]);
    shop.clock.now += 10_000;
    expect((await person.get("/lines/5/1")).status).toBe(200);
    expect(await reasonOf(await person.get("/lines/5/1"))).toBe("watch-throttled");
    shop.clock.now += 600_000;
    for (let i = 0; i < 2; i++) expect((await person.get("/lines/5/1")).status).toBe(200);
    expect(await signals(person)).toEqual([{ reason: "watch-sequence", did: "throttle" }]);
  });

  it("[notice-2026-9/6-1] is cut off after an order that exists for nobody, a person and a tool", async () => {
    const person = await somebody();
    expect((await person.get("/lines/777000/1")).status).toBe(200);
    await vi.waitFor(async () => expect((await person.get("/lines/5/1")).status).toBe(401));
    const tool = await shop.makeTool();
    await shop.grant(tool, "S1");
    const token = await tool.mint();
    expect((await tool.get("/lines/777000/1", token)).status).toBe(200);
    await vi.waitFor(async () => {
      expect(await reasonOf(await tool.get("/lines/5/1", token))).toBe("tool-suspended");
    });
  });

  it("takes no laxer action, and says what is wrong", async () => {
    const lax = openToolShop(() => undefined, {}, { watch: { actions: { "watch-canary": "alert" } } });
    await expect(lax).rejects.toThrow('watch.actions["watch-canary"]');
  });
});
