/** Whoever names a tool has its keys asked for; where they cannot be had, not each time. */
const PAUSE_MS = 5_000;
const MOST = 1_000;

/** The same question, where what failed a moment ago fails again without being asked. */
export function rememberFailures<T>(
  ask: (address: string) => Promise<T>,
  clock: () => number = () => Date.now(),
): (address: string) => Promise<T> {
  const failed = new Map<string, { readonly at: number; readonly error: unknown }>();
  return async (address) => {
    const known = failed.get(address);
    if (known !== undefined && isWithin(clock() - known.at)) throw known.error;
    failed.delete(address);
    try {
      return await ask(address);
    } catch (error) {
      const [oldest] = failed.keys();
      if (failed.size >= MOST && oldest !== undefined) failed.delete(oldest);
      failed.set(address, { at: clock(), error });
      throw error;
    }
  };
}

/** A clock that went back remembers nothing. */
function isWithin(ageMs: number): boolean {
  return ageMs >= 0 && ageMs < PAUSE_MS;
}
