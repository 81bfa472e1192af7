import { GarimError, refuse } from "@garim/policy";
import { isPublicAddress } from "../network/private.ts";
import { type Counted, type Crowd, type CrowdRule, countCrowd, isCrowd } from "./crowd.ts";
import { SIGNAL_DEFAULTS } from "./defaults.ts";
import { tellFault } from "./fault.ts";
import type { SignalSettings } from "./options.ts";
import { hashSeen } from "./recent.ts";
import { changeRecord, type RecordKind } from "./record.ts";
import { type Detector, NOTHING, type Scene, startSignal } from "./scene.ts";
import type { Observed, SharedPassword } from "./signal.ts";

const SELLERS: RecordKind<Crowd> = {
  name: "sellers",
  keepMs: SIGNAL_DEFAULTS.sharedMs,
  isRecord: isCrowd,
};

const RULE: CrowdRule = { least: SIGNAL_DEFAULTS.sharedSellers, windowMs: SIGNAL_DEFAULTS.sharedMs };

/**
 * Counts the sellers that one origin logs in to, each by an account of its own. A tool has an account and a grant of its own.
 *
 * @source code-2022/tool
 */
export const detectSharing: Detector = async (scene, settings) => {
  const { worker, ip, origin, at } = scene;
  if (worker.sellerId === null || settings.sharedOffices?.has(ip) === true) return NOTHING;
  const ids = [hashSeen(worker.sellerId), hashSeen(worker.id)];
  const counted = await changeRecord(settings.state, SELLERS, hashSeen(origin), at, (crowd) =>
    countCrowd(crowd, ids, at, RULE),
  );
  if (!counted.isCrowd) return NOTHING;
  return isPublicAddress(ip) ? judgeCrowd(counted, scene, settings) : tellProxy(counted, scene, settings);
};

function judgeCrowd({ size, isNews }: Counted, scene: Scene, settings: SignalSettings): Observed {
  const { policy, refuseSharedPasswordsFrom: from } = settings;
  const refusal = refuse("grant-missing", policy.edition);
  const isRefused = from !== null && scene.at >= from;
  const signal = (): SharedPassword => ({
    ...startSignal("shared-password", scene, settings),
    worker: scene.worker,
    origin: scene.origin,
    sellers: size,
    isRefused,
    remedy: refusal.remedy,
  });
  return { signals: isNews ? [signal()] : [], refusal: isRefused ? refusal : null };
}

/** Everybody seems to come from a proxy that nobody named: that is no tool, and nobody may be refused for it. */
function tellProxy({ isNews, size }: Counted, { ip }: Scene, settings: SignalSettings): Observed {
  if (isNews) tellFault(proxyUnnamed(ip, size), settings);
  return NOTHING;
}

function proxyUnnamed(ip: string, sellers: number): GarimError {
  return new GarimError(
    "ERR_GARIM_SIGNAL",
    `${sellers} sellers log in from ${ip}, which is no address of the internet. Name your proxies, for example app.set("trust proxy", "loopback, 10.0.0.0/8"), or list the address in sharedOffices.`,
  );
}
