import { GarimError } from "@garim/policy";
import { SIGNAL_DEFAULTS } from "./defaults.ts";
import { type Place, readPlace } from "./place.ts";

/** Tells where an address is; `null` where it does not know. */
export type Locate = (ip: string) => Place | null | undefined | PromiseLike<Place | null | undefined>;

/** Asks the host's database where an address is, for as long as a log-in can wait. `null` without a database. */
export async function locateWithin(locate: Locate | null, ip: string): Promise<Place | null> {
  if (locate === null) return null;
  try {
    return readPlace(await waitFor(Promise.resolve(locate(ip))));
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_SIGNAL",
      `locate() failed, or took longer than ${SIGNAL_DEFAULTS.locateMs} ms, so no impossible hop was looked for. Look addresses up in a local database.`,
      cause,
    );
  }
}

async function waitFor<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), SIGNAL_DEFAULTS.locateMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
