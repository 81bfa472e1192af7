import express, { type Request } from "express";
import { describe, expect, it } from "vitest";
import { checkPages, type Pages, pageOf, redirectOf } from "./pages.ts";

const pages: Pages = { stepUp: "/second-factor", logIn: "/log-in?from=shop", refused: "/refused" };
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** A request as Express would hand it on. */
function request(originalUrl: string, headers: Record<string, string> = {}, method = "GET"): Request {
  const all = { accept: BROWSER, ...headers };
  return Object.assign(Object.create(express.request), { method, originalUrl, headers: all });
}

describe("redirectOf", () => {
  it.each([
    [
      "second-factor-missing",
      "/second-factor?reason=second-factor-missing&action=manage&return=%2Forders%3Fpage%3D2",
    ],
    [
      "second-factor-device",
      "/second-factor?reason=second-factor-device&action=manage&return=%2Forders%3Fpage%3D2",
    ],
    ["session-idle", "/log-in?from=shop&reason=session-idle&return=%2Forders%3Fpage%3D2"],
  ] as const)(
    "sends a page refused with %s to where that is lifted, with the way back",
    (reason, location) => {
      expect(redirectOf(request("/orders?page=2"), reason, "manage", pages)).toBe(location);
      const headers = { "sec-fetch-mode": "navigate" };
      expect(redirectOf(request("/orders?page=2", headers), reason, "manage", pages)).toBe(location);
    },
  );

  it.each([
    ["two slashes", "//evil.example/x"],
    ["a backslash", "/\\evil.example"],
    ["an address too long", `/${"a".repeat(3_000)}`],
    ["an absolute address", "http://evil.example/absolute-form"],
  ])("gives no way back that leads elsewhere: %s", (_, address) => {
    expect(redirectOf(request(address), "session-idle", "manage", pages)).toBe(
      "/log-in?from=shop&reason=session-idle",
    );
  });

  it.each([
    ["a script", request("/orders", { "sec-fetch-mode": "cors" })],
    ["a program that takes anything", request("/orders", { accept: "*/*" })],
    ["a program that takes JSON", request("/orders", { accept: "application/json, text/html;q=0.5" })],
    ["a post", request("/orders", {}, "POST")],
    ["a question for the head", request("/orders", {}, "HEAD")],
    ["the page itself, or it would go round in circles", request("/second-factor?x=1")],
  ])("sends %s nowhere", (_, req) => {
    expect(redirectOf(req, "second-factor-missing", "manage", pages)).toBeUndefined();
  });

  it("sends nobody to a page that would not help, or that the host does not have", () => {
    expect(redirectOf(request("/orders"), "account-locked", "view", pages)).toBeUndefined();
    expect(
      redirectOf(request("/orders"), "session-idle", "manage", { stepUp: "/second-factor" }),
    ).toBeUndefined();
  });
});

describe("redirectOf, behind a proxy that cuts a part off the path", () => {
  /** As a proxy at an address hands it on to an app that names one. */
  function forwarded(prefix: string, peer = "10.0.0.7", originalUrl = "/orders"): Request {
    const app = express().set("trust proxy", "10.0.0.7");
    const socket = { remoteAddress: peer };
    return Object.assign(request(originalUrl, { "x-forwarded-prefix": prefix }), { app, socket });
  }
  const wayBackOf = (req: Request): string | null => {
    const location = redirectOf(req, "second-factor-missing", "view", pages) ?? "";
    return new URL(location, "http://shop.invalid").searchParams.get("return");
  };

  it.each(["/market", "/market/"])("leads back to what the browser calls the page: %s", (prefix) => {
    expect(wayBackOf(forwarded(prefix))).toBe("/market/orders");
  });

  it.each([
    ["somebody who is no proxy of the app's", forwarded("/market", "10.0.0.8"), "/orders"],
    ["a proxy that says no path", forwarded("market"), "/orders"],
    ["a proxy that let another site through", forwarded("//evil.example"), null],
    ["a proxy that let dots through", forwarded("/.//evil.example"), null],
  ])("takes no part from %s", (_, req, back) => {
    expect(wayBackOf(req)).toBe(back);
  });

  it("does not send the page itself round in circles", () => {
    const page = { stepUp: "/market/second-factor" };
    const req = forwarded("/market", "10.0.0.7", "/second-factor?x=1");
    expect(redirectOf(req, "second-factor-missing", "view", page)).toBeUndefined();
  });
});

describe("redirectOf, for who may not", () => {
  it.each(["role-lacks-action", "account-dismissed", "account-dormant", "network-not-listed"] as const)(
    "sends a page refused with %s to where it is said why",
    (reason) => {
      const location = `/refused?reason=${reason}&return=%2Forders`;
      expect(redirectOf(request("/orders"), reason, "view", pages)).toBe(location);
    },
  );

  it("sends nobody anywhere without such a page, and the page itself never", () => {
    const { refused: _, ...others } = pages;
    expect(redirectOf(request("/orders"), "role-lacks-action", "view", others)).toBeUndefined();
    expect(redirectOf(request("/refused"), "account-dismissed", "view", pages)).toBeUndefined();
  });
});

describe("pageOf", () => {
  it("tells programs the page, too", () => {
    expect(pageOf("second-factor-stale", pages)).toBe("/second-factor");
    // It lifts nothing: a script that went there would leave what it can still do.
    expect(pageOf("other-seller", pages)).toBeUndefined();
  });
});

describe("checkPages", () => {
  it.each([
    ["a page of another site", { stepUp: "https://evil.example/" }, "ERR_GARIM_OPTION_INVALID", "stepUp"],
    ["a page without a slash", { logIn: "log-in" }, "ERR_GARIM_OPTION_INVALID", 'logIn: "/log-in"'],
    ["a misspelt page", { login: "/log-in" }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean logIn?"],
    ["a text", "/log-in", "ERR_GARIM_OPTION_INVALID", 'stepUp: "/second-factor"'],
  ])("refuses %s and gives the line to write", (_, given, code, line) => {
    const check = () => checkPages(given as Pages);
    expect(check).toThrow(expect.objectContaining({ code }));
    expect(check).toThrow(line);
  });
});
