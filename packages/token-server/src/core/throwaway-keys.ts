import { generateKeyPairSync } from "node:crypto";

/** A key the core wants at start. It signs nothing, and nobody is told its public half. */
export function throwawayKeys(): { readonly keys: Record<string, string>[] } {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { keys: [privateKey.export({ format: "jwk" }) as Record<string, string>] };
}
