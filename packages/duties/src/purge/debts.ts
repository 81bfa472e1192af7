import { askRowAgain, type DutyDatabase } from "../store/database.ts";
import { OWE } from "./purge-sql.ts";

/** What a tool read of an order, and when it must be gone. */
export type Debt = readonly [
  toolId: string,
  sellerId: string,
  orderId: string,
  purgeBy: number,
  readAt: number,
  isClear: boolean,
];

interface Waiting {
  readonly debts: readonly Debt[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Orders of one statement, if one answer does not have more. */
const MOST_AT_ONCE = 5_000;

/**
 * Writes debts, one statement at a time: what comes meanwhile is written together by the next, each order once. So tools that read much
 * cost a statement for many answers, and nobody waits for a clock.
 */
export function createDebts(database: DutyDatabase): (debts: readonly Debt[]) => Promise<void> {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write(some: readonly Waiting[]): Promise<void> {
    try {
      const debts = joinDebts(some.flatMap((one) => one.debts));
      await askRowAgain(database, OWE, [JSON.stringify(debts)]);
      for (const { resolve } of some) resolve();
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const some = takeSome(waiting);
      waiting = waiting.slice(some.length);
      await write(some);
    }
    isWriting = false;
  }

  return (debts) =>
    new Promise((resolve, reject) => {
      waiting.push({ debts, resolve, reject });
      if (!isWriting) void writeAll();
    });
}

/** Whole answers, one at least. */
function takeSome(waiting: readonly Waiting[]): readonly Waiting[] {
  let size = 0;
  const over = waiting.findIndex(({ debts }) => {
    size += debts.length;
    return size > MOST_AT_ONCE;
  });
  return over === -1 ? waiting : waiting.slice(0, Math.max(1, over));
}

/** Each order once, as the later reading has it; it was shown clear where one of them showed it so. */
function joinDebts(debts: readonly Debt[]): readonly Debt[] {
  const joined = new Map<string, Debt>();
  for (const debt of debts) {
    const name = JSON.stringify(debt.slice(0, 3));
    const known = joined.get(name);
    joined.set(name, known === undefined ? debt : joinTwo(known, debt));
  }
  return [...joined.values()];
}

function joinTwo(one: Debt, other: Debt): Debt {
  const [, , , , oneAt, isOneClear] = one;
  const [, , , , otherAt, isOtherClear] = other;
  if (isOneClear !== isOtherClear) {
    const [clear, masked] = isOneClear ? [one, other] : [other, one];
    const [toolId, sellerId, orderId, purgeBy, readAt] = clear;
    return [toolId, sellerId, orderId, Math.min(purgeBy, masked[3]), readAt, true];
  }
  return otherAt >= oneAt ? other : one;
}
