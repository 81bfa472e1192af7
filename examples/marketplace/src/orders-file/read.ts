import { readFile, stat } from "node:fs/promises";
import { PlainError } from "../plain-error.ts";
import type { ClaimRow, LineRow, OrderRow, OrderRows } from "../rows.ts";
import { checkLines } from "./check.ts";
import { type Fault, faultsError } from "./fault.ts";
import type { FileLine } from "./file-line.ts";
import { formatOf, parseRecords } from "./format.ts";
import { readRecord } from "./record.ts";

/** PostgreSQL takes a JSON value of 255 MB at most, and the rows are somewhat larger than the file. */
const LARGEST_BYTES = 100 * 1024 * 1024;

/**
 * Reads somebody's own orders. Everything is checked before anything is loaded.
 *
 * @throws PlainError where the file cannot be read, or naming what is wrong: line, field and reason, twenty at most
 */
export async function readOrdersFile(path: string): Promise<OrderRows> {
  return parseOrders(path, decode(path, await readBytes(path)));
}

/** As {@link readOrdersFile}, for the text of a file; `path` tells the format and is named in faults. */
export function parseOrders(path: string, text: string): OrderRows {
  const read = parseRecords(formatOf(path, text), text).map((record) =>
    "members" in record ? readRecord(record) : [record],
  );
  const lines = read.filter((line): line is FileLine => !Array.isArray(line));
  const faults = [
    ...read.filter((line): line is readonly Fault[] => Array.isArray(line)).flat(),
    ...checkLines(lines),
  ];
  if (read.length === 0) faults.push({ line: null, field: null, reason: "there is no order in this file" });
  if (faults.length > 0) throw faultsError(path, faults);
  return toRows(lines);
}

async function readBytes(path: string): Promise<Uint8Array> {
  const size = await stat(path).then((file) => file.size, cannotRead(path));
  if (size > LARGEST_BYTES)
    throw new PlainError(`${path} is larger than ${LARGEST_BYTES} bytes; load it in parts`);
  return await readFile(path).catch(cannotRead(path));
}

function cannotRead(path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw new PlainError(`The orders file ${path} cannot be read (${error.code ?? error.message})`);
  };
}

/** Spreadsheets in Korea often save CP949, which read as UTF-8 would load broken names without a word. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PlainError(`${path} is not UTF-8; save it as "CSV UTF-8"`);
  }
}

function toRows(lines: readonly FileLine[]): OrderRows {
  const orders = new Map(lines.map((line) => [line.orderNo, line]));
  const buyers = new Map(lines.map((line) => [line.buyer, line]));
  return {
    sellers: [...new Set(lines.map((line) => line.seller))].map((id) => ({ id, name: id })),
    buyers: [...buyers.values()].map((line) => ({
      id: line.buyer,
      name: line.buyerName,
      phone: line.buyerPhone,
      email: line.buyerEmail,
    })),
    orders: [...orders.values()].map(toOrder),
    order_lines: lines.map(toLine),
    claims: lines.flatMap(toClaims),
  };
}

function toOrder(line: FileLine): OrderRow {
  return {
    order_no: line.orderNo,
    buyer_id: line.buyer,
    ordered_at: line.orderedAt,
    paid_at: line.paidAt,
    recipient_name: line.recipientName,
    recipient_company: line.recipientCompany,
    recipient_phone: line.recipientPhone,
    postcode: line.postcode,
    address: line.address,
    customs_code: line.customsCode,
    memo: line.memo,
  };
}

function toLine(line: FileLine): LineRow {
  return {
    id: idOf(line),
    order_no: line.orderNo,
    line_no: line.lineNo,
    seller_id: line.seller,
    product: line.product,
    option: line.option,
    quantity: line.quantity,
    amount: line.amount,
    engraving: line.engraving,
    prepared_at: line.preparedAt,
    shipped_at: line.shippedAt,
    delivered_at: line.deliveredAt,
    confirmed_at: line.confirmedAt,
    cancelled_at: line.cancelledAt,
    returned_at: line.returnedAt,
  };
}

function toClaims(line: FileLine): readonly ClaimRow[] {
  const { claimType, claimReason, claimOpenedBy, claimOpenedAt } = line;
  if (claimType === null || claimReason === null || claimOpenedBy === null || claimOpenedAt === null)
    return [];
  return [
    {
      id: `${idOf(line)}-claim`,
      line_id: idOf(line),
      type: claimType,
      reason: claimReason,
      opened_by: claimOpenedBy,
      opened_at: claimOpenedAt,
      closed_at: line.claimClosedAt,
    },
  ];
}

function idOf({ orderNo, lineNo }: FileLine): string {
  return `${orderNo}-${lineNo}`;
}
