import type { ComponentChildren, JSX } from "preact";
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { Field } from "./field.tsx";
import { asked, remember } from "./host.ts";
import { wordsOf } from "./words.ts";

const say = wordsOf(
  { seller: "판매자 아이디", show: "보기", market: "비워 두면 마켓 자신의 것입니다." },
  { seller: "Seller's id", show: "Show", market: "Left empty it is the marketplace's own." },
);

interface SellerChoiceProps {
  /** Whether nobody need be named: then it is about the marketplace itself. */
  readonly isOptional?: boolean;
  /** What is shown of a seller; `null` where nobody is named. Drawn anew for each. */
  readonly children: (seller: string | null) => ComponentChildren;
}

/** People of the marketplace help any seller, one at a time. Which one stands in the address: an id of a shop, nobody's name. */
export function SellerChoice({ isOptional = false, children }: SellerChoiceProps): JSX.Element {
  const [typed, type] = useState(asked()["seller"] ?? "");
  const [seller, choose] = useState(typed);
  const send = (event: Event): void => {
    event.preventDefault();
    remember({ seller: typed.trim() });
    choose(typed.trim());
  };
  return (
    <>
      <form class="filters" onSubmit={send}>
        <Field
          label={say.seller}
          help={isOptional ? say.market : undefined}
          value={typed}
          onInput={type}
          isRequired={!isOptional}
          maxLength={256}
        />
        <button type="submit" class="main">
          {say.show}
        </button>
      </form>
      {(isOptional || seller !== "") && (
        <Fragment key={seller}>{children(seller === "" ? null : seller)}</Fragment>
      )}
    </>
  );
}

/** A path that says whose it is, where somebody is named. */
export function ofSeller(path: string, seller: string | null): string {
  if (seller === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ seller })}`;
}
