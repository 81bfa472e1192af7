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

/** Devices whose origin is remembered, and how long an agent may be for it. Both are ours. */
const MOST_ORIGINS = 1_000;
const LONGEST_AGENT = 512;

interface KnownOrigin {
  readonly ip: string | undefined;
  readonly agent: string;
  readonly origin: SessionOrigin;
}

/** A device says the same with every request, mostly: what it said last need not be read again. */
function createOrigins(): (deviceId: string, ip?: string, agent?: string) => SessionOrigin {
  const known = new Map<string, KnownOrigin>();

  function remember(deviceId: string, found: KnownOrigin): SessionOrigin {
    if (known.size >= MOST_ORIGINS) known.clear();
    // A copy: the id is a slice of the cookie header, and would keep all of it, the session's id included.
    if (found.agent.length <= LONGEST_AGENT) known.set(Buffer.from(deviceId).toString(), found);
    return found.origin;
  }

  return (deviceId, ip, agent = "") => {
    const last = known.get(deviceId);
    if (last !== undefined && last.ip === ip && last.agent === agent) return last.origin;
    return remember(deviceId, { ip, agent, origin: findOrigin(deviceId, ip, agent) });
  };
}

function findOrigin(deviceId: string, ip: string | undefined, agent: string): SessionOrigin {
  const device = deviceOf({ agent, deviceId });
  return { device, network: networkOf(ip, device) };
}

/** @param clock - UTC milliseconds */
export function createPlaces(cookie: OwnCookie, clock: () => number): Places {
  const newDevices = new Map<string, NewDevice>();
  const places = new WeakMap<Request, Place>();
  const originOf = createOrigins();

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
    const origin = originOf(deviceId, req.ip, req.headers["user-agent"]);
    return { origin, newCookie: known === null ? cookie.write(deviceId) : null };
  }

  return {
    of(req, identity) {
      const place = places.get(req) ?? find(req, identity);
      if (place.newCookie !== null) places.set(req, place);
      return place;
    },
  };
}
