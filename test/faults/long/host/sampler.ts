import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Sample } from "./settings.ts";

const MB = 2 ** 20;

/** Tells how this process is, each time it is asked. Heap is that after a collection, where Node runs with `--expose-gc`. */
export function startSampling(): () => Sample {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return () => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const delayP99Ms = delay.percentile(99) / 1e6;
    delay.reset();
    const handles = process.getActiveResourcesInfo().length;
    return { residentMb: rss / MB, heapMb: heapUsed / MB, handles, delayP99Ms };
  };
}
