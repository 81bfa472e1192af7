import { HOUR } from "@garim/policy";
import { SIGNAL_DEFAULTS } from "./defaults.ts";

/** Where an address is: a point in degrees, or only a country (two letters). */
export type Place = { readonly lat: number; readonly lon: number } | { readonly country: string };

/** A place and a moment (UTC milliseconds). */
export interface Stop {
  readonly place: Place;
  readonly at: number;
}

/** How far a hop was, in whole kilometres; `null` where only countries are known. */
export interface Hop {
  readonly km: number | null;
}

/**
 * Finds a hop nobody can make: faster than an airliner over a distance that is no error of locating, or to another country within
 * an hour. The order of the two does not matter, as clocks of nodes differ.
 *
 * @returns `undefined` where it is possible, or one place is a point and the other only a country
 */
export function findHop(before: Stop, after: Stop): Hop | undefined {
  const elapsedMs = Math.abs(after.at - before.at);
  if ("lat" in before.place && "lat" in after.place) {
    const km = Math.round(measureKm(before.place, after.place));
    const isTooFast = km * HOUR > SIGNAL_DEFAULTS.hopKmPerHour * elapsedMs;
    return km >= SIGNAL_DEFAULTS.hopLeastKm && isTooFast ? { km } : undefined;
  }
  if (!("country" in before.place && "country" in after.place)) return undefined;
  const isAbroad = before.place.country !== after.place.country;
  return isAbroad && elapsedMs < SIGNAL_DEFAULTS.hopCountryMs ? { km: null } : undefined;
}

/**
 * Reads what a host's database says of an address; `null` for anything that is no place. Points are kept to a tenth of a degree
 * (11 km): nothing finer is compared, and it would be more about a person than needed.
 */
export function readPlace(place: unknown): Place | null {
  const { lat, lon, country } = (place ?? {}) as Readonly<Record<string, unknown>>;
  if (isDegree(lat, 90) && isDegree(lon, 180)) return { lat: roundDegree(lat), lon: roundDegree(lon) };
  return typeof country === "string" && /^[A-Z]{2}$/i.test(country)
    ? { country: country.toUpperCase() }
    : null;
}

function isDegree(value: unknown, most: number): value is number {
  return typeof value === "number" && Math.abs(value) <= most;
}

function roundDegree(value: number): number {
  return Math.round(value * 10) / 10;
}

const EARTH_KM = 6_371;
const RADIAN = Math.PI / 180;

/** The great-circle distance (haversine). */
function measureKm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const half = (from: number, to: number) => Math.sin(((to - from) * RADIAN) / 2) ** 2;
  const chord = half(a.lat, b.lat) + Math.cos(a.lat * RADIAN) * Math.cos(b.lat * RADIAN) * half(a.lon, b.lon);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
