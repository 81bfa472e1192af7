import { describe, expect, it } from "vitest";
import { isSameSitePath, returnPath } from "./return-path.ts";

const HOME = "/home";
const SITE = "https://shop.example";

/** Where a browser on a page of the shop would go, by several readings: as it stands, resolved twice, decoded. */
function placesOf(path: string): readonly string[] {
  const readings = [path, new URL(path, SITE).pathname];
  for (let i = 0; i < 3; i++) readings.push(decode(readings.at(-1) ?? ""));
  return readings.map((reading) => new URL(reading, `${SITE}/a/b?c`).origin);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

describe("returnPath", () => {
  it.each([
    "/",
    "/orders",
    "/orders?state=paid&page=2",
    "/orders/20261122-1?next=%2Forders%2F2",
    "/%EC%A3%BC%EB%AC%B8?%EC%83%81%ED%83%9C=%EB%B0%B0%EC%86%A1#top",
    "/a/../b;x=1/(c)/@d:e",
  ])("goes on to a path of this site: %s", (path) => {
    expect(returnPath(path, HOME)).toBe(path);
  });

  it("goes on to a path of 2,048 characters, and no longer one", () => {
    const longest = `/${"a".repeat(2_047)}`;
    expect(returnPath(longest, HOME)).toBe(longest);
    expect(returnPath(`${longest}a`, HOME)).toBe(HOME);
  });

  it.each([
    ["another site", "https://evil.example/"],
    ["another scheme", "javascript:alert(1)"],
    ["another scheme, in other letters", "JaVaScRiPt:alert(1)"],
    ["data", "data:text/html,<script>alert(1)</script>"],
    ["a site without scheme", "//evil.example"],
    ["three slashes", "///evil.example"],
    ["a scheme with one slash", "https:/evil.example"],
    ["a scheme without slash", "https:evil.example"],
    ["a backslash, which browsers read as a slash", "/\\evil.example"],
    ["two backslashes", "\\\\evil.example"],
    ["a backslash later", "/a\\..\\..\\\\evil.example"],
    ["a tab, which browsers drop", "/\t/evil.example"],
    ["a line break, which browsers drop", "/\n/evil.example"],
    ["a header of its own", "/a\r\nSet-Cookie: garim=x"],
    ["a null", "/\u0000/evil.example"],
    ["a space in front", " //evil.example"],
    ["a space behind", "/a "],
    ["a slash encoded", "/%2fevil.example"],
    ["a slash encoded twice", "/%252Fevil.example"],
    ["a slash whose digits are encoded", "/%25%32%66evil.example"],
    ["a backslash encoded", "/%5cevil.example"],
    ["a tab encoded, then a slash", "/%09/evil.example"],
    ["dots that leave two slashes", "/.//evil.example"],
    ["more dots that do", "/a/..//evil.example"],
    ["encoded dots that do", "/%2e%2e//evil.example"],
    ["full-width slashes", "/／evil.example"],
    ["an ideographic full stop", "/。evil"],
    ["a turned reading direction", "/\u202e/moc.live"],
    ["a relative path", "orders"],
    ["a path that climbs", "../orders"],
    ["a user of another site", "@evil.example"],
    ["a query alone", "?return=/"],
    ["a quote, for a page that writes it down", '/"><script>alert(1)</script>'],
    ["nothing", ""],
    ["no text", undefined],
    ["two of them", ["/a", "/b"]],
    ["an object that says it is a path", { toString: () => "/a" }],
    ["a number", 1],
  ])("falls back for %s", (_, value) => {
    expect(returnPath(value, HOME)).toBe(HOME);
  });

  it("leads nowhere else, whatever the hostile pieces are put together to", () => {
    const pieces = [
      ..."/ \\ . .. ? # @ : ; %2f %5C %252f %2e %09 evil.example https: javascript: ／ % 한".split(" "),
      "\t",
    ];
    let taken = 0;
    for (const path of combine(pieces, 4)) {
      if (!isSameSitePath(path)) continue;
      taken++;
      const places = placesOf(path);
      if (!/^\/(?!\/)/.test(path) || places.some((place) => place !== SITE))
        throw new Error(`${JSON.stringify(path)} leads to ${places.join(", ")}`);
    }
    expect(taken).toBeGreaterThan(1_000);
  });
});

function* combine(pieces: readonly string[], most: number): Iterable<string> {
  if (most === 0) return;
  for (const piece of pieces) {
    yield piece;
    for (const rest of combine(pieces, most - 1)) yield piece + rest;
  }
}
