import { isIP } from "node:net";
import { GarimError } from "@garim/policy";

/** Where passkeys are made and used. */
export interface PasskeySettings {
  /** The domain a passkey belongs to for good, without scheme and port: `"market.example"`. */
  readonly rpId: string;
  /** The marketplace's name as password managers show it. */
  readonly rpName: string;
  /** The pages' origins, on that domain or below it: `["https://seller.market.example"]`. */
  readonly origins: readonly string[];
}

const LONGEST_NAME = 256;
const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/;

/**
 * Checks the settings once, at start, and copies them.
 *
 * Whether the domain is a public suffix (`co.kr`) cannot be told here: browsers refuse it.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where `rpId` is no domain in lower case (`xn--…` where it has Korean letters), an
 *   origin is neither `https://…` nor `http://localhost…`, has more than host and port, or lies outside the domain
 */
export function readPasskeySettings(options: PasskeySettings): PasskeySettings {
  const { rpId, rpName, origins } = options;
  if (!isDomain(rpId)) throw invalid("rpId", "the domain of the pages", rpId, 'rpId: "market.example"');
  if (typeof rpName !== "string" || rpName === "" || rpName.length > LONGEST_NAME)
    throw invalid("rpName", `a text of 1 to ${LONGEST_NAME} characters`, rpName, 'rpName: "My Market"');
  const line = `origins: [${JSON.stringify(rpId === "localhost" ? "http://localhost:3000" : `https://${rpId}`)}]`;
  if (!Array.isArray(origins) || origins.length === 0)
    throw invalid("origins", "a list of origins", origins, line);
  for (const origin of origins)
    if (!isOriginBelow(origin, rpId))
      throw invalid("origins", `https origins on ${rpId} or below it, without a path`, origin, line);
  return Object.freeze({ rpId, rpName, origins: Object.freeze([...origins]) });
}

function isDomain(rpId: unknown): rpId is string {
  if (rpId === "localhost") return true;
  return typeof rpId === "string" && LABELS.test(rpId) && isIP(rpId) === 0 && parseHost(rpId) === rpId;
}

function parseHost(rpId: string): string | undefined {
  return URL.canParse(`https://${rpId}`) ? new URL(`https://${rpId}`).hostname : undefined;
}

/** Browsers make passkeys over TLS only, and on this very machine. */
function isOriginBelow(origin: unknown, rpId: string): boolean {
  if (typeof origin !== "string" || !URL.canParse(origin)) return false;
  const { origin: canonical, protocol, hostname } = new URL(origin);
  const isSafe = protocol === "https:" || (protocol === "http:" && hostname === "localhost");
  return isSafe && origin === canonical && (hostname === rpId || hostname.endsWith(`.${rpId}`));
}

function invalid(name: keyof PasskeySettings, wanted: string, seen: unknown, line: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `passkeys: ${name} must be ${wanted}, not ${JSON.stringify(seen) ?? typeof seen}; write ${line}`,
  );
}
