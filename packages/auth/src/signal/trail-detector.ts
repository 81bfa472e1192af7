import { SIGNAL_DEFAULTS } from "./defaults.ts";
import { tellFault } from "./fault.ts";
import { locateWithin } from "./locator.ts";
import type { SignalSettings } from "./options.ts";
import type { Place } from "./place.ts";
import { changeRecord, type RecordKind } from "./record.ts";
import { type Detector, type Scene, startSignal } from "./scene.ts";
import type { Signal } from "./signal.ts";
import { followTrail, isTrail, type StepNews, type Trail } from "./trail.ts";

const TRAILS: RecordKind<Trail> = { name: "worker", keepMs: SIGNAL_DEFAULTS.knownMs, isRecord: isTrail };

/** Looks whether a worker is on a new device, in a new network, or where they cannot be so soon. */
export const detectMove: Detector = async (scene, settings) => {
  const place = await placeOf(scene, settings);
  const { account, device, network, at } = scene;
  const step = { device, network, place, at };
  const news = await changeRecord(settings.state, TRAILS, account, at, (trail) => followTrail(trail, step));
  return { signals: listSignals(news, scene, settings), refusal: null };
};

/** A place nobody can tell hides neither a new device nor a new network. */
async function placeOf({ ip }: Scene, settings: SignalSettings): Promise<Place | null> {
  try {
    return await locateWithin(settings.locate, ip);
  } catch (error) {
    tellFault(error, settings);
    return null;
  }
}

function listSignals(news: StepNews, scene: Scene, settings: SignalSettings): readonly Signal[] {
  const { worker, device, network } = scene;
  const signals: Signal[] = [];
  if (news.isNewDevice) signals.push({ ...startSignal("new-device", scene, settings), worker, device });
  if (news.isNewNetwork)
    signals.push({ ...startSignal("new-network", scene, settings), worker, device, network });
  if (news.hop !== null)
    signals.push({ ...startSignal("impossible-hop", scene, settings), worker, device, network, ...news.hop });
  return signals;
}
