import { describe, expect, it } from "vitest";
import { resolveOptions, TOKEN_SERVER_DEFAULTS } from "./options.ts";

describe("resolveOptions", () => {
  it("fills in what is not said", () => {
    expect(resolveOptions({})).toEqual(TOKEN_SERVER_DEFAULTS);
    expect(resolveOptions({ scopes: ["orders.read", "orders.label"] }).mostApplications).toBe(100);
  });

  it.each([
    ["openid, which would ask for an id token", ["openid"]],
    ["offline_access, which every flow has", ["orders.read", "offline_access"]],
    ["the scope of receipts, which reads nothing and is there already", ["orders.read", "garim:receipts"]],
    ["two names in one", ["orders.read orders.label"]],
    ["none at all", []],
  ])("takes no scope that is %s", (_, scopes) => {
    expect(() => resolveOptions({ scopes })).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }),
    );
  });

  it("names the option that was meant", () => {
    expect(() => resolveOptions({ scope: ["orders.read"] } as never)).toThrow("Did you mean scopes?");
  });
});
