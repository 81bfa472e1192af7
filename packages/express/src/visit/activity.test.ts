import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { isDeed, mayBeDeed } from "./activity.ts";

const request = (method: string, headers: object = {}) => ({ method, headers }) as IncomingMessage;
const response = (statusCode: number, type?: string) =>
  ({ statusCode, getHeader: () => type }) as unknown as ServerResponse;

describe("isDeed", () => {
  it.each([
    ["GET", 200],
    ["POST", 201],
    ["PUT", 204],
    ["GET", 303],
  ])("takes %s answered with %i for something a person did", (method, status) => {
    expect(isDeed(request(method), response(status), 5)).toBe(true);
  });

  it.each([
    ["HEAD", request("HEAD"), response(200)],
    ["OPTIONS", request("OPTIONS"), response(204)],
    ["TRACE", request("TRACE"), response(200)],
    ["304", request("GET"), response(304)],
    ["a refusal", request("GET"), response(401)],
    ["a failure", request("POST"), response(500)],
    ["an event stream", request("GET"), response(200, "text/event-stream; charset=utf-8")],
    ["an EventSource, whatever came back", request("GET", { accept: "text/event-stream" }), response(200)],
    ["a prefetch", request("GET", { "sec-purpose": "prefetch;prerender" }), response(200)],
    ["an older prefetch", request("GET", { purpose: "prefetch" }), response(200)],
  ])("[S2 V7.3.1] does not take %s for one", (_, req, res) => {
    expect(isDeed(req, res, 5)).toBe(false);
  });

  it.each([
    [60_000, true],
    [60_001, false],
    [-90_000, true],
  ])("[S2 S7] asks whether somebody was still there after %i ms", (tookMs, expected) => {
    expect(isDeed(request("GET"), response(200), tookMs)).toBe(expected);
  });

  it.each(["x-activity", "x-garim-activity", "x-user-active", "x-http-method-override", "x-requested-with"])(
    "[S2] hears nothing a client says for itself: %s",
    (name) => {
      expect(mayBeDeed(request("HEAD", { [name]: "GET" }))).toBe(false);
      expect(isDeed(request("GET", { [name]: "1" }), response(304), 5)).toBe(false);
    },
  );
});
