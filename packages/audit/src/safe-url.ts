import { GarimError } from "@garim/policy";

/**
 * Reads an address that records or checkpoints are sent to. Records name staff: they leave the machine only encrypted, and no secret
 * stands in an address, which is said in errors and logs.
 *
 * @param who - the option's owner, for the message: `httpSink`
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`
 */
export function readSafeUrl(who: string, url: string | URL): URL {
  const read = URL.canParse(String(url)) ? new URL(url) : undefined;
  const isSafe = read?.protocol === "https:" || (read?.protocol === "http:" && isLoopback(read.hostname));
  if (read === undefined || !isSafe)
    throw invalid(
      who,
      `must be an address that begins with https:// (http only to 127.0.0.1, [::1] or localhost); write ${who}("https://elsewhere.example/log")`,
    );
  if (read.username === "" && read.password === "") return read;
  throw invalid(who, "must hold no password; give it by headers: () => ({ authorization: … })");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function invalid(who: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `${who}: its address ${wanted}`);
}
