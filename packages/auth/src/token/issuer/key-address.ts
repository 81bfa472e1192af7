import { stateUnavailable } from "../../state/store.ts";
import type { TokenKeyPort, TokenKeySet } from "../token.ts";
import { type JsonFailure, readJson } from "./read-json.ts";

const TIMEOUT_MS = 2_500;

/**
 * Reads an issuer's key set at its address. The verifier remembers it for a minute.
 *
 * @param url - an https address of the issuer's; nothing a token says
 * @param onFailure - told why it could not be had; must not throw
 */
export function keysAt(
  url: string,
  onFailure: (failure: JsonFailure) => void = () => undefined,
): TokenKeyPort {
  return async () => {
    const read = await readJson(url, { headers: { accept: "application/json" } }, TIMEOUT_MS);
    if (read.kind === "document") return read.value as TokenKeySet;
    onFailure(read);
    throw stateUnavailable(
      `The keys of an issuer could not be had (${read.fault}). Check the address given as jwks.`,
    );
  };
}
