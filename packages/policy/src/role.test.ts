import { describe, expect, it } from "vitest";
import { kindSet, NO_KINDS } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";
import { decideAction, kindsOfRoles } from "./role.ts";

const policy = resolvePolicy();

describe("kindsOfRoles", () => {
  it("[notice-2026-9/5-1] adds up roles, and grants nothing for unknown ones", () => {
    expect(kindsOfRoles(["viewer"], policy)).toBe(kindSet(["name", "company"]));
    expect(kindsOfRoles(["viewer", "claims"], policy) & kindSet(["email"])).not.toBe(NO_KINDS);
    expect(kindsOfRoles(["shipper"], policy) & kindSet(["email"])).toBe(NO_KINDS);
    expect(kindsOfRoles(["boss", "toString", "__proto__"], policy)).toBe(NO_KINDS);
  });

  it("[garim/closed] reads only a list of texts", () => {
    for (const roles of ["owner", null, [["owner"]], [{ toString: () => "owner" }], [null]]) {
      expect(kindsOfRoles(roles as unknown as readonly string[], policy)).toBe(NO_KINDS);
      expect(decideAction(roles as unknown as readonly string[], "view", policy).kind).toBe("refuse");
    }
  });
});

describe("decideAction", () => {
  it("[notice-2026-9/5-1] denies unless a role names the action", () => {
    expect(decideAction(["viewer", "downloader"], "download", policy)).toMatchObject({ kind: "allow" });
    for (const roles of [[], ["viewer"], ["admin"], ["constructor"], ["__proto__"]])
      expect(decideAction(roles, "download", policy)).toMatchObject({ reason: "role-lacks-action" });
  });
});
