/**
 * Fetches a tool's public keys. The core waits 2.5 seconds, takes 64 KiB and closes connections to private addresses; a redirect, which
 * it would follow, is refused here.
 *
 * @param isPrivateAllowed - whether keys may lie on a private network and without TLS: for tests and closed networks
 * @throws TypeError (rejects) where an address may not be fetched
 */
export async function fetchKeys(
  url: string | URL,
  options: object | undefined,
  isPrivateAllowed: boolean,
): Promise<Response> {
  const request: RequestInit & { dispatcher?: unknown } = { ...options, redirect: "error" };
  if (isPrivateAllowed) delete request.dispatcher;
  else if (new URL(url).protocol !== "https:" || request.dispatcher === undefined)
    throw new TypeError("keys are fetched from public https addresses only");
  return await fetch(url, request);
}
