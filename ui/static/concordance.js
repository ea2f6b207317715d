// How words were translated before: a search in the desk's memories and terms.

import { el, fill } from "./dom.js";
import * as server from "./server.js";
import { t } from "./words.js";

export class Concordance {
  /** `closed()` is called when it is closed. */
  constructor({ closed }) {
    this.closed = closed;
    this.words = el("input", {
      type: "text",
      "aria-label": t("concordance.words"),
      placeholder: t("concordance.words"),
    });
    this.found = el("ol", { class: "found" });
    this.said = el("span", { class: "help", role: "status" });
    const button = (name, type, work = null) => el("button", { type, onclick: work }, t(name));
    this.form = el(
      "form",
      { class: "lookup", role: "search", onsubmit: (event) => this.search(event) },
      this.words,
      button("concordance.search", "submit"),
      this.said,
      el("span", { class: "gap" }),
      button("find.close", "button", () => this.close()),
    );
    this.element = el("div", { class: "concordance", hidden: true }, this.form, this.found);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Look for what is marked in either language, or wait for words. */
  open() {
    this.element.hidden = false;
    const chosen = marked();
    if (chosen) this.words.value = chosen;
    this.words.focus();
    this.words.select();
    if (chosen) this.search();
  }

  close() {
    this.element.hidden = true;
    this.closed();
  }

  async search(event) {
    event?.preventDefault();
    try {
      const { terms, units } = await server.concordance(this.words.value);
      fill(this.found, ...terms.map((term) => this.term(term)), ...units.map((unit) => this.unit(unit)));
      const count = terms.length + units.length;
      this.said.textContent = t(count ? "concordance.count" : "concordance.none", { count });
    } catch (error) {
      this.found.replaceChildren();
      this.said.textContent = error.message;
    }
  }

  term({ french, english }) {
    return this.pair(french, english, t("concordance.term"));
  }

  unit({ source, target, article, origin }) {
    return this.pair(source, target, article || origin);
  }

  pair(french, english, from) {
    const words = this.words.value.split(/\s+/).filter(Boolean);
    return el(
      "li",
      {},
      el("span", { lang: "fr" }, ...shown(french, words)),
      el("span", { lang: "en" }, ...shown(english, words)),
      el("span", { class: "help" }, from),
    );
  }
}

/** The words that are marked on the page or in a field, on one line. */
function marked() {
  const { activeElement: field } = document;
  const inside = field?.matches?.("textarea, input[type=text]");
  const text = inside
    ? field.value.slice(field.selectionStart, field.selectionEnd)
    : getSelection().toString();
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A text as nodes, the words that were looked for in <mark>. */
function shown(text, words) {
  const wanted = new Set(words.map(plain));
  return text
    .split(/([\p{L}\p{M}\p{N}]+)/u)
    .map((part) => (wanted.has(plain(part)) ? el("mark", {}, part) : part));
}
