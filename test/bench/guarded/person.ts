import { totpCode } from "../../fixtures/totp.ts";
import { SELLER_HEADER } from "./shop.ts";

/** Headers that carry a person's proof. */
export type Proof = Readonly<Record<string, string>>;

/**
 * Logs a seller's staff member in and proves a second factor.
 *
 * @returns the headers of every later request
 * @throws Error where the server refuses a step
 */
export async function logIn(port: number, seller: number): Promise<Proof> {
  const person = { [SELLER_HEADER]: String(seller), "content-type": "application/json" };
  const enrolment = await post(port, "/privacy/totp/enrolment", person, {});
  const { secret } = enrolment.body as { secret: string };
  const code = totpCode(secret, Date.now());
  const cookie = enrolment.cookie;
  const confirmed = await post(port, "/privacy/totp/enrolment/confirmation", { ...person, cookie }, { code });
  return { [SELLER_HEADER]: String(seller), cookie: confirmed.cookie };
}

async function post(
  port: number,
  path: string,
  headers: Proof,
  body: object,
): Promise<{ cookie: string; body: unknown }> {
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const cookies = response.headers.getSetCookie().map((one) => one.split(";")[0]);
  return { cookie: cookies.join("; "), body: await response.json() };
}
