import type { LeakNotice, Sendings, Sent } from "@garim/duties";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { refusalOf } from "../kit/load.tsx";
import { Progress } from "../kit/progress.tsx";
import { complain, tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { type Leak, leakPath } from "./leak.ts";
import { say } from "./words.ts";

interface SendingProps {
  readonly leak: Leak;
  readonly notice: LeakNotice;
  readonly onSent: () => void;
}

/** Who was told by a notice, and telling the others: page by page, with a way to stop after each. */
export function Sending({ leak, notice, onSent }: SendingProps): JSX.Element {
  const { no, sent } = notice;
  const { send, progress, isBusy } = useSending(leak, no, onSent);
  const ask = async (): Promise<void> => {
    const title = `${say.notice(no)}: ${say.send}`;
    if (await askFirst({ title, text: say.sendLead(no), deed: say.send })) await send();
  };
  return (
    <>
      <p>{sent === null ? say.unsent : tallyText(sent)}</p>
      {progress}
      {leak.closed === null && !isBusy && (
        <p class="no-print">
          <Button kind={sent === null ? "main" : "plain"} onClick={ask} of={say.notice(no)}>
            {sent === null ? say.send : say.resend}
          </Button>
        </p>
      )}
    </>
  );
}

interface UsedSending {
  readonly send: () => Promise<void>;
  readonly progress: JSX.Element | null;
  readonly isBusy: boolean;
}

/** How many are told at once: few enough that stopping does not take long. */
const PAGE = 50;
const NOBODY: Sendings = { told: 0, failed: 0, unreachable: 0 };

function useSending(leak: Leak, no: number, onSent: () => void): UsedSending {
  const [tally, setTally] = useState<Sendings | undefined>(undefined);
  const [isStopping, setStopping] = useState(false);
  const stops = useRef(false);
  const stop = (): void => {
    stops.current = true;
    setStopping(true);
  };
  const send = async (): Promise<void> => {
    stops.current = false;
    setStopping(false);
    try {
      await sendAll(leakPath(leak.id, "notices", no, "sending"), setTally, () => stops.current);
    } catch (error) {
      complain(refusalOf(error).message);
    } finally {
      setTally(undefined);
      onSent();
    }
  };
  if (tally === undefined) return { send, progress: null, isBusy: false };
  const label = (isStopping ? say.stopping : say.sending)(tallyText(tally));
  const percent = percentOf(tally, leak);
  const progress = <Progress label={label} percent={percent} {...(isStopping ? {} : { onCancel: stop })} />;
  return { send, progress, isBusy: true };
}

/** Goes on page by page. Nobody is told twice: who was told by this notice is passed over by the server. */
async function sendAll(
  path: string,
  onTally: (tally: Sendings) => void,
  mustStop: () => boolean,
): Promise<void> {
  let tally = NOBODY;
  let after: string | null = null;
  do {
    onTally(tally);
    const page: Sent = await apiProving<Sent>("POST", path, {
      ...(after === null ? {} : { after }),
      limit: PAGE,
    });
    tally = add(tally, page);
    after = page.next;
  } while (after !== null && !mustStop());
  tell((after === null ? say.sent : say.stopped)(tallyText(tally)));
}

function add(one: Sendings, other: Sendings): Sendings {
  return {
    told: one.told + other.told,
    failed: one.failed + other.failed,
    unreachable: one.unreachable + other.unreachable,
  };
}

function tallyText({ told, failed, unreachable }: Sendings): string {
  return say.tally(told, failed, unreachable);
}

/** Of how many people the leak is said to concern; the list itself may be longer. */
function percentOf({ told, failed, unreachable }: Sendings, { facts }: Leak): number | null {
  if (facts.subjects === null || facts.subjects === 0) return null;
  return Math.min(99, Math.floor(((told + failed + unreachable) / facts.subjects) * 100));
}
