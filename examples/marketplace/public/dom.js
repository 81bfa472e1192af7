/**
 * Makes an element. Text goes in as text, never as markup: an order may hold anything.
 *
 * @param {string} name - tag, with classes as in `p.lead.soft`
 * @param {object} [members] - properties, `on…` listeners, and attributes for names with a hyphen
 * @param {...(Node | string | null | undefined | false)} children
 */
export function make(name, members = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(members)) setMember(element, key, value);
  element.append(...children.filter(isShown));
  return element;
}

/** Puts content in place of what an element held. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter(isShown));
}

function setMember(element, key, value) {
  if (value === undefined) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key.includes("-")) element.setAttribute(key, value);
  else element[key] = value;
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}
