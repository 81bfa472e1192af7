import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { chain, file, inMonth, keyText, single } from "../../test/key-samples.ts";
import { ofMonth, stepOn } from "../../test/reference-chain.ts";
import { type PseudonymKey, Pseudonyms } from "../pseudonym.ts";
import type { KeyFile, SubjectEntry } from "./key-file.ts";
import { keysOf, monthlyKeys } from "./subject-keys.ts";

const idsOf = (keys: readonly PseudonymKey[]): readonly string[] => keys.map(({ id }) => id);
const idsIn = (month: string, ...subjects: SubjectEntry[]): readonly string[] =>
  idsOf(keysOf(subjects, month));

describe("keysOf", () => {
  const A = chain("a", "2026-11", 1);

  it("gives this month's key first, then the month ahead and those before", () => {
    expect(idsIn("2027-01", A)).toEqual(["2027-01.a", "2027-02.a", "2026-12.a", "2026-11.a"]);
  });

  it("derives each month's key as the reference does", () => {
    const [december, , november] = keysOf([A], "2026-12");
    const start = Buffer.from(A.key, "base64");
    expect(december?.key).toEqual(new Uint8Array(ofMonth(stepOn(start), "2026-12")));
    expect(november?.key).toEqual(new Uint8Array(ofMonth(start, "2026-11")));
  });

  it.each([
    ["a clock before the chain", "2025-01", A, "2026-11.a"],
    ["a clock back in a shredded month", "2026-11", { ...A, month: "2027-02" }, "2027-02.a"],
  ])("lets the first month it has serve %s", (_, month, entry, id) => {
    expect(idsIn(month, entry)).toEqual([id]);
  });

  it("searches an ended chain up to the month in which the newer one began", () => {
    const B = chain("b", "2027-01", 2);
    expect(idsIn("2026-12", B, A)).toEqual(["2026-12.a", "2027-01.b", "2027-01.a", "2026-11.a"]);
    expect(idsIn("2027-02", B, A)).toEqual([
      "2027-02.b",
      "2027-03.b",
      "2027-01.b",
      "2027-01.a",
      "2026-12.a",
      "2026-11.a",
    ]);
  });

  it("knows single keys of the older form until a chain begins, and searches with them on", () => {
    const singles = [single("new", 3), single("old", 4)];
    expect(idsIn("2026-11", ...singles)).toEqual(["new", "old"]);
    const both = [chain("b", "2026-12", 2), ...singles];
    expect(idsIn("2026-11", ...both)).toEqual(["new", "2026-12.b", "old"]);
    expect(idsIn("2026-12", ...both)).toEqual(["2026-12.b", "2027-01.b", "new", "old"]);
  });

  it("never makes new pseudonyms with a held key", () => {
    const held = { ...single("2026-10.a", 5), held: "2026-10" };
    expect(idsIn("2026-11", held, A)).toEqual(["2026-11.a", "2026-10.a", "2026-12.a"]);
    expect(idsIn("2026-10", held, A)).toEqual(["2026-11.a", "2026-10.a"]);
  });

  it("keeps every month of five years", () => {
    expect(keysOf([A], "2031-11")).toHaveLength(62);
  });
});

describe("monthlyKeys", () => {
  it("gives the same list while nothing changed, and another as the month turns and turns back", () => {
    const given = file();
    const keys = monthlyKeys(() => given);
    const turn = inMonth("2026-12");
    const november = keys.all(turn - 1);
    expect(keys.all(inMonth("2026-11"))).toBe(november);
    const december = keys.all(turn);
    expect(idsOf(december)).toEqual(["2026-12.aaaa", "2027-01.aaaa", "2026-11.aaaa"]);
    expect(keys.all(inMonth("2027-01") - 1)).toBe(december);
    expect(keys.all(turn - 1)).toEqual(november);
  });

  it("takes a changed file over at once", () => {
    let given: KeyFile = file();
    const keys = monthlyKeys(() => given);
    const now = inMonth("2026-11");
    expect(idsOf(keys.all(now))[0]).toBe("2026-11.aaaa");
    given = file({ subjects: [chain("bbbb", "2026-11", 9), ...given.subjects] });
    expect(idsOf(keys.all(now))).toEqual(["2026-11.bbbb", "2026-12.bbbb", "2026-11.aaaa"]);
  });

  it("gives two processes with the same file the same keys", () => {
    const now = inMonth("2029-05");
    expect(monthlyKeys(() => file()).all(now)).toEqual(monthlyKeys(() => file()).all(now));
  });
});

describe("Pseudonyms of monthly keys", () => {
  const buyer = subject.buyer("b-1");

  it("keeps key and pseudonym together when the month turns within a record, and back", () => {
    let now = inMonth("2026-12") - 1;
    const given = file();
    const pseudonyms = new Pseudonyms(
      monthlyKeys(() => given),
      () => now,
    );
    const before = pseudonyms.maker();
    const first = before.pseudonym(buyer);
    now += 1;
    const after = pseudonyms.maker();
    expect([before.keyId, after.keyId]).toEqual(["2026-11.aaaa", "2026-12.aaaa"]);
    expect(before.pseudonym(subject.order("o-1"))).not.toBe(after.pseudonym(subject.order("o-1")));
    expect(before.pseudonym(buyer)).toBe(first);
    expect(after.pseudonym(buyer)).not.toBe(first);
    now -= 1;
    expect(pseudonyms.maker().keyId).toBe("2026-11.aaaa");
    expect(pseudonyms.maker().pseudonym(buyer)).toBe(first);
  });

  it("finds somebody in every month, also in that of a node whose clock is ahead", () => {
    const at = (month: string): Pseudonyms =>
      new Pseudonyms(
        monthlyKeys(() => FILE),
        () => inMonth(month),
      );
    const made = ["2026-11", "2027-03", "2027-04"].map((month) => at(month).maker().pseudonym(buyer));
    expect(at("2027-03").everyPseudonym(buyer)).toEqual(expect.arrayContaining(made));
  });

  const FILE = file({ subjects: [chain("aaaa", "2026-11", 1, { key: keyText(8) })] });
});
