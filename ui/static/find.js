// Find in an article, replace in its English, go to a sentence by its number.

import { el } from "./dom.js";
import { number, t } from "./words.js";

export class Find {
  /**
   * `rows` are the article's; `write(changes)` takes [{position, text}], one step of undo.
   */
  constructor(rows, write) {
    this.rows = rows;
    this.write = write;
    const field = (name, attributes = {}) =>
      el("input", { type: "text", "aria-label": t(name), placeholder: t(name), ...attributes });
    const button = (name, work) => el("button", { type: "button", onclick: work }, t(name));
    this.words = field("find.words");
    this.side = el(
      "select",
      { "aria-label": t("find.side") },
      el("option", { value: "english" }, t("rows.english")),
      el("option", { value: "french" }, t("rows.french")),
    );
    this.other = field("find.other");
    this.count = el("span", { class: "help", role: "status" });
    this.sentence = field("find.sentence", { inputmode: "numeric", size: "6" });
    this.element = el(
      "form",
      { class: "find", role: "search", hidden: true },
      this.side,
      this.words,
      button("find.next", () => this.next()),
      this.other,
      button("find.replace", () => this.replace()),
      button("find.all", () => this.replaceAll()),
      this.count,
      el("span", { class: "gap" }),
      this.sentence,
      button("find.go", () => this.go()),
      button("find.close", () => this.close()),
    );
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key !== "Enter" || event.ctrlKey || event.target.matches("button, select")) return;
      event.preventDefault();
      if (event.target === this.sentence) this.go();
      else this.next();
    });
    this.words.addEventListener("input", () => this.said());
    this.side.addEventListener("change", () => this.said());
  }

  open() {
    this.element.hidden = false;
    const chosen = getSelection().toString().trim();
    if (chosen && !chosen.includes("\n")) this.words.value = chosen;
    this.words.focus();
    this.words.select();
    this.said();
  }

  close() {
    this.element.hidden = true;
    this.rows.focus(this.rows.active ?? 0);
  }

  text(position) {
    return this.side.value === "english"
      ? this.rows.text(position)
      : this.rows.row(position).french;
  }

  /** Without regard to case, as a reader looks for words. */
  pattern(flags) {
    return new RegExp(this.words.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), flags);
  }

  has(position) {
    return this.words.value !== "" && this.pattern("iu").test(this.text(position));
  }

  positions() {
    return [...this.rows.views.keys()].filter((position) => this.has(position));
  }

  said() {
    const found = this.words.value ? this.positions().length : 0;
    this.count.textContent = this.words.value ? t("find.found", { count: number(found) }) : "";
  }

  /** To the next sentence that has the words; in the English they are marked. */
  next() {
    const position = this.rows.find(1, (row) => this.has(row.position));
    this.said();
    if (position === null) return;
    this.rows.focus(position);
    const { english } = this.rows.views[position];
    const { index } = this.pattern("iu").exec(this.text(position));
    if (this.side.value === "english") {
      english.setSelectionRange(index, index + this.words.value.length);
    }
  }

  replaced(position) {
    const { value } = this.other;
    return this.text(position).replace(this.pattern("giu"), () => value);
  }

  replace() {
    const { active } = this.rows;
    if (this.side.value !== "english") return;
    if (active !== null && this.has(active)) {
      this.write([{ position: active, text: this.replaced(active) }]);
    }
    this.next();
  }

  replaceAll() {
    if (this.side.value !== "english") return;
    const changes = this.positions().map((position) => ({
      position,
      text: this.replaced(position),
    }));
    this.write(changes);
    this.count.textContent = t("find.replaced", { count: number(changes.length) });
  }

  go() {
    const position = Number(this.sentence.value) - 1;
    if (Number.isInteger(position) && this.rows.views[position]) this.rows.focus(position);
    else this.count.textContent = t("find.none", { count: number(this.rows.views.length) });
  }
}
