import { describe, expect, it } from "vitest";
import type { ToolOptions } from "./options.ts";
import { checkToolOptions } from "./options-check.ts";

const right: ToolOptions = { issuer: "https://market.example/oauth", audience: "https://market.example/api" };

describe("checkToolOptions", () => {
  it("takes what is right", () => {
    const budgets = { keyRequests: 1 };
    const more = {
      publicUrl: "https://market.example",
      certificateHeader: "Client-Cert",
      nonces: true,
      budgets,
    };
    expect(() => checkToolOptions({ ...right, ...more, onAlert: () => undefined }, true)).not.toThrow();
  });

  it.each([
    [{ issuer: "market.example" }, "tools.issuer"],
    [{ issuer: undefined }, "tools.issuer"],
    [{ audience: "https://market.example/" }, "tools.audience"],
    [{ audience: "https://market.example/a?b" }, "tools.audience"],
    [{ publicUrl: "https://market.example/api#x" }, "tools.publicUrl"],
    [{ certificateHeader: "a b" }, "tools.certificateHeader"],
    [{ nonces: "yes" }, "tools.nonces"],
    [{ budgets: { keyRequests: 0 } }, "tools.budgets.keyRequests"],
    [{ budgets: { keyRequests: 1.5 } }, "tools.budgets.keyRequests"],
    [{ budgets: { keyRequest: 1 } }, "Did you mean keyRequests?"],
    [{ onAlert: "x" }, "tools.onAlert"],
    [{ isuer: "x" }, 'no option "isuer". Did you mean issuer?'],
  ])("refuses %j, and says what to write", (more, seen) => {
    expect(() => checkToolOptions({ ...right, ...more } as ToolOptions, false)).toThrow(seen);
  });

  it("wants TLS in production", () => {
    const local = { ...right, issuer: "http://localhost:3000/oauth" };
    expect(() => checkToolOptions(local, false)).not.toThrow();
    expect(() => checkToolOptions(local, true)).toThrow("tools.issuer to be an https address");
  });
});
