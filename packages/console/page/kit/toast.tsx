import { type JSX, render } from "preact";

interface Toast {
  readonly text: string;
  readonly isWrong: boolean;
}

const SHOWN_MS = 8_000;

let place: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says that something was done. */
export function tell(text: string): void {
  show({ text, isWrong: false });
}

/** Says what went wrong; it stays until something else is said. */
export function complain(text: string): void {
  show({ text, isWrong: true });
}

/** Takes back what was said. */
function hush(): void {
  show(undefined);
}

function show(toast: Toast | undefined): void {
  clearTimeout(timer);
  render(toast === undefined ? null : <Bubble {...toast} />, findPlace());
  if (toast?.isWrong === false) timer = setTimeout(hush, SHOWN_MS);
}

function Bubble({ text, isWrong }: Toast): JSX.Element {
  return (
    <p class={isWrong ? "toast wrong" : "toast"} role={isWrong ? "alert" : "status"}>
      {text}
    </p>
  );
}

/** Inside an open dialog, where there is one: what stands behind it is not read. */
function findPlace(): HTMLElement {
  const home = document.querySelector<HTMLElement>("dialog[open]") ?? document.body;
  if (place === undefined || place.parentElement !== home) {
    if (place !== undefined) {
      render(null, place);
      place.remove();
    }
    place = home.appendChild(document.createElement("div"));
  }
  return place;
}
