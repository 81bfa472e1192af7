import { describe, expect, it } from "vitest";
import { findAnswer, isOpenApi } from "./answer.ts";

const json = (schema: object): object => ({ content: { "application/json": { schema } } });
const get = (responses: object): object => ({ get: { responses } });
const ORDERS = get({ 200: json({ title: "orders" }) });
const documentOf = (paths: object, more: object = {}): Record<string, unknown> => ({
  openapi: "3.0.3",
  paths,
  ...more,
});

describe("isOpenApi", () => {
  it.each([
    [{ openapi: "3.1.0" }, true],
    [{ swagger: "2.0" }, true],
    [{ orders: [] }, false],
    [[], false],
    [null, false],
  ])("says of %j: %s", (value, expected) => {
    expect(isOpenApi(value)).toBe(expected);
  });
});

describe("findAnswer", () => {
  it("takes the only operation that answers JSON", () => {
    const paths = { "/orders": ORDERS, "/health": get({ 200: { description: "ok" } }) };
    expect(findAnswer(documentOf(paths))).toEqual({ operation: "GET /orders", schema: { title: "orders" } });
  });

  it.each(["GET /orders", "get /orders", "  GET   /orders "])(
    "finds the operation %j among others",
    (wanted) => {
      const document = documentOf({ "/orders": ORDERS, "/claims": ORDERS });
      expect(findAnswer(document, wanted).operation).toBe("GET /orders");
    },
  );

  it.each([
    ["201", get({ 404: json({ title: "error" }), 201: json({ title: "made" }) }), "made"],
    ["2XX", get({ "2XX": json({ title: "any" }), default: json({ title: "error" }) }), "any"],
    ["default", get({ default: json({ title: "all" }) }), "all"],
    [
      "a JSON of its own type",
      get({ 200: { content: { "application/hal+json": { schema: { title: "hal" } } } } }),
      "hal",
    ],
    [
      "a charset",
      get({ 200: { content: { "application/json; charset=utf-8": { schema: { title: "set" } } } } }),
      "set",
    ],
  ])("takes the success that is declared as %s", (_, item, title) => {
    expect(findAnswer(documentOf({ "/x": item })).schema).toEqual({ title });
  });

  it("follows references to path items and responses", () => {
    const components = {
      responses: { Orders: json({ title: "orders" }) },
      pathItems: { x: get({ 200: { $ref: "#/components/responses/Orders" } }) },
    };
    const document = documentOf({ "/x~y": { $ref: "#/components/pathItems/x" } }, { components });
    expect(findAnswer(document)).toEqual({ operation: "GET /x~y", schema: { title: "orders" } });
  });

  it.each([
    ["Swagger 2", { swagger: "2.0" }, undefined, /Swagger 2\.0; give OpenAPI 3\.0 or 3\.1/],
    ["OpenAPI 4", { openapi: "4.0.0" }, undefined, /OpenAPI 4\.0\.0; give/],
    ["no operation", documentOf({}), undefined, /No operation of the document answers JSON/],
    [
      "several",
      documentOf({ "/a": ORDERS, "/b": ORDERS }),
      undefined,
      /"GET \/a", "GET \/b"; write --operation "GET \/a"/,
    ],
    [
      "another operation",
      documentOf({ "/a": ORDERS }),
      "GET /b",
      /No operation "GET \/b" answers JSON; there are "GET \/a"/,
    ],
    [
      "another file",
      documentOf({ "/a": { $ref: "a.yaml" } }),
      undefined,
      /"a\.yaml" leads to another file; bundle/,
    ],
    ["nowhere", documentOf({ "/a": { $ref: "#/nothing" } }), undefined, /"#\/nothing" leads to nothing/],
    ["a circle", documentOf({ "/a": { $ref: "#/paths/~1a" } }), undefined, /leads in a circle/],
    ["[P1] a prototype", documentOf({ "/a": { $ref: "#/__proto__" } }), undefined, /leads to nothing/],
  ])("refuses %s with a remedy", (_, document, wanted, message) => {
    expect(() => findAnswer(document, wanted)).toThrow(message);
  });
});
