import type { Response } from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CANARY, tracesIn } from "../fixtures/canary.ts";
import { ASK, begin, type DownloadShop, openDownloadShop, settled } from "../fixtures/download-shop.ts";
import { logInAgain, read, stepUp, sum } from "../fixtures/factors.ts";
import { lineOf, orderLine, type Person } from "../fixtures/shop.ts";

const MINUTE = 60_000;

describe("asking for a download", () => {
  let held: DownloadShop;
  let person: Person;
  let asked = 0;

  beforeAll(async () => {
    held = await openDownloadShop();
    person = await held.enter();
  });
  beforeEach(() => {
    asked = 0;
    held.count = () => 1;
    held.rows = () => {
      asked++;
      return [lineOf({ confirmedAt: null })];
    };
  });
  afterAll(() => held.close());

  const lastRecord = async () => {
    const { entries } = await held.shop.garim.log.find({ actions: ["download"] }, { limit: 1 });
    return entries[0]?.access;
  };

  it.each<[string, object, string]>([
    ["states no purpose", { purpose: undefined }, "422 download-purpose-missing"],
    ["states a purpose that is not on the list", { purpose: "toString" }, "422 download-purpose-missing"],
    ["says nothing of why", { why: " \u3000" }, "422 download-purpose-missing"],
    ["says why with what is no text", { why: 7 }, "422 download-purpose-missing"],
    ["chooses no field", { fields: [] }, "422 download-kinds-missing"],
    ["chooses no personal field", { fields: ["orderNo"] }, "422 download-kinds-missing"],
    ["names a field that is none", { fields: ["recipient.phon"] }, "422 download-field-unknown"],
    ["names a field of every object", { fields: ["constructor", "__proto__"] }, "422 download-field-unknown"],
    ["wants a format that is none", { format: "xls" }, "422 download-field-unknown"],
    ["has no password", { password: undefined }, "422 download-password-weak"],
    ["has a weak password", { password: "qwer1234!" }, "422 download-password-weak"],
    ["has the person's own id as password", { password: "Downloader-0!x" }, "422 download-password-weak"],
    ["searches by a phone", { filter: { text: "010-9173-1234" } }, "403 search-personal"],
    ["searches by a personal field", { filter: { recipient_phone: "1234" } }, "403 search-personal"],
    ["names a consent that is none", { approval: "x" }, "409 download-approval-unknown"],
  ])("is refused, on record, before the handler is asked, where it %s", async (_, more, expected) => {
    const answer = await person.post("/exports", { ...ASK, ...more });
    expect(await sum(answer)).toBe(expected);
    expect(asked).toBe(0);
    expect(await lastRecord()).toMatchObject({ outcome: "refused", reason: expected.slice(4) });
  });

  it("says which field is none, what is weak, and never repeats a password", async () => {
    const unknown = await read(await person.post("/exports", { ...ASK, fields: ["recipient.phon", 7] }));
    expect(unknown["names"]).toEqual(["recipient.phon", "(number)"]);
    const answer = await person.post("/exports", { ...ASK, password: "qwer1234!" });
    const text = await answer.text();
    expect(JSON.parse(text).problems[0]).toMatchObject({ code: "too-short" });
    expect(text).not.toContain("qwer1234");
  });

  it.each([
    ["shipper", "403 role-lacks-action"],
    ["viewer", "403 role-lacks-action"],
  ])("is refused to a %s", async (role, expected) => {
    expect(await sum(await (await held.enter(role)).post("/exports", ASK))).toBe(expected);
  });

  it("[S5] is refused from another site, and as a form", async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${held.port}/exports`, {
        method: "POST",
        headers: { ...person.headers, "content-type": "application/json", ...headers },
        body: JSON.stringify(ASK),
      });
    expect(await sum(await send({ "sec-fetch-site": "cross-site" }))).toBe("403 cross-site");
    expect(await sum(await send({ origin: "https://evil.example" }))).toBe("403 cross-site");
    expect((await send({ "content-type": "text/plain" })).status).toBe(415);
    expect(asked).toBe(0);
  });

  it.each([
    [1_000, 30, 0, 202],
    [1_000, 30, 1, 401],
    [1_001, 10, 0, 202],
    [1_001, 10, 1, 401],
    [null, 10, 1, 401],
  ])(
    "[code-2022/second-factor] of %s rows takes a factor of at most %i minutes and %i ms: %i",
    async (rows, minutes, ms, status) => {
      const somebody = await held.enter();
      held.count = () => rows;
      // In steps: the session would end idle.
      held.shop.clock.now += (minutes - 1) * MINUTE;
      await somebody.get("/exports");
      held.shop.clock.now += MINUTE + ms;
      const answer = await somebody.post("/exports", ASK);
      expect(answer.status).toBe(status);
      const { id, reason, action, max_age } = (await answer.json()) as Record<
        "id" | "reason" | "action" | "max_age",
        string
      >;
      if (status === 202) await settled(somebody, id);
      // What lifts it is said, so that pages lead there.
      else expect([reason, action, max_age]).toEqual(["second-factor-stale", "download", minutes * 60]);
    },
  );

  it("goes on after another proof", async () => {
    const somebody = await held.enter();
    held.shop.clock.now += MINUTE;
    const again = logInAgain(somebody, held.port, held.shop.clock.now);
    expect(await sum(await again.post("/exports", ASK))).toBe("401 second-factor-missing");
    expect((await stepUp(again, held.shop, "download")).status).toBe(200);
    expect((await settled(again, (await begin(again)).id)).state).toBe("ready");
  });

  it.each<[string, (res: Response) => unknown, string]>([
    ["answers with JSON", (res) => res.json([lineOf()]), "500 answer-refused"],
    ["writes bytes", (res) => res.write(lineOf().memo), "500 answer-refused"],
    ["sends a file of its own", (res) => res.download("/etc/hostname"), "500 answer-refused"],
    ["hands over what is no source", (res) => res.rows("text" as never), "500 answer-refused"],
    [
      "says that it cannot",
      (res) => res.status(409).json({ code: "closed", message: CANARY.phone }),
      "409 closed",
    ],
    [
      "throws",
      () => {
        throw Object.assign(new Error(CANARY.phone), { status: 404 });
      },
      "404",
    ],
  ])("[L1] gives away nothing where the handler %s, and has it on record", async (_, answers, expected) => {
    const { answer: usual } = held;
    held.answer = answers;
    const somebody = await held.enter();
    const answer = await somebody.post("/exports", ASK);
    held.answer = usual;
    const text = await answer.text();
    const { reason, code } = JSON.parse(text) as Record<"reason" | "code", string | undefined>;
    expect([answer.status, reason ?? code].filter(Boolean).join(" ")).toBe(expected);
    expect(tracesIn(Buffer.from(text))).toEqual([]);
    expect(await lastRecord()).toMatchObject({
      outcome: expected.startsWith("500") ? "refused" : "done",
      records: [],
    });
    expect(await (await somebody.get("/exports")).json()).toMatchObject({ downloads: [] });
  });

  it("makes no route for a purpose that hands files on where no register says to whom", () => {
    const shipping = { ko: "발송", en: "Shipping", fields: ["orderNo"], to: { kind: "courier" } } as const;
    expect(() => held.shop.garim.download(orderLine, { purposes: { shipping } })).toThrow(
      "purposes.shipping.to needs the register of flows",
    );
  });

  it("offers the purposes, the fields and what the person's role shows", async () => {
    const somebody = await held.enter();
    const { offers, limits } = (await (await somebody.get("/exports/offers")).json()) as {
      offers: { purposes: { name: string; fields: string[] }[]; fields: object[] }[];
      limits: object;
    };
    expect(limits).toMatchObject({ linkMinutes: 10, fileDays: 7 });
    expect(offers[0]?.purposes).toMatchObject([
      { name: "shipping", label: "발송" },
      {
        name: "service",
        fields: ["orderNo", "buyer.name", "buyer.phone", "recipient.name", "recipient.phone"],
      },
    ]);
    expect(offers[0]?.fields).toContainEqual({
      path: "buyer.email",
      label: "buyer.email",
      kind: "email",
      isAllowed: false,
    });
  });

  it("says how good a password is, and keeps it nowhere", async () => {
    const somebody = await held.enter();
    const strengthOf = async (password: string) =>
      await read(await somebody.post("/exports/password", { password }));
    expect(await strengthOf(ASK.password)).toMatchObject({ isEnough: true, problems: [] });
    expect(await strengthOf("1234")).toMatchObject({ isEnough: false, strength: 0 });
  });
});
