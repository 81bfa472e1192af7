import type { PiiKind } from "@garim/policy";
import { maskAddress } from "./masks/address.ts";
import { maskEmail, maskUserId } from "./masks/email.ts";
import { maskName } from "./masks/name.ts";
import { maskIp } from "./masks/network.ts";
import { maskBirth, maskCard, maskRrn } from "./masks/number.ts";
import { maskPhone } from "./masks/phone.ts";
import { FULL, normalize } from "./masks/text.ts";

/** The profile of these masks. It is said with every masked record, for a masked text cannot be told from a clear one. */
export const MASK_PROFILE = "pipc";

export interface MaskOptions {
  /** The record says that the name is a company's: it stays. Only for `name`. */
  readonly corporate?: boolean;
}

type TextMask = (text: string) => string | null;

const hide: TextMask = () => FULL;
const keep: TextMask = (text) => text;

/** One mask a kind; each takes a text in normal form that is not empty. */
const MASKS: Readonly<Record<PiiKind, TextMask>> = Object.freeze({
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  userId: maskUserId,
  birth: maskBirth,
  rrn: maskRrn,
  passport: hide,
  card: maskCard,
  account: hide,
  ip: maskIp,
  customsCode: hide,
  postcode: hide,
  address: maskAddress,
  // Door codes and other people's numbers stand in memos: withheld, not masked.
  memo: () => null,
  company: keep,
});

/**
 * Masks one value by the `pipc` profile. Total: it never throws, and what it does not know becomes `***`.
 *
 * Not idempotent, and a text of stars may come out as it went in: say with every masked value that it is masked.
 *
 * @param value - a text; `null`, `undefined` and the empty text hold nothing to mask
 * @returns the masked text in NFC; `null` for `null`, `undefined` and every memo that is not empty
 * @source pipa/29 display rule of the technical-measures guide, profile `pipc`
 */
export function mask(kind: PiiKind, value: unknown, options?: MaskOptions): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") return kind === "memo" ? null : FULL;
  const text = normalize(value);
  if (text === "") return "";
  return maskOf(kind, options?.corporate === true)(text);
}

function maskOf(kind: PiiKind, isCorporate: boolean): TextMask {
  if (isCorporate && kind === "name") return keep;
  // A kind that only an untyped caller can name has no mask of its own.
  return Object.hasOwn(MASKS, kind) ? MASKS[kind] : hide;
}
