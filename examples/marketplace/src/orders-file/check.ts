import type { Fault } from "./fault.ts";
import type { FieldName, FileLine } from "./file-line.ts";

/** What the lines of one order share, and must therefore agree on. */
const OF_ORDER: readonly FieldName[] = [
  "buyer",
  "orderedAt",
  "paidAt",
  "recipientName",
  "recipientCompany",
  "recipientPhone",
  "postcode",
  "address",
  "customsCode",
  "memo",
];

/** What the lines of one buyer share. */
const OF_BUYER: readonly FieldName[] = ["buyerName", "buyerPhone", "buyerEmail"];

/** What happens only after payment. */
const AFTER_PAYMENT: readonly FieldName[] = [
  "preparedAt",
  "shippedAt",
  "deliveredAt",
  "confirmedAt",
  "returnedAt",
];

const OF_CLAIM: readonly FieldName[] = ["claimType", "claimReason", "claimOpenedBy", "claimOpenedAt"];

/** Finds what each line could not tell by itself: what contradicts in it, or contradicts another line. */
export function checkLines(lines: readonly FileLine[]): readonly Fault[] {
  return [
    ...lines.flatMap(checkMoments),
    ...lines.flatMap(checkClaim),
    ...findDuplicates(lines),
    ...findDisagreements(lines, (line) => line.orderNo, OF_ORDER, "of the same order"),
    ...findDisagreements(lines, (line) => line.buyer, OF_BUYER, "of the same buyer"),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function checkMoments(line: FileLine): readonly Fault[] {
  const faults: Fault[] = [];
  for (const field of AFTER_PAYMENT)
    if (line[field] !== null && line.paidAt === null)
      faults.push({ line: line.line, field, reason: "needs paidAt: an unpaid line goes nowhere" });
  for (const field of ["paidAt", "cancelledAt", ...AFTER_PAYMENT] as const) {
    const at = line[field as "paidAt"];
    if (at !== null && at < line.orderedAt)
      faults.push({ line: line.line, field, reason: "is before orderedAt" });
  }
  return faults;
}

function checkClaim(line: FileLine): readonly Fault[] {
  const missing = OF_CLAIM.filter((field) => line[field] === null);
  if (missing.length === OF_CLAIM.length)
    return line.claimClosedAt === null
      ? []
      : [{ line: line.line, field: "claimClosedAt", reason: "closes a claim that is not there" }];
  if (line.claimClosedAt !== null && line.claimOpenedAt !== null && line.claimClosedAt < line.claimOpenedAt)
    return [{ line: line.line, field: "claimClosedAt", reason: "is before claimOpenedAt" }];
  return missing.map((field) => ({
    line: line.line,
    field,
    reason: `is missing: a claim needs ${OF_CLAIM.join(", ")}`,
  }));
}

function findDuplicates(lines: readonly FileLine[]): readonly Fault[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ line, orderNo, lineNo }): readonly Fault[] => {
    const key = `${orderNo}-${lineNo}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, line);
    return earlier === undefined
      ? []
      : [
          {
            line,
            field: "lineNo",
            reason: `line ${lineNo} of order ${orderNo} stands in line ${earlier} already`,
          },
        ];
  });
}

function findDisagreements(
  lines: readonly FileLine[],
  keyOf: (line: FileLine) => string,
  fields: readonly FieldName[],
  whose: string,
): readonly Fault[] {
  const firsts = new Map<string, FileLine>();
  return lines.flatMap((line) => {
    const first = firsts.get(keyOf(line));
    if (first === undefined) firsts.set(keyOf(line), line);
    const differing = first === undefined ? [] : fields.filter((field) => line[field] !== first[field]);
    return differing.map((field) => ({
      line: line.line,
      field,
      reason: `differs from line ${first?.line} ${whose}`,
    }));
  });
}
