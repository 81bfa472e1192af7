import { describe, expect, it } from "vitest";
import { type ConsoleOptions, readOptions } from "./options.ts";
import { shellOf, wayBack } from "./shell.ts";

const shell = (options: ConsoleOptions): string =>
  shellOf({
    path: "/privacy/pages/home",
    page: { path: "home", title: { ko: "처음", en: "Home" } } as Parameters<typeof shellOf>[0]["page"],
    names: ["home"],
    name: "home",
    language: "ko",
    back: "../",
    assets: { script: "assets/main.js", styles: ["assets/style.css"] },
    settings: readOptions(options),
  });

describe("shellOf", () => {
  it("loads the host's sheet after ours, and tells the page its logo and name", () => {
    const html = shell({ style: "/market.css", logo: "/logo.svg", name: { ko: "온누리", en: "Onnuri" } });
    const sheets = [...html.matchAll(/rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    expect(sheets).toEqual(["../assets/style.css", "/market.css"]);
    expect(html).toContain("<title>처음 · 온누리</title>");
    expect(html).toContain("&#34;logo&#34;:&#34;/logo.svg&#34;");
  });

  it("loads ours alone where the host has none, and holds no script and no style of its own", () => {
    const html = shell({});
    expect(html.match(/rel="stylesheet"/g)).toHaveLength(1);
    expect(html).toContain("&#34;logo&#34;:null");
    expect(html).not.toMatch(/<style|style=|<script>| on\w+=/);
  });
});

describe("wayBack", () => {
  it.each([
    ["/pages/home", "../"],
    ["/pages/auditor/search", "../../"],
    ["/pages", "./"],
  ])("from %s is %s, under any mount and behind any proxy", (path, back) => {
    expect(wayBack(path)).toBe(back);
    for (const mount of ["", "/privacy", "/a/b/c"])
      expect(new URL(back, `https://market.example${mount}${path}`).pathname).toBe(`${mount}/`);
  });
});
