import { createHmac, timingSafeEqual } from "node:crypto";
import { GarimError } from "@garim/policy";

/**
 * Signed posts of events, in the form of Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` (seconds) and
 * `webhook-signature` (`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64).
 */
export interface WebhookHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

const PREFIX = "whsec_";
const LEAST_KEY_BYTES = 24;
/** How far the clocks of both sides may be apart, and how long a post is taken again. */
const TOLERANCE_SECONDS = 300;
const SIGNATURE = /^v1,([A-Za-z0-9+/]{43}=)$/;

/**
 * Signs a post.
 *
 * @param secret - `whsec_` and base64, as it was shown when it was made
 * @param now - the moment of this try, UTC milliseconds
 */
export function signWebhook(id: string, body: string, secret: string, now: number): WebhookHeaders {
  const timestamp = String(Math.floor(now / 1_000));
  const signature = `v1,${macOf(id, timestamp, body, secret).toString("base64")}`;
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
}

/**
 * Verifies a post, for who receives it. What is right may still come twice: remember `webhook-id` for as long as you act on it.
 *
 * @param headers - by lower-case name, as Node gives them
 * @param body - the bytes as text, before anything parsed them
 * @param secrets - the one in force, and the one before while it is being replaced
 * @param now - UTC milliseconds
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where a secret is none
 */
export function verifyWebhook(
  headers: Readonly<Record<string, unknown>>,
  body: string,
  secrets: readonly string[],
  now: number,
): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (typeof id !== "string" || typeof timestamp !== "string" || typeof signatures !== "string") return false;
  if (!/^\d{1,12}$/.test(timestamp) || id === "" || id.includes(".")) return false;
  if (!(Math.abs(now / 1_000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const given = signatures.split(" ", 10).flatMap((one) => SIGNATURE.exec(one)?.[1] ?? []);
  return secrets.some((secret) => {
    const mac = macOf(id, timestamp, body, secret);
    return given.some((one) => timingSafeEqual(Buffer.from(one, "base64"), mac));
  });
}

function macOf(id: string, timestamp: string, body: string, secret: string): Buffer {
  return createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest();
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "", "base64");
  if (key.length >= LEAST_KEY_BYTES) return key;
  throw new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `A webhook's secret is whsec_ and ${LEAST_KEY_BYTES} bytes or more in base64, as it was shown when it was made`,
  );
}

/** Writes a secret of so many bytes as it is shown. */
export function writeWebhookSecret(bytes: Uint8Array): string {
  return PREFIX + Buffer.from(bytes).toString("base64");
}
