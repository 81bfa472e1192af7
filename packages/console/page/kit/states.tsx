import type { ComponentChildren, JSX } from "preact";
import type { Refusal } from "./api.ts";
import { Button } from "./button.tsx";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  {
    loading: "불러오는 중입니다…",
    forbidden: "볼 수 없습니다",
    failed: "불러오지 못했습니다",
    retry: "다시 시도",
    source: "근거",
  },
  {
    loading: "Loading…",
    forbidden: "Not allowed",
    failed: "This could not be loaded",
    retry: "Try again",
    source: "Rule",
  },
);

/** Something is on its way. */
export function Loading(): JSX.Element {
  return (
    <p class="state" role="status">
      <span class="spinner" aria-hidden="true" /> {say.loading}
    </p>
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
