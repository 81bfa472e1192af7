import { totpCode } from "../../fixtures/totp.ts";
import { SELLER_HEADER } from "./shop.ts";

/** Headers that carry a person's proof. */
export type Proof = Readonly<Record<string, string>>;

/** A browser says who made it, at some length. */
const AGENT =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/**
 * Logs a seller's staff member in and proves a second factor.
 *
 * @returns the headers of every later request
 * @throws Error where the server refuses a step
 */
export async function logIn(port: number, seller: number): Promise<Proof> {
  const person = { [SELLER_HEADER]: String(seller), "user-agent": AGENT };
  const enrolment = await post(port, "/privacy/factors/totp", person, {});
  const { secret } = enrolment.body as { secret: string };
  const code = totpCode(secret, Date.now());
  const cookie = enrolment.cookie;
  const confirmed = await post(port, "/privacy/factors/totp/confirmation", { ...person, cookie }, { code });
  // The session's cookie is another since the proof; the device's was set before.
  const device = cookie.split("; ").find((one) => one.includes("garim-device=")) ?? "";
  return { ...person, cookie: `${device}; ${confirmed.cookie}` };
}

/** Logs in at the app with express-session, which takes the second factor for proved. */
export async function logInToExpressSession(port: number, seller: number): Promise<Proof> {
  const person = { [SELLER_HEADER]: String(seller), "user-agent": AGENT };
  const { cookie } = await post(port, "/log-in", person, {});
  return { ...person, cookie };
}

async function post(
  port: number,
  path: string,
  headers: Proof,
  body: object,
): Promise<{ cookie: string; body: unknown }> {
  const type = { "content-type": "application/json" };
  const init = { method: "POST", headers: { ...headers, ...type }, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const cookies = response.headers.getSetCookie().map((one) => one.split(";")[0]);
  const text = await response.text();
  return { cookie: cookies.join("; "), body: text === "" ? undefined : JSON.parse(text) };
}
