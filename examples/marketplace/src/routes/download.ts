import type { Database, DownloadColumn, DownloadOptions, Garim } from "@garim/express";
import type { Express, Request } from "express";
import { countLines, type DownloadFilter, streamLines } from "../downloads.ts";
import { membersOf, readFilter } from "../input.ts";
import type { OrderLine } from "../line.ts";
import { accountOf } from "../log-in.ts";
import { orderLine } from "../protection.ts";
import { RequestError } from "../request-error.ts";

const COLUMNS: Readonly<Record<string, DownloadColumn>> = {
  orderNo: { ko: "주문번호", en: "Order number", width: 18 },
  lineNo: { ko: "순번", en: "Line", type: "number" },
  product: { ko: "상품", en: "Product", width: 30 },
  option: { ko: "옵션", en: "Option" },
  quantity: { ko: "수량", en: "Quantity", type: "number" },
  amount: { ko: "금액", en: "Amount", type: "amount" },
  state: { ko: "상태", en: "State" },
  engraving: { ko: "각인 문구", en: "Engraving" },
  orderedAt: { ko: "주문일시", en: "Ordered", type: "date" },
  paidAt: { ko: "결제일시", en: "Paid", type: "date" },
  preparedAt: { ko: "상품준비일시", en: "Prepared", type: "date" },
  shippedAt: { ko: "발송일시", en: "Shipped", type: "date" },
  deliveredAt: { ko: "배송완료일시", en: "Delivered", type: "date" },
  confirmedAt: { ko: "구매확정일시", en: "Confirmed", type: "date" },
  cancelledAt: { ko: "취소완료일시", en: "Cancelled", type: "date" },
  returnedAt: { ko: "반품완료일시", en: "Returned", type: "date" },
  "buyer.id": { ko: "구매자 아이디", en: "Buyer's id" },
  "buyer.name": { ko: "구매자", en: "Buyer" },
  "buyer.phone": { ko: "구매자 전화", en: "Buyer's phone", width: 16 },
  "buyer.email": { ko: "이메일", en: "E-mail", width: 24 },
  "recipient.name": { ko: "수취인", en: "Recipient" },
  "recipient.company": { ko: "회사", en: "Company" },
  "recipient.phone": { ko: "수취인 전화", en: "Recipient's phone", width: 16 },
  "recipient.postcode": { ko: "우편번호", en: "Postcode" },
  "recipient.address": { ko: "주소", en: "Address", width: 50 },
  "recipient.customsCode": { ko: "개인통관고유부호", en: "Customs code" },
  memo: { ko: "배송 메모", en: "Delivery memo", width: 30 },
};

const RECIPIENT = ["recipient.name", "recipient.phone", "recipient.postcode", "recipient.address"] as const;

/** What files are for, and what each needs at least. */
const PURPOSES: NonNullable<DownloadOptions["purposes"]> = {
  shipping: {
    ko: "발송(송장 출력)",
    en: "Shipping (labels)",
    fields: ["orderNo", "product", "option", "quantity", ...RECIPIENT, "memo"],
    to: { kind: "courier" },
  },
  customs: {
    ko: "해외 통관",
    en: "Customs clearance",
    fields: ["orderNo", "product", "quantity", "amount", ...RECIPIENT, "recipient.customsCode"],
    to: { kind: "courier", isOverseas: true },
  },
  service: {
    ko: "고객 상담",
    en: "Customer service",
    fields: ["orderNo", "product", "state", "buyer.name", "buyer.phone"],
  },
};

/** Files of a seller's orders. Nothing here masks, counts or encrypts: Garim does. */
export function addDownloadRoutes(app: Express, garim: Garim, database: Database): void {
  const guard = garim.download<OrderLine>(orderLine, {
    purposes: PURPOSES,
    columns: COLUMNS,
    count: (req) => countLines(database, filterOf(req)),
    fileName: "주문",
  });
  app.post("/exports", guard, (req, res) => res.rows(streamLines(database, filterOf(req))));
  app.use("/exports", garim.downloads());
}

function filterOf(req: Request): DownloadFilter {
  const seller = accountOf(req)?.seller ?? null;
  if (seller === null) throw new RequestError(403, "For staff of sellers only");
  const { state, orderNo } = readFilter(membersOf(membersOf(req.body)["filter"]));
  return { seller, state, orderNo };
}
