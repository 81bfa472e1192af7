import { hash } from "node:crypto";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { SecretKeys } from "../factor/sealed-secret.ts";
import { changeState } from "../state/change.ts";
import { type StateStore, stateUnavailable } from "../state/store.ts";
import { nameWorker, type Worker } from "../worker.ts";
import { leave, type Outcome } from "./outcome.ts";
import { type AccountRecord, decodeAccount, encodeAccount, NO_ACCOUNT } from "./record.ts";

export interface AccountsOptions {
  readonly state: StateStore;
  readonly keys: SecretKeys;
  /** Called once with what took effect. */
  readonly onChange: (worker: Worker, outcome: Outcome<unknown>) => void;
}

/** What a decision waits for, and what it decides then. */
export interface Verification<Question, Verified, T> {
  /** What is to be verified of an account as it stands, as plain data; `undefined` for nothing. */
  ask(record: AccountRecord): Question | undefined;
  verify(question: Question): Promise<Verified>;
  /** @param verified - `undefined` where nothing was asked */
  decide(record: AccountRecord, verified: Verified | undefined): Outcome<T>;
}

/** The accounts of workers. Decisions are pure and may be asked several times: only the last one holds. */
export interface Accounts {
  read(worker: Worker): Promise<AccountRecord>;
  change<T>(worker: Worker, decide: (record: AccountRecord) => Outcome<T>): Promise<T>;
  /** As {@link Accounts.change}, with something verified first that takes time; anew where the account changed meanwhile. */
  changeVerified<Q, V, T>(worker: Worker, verification: Verification<Q, V, T>): Promise<T>;
  remove(worker: Worker): Promise<void>;
}

export function createAccounts({ state, keys, onChange }: AccountsOptions): Accounts {
  function decode(worker: Worker, value: string | undefined): AccountRecord {
    return value === undefined ? NO_ACCOUNT : decodeAccount(value, nameWorker(worker), keys);
  }

  async function read(worker: Worker): Promise<AccountRecord> {
    return decode(worker, (await state.read(keyOf(worker)))?.value);
  }

  async function change<T>(worker: Worker, decide: (record: AccountRecord) => Outcome<T>): Promise<T> {
    const { outcome } = await changeState(state, keyOf(worker), (entry) => {
      const outcome = decide(decode(worker, entry?.value));
      const value = outcome.record && encodeAccount(outcome.record, nameWorker(worker), keys);
      const next = value === null ? null : { value, expiresAt: null };
      return { outcome, next, isBlank: outcome.isBlank === true };
    });
    onChange(worker, outcome);
    return outcome.answer;
  }

  async function changeVerified<Q, V, T>(worker: Worker, asked: Verification<Q, V, T>): Promise<T> {
    for (let round = 0; round < AUTH_DEFAULTS.casRounds; round++) {
      const question = asked.ask(await read(worker));
      const verified = question === undefined ? undefined : await asked.verify(question);
      const decided = await change<{ readonly answer: T } | undefined>(worker, (record) => {
        if (JSON.stringify(asked.ask(record)) !== JSON.stringify(question)) return leave(undefined);
        const outcome = asked.decide(record, verified);
        return { ...outcome, answer: { answer: outcome.answer } };
      });
      if (decided !== undefined) return decided.answer;
    }
    throw stateUnavailable(
      `One account was changed by others ${AUTH_DEFAULTS.casRounds} times in a row. Limit the parallel requests of one account.`,
    );
  }

  return {
    read,
    change,
    changeVerified,
    remove: async (worker) => void (await state.remove(keyOf(worker), null)),
  };
}

function keyOf(worker: Worker): string {
  return `v1/account/${hash("sha256", nameWorker(worker))}`;
}
