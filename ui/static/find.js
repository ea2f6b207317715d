// Find in an article, replace in its English, go to a sentence by its number.

import { el } from "./dom.js";
import { number, t } from "./words.js";

export class Find {
  /**
   * `rows` are the article's; `write(changes)` takes [{position, text}], one step of undo.
   */
  constructor(rows, write) {
    this.rows = rows;
    this.active = null; // the row of the last place
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
    this.mark();
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

  /** Mark the words in the English of all rows, as long as it is open. */
  mark() {
    const wanted = !this.element.hidden && this.words.value && this.side.value === "english";
    for (const view of this.rows.views) view.hits(wanted ? this.pattern("giu") : null);
  }

  /** The article was cut anew. */
  use(rows) {
    this.rows = rows;
    this.mark();
  }

  said() {
    this.mark();
    const found = this.words.value ? this.positions().length : 0;
    this.count.textContent = this.words.value ? t("find.found", { count: number(found) }) : "";
  }

  /**
   * To the next place in the English, the next sentence in the French. The focus stays here, so that
   * Enter goes on and does not write over what was found; Escape goes to it.
   */
  next() {
    this.said();
    const [position, start] = this.following() ?? [];
    if (position === undefined) return;
    this.rows.go(position);
    if (this.side.value !== "english") return;
    const { english } = this.rows.views[position];
    english.setSelectionRange(start, start + this.words.value.length);
  }

  /** [row, place in its text] of what comes next; null where nothing does. */
  following() {
    const { active } = this.rows;
    const place = (position, from = 0) => {
      const found = [...this.text(position).matchAll(this.pattern("giu"))];
      return found.find(({ index }) => index >= from)?.index;
    };
    if (active !== null && this.side.value === "english" && this.has(active)) {
      const { english } = this.rows.views[active];
      const here = place(active, this.active === active ? english.selectionEnd : 0);
      this.active = active;
      if (here !== undefined) return [active, here];
    }
    const position = this.rows.find(1, (row) => this.has(row.position));
    this.active = position;
    return position === null ? null : [position, place(position)];
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
    this.mark();
    this.count.textContent = t("find.replaced", { count: number(changes.length) });
  }

  go() {
    const position = Number(this.sentence.value) - 1;
    if (Number.isInteger(position) && this.rows.views[position]) this.rows.focus(position);
    else this.count.textContent = t("find.none", { count: number(this.rows.views.length) });
  }
}
