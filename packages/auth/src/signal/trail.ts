import { isQuiet } from "./crowd.ts";
import { SIGNAL_DEFAULTS } from "./defaults.ts";
import { MOBILE_NETWORK } from "./network.ts";
import { findHop, type Hop, type Place } from "./place.ts";
import { hashSeen, hasSeen, isRecent, keepRecent, type Recent, remember } from "./recent.ts";
import type { Outcome } from "./record.ts";

/** Where a worker was seen lately. */
export interface Trail {
  readonly devices: Recent;
  readonly networks: Recent;
  /** Where they were last, as far as it could be located. */
  readonly last: Located | null;
  /** When a hop was last told of, UTC milliseconds. */
  readonly hoppedAt: number | null;
}

interface Located {
  readonly network: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly place: Place;
}

/** Where a worker is now. */
export interface Step {
  readonly device: string;
  readonly network: string;
  /** `null` where nobody knows. */
  readonly place: Place | null;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What is new about a step. */
export interface StepNews {
  readonly isNewDevice: boolean;
  readonly isNewNetwork: boolean;
  readonly hop: (Hop & { readonly before: Pick<Located, "network" | "at"> }) | null;
}

const EMPTY: Trail = { devices: [], networks: [], last: null, hoppedAt: null };

/** Adds a step to a worker's trail, and tells what is new about it. Of nodes that see the same step at once, one finds it new. */
export function followTrail(trail: Trail | undefined, step: Step): Outcome<StepNews, Trail> {
  const { devices, networks, last, hoppedAt } = trail ?? EMPTY;
  const device = addPlace(devices, step.device, step.at);
  const network = addPlace(networks, step.network, step.at);
  const hop = isQuiet(hoppedAt, step.at) ? null : findHopOf(last, step);
  const record = {
    devices: device.places,
    networks: network.places,
    last: step.place === null ? last : { network: step.network, at: step.at, place: step.place },
    hoppedAt: hop === null ? hoppedAt : step.at,
  };
  const isNewNetwork = network.isNew && step.network !== MOBILE_NETWORK;
  return { answer: { isNewDevice: device.isNew, isNewNetwork, hop }, record };
}

/** With nothing to compare it to, a place is no news. */
function addPlace(
  before: Recent,
  place: string,
  now: number,
): { readonly places: Recent; readonly isNew: boolean } {
  const known = keepRecent(before, now, SIGNAL_DEFAULTS.knownMs);
  const id = hashSeen(place);
  const isNew = known.length > 0 && !hasSeen(known, id);
  return { places: remember(known, id, now, SIGNAL_DEFAULTS.knownPlaces), isNew };
}

function findHopOf(last: Located | null, { place, at }: Step): StepNews["hop"] {
  const hop = last && place && findHop(last, { place, at });
  return hop && last ? { ...hop, before: { network: last.network, at: last.at } } : null;
}

export function isTrail(value: unknown): value is Trail {
  const { devices, networks, last, hoppedAt } = (value ?? {}) as Partial<Trail>;
  const isLastRead = last === null || (typeof last?.network === "string" && Number.isFinite(last.at));
  return (
    isRecent(devices) && isRecent(networks) && isLastRead && (hoppedAt === null || Number.isFinite(hoppedAt))
  );
}
