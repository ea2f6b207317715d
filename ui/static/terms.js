// The terms of the desk: seen, added, changed and removed; in and out as files.

import { el, fill } from "./dom.js";
import * as server from "./server.js";
import { number, t } from "./words.js";

const SHOWN = 200; // lines: the others are found by their words

export class TermsPanel {
  /** `changed()` is called after each change. */
  constructor({ changed }) {
    this.changed = changed;
    this.terms = [];
    this.old = "";
    const field = (name, attributes) =>
      el("input", { type: "text", id: `term-${name}`, required: true, maxlength: 200, ...attributes });
    this.french = field("french", { lang: "fr" });
    this.english = field("english", { lang: "en" });
    this.put = el("button", { class: "primary" }, t("terms.add"));
    this.words = el("input", {
      type: "search",
      "aria-label": t("terms.search"),
      placeholder: t("terms.search"),
      oninput: () => this.list(),
    });
    this.message = el("p", { class: "message", role: "status" });
    this.lines = el("ul", { class: "lines" });
    this.file = el("input", { type: "file", id: "terms-file", accept: ".tsv,.csv,.tbx,.txt" });
    this.file.addEventListener("change", () => this.import());
    const label = (input, name) => el("p", {}, el("label", { for: input.id }, t(name)), input);
    this.element = el(
      "dialog",
      { class: "panel terms", "aria-labelledby": "terms-title" },
      el("h2", { id: "terms-title" }, t("terms.title")),
      el("p", { class: "help" }, t("terms.help")),
      el(
        "form",
        { onsubmit: (event) => this.save(event) },
        label(this.french, "terms.french"),
        label(this.english, "terms.english"),
        this.put,
      ),
      this.message,
      this.words,
      this.lines,
      label(this.file, "terms.import"),
      el(
        "p",
        { class: "help" },
        t("terms.export"),
        ...["tsv", "csv", "tbx"].flatMap((form) => [
          " ",
          el("a", { href: server.termsFile(form), download: true }, form.toUpperCase()),
        ]),
      ),
      el(
        "div",
        { class: "actions" },
        el("button", { type: "button", onclick: () => this.element.close() }, t("settings.close")),
      ),
    );
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close(); // the backdrop
    });
  }

  /** Open it with what may become a term. */
  async open(french = "", english = "") {
    if (!this.element.isConnected) document.body.append(this.element);
    this.element.showModal();
    this.edit({ french, english }, "");
    this.words.value = "";
    await this.tell(async () => this.show(await server.terms()));
  }

  edit({ french, english }, old) {
    this.old = old;
    this.french.value = french;
    this.english.value = english;
    this.put.textContent = t(old ? "terms.change" : "terms.add");
    (french && !english ? this.english : this.french).focus();
  }

  async save(event) {
    event.preventDefault();
    await this.tell(async () => {
      const term = { french: this.french.value, english: this.english.value, old: this.old };
      this.show(await server.putTerm(term));
      this.edit({ french: "", english: "" }, "");
      this.changed();
    });
  }

  async remove(french) {
    await this.tell(async () => {
      this.show(await server.removeTerm(french));
      this.changed();
    });
  }

  async import() {
    const [file] = this.file.files;
    if (!file) return;
    await this.tell(async () => {
      const found = await server.importTerms(file);
      this.show(found.terms);
      this.message.textContent = t("terms.imported", {
        count: number(found.new),
        given: number(found.given),
      });
      this.changed();
    });
    this.file.value = "";
  }

  show(terms) {
    this.terms = terms;
    this.list();
  }

  list() {
    const words = this.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.terms.filter(({ french, english }) =>
      words.every((word) => `${french} ${english}`.toLowerCase().includes(word)),
    );
    fill(this.lines, ...found.slice(0, SHOWN).map((term) => this.line(term)));
    if (found.length > SHOWN)
      this.lines.append(
        el("li", { class: "help" }, t("terms.more", { count: number(found.length - SHOWN) })),
      );
    if (!found.length) this.lines.append(el("li", { class: "help" }, t("terms.none")));
  }

  line(term) {
    const { french, english } = term;
    const button = (name, work) =>
      el(
        "button",
        { type: "button", class: "small", "aria-label": `${t(name)}: ${french}`, onclick: work },
        t(name),
      );
    return el(
      "li",
      {},
      el("span", { lang: "fr" }, french),
      el("span", { lang: "en" }, english),
      button("terms.edit", () => this.edit(term, french)),
      button("terms.remove", () => this.remove(french)),
    );
  }

  async tell(work) {
    try {
      this.message.textContent = "";
      await work();
    } catch (error) {
      this.message.textContent = error.message;
    }
  }
}
