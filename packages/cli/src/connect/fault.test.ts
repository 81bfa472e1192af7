import { describe, expect, it } from "vitest";
import { codeOf, explainFault, isConnectionLost } from "./fault.ts";

const coded = (code: string) => Object.assign(new Error("value '홍길동' is hunter2"), { code });
const NAME = "database shop at db:5432 as app";

describe("explainFault", () => {
  it.each([
    ["ECONNREFUSED", /nothing listens there \(ECONNREFUSED\); start PostgreSQL/],
    ["ENOTFOUND", /the host's name is not known/],
    ["ETIMEDOUT", /does not answer/],
    ["28P01", /refuses the password \(28P01\); correct user and password/],
    ["28000", /pg_hba\.conf/],
    ["3D000", /no such database/],
    ["53300", /no connection left/],
    ["57P03", /starting up/],
    ["42501", /garim migrate --role-sql/],
    ["57014", /took too long/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /NODE_EXTRA_CA_CERTS/],
    ["XX001", /it fails \(XX001\); look the code up/],
  ])("says %s in one line that tells what to do, without the driver's message", (code, message) => {
    const fault = explainFault(coded(code), NAME);
    expect(fault).toMatchObject({ code: "ERR_GARIM_DATABASE", message: expect.stringMatching(message) });
    expect(fault?.message).toMatch(/^The database shop at db:5432 as app: [^\n]+; [^\n]+$/);
    expect(fault?.message).not.toMatch(/홍길동|hunter2/);
  });

  it.each([
    ["several addresses", new AggregateError([coded("ECONNREFUSED"), coded("EHOSTUNREACH")]), "ECONNREFUSED"],
    ["no TLS", new Error("The server does not support SSL connections"), "NOSSL"],
    [
      "no password",
      new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"),
      "NOPASSWORD",
    ],
    ["no answer", new Error("timeout expired"), "TIMEOUT"],
    ["no answer to a question", new Error("Query read timeout"), "TIMEOUT"],
    ["a broken connection", new Error("Connection terminated unexpectedly"), "CLOSED"],
  ])("knows %s, for which the driver has no code", (_, error, code) => {
    expect(codeOf(error)).toBe(code);
    expect(explainFault(error, NAME)?.message).not.toMatch(/it fails/);
  });

  it.each([[new TypeError("x is not a function")], [coded("ERR_INVALID_ARG_TYPE")], ["text"], [undefined]])(
    "leaves %s alone: it is no driver's",
    (error) => {
      expect(explainFault(error, NAME)).toBeUndefined();
    },
  );
});

describe("isConnectionLost", () => {
  it.each([
    ["ECONNREFUSED", true],
    ["EPIPE", true],
    ["NOPASSWORD", true],
    ["28P01", true],
    ["3D000", true],
    ["57P01", true],
    ["53300", true],
    ["57014", false],
    ["42703", false],
    ["42501", false],
  ])("tells whether after %s anything can be asked: %s", (code, expected) => {
    expect(isConnectionLost(code)).toBe(expected);
  });
});
