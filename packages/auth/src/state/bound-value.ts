import { stateUnavailable } from "./store.ts";

/**
 * Writes the key into the value stored under it.
 *
 * Shops were shown each other's buyers when a reconnected client handed out the replies of other requests. A value that
 * names its own key is recognised wherever it turns up.
 */
export function bindValue(key: string, value: string): string {
  return `${key.length}:${key}:${value}`;
}

/**
 * Takes the value out again.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where it was stored under another key
 */
export function unbindValue(key: string, stored: string): string {
  const prefix = bindValue(key, "");
  if (stored.startsWith(prefix)) return stored.slice(prefix.length);
  throw stateUnavailable(
    "The state store answered with the value of another key, so it was not used. Restart this node's database connections, and report the client library.",
  );
}
