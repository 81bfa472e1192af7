import type { Allow, Policy, Refuse } from "@garim/policy";
import { changeState } from "../state/change.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import {
  decodeStanding,
  dismissStanding,
  encodeStanding,
  reactivateStanding,
  reinstateStanding,
  type Standing,
  standingKey,
  useStanding,
} from "./standing.ts";

/** How workers stand, as it is stored. Nothing of it expires: whoever was dismissed stays so. */
export interface Standings {
  /** As {@link useStanding}. */
  use(worker: Worker): Promise<Allow | Refuse>;
  dismiss(worker: Worker): Promise<void>;
  reinstate(worker: Worker): Promise<void>;
  reactivate(worker: Worker): Promise<void>;
}

export function createStandings(state: StateStore, policy: Policy, clock: () => number): Standings {
  async function change(
    worker: Worker,
    decide: (standing: Standing | undefined, now: number) => Standing,
  ): Promise<void> {
    const now = clock();
    await changeState(state, standingKey(worker), (entry) => ({
      next: toNext(decide(entry && decodeStanding(entry.value), now)),
    }));
  }

  return {
    async use(worker) {
      const now = clock();
      const { answer } = await changeState(state, standingKey(worker), (entry) => {
        const use = useStanding(entry && decodeStanding(entry.value), now, policy);
        return { answer: use.answer, next: use.standing && toNext(use.standing) };
      });
      return answer;
    },
    dismiss: (worker) => change(worker, dismissStanding),
    reinstate: (worker) => change(worker, reinstateStanding),
    reactivate: (worker) => change(worker, reactivateStanding),
  };
}

function toNext(standing: Standing): { readonly value: string; readonly expiresAt: null } {
  return { value: encodeStanding(standing), expiresAt: null };
}
