import type { Line } from "./store.ts";

/** What a label cannot do without. */
const NEEDED = ["recipient.name", "recipient.phone", "recipient.address"];

/** Whether somebody can be sent something by it. What is masked is said in `_masked`: stars are never taken for a name. */
export function isClear({ _masked }: Line): boolean {
  return _masked === undefined || !NEEDED.some((field) => _masked.fields.includes(field));
}

/** Lines to be shipped. */
export function shippable(lines: readonly Line[]): readonly Line[] {
  return lines.filter((line) => isClear(line) && (line.state === "paid" || line.state === "preparing"));
}

/** Writes the shipping label of an order's line. */
export function writeLabel({ orderNo, product, option, quantity, recipient }: Line): string {
  const { name, phone, postcode, address } = recipient;
  const goods = [product, option ?? "", `× ${quantity}`].filter((text) => text !== "").join(" ");
  return [`[${orderNo}] ${goods}`, `${name} ${phone}`, `(${postcode ?? ""}) ${address}`].join("\n");
}
