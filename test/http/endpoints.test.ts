import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountPrivacy, openShop, type Shop } from "../fixtures/shop.ts";
import { TOP } from "../workspace.ts";

describe("the README of @garim/express", () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop(mountPrivacy);
  });
  afterAll(() => shop.close());

  it("[V6.3.4] names every endpoint of the router, and no other", () => {
    const readme = readFileSync(join(TOP, "packages/express/README.md"), "utf8");
    const named = [...readme.matchAll(/^\| `((?:GET|POST|PATCH|DELETE) \/[^`]*)` \|/gm)].map(
      ([, name]) => name,
    );
    const served = shop.garim
      .routes(shop.app)
      .map(({ method, path }) => `${method} ${path.replace("/privacy", "")}`);
    expect(named.toSorted()).toEqual(served.toSorted());
  });
});
