import { describe, expect, it } from "vitest";
import { ARROWS } from "./arrows.ts";

const importersOf = (name: string) =>
  Object.entries(ARROWS)
    .filter(([, arrow]) => arrow.house.includes(name))
    .map(([importer]) => importer);

/** Whether following arrows from a package comes to another. */
function reaches(from: string, to: string, steps = Object.keys(ARROWS).length): boolean {
  const next = ARROWS[`@garim/${from}`]?.house ?? [];
  return next.includes(to) || (steps > 0 && next.some((one) => reaches(one, to, steps - 1)));
}

describe("ARROWS", () => {
  it("never leads in a circle", () => {
    for (const name of Object.keys(ARROWS).map((one) => one.slice("@garim/".length)))
      expect(reaches(name, name)).toBe(false);
  });

  it("lets only the token server and the console import express", () => {
    expect(importersOf("express")).toEqual(["@garim/token-server", "@garim/console"]);
  });

  it.each(["masking", "auth", "audit", "workbook"])("lets %s import policy alone", (name) => {
    expect(ARROWS[`@garim/${name}`]?.house).toEqual(["policy"]);
  });
});
