// The keys of an article, wherever the focus is: one table, from which the help is drawn too.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Name of the command -> how it is told: `alt` with a key, or `control`. */
const KEYS = {
  next: { alt: "ArrowDown" },
  previous: { alt: "ArrowUp" },
  confirm: { control: "Enter" },
  finding: { alt: "KeyN" },
  alternative: { alt: /^Digit([1-9])$/ },
  complete: { alt: "KeyA" },
  copy: { alt: "KeyC" },
  back: { alt: "KeyZ" },
  again: { alt: "KeyR" },
  join: { alt: "KeyJ" },
  part: { alt: "KeyE" },
  inspector: { alt: "KeyI" },
  find: { alt: "KeyF" },
  concordance: { alt: "KeyK" },
  term: { alt: "KeyT" },
  undo: { control: "KeyZ" },
  redo: { control: ["KeyY", "shift+KeyZ"] },
};
// Fields with an undo of their own, which is not the editor's.
const OWN_UNDO = "#french, .comments textarea, .find input, .lookup input";

/**
 * A key by its letter, wherever the keyboard has it (AZERTY); by its place where it gives none of
 * these letters (a Mac with Alt, Cyrillic), as the digits, which AZERTY has with Shift.
 */
function named({ key, code }) {
  if (key === "Enter") return "Enter";
  return /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : code;
}

/** The command of a key and what it is given (the number of an alternative), or null. */
export function command(event) {
  const alt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const code = (event.shiftKey ? "shift+" : "") + named(event);
  for (const [name, key] of Object.entries(KEYS)) {
    if (alt && key.alt instanceof RegExp) {
      const found = key.alt.exec(event.code);
      if (found) return [name, Number(found[1])];
    }
    if (alt && key.alt === code) return [name];
    if (!control || ![key.control].flat().includes(code)) continue;
    const own = (name === "undo" || name === "redo") && event.target.matches(OWN_UNDO);
    return own ? null : [name];
  }
  return null;
}

/** The list of all keys with what they do. */
export const help = () =>
  el(
    "dl",
    {},
    ...Object.keys(KEYS).flatMap((name) => [
      el("dt", {}, el("kbd", {}, t(`keys.${name}`))),
      el("dd", {}, t(`keys.${name}.does`)),
    ]),
  );
