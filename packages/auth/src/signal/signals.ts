import { tellFault, tellSignal } from "./fault.ts";
import { readSignalsOptions, type SignalsOptions } from "./options.ts";
import { type Detector, NOTHING, readScene } from "./scene.ts";
import { detectSharing } from "./sharing-detector.ts";
import type { Observed, Sighting, SightingKind, Signals } from "./signal.ts";
import { detectBreakIn, detectStuffing } from "./stuffing-detector.ts";
import { detectMove } from "./trail-detector.ts";

/** What each kind of sighting is looked at for. */
const DETECTORS: Readonly<Record<SightingKind, readonly Detector[]>> = {
  "log-in": [detectMove, detectBreakIn, detectSharing],
  "session-moved": [detectMove],
  "log-in-failed": [detectStuffing],
  "factor-failed": [detectStuffing],
};

/**
 * Makes the signals of a deployment. Any number of nodes may share one state store: each sees what the others saw, and a signal
 * is told by one of them.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`
 */
export function createSignals(options: SignalsOptions): Signals {
  const settings = readSignalsOptions(options);

  async function look(sighting: Sighting): Promise<Observed> {
    const scene = readScene(sighting, settings.clock);
    const found = await Promise.all(
      DETECTORS[sighting.kind].map((detect) => attempt(() => detect(scene, settings))),
    );
    return join(found);
  }

  async function attempt(work: () => Promise<Observed>): Promise<Observed> {
    try {
      return await work();
    } catch (error) {
      tellFault(error, settings);
      return NOTHING;
    }
  }

  async function observe(sighting: Sighting): Promise<Observed> {
    const observed = await attempt(() => look(sighting));
    for (const signal of observed.signals) tellSignal(signal, settings);
    return observed;
  }

  return { observe };
}

function join(found: readonly Observed[]): Observed {
  const refusal = found.find((one) => one.refusal !== null)?.refusal ?? null;
  return { signals: found.flatMap((one) => one.signals), refusal };
}
