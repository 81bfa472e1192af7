import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What of a file is there when it runs, and asks for the library: types are not. */
const VALUE =
  /^import (?!type\b).*"oidc-provider"|^export (?!type\b).*from "oidc-provider"|(?<!typeof )import\("oidc-provider"\)/m;

describe("oidc-provider", () => {
  it("is loaded by one file of the house, which is behind the port", () => {
    const folder = fileURLToPath(new URL("..", import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /(?<!\.test)\.ts$/.test(path),
    );
    const loading = files.filter((path) => VALUE.test(readFileSync(`${folder}/${path}`, "utf8")));
    expect(loading.map((path) => path.replaceAll("\\", "/"))).toEqual(["core/oidc-provider.ts"]);
  });

  it.each([
    ['import { Provider } from "oidc-provider";', true],
    ['import Provider, { type Configuration } from "oidc-provider";', true],
    ['const library = await import("oidc-provider");', true],
    ['import type { Provider } from "oidc-provider";', false],
    ['export type Library = typeof import("oidc-provider");', false],
  ])("tells what is loaded from what is only named: %s", (source, isLoaded) => {
    expect(VALUE.test(source)).toBe(isLoaded);
  });
});
