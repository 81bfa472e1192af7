import type { JSX } from "preact";
import { type AskOptions, api, type Method, Refusal } from "../kit/api.ts";
import { Dialog, openDialog } from "../kit/dialog.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { listFactors } from "./factors.ts";
import { StepUp } from "./step-up.tsx";
import { say } from "./words.ts";

/**
 * Asks one of our endpoints as {@link api} does, for a page on which somebody wrote what must not get lost: where a second factor is due it is
 * asked for on the page itself.
 *
 * @throws Refusal, also where nobody proved anything
 */
export async function apiProving<T>(
  method: Method,
  path: string,
  body: object,
  options: AskOptions = {},
): Promise<T> {
  const ask = (): Promise<T> => api<T>(method, path, body, { ...options, stays: true });
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal) || error.action === undefined) throw error;
    if (!(await askProof(error.action))) throw error;
    return await ask();
  }
}

/** @returns whether it was proved */
function askProof(action: string): Promise<boolean> {
  return openDialog<boolean>(false, (answer) => <ProofDialog action={action} answer={answer} />);
}

interface ProofDialogProps {
  readonly action: string;
  readonly answer: (isProved: boolean) => void;
}

function ProofDialog({ action, answer }: ProofDialogProps): JSX.Element {
  const [load, reload] = useLoad(() => listFactors());
  return (
    <Dialog title={say.title} onClose={() => answer(false)}>
      <Loaded of={load} retry={reload}>
        {(list) => <StepUp list={list} action={action} onProved={() => answer(true)} reload={reload} />}
      </Loaded>
    </Dialog>
  );
}
