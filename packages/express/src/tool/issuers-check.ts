import { checkNames, invalid, isObject } from "../start/option-names.ts";
import type { ToolOptions } from "./options.ts";
import type { OtherIssuer } from "./other-issuer.ts";

const NAMES: readonly (keyof OtherIssuer)[] = [
  "issuer",
  "jwks",
  "algorithms",
  "toolOf",
  "introspection",
  "grants",
];

/** Checks other issuers, at start. @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function checkIssuers({ issuer, issuers = [] }: ToolOptions, isProduction: boolean): void {
  if (!Array.isArray(issuers))
    throw invalid("tools.issuers", "a list", "issuers: [{ issuer, jwks, toolOf, introspection }]");
  for (const one of issuers) checkIssuer(one, isProduction);
  const names = [issuer, ...issuers.map((one) => one.issuer)];
  if (new Set(names).size < names.length)
    throw invalid(
      "tools.issuers",
      "issuers of different names, none of them tools.issuer",
      'issuer: "https://id.example"',
    );
}

function checkIssuer(one: OtherIssuer, isProduction: boolean): void {
  checkNames("tools.issuers", one, NAMES);
  const { issuer, jwks, toolOf, introspection, grants } = one;
  if (typeof issuer !== "string" || issuer === "")
    throw invalid("tools.issuers.issuer", "the iss of its tokens", 'issuer: "https://id.example"');
  if (typeof jwks === "string") checkAddress("tools.issuers.jwks", jwks, isProduction);
  else if (typeof jwks !== "function" && !isObject(jwks))
    throw invalid(
      "tools.issuers.jwks",
      "a key set, a function or an address",
      'jwks: "https://id.example/jwks"',
    );
  if (typeof toolOf !== "function")
    throw invalid(
      "tools.issuers.toolOf",
      "a function",
      "toolOf: ({ clientId }) => toolIds.get(clientId) ?? null",
    );
  if (grants !== undefined && typeof grants !== "function")
    throw invalid(
      "tools.issuers.grants",
      "a function",
      "grants: async (token) => [{ id, sellerId, fields, … }]",
    );
  if (introspection !== undefined) checkIntrospection(introspection, isProduction);
}

function checkIntrospection(
  introspection: NonNullable<OtherIssuer["introspection"]>,
  isProduction: boolean,
): void {
  const where = "tools.issuers.introspection";
  checkNames(where, introspection, ["endpoint", "clientId", "clientSecret", "privateKey"]);
  const { endpoint, clientId, clientSecret, privateKey } = introspection;
  checkAddress(`${where}.endpoint`, endpoint, isProduction);
  const isOne = (clientSecret === undefined) !== (privateKey === undefined);
  if (typeof clientId !== "string" || clientId === "" || !isOne)
    throw invalid(
      where,
      "a clientId, and a clientSecret or a privateKey",
      'clientId: "garim", clientSecret: process.env.SECRET',
    );
  if (
    privateKey !== undefined &&
    !(typeof privateKey["kid"] === "string" && typeof privateKey["alg"] === "string")
  )
    throw invalid(
      `${where}.privateKey`,
      "a private JWK with kid and alg",
      'privateKey: { kty: "EC", kid: "k1", alg: "ES256", … }',
    );
}

/** With TLS in production, and anywhere but on this machine. */
function checkAddress(name: string, text: unknown, isProduction: boolean): void {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isHere && !isProduction)) return;
  throw invalid(name, "an https address", 'e.g. "https://id.example/introspect"');
}
