import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, makeKeyFile } from "@garim/audit";
import { FLOW_ITEMS } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const MARKET = { kind: "marketplace", id: "marketplace" };
const items = Object.fromEntries(FLOW_ITEMS.provision.map((item) => [item, "적음"]));
const evidence = {
  business: "recipient",
  benefit: "recipient",
  direction: "recipient",
  document: "archive/7",
};
const terms = { items, evidence, startsAt: Date.parse("2026-01-01T00:00:00+09:00"), endsAt: null };

const folder = mkdtempSync(join(tmpdir(), "garim-duties-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const postgres = await startPostgresOrSkip("garim duties on PostgreSQL");
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" };
const run = (...args: readonly string[]): Promise<Ran> =>
  runGarim(args, { env: { ...env, DATABASE_URL: postgres?.url } });

function fileOf(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

// A folder takes each command half a second to open: once shows that it does.
describe("garim duties on PGlite", { timeout: 60_000 }, () => {
  it("puts entries on file, and lists them", async () => {
    const embedded = ["--embedded", join(folder, "database")];
    expect(await runGarim(["migrate", ...embedded], { env })).toMatchObject({ code: 0 });
    const file = fileOf("first.json", { kind: "provision", from: MARKET, to: MARKET, ...terms });
    const put = await runGarim(["duties", "put-flow", file, ...embedded], { env });
    expect(put).toMatchObject({ code: 0 });
    const { out } = await runGarim(["duties", "flows", "--json", ...embedded], { env });
    expect(JSON.parse(out)).toMatchObject({ kind: "provision", reason: null });
  });
});

describe.skipIf(postgres === undefined)("garim duties", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    expect(await run("migrate")).toMatchObject({ code: 0 });
  });

  it("puts entries on file, on record, and says what they lack", async () => {
    const whole = { kind: "provision", from: MARKET, to: { kind: "seller", id: "*" }, ...terms };
    const other = { ...whole, to: { kind: "courier", id: "cj" }, items: {} };
    expect(await run("duties", "put-flow", fileOf("whole.json", whole))).toMatchObject({
      code: 0,
      out: "provision: marketplace -> seller *\n",
    });
    const { out } = await run("duties", "put-flow", fileOf("other.json", other));
    expect(out).toContain("it lacks: recipient, purpose");
    const listed = (await run("duties", "flows", "--json")).out.trim().split("\n");
    expect(listed.map((line) => JSON.parse(line).reason)).toEqual(["provision-incomplete", null]);
    expect((await run("duties", "flows", "--lang", "ko")).out).toContain(
      "제3자 제공 내역에 빠진 항목이 있습니다.",
    );
    const records = await run("rights-history", "--json", "--as", "kim");
    expect(records.out).toContain("put-flow");
  });

  it("writes the list for a privacy policy, and ends what is on file", async () => {
    expect((await run("duties", "public-flows", "--html")).out).toContain('data-heading="이용 목적">적음');
    const seller = { kind: "seller", id: "S7" };
    const courier = { kind: "courier", id: "post" };
    const own = {
      ...{ kind: "outsourcing", from: seller, to: courier, ...terms },
      items: Object.fromEntries(FLOW_ITEMS.outsourcing.map((item) => [item, "일곱째 택배"])),
      evidence: { ...evidence, business: "sender", benefit: "sender", direction: "sender" },
    };
    expect(await run("duties", "put-flow", fileOf("own.json", own))).toMatchObject({ code: 0 });
    expect((await run("duties", "public-flows", "--seller", "S7", "--html")).out).toContain("일곱째 택배");
    expect(JSON.parse((await run("duties", "public-flows", "--seller", "S7")).out).sender).toEqual(seller);
    expect((await run("duties", "public-flows", "--seller", "S8")).out).not.toContain("일곱째");
    expect((await run("duties", "public-flows")).out).not.toContain("일곱째");
    const gone = fileOf("gone.json", { from: seller, to: courier, isOverseas: false });
    expect(await run("duties", "end-flow", gone)).toMatchObject({ code: 0 });
    const name = fileOf("name.json", { from: MARKET, to: { kind: "seller", id: "*" }, isOverseas: false });
    expect(await run("duties", "end-flow", name)).toMatchObject({ code: 0 });
    expect(JSON.parse((await run("duties", "public-flows")).out).flows.provision).toHaveLength(0);
  });

  it("keeps what was signed with tools, on record, and lists what is in force", async () => {
    const signedAt = Date.parse("2026-01-01T00:00:00+09:00");
    const paper = { toolId: "packwise", document: "archive/8", signedAt, endsAt: null };
    const contract = { ...paper, sellerId: "S1", tasks: ["송장 출력"], subProcessors: [] };
    const agreed = await run("duties", "put-agreement", fileOf("agreed.json", { ...paper, version: "1" }));
    expect(agreed).toMatchObject({ code: 0, out: "agreement with packwise: version 1, ends never\n" });
    expect(await run("duties", "put-contract", fileOf("contract.json", contract))).toMatchObject({ code: 0 });
    const read = async (...args: string[]) => JSON.parse((await run("duties", ...args, "--json")).out);
    expect(await read("agreements")).toMatchObject({ toolId: "packwise", reason: null });
    expect(await read("contracts", "--seller", "S1")).toMatchObject({ tasks: ["송장 출력"], reason: null });
    expect(await run("duties", "contracts", "--seller", "S2")).toMatchObject({ code: 0, out: "" });
    expect(await run("duties", "end-contract", fileOf("contract.json", contract))).toMatchObject({ code: 0 });
    expect(await run("duties", "end-agreement", "packwise")).toMatchObject({ code: 0 });
    expect(await read("contracts")).toMatchObject({ reason: "contract-ended" });
    expect((await run("duties", "agreements", "--lang", "ko")).out).toContain("끝났");
    expect((await run("rights-history", "--json")).out).toContain("end-contract");
    for (const verb of ["tool-debts", "tool-receipts"])
      expect(await run("duties", verb, "--seller", "S1", "--json")).toMatchObject({ code: 0, out: "" });
  });

  it("puts courses on file, and has them and the flows in the folder of evidence", async () => {
    const title = { ko: "개인정보 보호 교육", en: "Personal data" };
    const course = { id: "c", title, roles: ["*"], sellerId: null, text: "…", link: null, months: null };
    expect(await run("duties", "put-course", fileOf("course.json", course))).toMatchObject({ code: 0 });
    expect(await run("duties", "education")).toMatchObject({ code: 0, out: "" });
    const made = join(folder, "evidence");
    const window = ["--from", "2026-01-01", "--to", "2099-01-01", "--no-verify", "--samples", "1"];
    await run("evidence", made, ...window, "--company", "가림마켓");
    const read = (name: string) => JSON.parse(readFileSync(join(made, "registers", `${name}.json`), "utf8"));
    expect([read("flows").length, read("courses").length, read("education").people]).toEqual([3, 1, 0]);
    expect([read("contracts"), read("rights")]).toMatchObject([
      [{ reason: "contract-ended" }],
      { sellers: 0 },
    ]);
    expect(readFileSync(join(made, "registers", "plan.html"), "utf8")).toContain("가림마켓");
    expect(read("held-texts")).toEqual({ texts: 0, byReason: {}, since: null, hasMore: false });
  });

  it("lists lent roles and requests, reports unused rights on record, and ends what there is alone", async () => {
    expect(await run("duties", "elevations")).toMatchObject({ code: 0, out: "" });
    expect(await run("duties", "rights", "--seller", "S1")).toMatchObject({ code: 0, out: "" });
    expect(await run("duties", "requests", "--open")).toMatchObject({ code: 0, out: "" });
    expect(await run("duties", "held-texts", "--seller", "S1")).toMatchObject({ code: 0, out: "" });
    const asked = (await run("by-actor", "kim", "--json")).out;
    expect(asked).toContain('"question":"rights"');
    expect(asked).toContain('"question":"held-texts"');
  });

  it("checks itself by register and log, takes a person's answer, and prints both", async () => {
    const said = { sellerId: null, question: "officer", answer: "yes", note: "대표가 맡음" };
    expect(await run("duties", "answer-self-check", fileOf("check.json", said))).toMatchObject({ code: 0 });
    const { out } = await run("duties", "self-check");
    expect(out).toMatch(/^yes: Is there a privacy officer\? \[officer\] \(대표가 맡음\)/m);
    expect(out).toMatch(/^open: Are attempts to leak noticed/m);
    expect((await run("duties", "self-check", "--html")).out).toContain("대표가 맡음 (auditor kim");
  });

  it("writes the rules in force as a part of the internal management plan, without a database", async () => {
    const config = fileOf("garim.config.json", { policy: { idleMinutes: 7 } });
    const { code, out } = await runGarim(["duties", "plan", "--company", "가림마켓", "--config", config]);
    expect([code, out]).toEqual([0, expect.stringMatching(/가림마켓.*7분 동안 쓰지 않거나/s)]);
  });

  it.each<[readonly string[], RegExp]>([
    [["put-flow", fileOf("bad.json", { kind: "gift" })], /kind must be one of/],
    [["end-flow", fileOf("none.json", { from: MARKET, to: MARKET, isOverseas: true })], /no such entry/],
    [["privacy", "S1"], /no privacy policy/],
    [["put-contract", fileOf("half.json", { sellerId: "S1" })], /tasks must be a list/],
    [["end-contract", fileOf("no.json", { sellerId: "S1", toolId: "x" })], /no such contract/],
    [["end-agreement", "x"], /no such agreement/],
    [["answer-request", fileOf("said.json", { id: "x", outcome: "done", answer: "y" })], /no such request/],
    [["end-elevation", fileOf("lent.json", { sellerId: "S1", staffId: "kim", id: "x" })], /which is over/],
  ])("refuses %j", async (args, why) => {
    const { code, said } = await run("duties", ...args);
    expect([code, said.join()]).toEqual([2, expect.stringMatching(why)]);
  });
});
