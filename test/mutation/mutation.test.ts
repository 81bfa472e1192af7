import { describe, expect, it } from "vitest";
import { revealsMore } from "./differential.mjs";
import { compile, instantiate } from "./modules.mjs";
import { listMutants } from "./mutants.mjs";
import { describeMutant, judgeMutants } from "./run.mjs";

/** The rules that show a field or open a door; `node test/mutation/run.mjs` judges every source. */
const REVEALING = ["disclosure", "claim", "session", "step-up", "grant"].map((name) => `src/${name}.ts`);

const original = instantiate(new Map())("src/index.ts");

function mutate(path: string, was: string, by: string): unknown {
  const mutant = listMutants(path).find((one) => one.was === was && one.by === by);
  if (mutant === undefined) throw new Error(`${path} has no mutant ${was} -> ${by}`);
  return instantiate(new Map([[path, compile(path, mutant.source)]]))("src/index.ts");
}

describe("revealsMore", () => {
  it.each([
    ["src/disclosure.ts", "now < end", "now <= end"],
    ["src/disclosure.ts", "line.paidAt === null", "false"],
    ["src/disclosure.ts", 'surface !== "download"', 'surface === "download"'],
    ["src/claim.ts", "now < claimEnd(claim, policy)", "now <= claimEnd(claim, policy)"],
    ["src/claim.ts", "needed === NO_KINDS", "false"],
    ["src/session.ts", "now < idleAt", "now <= idleAt"],
    ["src/step-up.ts", "now - at <= minutes * MINUTE", "now - at > minutes * MINUTE"],
    ["src/grant.ts", "now < grantEnd(grant, policy)", "now <= grantEnd(grant, policy)"],
    ["src/grant.ts", "grantedAt <= now", "grantedAt > now"],
    [
      "src/grant.ts",
      "isObject && isMoment(contract.signedAt) && contract.signedAt <= now",
      "(isObject && isMoment(contract.signedAt))",
    ],
    ["src/network.ts", "isListed === true", "true"],
    ["src/dormancy.ts", "now < dormantAt(facts, policy)", "now >= dormantAt(facts, policy)"],
    [
      "src/lockout.ts",
      "now + lockMinutes(failures / policy.triesPerAccount, policy) * MINUTE",
      "now - lockMinutes(failures / policy.triesPerAccount, policy) * MINUTE",
    ],
    ["src/lockout.ts", "facts.failures >= policy.triesPerFactor", "facts.failures > policy.triesPerFactor"],
    ["src/lockout.ts", "failures % policy.triesPerAccount === 0", "failures % policy.triesPerAccount !== 0"],
    ["src/role.ts", 'typeof role === "string"', 'typeof role !== "string"'],
    ["src/moment.ts", "value <= LATEST", "value > LATEST"],
    ["src/policy.ts", "value > rule.most", "value <= rule.most"],
    ["src/editions/kr-2026-10-31.ts", "90", "(91)"],
  ])("notices by itself, without a test, what is laxer in %s: %s -> %s", (path, was, by) => {
    expect(revealsMore(original, mutate(path, was, by))).toBe(true);
  });

  it("finds nothing in the original, nor in what is only stricter", () => {
    expect(revealsMore(original, instantiate(new Map())("src/index.ts"))).toBe(false);
    expect(revealsMore(original, mutate("src/disclosure.ts", "now < end", "now >= end"))).toBe(true);
    const stricter = mutate(
      "src/disclosure.ts",
      "now - end <= policy.downloadDays * DAY",
      "now - end < policy.downloadDays * DAY",
    );
    expect(revealsMore(original, stricter)).toBe(false);
  });
});

describe("judgeMutants", () => {
  it("leaves no surviving mutant that reveals more", { timeout: 180_000 }, async () => {
    const outcomes = await judgeMutants(REVEALING);
    expect(outcomes.length).toBeGreaterThan(400);
    expect(outcomes.filter((one) => one.fate === "reveals").map(describeMutant)).toEqual([]);
  });

  it("refuses a file it does not know", async () => {
    await expect(judgeMutants(["src/nothing.ts"])).rejects.toThrow("no source of the policy");
  });
});
