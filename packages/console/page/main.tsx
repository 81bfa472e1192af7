import { render } from "preact";
import { host } from "./kit/host.ts";
import { refusalOf } from "./kit/load.tsx";
import { Failed } from "./kit/states.tsx";
import { findPage } from "./pages.ts";
import "./style/style.css";

const place = document.getElementById("garim") ?? document.body;

/** Each page is a file of its own, asked for when it is opened. */
async function open(): Promise<void> {
  try {
    const { Page } = await findPage(host.page)();
    render(<Page />, place);
  } catch (error) {
    render(<Failed refusal={refusalOf(error)} retry={() => location.reload()} />, place);
  }
}

void open();

// What the browser kept of a page that was left is not shown again: the session may have ended meanwhile.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  place.replaceChildren();
  location.reload();
});
