import { describe, expect, it } from "vitest";
import { makeRecoveryCodes, read, stepUp, sum } from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import type { Person } from "../fixtures/shop.ts";

describe("[S8 V6.5.1] a recovery code, on two nodes", () => {
  const stage = stagePair("lost");
  const { enter, logIn } = stage;
  const offer = async (person: Person, code: unknown): Promise<string> =>
    await sum(await person.post("/privacy/step-up", { method: "recovery", code }));

  it("proves once, however it is typed, and in no other session or node again", async () => {
    const person = await enter();
    const [code = "", other = ""] = await makeRecoveryCodes(person);
    expect(await offer(logIn(person), ` ${code.toLowerCase().replaceAll("-", " ")} `)).toBe("200");
    for (const node of [0, 1] as const)
      expect(await offer(logIn(person, node), code)).toBe("401 second-factor-wrong");
    expect(await offer(logIn(person), other)).toBe("200");
  });

  it("is void once others are made", async () => {
    const person = await enter();
    const [before] = await makeRecoveryCodes(person);
    const [after] = await makeRecoveryCodes(person);
    expect(await offer(logIn(person), before)).toBe("401 second-factor-wrong");
    expect(await offer(logIn(person), after)).toBe("200");
  });

  it("is nobody else's", async () => {
    const [person, stranger] = [await enter(), await enter()];
    const [code] = await makeRecoveryCodes(person);
    expect(await offer(logIn(stranger), code)).toBe("401 second-factor-wrong");
    expect(await offer(logIn(person), code)).toBe("200");
  });

  it("costs no slow hash: a guess of any length and shape is answered and counted like any other", async () => {
    const person = await enter();
    await makeRecoveryCodes(person);
    const guesses = ["", "0".repeat(10_000), "-".repeat(15_000), null, 7, {}, ["a"], "가".repeat(2_000)];
    for (const code of guesses) expect(await offer(logIn(person), code)).toBe("401 second-factor-wrong");
    expect(await sum(await logIn(person).post("/privacy/step-up", { code: "0".repeat(20_000) }))).toBe(
      "413 body-too-large",
    );
    for (const code of ["x", "y"]) await offer(logIn(person), code);
    expect(await offer(logIn(person), "z")).toBe("429 account-locked");
  });

  it("stands in no answer but the one that made it, and in no record", async () => {
    const person = await enter();
    const codes = await makeRecoveryCodes(person);
    await stepUp(person, stage.pair.nodes[0].shop);
    const told = [
      await read(await person.get("/privacy/factors")),
      await read(await person.get("/privacy/session")),
      (await stage.pair.nodes[0].shop.garim.log.find({}, { limit: 50 })).entries,
    ];
    for (const code of codes) expect(JSON.stringify(told)).not.toContain(code);
  });
});
