import { describe, expect, it } from "vitest";
import { readAgent } from "./agent.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT}`;
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("readAgent", () => {
  it.each<[string, string]>([
    [`${WINDOWS} Chrome/131.0.0.0 Safari/537.36`, "chrome windows desktop"],
    [`${WINDOWS} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`, "edge windows desktop"],
    [`${WINDOWS} Chrome/130.0.0.0 Whale/4.29.282.14 Safari/537.36`, "whale windows desktop"],
    [`${WINDOWS} Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0`, "opera windows desktop"],
    ["Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "ie windows desktop"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "firefox linux desktop"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
      "safari macos desktop",
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
      "chrome chromeos desktop",
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
      "samsung android mobile",
    ],
    [
      `Mozilla/5.0 (Linux; Android 13; SM-X900) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
      "chrome android mobile",
    ],
    [`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, "safari ios mobile"],
    [`${IPHONE} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`, "chrome ios mobile"],
    [`${IPHONE} Mobile/15E148 KAKAOTALK 11.0.0`, "kakaotalk ios mobile"],
    [
      `${IPHONE} Mobile/15E148 Safari/605.1 NAVER(inapp; search; 2000; 12.10.4; 15PROMAX)`,
      "naver ios mobile",
    ],
    ["curl/8.9.1", "other other desktop"],
    ["", "other other desktop"],
  ])("reads %s as %s", (text, expected) => {
    const { browser, system, isMobile } = readAgent(text);
    expect(`${browser} ${system} ${isMobile ? "mobile" : "desktop"}`).toBe(expected);
  });

  it("tells no versions apart: an update makes no other device", () => {
    const of = (version: number) => readAgent(`${WINDOWS} Chrome/${version}.0.0.0 Safari/537.36`);
    expect(of(131)).toEqual(of(132));
  });

  it.each([undefined, null, 1, {}, ["Chrome/1"]])("reads nothing of %j", (value) => {
    expect(readAgent(value)).toEqual({ browser: "other", system: "other", isMobile: false });
  });

  it("[P2] looks at no more than a browser would send", () => {
    expect(readAgent(`${" ".repeat(512)}Chrome/1 Windows`)).toMatchObject({ browser: "other" });
  });
});
