import { hash } from "node:crypto";
import { readMoment } from "@garim/policy";
import { readAddress } from "../network/address.ts";
import { nameWorker, type Worker } from "../worker.ts";
import { deviceOf } from "./device.ts";
import { networkOf, originOf, UNKNOWN_NETWORK } from "./network.ts";
import type { SignalSettings } from "./options.ts";
import type { Observed, Sighting, SignalKind } from "./signal.ts";

/** A sighting as detectors look at it: whatever came from outside has been read. */
export interface Scene {
  readonly worker: Worker;
  /** Hash of the worker's name. */
  readonly account: string;
  readonly ip: string;
  readonly device: string;
  /** The network of the device, for where a worker is. */
  readonly network: string;
  /** The network of the address, for who attacks: attackers say what device they like. */
  readonly source: string;
  /** Who log-ins are counted by. */
  readonly origin: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Looks at a scene for one kind of sign. */
export type Detector = (scene: Scene, settings: SignalSettings) => Promise<Observed>;

export const NOTHING: Observed = Object.freeze({ signals: Object.freeze([]), refusal: null });

const DEVICE = /^[\x21-\x7e]{1,64}$/;

export function readScene(sighting: Sighting, clock: () => number): Scene {
  const { worker, ip } = sighting;
  const device = DEVICE.test(sighting.device ?? "") ? String(sighting.device) : deviceOf({});
  const at = readMoment(sighting.at);
  return {
    worker,
    account: hash("sha256", nameWorker(worker)),
    ip: readAddress(ip) === undefined ? UNKNOWN_NETWORK : String(ip),
    device,
    network: networkOf(ip, device),
    source: networkOf(ip),
    origin: originOf(ip, device),
    at: at === null || Number.isNaN(at) ? clock() : at,
  };
}

/** What every signal of a scene says. */
export function startSignal<K extends SignalKind>(
  kind: K,
  { at, ip }: Scene,
  { stepUpOn }: SignalSettings,
): { readonly kind: K; readonly at: number; readonly ip: string; readonly isStepUpDue: boolean } {
  return { kind, at, ip, isStepUpDue: stepUpOn.has(kind) };
}
