import { isIP } from "node:net";
import { isPublicAddress } from "@garim/auth";
import { GarimError } from "@garim/policy";
import type { Application, Request } from "express";
import type { Logger } from "../logger.ts";

/** Headers by which proxies say for whom they ask. Anybody can send them. */
const FORWARDED: readonly string[] = ["x-forwarded-for", "x-forwarded-proto", "forwarded", "x-real-ip"];

const HOUR_MS = 3_600_000;

interface Options {
  readonly clock: () => number;
  readonly logger: Logger;
  readonly isProduction: boolean;
}

/**
 * Looks at requests that say to come through a proxy, and says what to write where the app does not name its proxies, or trusts anybody:
 * at the first such request and once an hour. Records, signals and allow-lists hold the address that Express reads.
 */
export function createProxyCheck({ clock, logger, isProduction }: Options): (req: Request) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return (req) => {
    if (!FORWARDED.some((name) => req.headers[name] !== undefined)) return;
    const wrong = judgeTrust(req);
    if (wrong === undefined || clock() < quietUntil) return;
    quietUntil = clock() + HOUR_MS;
    const { code, message } = new GarimError("ERR_GARIM_DEPLOYMENT", wrong);
    logger[isProduction ? "error" : "warn"](
      { code, help: message },
      "garim: the app's proxies are not named",
    );
  };
}

/**
 * Refuses an app that trusts whoever says to be a proxy.
 *
 * @throws GarimError `ERR_GARIM_DEPLOYMENT`
 */
export function refuseBlindTrust(app: Application): void {
  if (app.get("trust proxy") === true) throw new GarimError("ERR_GARIM_DEPLOYMENT", BLIND);
}

const BLIND =
  'app.set("trust proxy", true) lets whoever asks choose the address that is recorded and let in; name your proxies: app.set("trust proxy", ["127.0.0.1"])';

function judgeTrust({ app, socket }: Request): string | undefined {
  const trust: unknown = app.get("trust proxy");
  if (trust === true) return BLIND;
  if (trust !== undefined && trust !== false) return undefined;
  const peer = socket.remoteAddress ?? "";
  if (isInside(peer))
    return `A proxy forwards requests, and the app does not name it, so every record holds the proxy's address; write app.set("trust proxy", ["${plain(peer)}"]), and let the proxy replace what clients send under X-Forwarded-For`;
  return 'Requests come with X-Forwarded-For or its kin and no proxy is named; where a proxy of yours stands before the app, write app.set("trust proxy", ["192.0.2.7"]) with its address; where none does, nothing is to be written: the headers are made up, and not read';
}

/** A proxy in a network no stranger calls from is the operator's own, and its address nobody's personal data. */
function isInside(address: string): boolean {
  const text = plain(address);
  return text !== "" && !isPublicAddress(text);
}

/** `::ffff:127.0.0.1` as the IPv4 address it is. */
function plain(address: string): string {
  const text = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(text) === 0 ? "" : text;
}
