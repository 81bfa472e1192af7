import { api } from "../kit/api.ts";

/** A second factor as its owner sees it. Moments are UTC milliseconds. */
export interface Factor {
  readonly id: string;
  readonly kind: "totp" | "passkey";
  readonly name: string;
  readonly addedAt: number;
  readonly usedAt: number | null;
}

/** What one can prove with: of the endpoint `factors`. */
export interface Factors {
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
  readonly channels: readonly string[];
  readonly lockedUntil: number | null;
  readonly isDisabled: boolean;
  readonly offersPasskeys: boolean;
}

/** What an authenticator app needs to know; told once. */
export interface AppSecret {
  readonly secret: string;
  readonly uri: string;
  readonly svg: string;
}

export function listFactors(): Promise<Factors> {
  return api<Factors>("GET", "factors");
}
