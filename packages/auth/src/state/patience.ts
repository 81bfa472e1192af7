import { stateUnavailable } from "./store.ts";

/** Asks a store, and does not wait for its answer for ever. */
export type Patience = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * Bounds how long a request waits for a store.
 *
 * Clients keep what they are asked while they reconnect, some of them for ever. So once an answer stayed away, one question at
 * a time goes out until one is answered again, and all others fail at once: neither requests nor the client's queue pile up
 * behind a store that is out, and nobody has to restart anything when it is back.
 *
 * @param store - how the error names it, e.g. `"Redis"`
 * @param answerMs - an answer that has not come by then is `ERR_GARIM_STATE_UNAVAILABLE`. What was asked may still happen
 */
export function createPatience(store: string, answerMs: number): Patience {
  let isOut = false;
  let isProbing = false;

  const late = () => {
    isOut = true;
    return stateUnavailable(
      `${store} did not answer within ${answerMs} ms. Check that it runs and can be reached; nothing has to be restarted here once it does.`,
    );
  };

  return async function askPatiently<T>(ask: () => Promise<T>): Promise<T> {
    if (isOut && isProbing) throw late();
    const isProbe = isOut;
    isProbing ||= isProbe;
    try {
      const answer = await waitFor(ask(), answerMs, late);
      isOut = false;
      return answer;
    } finally {
      if (isProbe) isProbing = false;
    }
  };
}

function waitFor<T>(answer: Promise<T>, answerMs: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const giveUp = () => isSettled || reject(late());
    // Sockets are read once more before: a process that was busy itself must not call the store slow.
    const timer = setTimeout(() => setImmediate(giveUp), answerMs);
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
    };
    answer.finally(settle).then(resolve, reject);
  });
}
