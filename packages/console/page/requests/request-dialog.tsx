import type { RequestOutcome, SubjectRequest } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { Select, TextArea } from "../kit/field.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { tell } from "../kit/toast.tsx";
import { say as own } from "../my-requests/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { say } from "./words.ts";

interface RequestDialogProps {
  readonly id: string;
  readonly close: () => void;
}

/** One request with who asked and what, and its answer. */
export function RequestDialog({ id, close }: RequestDialogProps): JSX.Element {
  const path = `duties/requests/${encodeURIComponent(id)}`;
  const [load, reload] = useLoad((signal) => api<SubjectRequest>("GET", path, undefined, { signal }), [id]);
  return (
    <Dialog title={say.title} onClose={close}>
      <Loaded of={load} retry={reload}>
        {(request) => (
          <>
            <dl class="facts">
              <dt>{say.kind}</dt>
              <dd>{own.kinds[request.kind]}</dd>
              <dt>{say.buyer}</dt>
              <dd>{request.buyerId}</dd>
              <dt>{say.text}</dt>
              <dd class="text-block">{request.text}</dd>
              {request.outcome !== null && (
                <>
                  <dt>{say.outcome}</dt>
                  <dd>{own.outcomes[request.outcome]}</dd>
                  <dt>{say.answer}</dt>
                  <dd class="text-block">{request.answer}</dd>
                  <dt>{say.by}</dt>
                  <dd>{request.answeredBy !== null && doerText(request.answeredBy)}</dd>
                </>
              )}
            </dl>
            {request.outcome === null && <AnswerForm path={path} done={close} />}
          </>
        )}
      </Loaded>
      <div class="row end">
        <Button onClick={close}>{say.close}</Button>
      </div>
    </Dialog>
  );
}

const OUTCOMES: readonly RequestOutcome[] = ["done", "partly", "refused"];
const LONGEST = 4_000;

interface AnswerFormProps {
  readonly path: string;
  readonly done: () => void;
}

function AnswerForm({ path, done }: AnswerFormProps): JSX.Element {
  const [outcome, setOutcome] = useState<RequestOutcome>("done");
  const [answer, write] = useState("");
  const send = async (): Promise<void> => {
    await apiProving("POST", `${path}/answer`, { outcome, answer });
    tell(say.sent);
    done();
  };
  const options = OUTCOMES.map((value) => ({ value, text: own.outcomes[value] }));
  return (
    <div class="wide-fields">
      <Select label={say.outcome} value={outcome} options={options} onChange={setOutcome} />
      <TextArea label={say.answer} help={say.answerHelp} value={answer} onInput={write} maxLength={LONGEST} />
      <Button kind="main" onClick={send} isDisabled={answer.trim() === ""}>
        {say.send}
      </Button>
    </div>
  );
}
