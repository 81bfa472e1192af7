import { open } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

const openLine = tidy(lineOf({ confirmedAt: null, orderNo: "1" }));
const endedLine = tidy(lineOf({ orderNo: "2" }));

const FIELDS =
  "buyer.name buyer.phone buyer.email recipient.name recipient.phone recipient.postcode recipient.address recipient.customsCode memo";

describe("reveal with masked: header", () => {
  let shop: Shop;
  let port: number;
  let owner: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const byHeader = { purpose: "fulfilment", masked: "header" } as const;
      const page = garim.reveal({ total: open(), lines: [orderLine] }, byHeader);
      app.get("/lines", page, (_req, res) => {
        res.set("Garim-Masked", CANARY.name);
        res.json({ total: 3, lines: [openLine, endedLine, endedLine] });
      });
      app.get("/line", garim.reveal(orderLine, byHeader), (_req, res) => void res.json(openLine));
      app.get(
        "/plain",
        garim.reveal(orderLine, { purpose: "fulfilment" }),
        (_req, res) => void res.json(endedLine),
      );
    });
    port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(() => shop.close());

  it("says in one header what is masked, and adds no member to a record", async () => {
    const answer = await owner.get("/lines");
    expect(answer.headers.get("garim-masked")).toBe(
      `orderLine;reason=purpose-ended;count=2;fields="${FIELDS}";profile=pipc`,
    );
    const { lines } = (await answer.json()) as { lines: readonly object[] };
    expect(lines[0]).toEqual({ ...openLine });
    expect(lines[1]).toMatchObject({ buyer: { name: "김****새" }, memo: null });
    expect(Object.keys(lines[1] ?? {})).toEqual(["orderNo", "buyer", "recipient", "memo"]);
  });

  it("follows the role, and is absent where everything is clear", async () => {
    expect((await owner.get("/line")).headers.has("garim-masked")).toBe(false);
    const shipper = await enrolledPerson(shop, port, "staff/shin/S1/shipper");
    expect((await shipper.get("/line")).headers.get("garim-masked")).toBe(
      'orderLine;reason=role-lacks-field;count=1;fields="buyer.email";profile=pipc',
    );
  });

  it("is not there where the records say it themselves", async () => {
    const answer = await owner.get("/plain");
    expect(answer.headers.has("garim-masked")).toBe(false);
    expect(await answer.json()).toHaveProperty("_masked.reason", "purpose-ended");
  });

  it("refuses another word at the start", () => {
    const options = { purpose: "fulfilment", masked: "headers" } as unknown as { purpose: string };
    expect(() => shop.garim.reveal(orderLine, options)).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining('"header"'),
      }),
    );
  });
});
