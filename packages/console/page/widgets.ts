/*
 * For the host's own pages, one script tag: `<script type="module" src="/privacy/widgets.js"></script>`.
 *
 * 1. The countdown: a small clock of the session, a warning two minutes before its end, and at its end the page that says why. Where the
 *    page has an element `[data-garim-countdown]`, the clock stands there instead.
 * 2. `<garim-masked reason="purpose-ended">010-****-1234</garim-masked>`: stars that say why, by which rule, and what to do.
 */

import { startCountdown } from "./widget/countdown.ts";
import { MaskedField } from "./widget/masked-field.ts";

if (customElements.get("garim-masked") === undefined) customElements.define("garim-masked", MaskedField);
startCountdown();
