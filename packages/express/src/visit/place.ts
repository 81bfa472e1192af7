import { deviceOf, makeDeviceId, networkOf, type SessionOrigin } from "@garim/auth";
import { type WorkerIdentity, workerId } from "@garim/policy";
import type { Request } from "express";
import type { OwnCookie } from "./cookie.ts";

/** Where a request comes from. */
export interface Place {
  readonly origin: SessionOrigin;
  /** The device's cookie, where the browser does not have one yet. */
  readonly newCookie: string | null;
}

/** Tells where requests come from. */
export interface Places {
  of(req: Request, identity: WorkerIdentity): Place;
}

/** Requests of a new device that come together, before any was answered, are of one. Both numbers are ours. */
const TOGETHER_MS = 10_000;
const MOST_NEW_DEVICES = 1_000;

interface NewDevice {
  readonly id: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** @param clock - UTC milliseconds */
export function createPlaces(cookie: OwnCookie, clock: () => number): Places {
  const newDevices = new Map<string, NewDevice>();
  const places = new WeakMap<Request, Place>();

  /** A page's first requests run in parallel: an id of its own for each would look like as many devices. */
  function findNew(req: Request, identity: WorkerIdentity): string {
    const name = JSON.stringify([
      identity.kind,
      workerId(identity),
      identity.authenticatedAt,
      req.ip,
      req.headers["user-agent"],
    ]);
    const found = newDevices.get(name);
    const now = clock();
    if (found !== undefined && Math.abs(now - found.at) < TOGETHER_MS) return found.id;
    const id = makeDeviceId();
    newDevices.delete(name);
    newDevices.set(name, { id, at: now });
    const [oldest] = newDevices.keys();
    if (newDevices.size > MOST_NEW_DEVICES && oldest !== undefined) newDevices.delete(oldest);
    return id;
  }

  function find(req: Request, identity: WorkerIdentity): Place {
    const known = cookie.read(req);
    const deviceId = known ?? findNew(req, identity);
    const device = deviceOf({ agent: req.headers["user-agent"], deviceId });
    const origin = { device, network: networkOf(req.ip, device) };
    return { origin, newCookie: known === null ? cookie.write(deviceId) : null };
  }

  return {
    of(req, identity) {
      const place = places.get(req) ?? find(req, identity);
      places.set(req, place);
      return place;
    },
  };
}
