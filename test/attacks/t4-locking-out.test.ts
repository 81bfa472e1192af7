import { describe, expect, it } from "vitest";
import { mountLine, sum } from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import type { Person } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

describe("[T4 V6.1.1] locking somebody out on purpose, on two nodes", () => {
  const stage = stagePair("victim", {}, (app, garim) => {
    mountLine(app, garim);
    app.get("/shop", garim.unguarded("no buyer's data"), (_req, res) => void res.send("open"));
  });
  const { enter, logIn } = stage;
  const right = ({ secret }: Person) => ({ method: "totp", code: totpCode(secret, stage.pair.clock.now) });

  async function lock(person: Person): Promise<void> {
    for (let i = 0; i < 10; i++) await logIn(person).post("/privacy/step-up", { method: "totp" });
  }

  it("takes the log-in at the host: whoever has none counts for nothing", async () => {
    const person = await enter();
    const url = `http://127.0.0.1:${stage.pair.nodes[1].port}/privacy/step-up`;
    const body = JSON.stringify({ method: "totp", code: "000000" });
    const headers = { "content-type": "application/json", cookie: person.headers["cookie"] ?? "" };
    for (let i = 0; i < 120; i++)
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(401);
    const later = logIn(person);
    expect(await sum(await later.post("/privacy/step-up", right(later)))).toBe("200");
  });

  it("takes nothing from who has proved the factor already, nor from other people and routes", async () => {
    const [person, colleague] = [await enter(), await enter()];
    await lock(person);
    expect((await person.get("/line")).status).toBe(200);
    const other = logIn(colleague);
    expect(await sum(await other.post("/privacy/step-up", right(other)))).toBe("200");
    const locked = logIn(person);
    expect((await locked.get("/shop")).status).toBe(200);
    expect((await locked.get("/privacy/factors")).status).toBe(200);
  });

  it("ends by the clock, and the next lock lasts twice as long", async () => {
    const person = await enter();
    await lock(person);
    stage.pair.clock.now += 15 * MINUTE;
    await lock(person);
    const locked = logIn(person);
    stage.pair.clock.now += 15 * MINUTE;
    expect(await sum(await locked.post("/privacy/step-up", right(locked)))).toBe("429 account-locked");
    stage.pair.clock.now += 14 * MINUTE;
    expect(await sum(await locked.post("/privacy/step-up", right(locked)))).toBe("200");
  });

  it("ends at once where the owner says so", async () => {
    const [person, owner] = [await enter(), await enter()];
    await lock(person);
    const boss = logIn(owner);
    await boss.post("/privacy/step-up", right(boss));
    const id = person.headers["x-user"]?.split("/")[1];
    expect(await sum(await boss.post(`/privacy/staff/${id}/unlock`, {}))).toBe("204");
    const later = logIn(person);
    expect(await sum(await later.post("/privacy/step-up", right(later)))).toBe("200");
  });
});
