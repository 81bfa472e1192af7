import { type Crowd, type CrowdRule, countCrowd, isCrowd, measureCrowd } from "./crowd.ts";
import { SIGNAL_DEFAULTS } from "./defaults.ts";
import type { SignalSettings } from "./options.ts";
import { hashSeen } from "./recent.ts";
import { changeRecord, type RecordKind, readRecord } from "./record.ts";
import { type Detector, NOTHING, type Scene, startSignal } from "./scene.ts";
import type { CredentialStuffing } from "./signal.ts";

const FAILURES: RecordKind<Crowd> = {
  name: "failures",
  keepMs: SIGNAL_DEFAULTS.stuffingMs + SIGNAL_DEFAULTS.quietMs,
  isRecord: isCrowd,
};

const RULE: CrowdRule = {
  least: SIGNAL_DEFAULTS.stuffingAccounts,
  windowMs: SIGNAL_DEFAULTS.stuffingMs,
};

/** Counts the accounts that fail from a network. */
export const detectStuffing: Detector = async (scene, settings) => {
  const { account, source, at } = scene;
  const counted = await changeRecord(settings.state, FAILURES, hashSeen(source), at, (crowd) =>
    countCrowd(crowd, [hashSeen(account)], at, RULE),
  );
  return counted.isNews ? found(null, counted.size, scene, settings) : NOTHING;
};

/** Looks whether somebody gets in from where many accounts fail: theirs is the password that was right. */
export const detectBreakIn: Detector = async (scene, settings) => {
  const crowd = await readRecord(settings.state, FAILURES, hashSeen(scene.source));
  const { size, isCrowd } = measureCrowd(crowd, scene.at, RULE);
  return isCrowd ? found(scene.worker, size, scene, settings) : NOTHING;
};

function found(
  worker: CredentialStuffing["worker"],
  accounts: number,
  scene: Scene,
  settings: SignalSettings,
): { readonly signals: readonly [CredentialStuffing]; readonly refusal: null } {
  const base = startSignal("credential-stuffing", scene, settings);
  return { signals: [{ ...base, network: scene.source, accounts, worker }], refusal: null };
}
