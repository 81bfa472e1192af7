import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { file, inMonth } from "../../test/key-samples.ts";
import { samplePage } from "../../test/sample.ts";
import { createAccessLog } from "../log.ts";
import type { KeyFile } from "./key-file.ts";
import { rotateKeys } from "./rotate.ts";
import { shredMonth } from "./shred.ts";
import { monthlyKeys } from "./subject-keys.ts";

const database = new PGlite();
beforeAll(() => database.waitReady);
afterAll(() => database.close());

describe("the access log with monthly keys", { timeout: 60_000 }, () => {
  it("finds somebody over months and chains, and no more where a month was shredded", async () => {
    let now = inMonth("2026-12") - 1;
    let given: KeyFile = file();
    const log = await createAccessLog({ database, keys: monthlyKeys(() => given), clock: () => now });
    const append = () => log.append(samplePage(1, { at: now }));
    const monthsOf = async () => {
      const { entries } = await log.find({ subject: subject.buyer("b-100000") });
      return entries.map(({ access }) => access.records[0]?.subjects[0]?.keyId);
    };

    await append();
    now += 1;
    await append();
    given = rotateKeys(given, "subjects", { now });
    const fresh = given.subjects[0]?.id;
    now = inMonth("2027-01");
    await append();
    expect(await monthsOf()).toEqual([`2027-01.${fresh}`, "2026-12.aaaa", "2026-11.aaaa"]);

    given = shredMonth(given, { month: "2026-11", now });
    expect(await monthsOf()).toEqual([`2027-01.${fresh}`, "2026-12.aaaa"]);
    given = shredMonth(given, { month: "2026-12", now });
    expect(await monthsOf()).toEqual([`2027-01.${fresh}`]);
    expect((await log.find({})).entries).toHaveLength(3);
    await log.close();
  });
});
