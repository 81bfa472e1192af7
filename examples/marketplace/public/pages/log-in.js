import { nextPage, post } from "../api.js";
import { make } from "../dom.js";
import { HOMES, openPage } from "../frame.js";
import { word } from "../words.js";

const { content, report } = await openPage("log-in");
const query = new URLSearchParams(location.search);
const user = make("input", {
  name: "user",
  autocomplete: "username",
  required: true,
  value: query.get("user") ?? "",
});
const password = make("input", {
  name: "password",
  type: "password",
  autocomplete: "current-password",
  required: true,
});

content.append(
  make(
    "form.tall.card",
    { onsubmit: send },
    make("label", {}, word("user"), user),
    make("label", {}, word("password"), password),
    make("button.main", {}, word("log-in")),
  ),
);
(user.value === "" ? user : password).focus();

function send(event) {
  event.preventDefault();
  report(async () => {
    const { kind } = await post("/login", { user: user.value, password: password.value });
    location.assign(nextPage(HOMES[kind]));
  });
}
