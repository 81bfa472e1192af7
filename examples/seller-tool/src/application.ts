import { KEY_ID } from "./keys.ts";
import { PlainError } from "./plain-error.ts";
import type { Store } from "./store.ts";

/** Where a tool applies. */
export interface ApplyOptions {
  /** The marketplace's address. */
  readonly market: string;
  /** Where sellers' browsers come back to. */
  readonly redirectUri: string;
}

/**
 * Applies at the marketplace, once for each address sellers come back to. It is in the sandbox until somebody there says yes.
 *
 * @throws PlainError with what the marketplace said
 */
export async function apply(store: Store, { market, redirectUri }: ApplyOptions): Promise<string> {
  const { toolId, clientKey, redirectUri: known } = store.read();
  if (toolId !== null && known === redirectUri) return toolId;
  const application = {
    name: { ko: "송장 도우미", en: "Label Helper" },
    tier: "key",
    jwks: { keys: [{ ...clientKey?.publicJwk, kid: KEY_ID, alg: "ES256" }] },
    redirectUris: [redirectUri],
    addresses: ["127.0.0.1", "::1"],
    ownerContact: "ops@label-helper.example",
  };
  const response = await fetch(`${market}/oauth/tools`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(application),
  });
  const answer = (await response.json()) as { readonly toolId?: string; readonly error_description?: string };
  if (answer.toolId === undefined)
    throw new PlainError(
      `The marketplace took no application (${response.status}): ${answer.error_description}`,
    );
  store.write({ toolId: answer.toolId, redirectUri, sellers: [], lines: [], destroyed: [] });
  return answer.toolId;
}
