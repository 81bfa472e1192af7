import type { Request } from "express";
import { describe, expect, it } from "vitest";
import { isOwnToken } from "./authorization.ts";

const ISSUER = "https://market.example/oauth";
const tokenOf = (iss: string): string =>
  `e30.${Buffer.from(JSON.stringify({ iss })).toString("base64url")}.sig`;
const asking = (authorization: string | undefined): Request => ({ headers: { authorization } }) as Request;

describe("isOwnToken", () => {
  it.each([
    ["any token on a route open to tools", "Bearer opaque", "orders.read", ISSUER, true],
    ["a token sent with a proof", "DPoP x", null, null, true],
    ["a token of this issuer", `Bearer ${tokenOf(ISSUER)}`, null, ISSUER, true],
    ["a token of the host's own log-in", `Bearer ${tokenOf("https://idp.example")}`, null, ISSUER, false],
    ["a token where no tools are known", `Bearer ${tokenOf(ISSUER)}`, null, null, false],
    ["what is no token", "Bearer ...", null, ISSUER, false],
    ["a password", "Basic YTpi", "orders.read", ISSUER, false],
    ["nothing", undefined, "orders.read", ISSUER, false],
  ])("tells %s", (_, authorization, scope, issuer, expected) => {
    expect(isOwnToken(asking(authorization), scope, issuer)).toBe(expected);
  });
});
