import { describe, expect, it } from "vitest";
import type { VerifiedToken } from "../token.ts";
import { createIntrospection } from "./introspection.ts";

describe("isActive", () => {
  it("says what to do where its own key cannot be read, and sends nothing", async () => {
    const introspection = createIntrospection({
      issuer: "https://id.example",
      // Nobody is there: an attempt would say so instead.
      endpoint: "http://127.0.0.1:9/introspect",
      clientId: "market",
      privateKey: { kid: "k1", alg: "ES256" },
    });
    await expect(introspection.isActive("token", {} as VerifiedToken)).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("Give it as a private JWK with kid and alg"),
    });
  });
});
