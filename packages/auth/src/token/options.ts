import { GarimError, nearest } from "@garim/policy";
import { DEFAULT_ALGORITHMS, TOKEN_ALGORITHMS } from "./algorithm.ts";
import { TOKEN_DEFAULTS } from "./defaults.ts";
import type { TokenVerifierOptions } from "./token.ts";

const NAMES: readonly (keyof TokenVerifierOptions)[] = [
  "issuer",
  "audience",
  "jwks",
  "isLive",
  "algorithms",
  "maxTtlSeconds",
  "cacheEntries",
  "clock",
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option), `ERR_GARIM_OPTION_INVALID`
 */
export function resolveTokenOptions(options: TokenVerifierOptions): Required<TokenVerifierOptions> {
  const names: readonly string[] = NAMES;
  for (const name of Object.keys(options)) if (!names.includes(name)) throw unknownOption(name, names);
  const { maxTtlSeconds, cacheEntries } = TOKEN_DEFAULTS;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const defaults = { algorithms: DEFAULT_ALGORITHMS, maxTtlSeconds, cacheEntries, clock: Date.now };
  const resolved = { ...defaults, ...given } as Required<TokenVerifierOptions>;
  checkParties(resolved);
  checkAlgorithms(resolved.algorithms);
  checkCount("maxTtlSeconds", resolved.maxTtlSeconds, maxTtlSeconds);
  checkCount("cacheEntries", resolved.cacheEntries, 1_000_000);
  return resolved;
}

function checkParties({ issuer, audience, isLive, clock }: Required<TokenVerifierOptions>): void {
  if (typeof issuer !== "string" || issuer === "")
    throw invalid("issuer", 'the iss of its tokens; write issuer: "https://market.example/oauth"');
  if (typeof audience !== "string" || audience === "" || audience === issuer)
    throw invalid(
      "audience",
      'the name of this API, and not the issuer\'s; write audience: "https://market.example/api"',
    );
  if (typeof isLive !== "function")
    throw invalid(
      "isLive",
      "a function that says whether a token was issued and not revoked; write isLive: (token) => issued.has(token.id)",
    );
  if (typeof clock !== "function")
    throw invalid("clock", "a function; write clock: Date.now, or leave it out");
}

function checkAlgorithms(algorithms: readonly unknown[]): void {
  const known: readonly unknown[] = TOKEN_ALGORITHMS;
  const isList = Array.isArray(algorithms) && algorithms.length > 0;
  if (isList && algorithms.every((algorithm) => known.includes(algorithm))) return;
  throw invalid(
    "algorithms",
    `one or more of ${TOKEN_ALGORITHMS.join(", ")}; write algorithms: ${JSON.stringify(DEFAULT_ALGORITHMS)}`,
  );
}

function checkCount(name: "maxTtlSeconds" | "cacheEntries", value: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  throw invalid(name, `a whole number from 1 to ${most}; write ${name}: ${TOKEN_DEFAULTS[name]}`);
}

function unknownOption(name: string, names: readonly string[]): GarimError {
  const hint = nearest(name, names);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `createTokenVerifier has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${names.join(", ")}`,
  );
}

function invalid(name: keyof TokenVerifierOptions, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `createTokenVerifier: ${name} must be ${wanted}`);
}
