import { describe, expect, it } from "vitest";
import { htmlPage, pagePolicy } from "./html.ts";
import { type LookOptions, readLook } from "./look.ts";

const page = (options: LookOptions, language: "ko" | "en" = "ko"): string =>
  htmlPage({ language, title: "T", main: "", look: readLook(options, "/oauth/style.css") });

describe("readLook", () => {
  it("draws nothing of a host that says nothing, and lets no picture in", () => {
    expect(page({})).not.toMatch(/<header|<img/);
    expect(page({}).match(/rel="stylesheet"/g)).toHaveLength(1);
    expect(pagePolicy(null, readLook({}, "/s"))).not.toContain("img-src");
  });

  it("loads the host's sheet after ours, and shows its logo and name in the reader's language", () => {
    const options = { style: "/market.css", logo: "/logo.svg", name: { ko: "온누리", en: "<Onnuri>" } };
    const html = page(options);
    expect(html.indexOf("/market.css")).toBeGreaterThan(html.indexOf("/oauth/style.css"));
    expect(html).toContain('<header><img src="/logo.svg" alt=""><span>온누리</span></header>');
    expect(page(options, "en")).toContain("<span>&#60;Onnuri&#62;</span>");
    expect(page({ name: "Market" }, "en")).toContain("<header><span>Market</span></header>");
    expect(pagePolicy(null, readLook(options, "/s"))).toContain("; img-src 'self';");
  });

  it.each<[string, object]>([
    ["style", { style: "https://evil.example/x.css" }],
    ["style", { style: "//evil.example/x.css" }],
    ["logo", { logo: "javascript:alert(1)" }],
    ["logo", { logo: "" }],
    ["logo", { logo: 1 }],
    ["name", { name: "" }],
    ["name", { name: { ko: "마켓" } }],
    ["name", { name: null }],
  ])("does not take a %s that is %o", (name, options) => {
    expect(() => readLook(options, "/s")).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID", message: expect.stringContaining(name) }),
    );
  });
});
