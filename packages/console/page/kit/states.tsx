import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "./api.ts";
import { Button } from "./button.tsx";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  {
    loading: "불러오는 중입니다…",
    cancel: "취소",
    cancelled: "취소했습니다. 불러오지 않았습니다.",
    forbidden: "볼 수 없습니다",
    failed: "불러오지 못했습니다",
    retry: "다시 시도",
    source: "근거",
  },
  {
    loading: "Loading…",
    cancel: "Cancel",
    cancelled: "Cancelled; nothing was loaded.",
    forbidden: "Not allowed",
    failed: "This could not be loaded",
    retry: "Try again",
    source: "Rule",
  },
);

interface LoadingProps {
  /** For what may take long. */
  readonly onCancel?: () => void;
  /** Says nothing for the first moment: something older is shown meanwhile. */
  readonly isLate?: boolean;
}

/** Something is on its way. Whoever waits longer than a moment may stop it, where it can be stopped. */
export function Loading({ onCancel, isLate = false }: LoadingProps): JSX.Element | null {
  const isLong = useIsLong();
  if (isLate && !isLong) return null;
  return (
    <div class="state">
      <p role="status">
        <span class="spinner" aria-hidden="true" /> {say.loading}
      </p>
      {isLong && onCancel && <Button onClick={onCancel}>{say.cancel}</Button>}
    </div>
  );
}

const LONG_MS = 1_000;

/** A button that comes and goes at once is no help. */
function useIsLong(): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong;
}

/** Somebody stopped it. */
export function Cancelled({ retry }: { readonly retry?: () => void }): JSX.Element {
  return (
    <div class="state" role="status">
      <p>{say.cancelled}</p>
      {retry && <Button onClick={retry}>{say.retry}</Button>}
    </div>
  );
}

/** There is nothing, and that is all right. */
export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="state">{children}</p>;
}

interface FailedProps {
  readonly refusal: Refusal;
  readonly retry?: () => void;
}

/** It was refused (then trying again changes nothing), or went wrong. */
export function Failed({ refusal, retry }: FailedProps): JSX.Element {
  const isForbidden = refusal.status === 401 || refusal.status === 403;
  return (
    <div class="state wrong" role="alert">
      <strong>{isForbidden ? say.forbidden : say.failed}</strong>
      <p>{refusal.message}</p>
      {refusal.source && (
        <p class="soft">
          {say.source}: <code>{refusal.source}</code>
        </p>
      )}
      {retry && !isForbidden && <Button onClick={retry}>{say.retry}</Button>}
    </div>
  );
}

interface NoteProps {
  readonly kind?: "info" | "warn" | "good";
  readonly children: ComponentChildren;
}

/** A remark that belongs to what stands around it. */
export function Note({ kind = "info", children }: NoteProps): JSX.Element {
  return <div class={`note ${kind}`}>{children}</div>;
}
