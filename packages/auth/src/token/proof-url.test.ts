import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseUrl } from "./proof-url.ts";

describe("normaliseUrl", () => {
  it.each([
    "https://market.example/api/lines",
    "HTTPS://Market.Example/api/lines",
    "https://market.example:443/api/lines",
    "https://market.example/api/lines?page=2",
    "https://market.example/api/lines#here",
    "https://market.example/api/./x/../lines",
    "https://market.example/%61pi/line%73",
  ])("[J5] takes %s for the same address", (text) => {
    expect(normaliseUrl(text)).toBe("https://market.example/api/lines");
  });

  it.each([
    ["another scheme", "http://market.example/api/lines"],
    ["another port", "https://market.example:8443/api/lines"],
    ["another host", "https://market.example.evil.example/api/lines"],
    ["a slash more", "https://market.example/api/lines/"],
    ["two slashes", "https://market.example//api/lines"],
    ["another case of the path", "https://market.example/API/lines"],
    ["a slash in an escape", "https://market.example/api%2Flines"],
  ])("[J5] keeps apart: %s", (_, text) => {
    expect(normaliseUrl(text)).not.toBe("https://market.example/api/lines");
    expect(normaliseUrl(text)).toBeDefined();
  });

  it("writes escapes in one way", () => {
    expect(normaliseUrl("https://market.example/%ea%b0%80%7e%2F")).toBe(
      "https://market.example/%EA%B0%80~%2F",
    );
    expect(normaliseUrl("https://market.example/가~%2f")).toBe("https://market.example/%EA%B0%80~%2F");
  });

  it.each([
    undefined,
    null,
    1,
    "",
    "foo",
    "/api/lines",
    "//market.example/api/lines",
    "ftp://market.example/api/lines",
    "https:market.example/api/lines",
    "https:\\\\market.example\\api\\lines",
    " https://market.example/api/lines",
    "https://market.example/api/\nlines",
    "https://user@market.example/api/lines",
    "https://market.example:99999/api/lines",
    ["https://market.example/api/lines"],
  ])("[J5] is none for %j", (text) => {
    expect(normaliseUrl(text)).toBeUndefined();
  });

  it("changes nothing a second time, whatever it is given", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const once = normaliseUrl(text);
        expect(once === undefined ? undefined : normaliseUrl(once)).toBe(once);
      }),
      { numRuns: 50 },
    );
  });
});
