import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { CERTIFICATE_PEM } from "../../test/certificate.ts";
import { readCertificate } from "./certificate.ts";

const requestWith = (header: unknown): IncomingMessage =>
  ({ headers: { "client-cert": header }, socket: {} }) as unknown as IncomingMessage;
const read = (header: unknown) => readCertificate(requestWith(header), "Client-Cert");
const base64 = CERTIFICATE_PEM.replace(/-----[A-Z ]+-----|\s/g, "");

describe("readCertificate", () => {
  it.each([
    ["PEM", CERTIFICATE_PEM],
    ["PEM escaped for a URL", encodeURIComponent(CERTIFICATE_PEM)],
    ["bytes of RFC 9440", `:${base64}:`],
  ])("reads %s", (_, text) => {
    expect(read(text)?.raw.toString("base64")).toBe(base64);
  });

  it.each([
    ["no header", undefined],
    ["an empty one", ""],
    ["two headers joined", `:${base64}:, :${base64}:`],
    ["two certificates", CERTIFICATE_PEM + CERTIFICATE_PEM],
    ["bare base64", base64],
    ["half an escape", "%"],
    ["what is too long", `:${"A".repeat(16_384)}:`],
  ])("reads none from %s", (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it("reads the header only where one is named, and the connection's own certificate else", () => {
    expect(readCertificate(requestWith(CERTIFICATE_PEM), null)).toBeUndefined();
  });
});
