import { describe, expect, it } from "vitest";
import { resolvePolicy } from "./policy.ts";
import {
  decidePublication,
  decidePublished,
  listPrivacyGaps,
  PRIVACY_SECTIONS,
  type PrivacySections,
} from "./privacy-policy.ts";

const policy = resolvePolicy();
const whole: PrivacySections = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));

describe("decidePublication", () => {
  it("[code-2022/privacy-policy] takes a policy that says everything", () => {
    expect(decidePublication(whole, policy).kind).toBe("allow");
  });

  it.each(PRIVACY_SECTIONS)(
    "[code-2022/privacy-policy] takes none that leaves %s empty, and names it",
    (name) => {
      const sections = { ...whole, [name]: " \n" };
      expect(decidePublication(sections, policy)).toMatchObject({ reason: "policy-incomplete" });
      expect(listPrivacyGaps(sections)).toEqual([name]);
    },
  );

  it("takes nothing that is none", () => {
    expect(decidePublication(null as never, policy).kind).toBe("refuse");
  });
});

describe("decidePublished", () => {
  it("[code-2022/privacy-policy] keeps nobody out unless the policy says so", () => {
    const strict = resolvePolicy({ publicationCondition: 1 });
    expect(decidePublished(false, policy).kind).toBe("allow");
    expect(decidePublished(true, strict).kind).toBe("allow");
    expect(decidePublished(false, strict)).toMatchObject({ reason: "policy-missing" });
    expect(decidePublished("yes" as never, strict).kind).toBe("refuse");
  });
});
