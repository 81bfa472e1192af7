import type { Subject } from "@garim/express";
import type { OrderItem, SellerOrder } from "./line.ts";

const NOBODY = "b-nobody";

/** Whether a data subject is nobody's: whoever is shown it tries numbers. */
export function isCanary({ type, id }: Subject): boolean {
  return type === "buyer" && id === NOBODY;
}

/**
 * An order of a seller's that nobody placed. Running numbers begin at 1, and this one stands in no list: nobody comes by it at work.
 *
 * @param now - UTC milliseconds
 * @returns nothing where the number is another
 */
export function findCanary(orderNo: string, seller: string, now: number): SellerOrder | undefined {
  if (!/^\d{8}-0{6}$/.test(orderNo)) return undefined;
  const at = new Date(now);
  const item: OrderItem = {
    ...{
      id: `${orderNo}-1`,
      orderNo,
      lineNo: 1,
      seller,
      product: "책",
      option: null,
      quantity: 1,
      amount: 12_000,
    },
    ...{
      engraving: null,
      state: "paid",
      claims: [],
      orderedAt: at,
      paidAt: at,
      preparedAt: null,
      shippedAt: null,
    },
    ...{ deliveredAt: null, confirmedAt: null, cancelledAt: null, returnedAt: null, buyerId: NOBODY },
  };
  // Numbers and addresses that are given to nobody.
  const phone = "010-0000-0000";
  const recipient = {
    name: "문누리",
    company: null,
    phone,
    postcode: null,
    address: "서울특별시",
    customsCode: null,
  };
  const buyer = { id: NOBODY, name: "문누리", phone, email: null };
  return { orderNo, seller, buyer, recipient, memo: null, lines: [item] };
}
