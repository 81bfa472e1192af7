import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { CERTIFICATE_PEM } from "../../test/certificate.ts";
import { TLS } from "../../test/tls.ts";
import { readCertificate } from "./certificate.ts";

const OWN = new X509Certificate(TLS.cert);
const trust = (address: unknown, hop: unknown): boolean => address === "10.0.0.1" && hop === 0;
const requestWith = (header: unknown, remoteAddress = "10.0.0.1", isTrusted: unknown = trust) =>
  ({
    headers: { "client-cert": header },
    socket: { remoteAddress, getPeerX509Certificate: () => OWN },
    app: { get: (name: string) => (name === "trust proxy fn" ? isTrusted : undefined) },
  }) as unknown as IncomingMessage;
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

  it.each<[string, IncomingMessage, string | null]>([
    ["no header is named", requestWith(CERTIFICATE_PEM), null],
    ["the peer is no proxy of the host's", requestWith(CERTIFICATE_PEM, "10.0.0.2"), "Client-Cert"],
    ["the app trusts nobody", requestWith(CERTIFICATE_PEM, "10.0.0.1", () => false), "Client-Cert"],
    ["the app says nothing", requestWith(CERTIFICATE_PEM, "10.0.0.1", null), "Client-Cert"],
    ["there is no app", { ...requestWith(CERTIFICATE_PEM), app: undefined } as never, "Client-Cert"],
  ])("reads the connection's own where %s", (_, req, header) => {
    expect(readCertificate(req, header)).toBe(OWN);
  });

  it("reads none where the connection has none either", () => {
    const req = { ...requestWith(CERTIFICATE_PEM), socket: {} } as unknown as IncomingMessage;
    expect(readCertificate(req, "Client-Cert")).toBeUndefined();
  });
});
