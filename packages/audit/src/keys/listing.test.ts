import { describe, expect, it } from "vitest";
import { chain, file, inMonth, keyText, signer, single } from "../../test/key-samples.ts";
import { listKeys } from "./listing.ts";
import { retireSigner } from "./retire.ts";

const NOW = inMonth("2027-02");

const many = file({
  subjects: [
    chain("c", "2027-03", 1),
    chain("b", "2027-01", 2, { owner: "김하늘" }),
    chain("a", "2026-10", 3, { month: "2026-11" }),
    { ...single("2026-09.a", 4), held: "2026-09" },
    single("older", 5),
  ],
  secrets: [single("s2", 6), single("s1", 7)],
  signers: [signer("n2", 8), signer("n1", 9)],
});

describe("listKeys", () => {
  it("tells what each key is for now, and which months it has", () => {
    const listed = listKeys(retireSigner(many, "n1", NOW), NOW);
    expect(listed.map(({ kind, id, state, months }) => [kind, id, state, months?.join()])).toEqual([
      ["subjects", "c", "waiting", "2027-03,2027-03"],
      ["subjects", "b", "in-use", "2027-01,2027-02"],
      ["subjects", "a", "kept", "2026-11,2027-01"],
      ["subjects", "2026-09.a", "held", "2026-09,2026-09"],
      ["subjects", "older", "kept", undefined],
      ["secrets", "s2", "in-use", undefined],
      ["secrets", "s1", "kept", undefined],
      ["signers", "n2", "in-use", undefined],
      ["signers", "n1", "retired", undefined],
    ]);
  });

  it("counts whole days since a key was made, and none where nobody wrote it down", () => {
    const ages = listKeys(many, inMonth("2026-12") - 1).map(({ ageDays }) => ageDays);
    expect(ages).toEqual([29, 29, 29, null, null, null, null, 29, 29]);
    expect(listKeys(many, NOW)[1]).toMatchObject({ owner: "김하늘", made: "2026-11-01T00:00:00.000Z" });
  });

  it("shows public keys, and no secret one", () => {
    const listed = JSON.stringify(listKeys(many, NOW));
    for (let fill = 1; fill <= 9; fill++) expect(listed).not.toContain(keyText(fill).slice(0, 43));
    expect(listKeys(many, NOW).at(-1)?.verifierKey).toMatch(/^market.example\/log\+[0-9a-f]{8}\+/);
  });
});
