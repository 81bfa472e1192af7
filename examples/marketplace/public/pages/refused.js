import { make } from "../dom.js";
import { openPage } from "../frame.js";
import { reasonWord, word } from "../words.js";

const { content } = await openPage("refused");
const why = make("p.why", { role: "status" }, reasonWord() ?? word("refused"));
const home = make("a.button.main", { href: "/" }, word("market"));
content.append(make("div.card", {}, why, make("div.row", {}, home)));
