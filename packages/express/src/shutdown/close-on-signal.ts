import type { Garim } from "../garim.ts";
import type { ClosableServer, CloseOptions } from "./close-server.ts";

/** What is done when the process is told to end. */
export interface SignalOptions extends CloseOptions {
  /** Done last: closes the host's own pools. */
  readonly after?: () => unknown;
  /** Default `SIGTERM` and `SIGINT`. */
  readonly signals?: readonly NodeJS.Signals[];
}

const SAME_MS = 1_000;

/**
 * Ends the process in good order when it is told to: `closeOnSignal(garim, app.listen(3000), { after: () => pool.end() })`. A second
 * signal ends it at once; records that are not durable yet were not answered either.
 */
export function closeOnSignal(garim: Garim, server: ClosableServer, options: SignalOptions = {}): void {
  const { after, signals = ["SIGTERM", "SIGINT"], ...closing } = options;
  let toldAt: number | undefined;

  async function end(): Promise<void> {
    await garim.close(server, closing);
    await after?.();
  }

  function onSignal(): void {
    // A terminal's Ctrl-C comes twice: from the terminal, and from whoever started this process.
    if (toldAt !== undefined && performance.now() - toldAt > SAME_MS) process.exit(1);
    if (toldAt !== undefined) return;
    toldAt = performance.now();
    end().then(
      () => process.exit(),
      () => process.exit(1),
    );
  }

  for (const signal of signals) process.on(signal, onSignal);
}
