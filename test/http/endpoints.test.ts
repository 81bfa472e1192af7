import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountPrivacy, openShop, type Shop } from "../fixtures/shop.ts";
import { TOP } from "../workspace.ts";

describe("the README of @garim/express", () => {
  let shop: Shop;

  beforeAll(async () => {
    const tools = { issuer: "https://market.example/oauth", audience: "https://market.example/api" };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        app.use("/auditor", garim.auditor());
        app.post("/tool/receipts", garim.receipts({ tools: "orders.read" }));
        app.get("/.well-known/oauth-protected-resource/api", garim.tools.metadata());
      },
      { tools },
    );
  });
  afterAll(() => shop.close());

  it.each([
    ["Endpoints", "/privacy"],
    ["Asking the access log", "/auditor"],
  ])("[V6.3.4] names under %s every endpoint of the router at %s, and no other", (heading, mount) => {
    const readme = readFileSync(join(TOP, "packages/express/README.md"), "utf8");
    const section = readme.split("\n## ").find((part) => part.startsWith(`${heading}\n`)) ?? "";
    const named = [...section.matchAll(/^\| `((?:GET|POST|PATCH|DELETE) \/[^`]*)` \|/gm)].map(
      ([, name]) => name,
    );
    const served = shop.garim
      .routes(shop.app)
      .filter(({ path }) => path.startsWith(`${mount}/`))
      .map(({ method, path }) => `${method} ${path.slice(mount.length)}`);
    expect(named.toSorted()).toEqual(served.toSorted());
  });

  it("is of routers whose every route says what guards it", () => {
    expect(() => shop.garim.routes(shop.app, { strict: true })).not.toThrow();
  });
});
