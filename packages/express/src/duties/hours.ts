import type { Follower } from "@garim/auth";
import type { DutyClock } from "@garim/duties";
import { HOUR, MINUTE } from "@garim/policy";
import { describeError, type Logger } from "../logger.ts";
import type { DutiesOptions } from "./options.ts";

export interface HoursParts {
  readonly clock: DutyClock;
  readonly remind: () => Promise<number>;
  readonly follower: Follower;
  readonly options: DutiesOptions;
  readonly logger: Logger;
}

/** What is done by the clock. */
export interface Hours {
  /** Ends it; what is under way is waited for, for some seconds. */
  stop(): Promise<void>;
}

/** A process that lives for less than an hour does its part, too. */
const FIRST_MS = MINUTE;
/** The host's own functions may never come to an end. */
const LAST_MS = 5_000;

/** Does each hour what the duties ask by the clock. Every node asks; what each thing is done by one of them is the registers' to see to. */
export function startHours(parts: HoursParts): Hours {
  let underWay: Promise<void> = Promise.resolve();
  const run = (): void => {
    underWay = underWay.then(() => runHour(parts));
  };
  const timers = [setTimeout(run, FIRST_MS), setInterval(run, HOUR)];
  for (const timer of timers) timer.unref();
  return {
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await withinTime(underWay);
    },
  };
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LAST_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** One hour's work. What fails is said, keeps nothing else from being done, and is tried again the next hour. */
export async function runHour({ clock, remind, follower, options, logger }: HoursParts): Promise<void> {
  const { onReminder, onDuties, destroyOnTime = [] } = options;
  const attempt = async (failed: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await follower.ready();
      await work();
    } catch (error) {
      logger.error(describeError(error), `garim: ${failed}; it is tried again within the hour`);
    }
  };
  if (onReminder !== undefined) await attempt("nobody was told of courses", remind);
  if (destroyOnTime.length > 0)
    await attempt("what is due was not destroyed", async () => {
      for (const { recordType, failed } of await clock.destroy(destroyOnTime))
        if (failed !== undefined)
          logger.error(
            { ...describeError(failed), recordType },
            "garim: records that are due were not destroyed; it is tried again within the hour",
          );
    });
  if (onDuties !== undefined) await attempt("nobody was told of duties", () => clock.tell(onDuties));
}
