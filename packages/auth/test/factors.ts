import { type Refuse, resolvePolicy } from "@garim/policy";
import type { Channel, ChannelMessage, Factors, FactorsOptions, Session, StateStore } from "../src/index.ts";
import { createFactors } from "../src/index.ts";
import { openBrowser, type PasskeyBrowser } from "./passkeys.ts";
import { codeAt, type HandClock, KEYS, raised } from "./people.ts";

export const ORIGIN = "https://seller.market.example";
const PASSKEYS = { rpId: "market.example", rpName: "Market", origins: [ORIGIN] };
const policy = resolvePolicy();

/** A phone that gets text messages. */
export interface Phone extends Channel {
  readonly inbox: ChannelMessage[];
  /** The code of the newest message. */
  code(): string;
}

export function makePhone(name = "sms"): Phone {
  const inbox: ChannelMessage[] = [];
  return {
    name,
    inbox,
    send: async (message) => void inbox.push(message),
    code: () => inbox.at(-1)?.code ?? "no message",
  };
}

export function makeFactors(
  state: StateStore,
  clock: () => number,
  more: Partial<FactorsOptions> = {},
): Factors {
  return createFactors({ state, keys: KEYS, policy, issuer: "Market", clock, passkeys: PASSKEYS, ...more });
}

/** What was asked for, or an error with the reason it was refused for. */
export function granted<T extends object>(answer: T): Exclude<T, Refuse> {
  if ("reason" in answer) throw new Error(`refused: ${String(answer.reason)}`);
  return answer as Exclude<T, Refuse>;
}

/** Enrols an authenticator app. @returns its secret */
export async function enrolApp(factors: Factors, session: Session, clock: HandClock): Promise<string> {
  const { secret } = granted(await factors.enrolTotp(session, "kim"));
  granted(await factors.confirmTotp(session, codeAt(secret, clock.now)));
  return secret;
}

/** Enrols a passkey. @returns the browser that has it */
export async function enrolKey(
  factors: Factors,
  session: Session,
  browser: PasskeyBrowser = openBrowser(ORIGIN),
): Promise<PasskeyBrowser> {
  const { options } = granted(await factors.enrolPasskey(session, "kim"));
  granted(await factors.confirmPasskey(session, browser.create(options)));
  return browser;
}

/** Enrols an app and makes recovery codes. */
export async function enrolRecovery(
  factors: Factors,
  session: Session,
  clock: HandClock,
): Promise<readonly string[]> {
  await enrolApp(factors, session, clock);
  return granted(await factors.makeRecoveryCodes(raised(session, clock.now))).codes;
}
