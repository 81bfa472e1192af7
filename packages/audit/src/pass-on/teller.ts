import type { Access, LogEntry, LoggedAccess, Receipt } from "../access.ts";
import { draftLine, type RecordDraft, type RecordLine, recordLine } from "./record-line.ts";

/** Who wants to know of a record, once it is durable. */
export interface RecordListeners {
  /** The entry as the log holds it. */
  readonly onEntry: ((entry: Omit<LogEntry, "recordedAt">) => void) | undefined;
  /** What diagnostics may say of it. */
  readonly onRecord: ((line: RecordLine) => void) | undefined;
  readonly onAccess: ((access: Access) => void) | undefined;
}

/** A record that waits to be durable. */
interface Waiting {
  readonly id: string;
  readonly access: Access;
  readonly logged: () => LoggedAccess;
}

type Tell = (receipt: Receipt) => void;

/**
 * What is to be called once a record is durable. Until then it holds no more of the record than somebody wants to be told: each listener is
 * bound in a function of its own, for closures of one function share all they hold.
 */
export function tellerOf({ onEntry, onRecord, onAccess }: RecordListeners, waiting: Waiting): Tell {
  const tellEntry = onEntry && entryTeller(onEntry, waiting);
  const tellLine = onRecord && lineTeller(onRecord, draftLine(waiting.access));
  const tellAccess = onAccess && accessTeller(onAccess, waiting);
  return (receipt) => {
    tellEntry?.(receipt);
    tellLine?.(receipt);
    tellAccess?.();
  };
}

function entryTeller(onEntry: NonNullable<RecordListeners["onEntry"]>, { logged }: Waiting): Tell {
  return (receipt) => onEntry({ ...receipt, access: logged() });
}

function lineTeller(onRecord: (line: RecordLine) => void, draft: RecordDraft): Tell {
  const startedAt = performance.now();
  return (receipt) => onRecord(recordLine(receipt, draft, performance.now() - startedAt));
}

function accessTeller(onAccess: (access: Access) => void, { access }: Waiting): () => void {
  return () => onAccess(access);
}
