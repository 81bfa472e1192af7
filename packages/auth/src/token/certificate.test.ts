import { hash, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CERTIFICATE_PEM } from "../../test/certificate.ts";
import { certificateThumbprint, readCertificateHeader } from "./certificate.ts";

const { raw } = new X509Certificate(CERTIFICATE_PEM);
const thumbprint = hash("sha256", raw, "base64url");
const base64 = raw.toString("base64");

describe("certificateThumbprint", () => {
  it("is the SHA-256 of its bytes, in base64url", () => {
    expect(certificateThumbprint(raw)).toBe(thumbprint);
    expect(thumbprint).toHaveLength(43);
  });
});

describe("readCertificateHeader", () => {
  it.each([
    ["bytes of RFC 9440", `:${base64}:`],
    ["PEM", CERTIFICATE_PEM],
    ["PEM escaped by nginx", encodeURIComponent(CERTIFICATE_PEM)],
  ])("reads %s", (_, text) => {
    expect(readCertificateHeader(text)).toBe(thumbprint);
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["no text", 1],
    ["two headers joined", `:${base64}:, :${base64}:`],
    ["two certificates", `${CERTIFICATE_PEM}${CERTIFICATE_PEM}`],
    ["bytes that are none", ":AAAA:"],
    ["bare base64", base64],
    ["half an escape", `${encodeURIComponent(CERTIFICATE_PEM)}%`],
    ["a key in its place", CERTIFICATE_PEM.replaceAll("CERTIFICATE", "PUBLIC KEY")],
    ["what is too long", `:${"A".repeat(16_384)}:`],
  ])("[J5] reads no certificate from %s", (_, text) => {
    expect(readCertificateHeader(text)).toBeNull();
  });
});
