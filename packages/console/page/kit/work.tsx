import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { refusalOf } from "./load.tsx";
import { Progress } from "./progress.tsx";
import { complain, tell } from "./toast.tsx";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  { stopping: "멈추고 있습니다.", stopped: "취소했습니다." },
  { stopping: "It is being stopped.", stopped: "Cancelled." },
);

/** How far the work is. @param percent - of 100; left out where nobody knows */
type TellProgress = (label: string, percent?: number) => void;

/** Does the work, and stops between two steps of it, or throws, once the signal is aborted. */
type Deed = (signal: AbortSignal, told: TellProgress) => Promise<void>;

interface Work {
  /** Begins it; what it throws is told in words. @param label - what is shown of it */
  readonly begin: (label: string, deed: Deed) => Promise<void>;
  readonly progress: JSX.Element | null;
  readonly isBusy: boolean;
}

/** Long work on a page: how far it is, and a way to stop it. */
export function useWork(): Work {
  const [shown, show] = useState<{ readonly label: string; readonly percent: number | null } | undefined>();
  const controller = useRef<AbortController | undefined>(undefined);
  const begin = async (first: string, deed: Deed): Promise<void> => {
    if (controller.current !== undefined) return;
    const own = new AbortController();
    const { signal } = own;
    controller.current = own;
    show({ label: first, percent: null });
    try {
      await deed(signal, (label, percent) => signal.aborted || show({ label, percent: percent ?? null }));
    } catch (error) {
      if (signal.aborted) tell(say.stopped);
      else complain(refusalOf(error).message);
    } finally {
      controller.current = undefined;
      show(undefined);
    }
  };
  const stop = (): void => {
    controller.current?.abort();
    show({ label: say.stopping, percent: null });
  };
  if (shown === undefined) return { begin, progress: null, isBusy: false };
  const isStopping = controller.current?.signal.aborted === true;
  const progress = <Progress {...shown} {...(isStopping ? {} : { onCancel: stop })} />;
  return { begin, progress, isBusy: true };
}
