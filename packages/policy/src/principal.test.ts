import { describe, expect, it } from "vitest";
import { workerId } from "./principal.ts";

describe("workerId", () => {
  it("is the identifier of each kind of worker", () => {
    const authenticatedAt = 0;
    expect([
      workerId({ kind: "staff", staffId: "a", sellerId: "s", roles: [], authenticatedAt }),
      workerId({ kind: "operator", operatorId: "b", authenticatedAt }),
      workerId({ kind: "auditor", auditorId: "c", authenticatedAt }),
    ]).toEqual(["a", "b", "c"]);
  });
});
