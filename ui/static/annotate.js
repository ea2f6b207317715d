// Marking errors in the desk: which segments, and then the script that its page shares.

import { el, fill, memory } from "./dom.js";
import { pack } from "./files.js";
import * as server from "./server.js";
import { language, t } from "./words.js";

const FILES = ["hypothesis", "source", "reference"];

/** What stands between ` in a text, as code. */
const withCode = (text) =>
  text.split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));

export class Annotate extends HTMLElement {
  connectedCallback() {
    this.classList.add("desk", "annotate");
    this.form();
  }

  disconnectedCallback() {
    this.annotator?.close();
  }

  /** What is to be marked: the files of systems, or an article of this browser. */
  form() {
    this.annotator?.close();
    this.annotator = null;
    const field = (name, input) =>
      el("p", {}, el("label", { for: input.id }, t(`annotate.${name}`)), input);
    this.inputs = Object.fromEntries(
      FILES.map((role) => [
        role,
        el("input", { type: "file", id: `mark-${role}`, multiple: role === "hypothesis" }),
      ]),
    );
    this.articles = el("select", { id: "mark-article" }, el("option", { value: "" }, "—"));
    this.articles.addEventListener("focus", () => this.listArticles(), { once: true });
    this.rater = el("input", { id: "mark-rater", value: memory.get("rater", ""), maxlength: 80 });
    this.sample = el("input", { id: "mark-sample", type: "number", min: 0, value: 0 });
    this.message = el("p", { class: "message", role: "alert" });
    this.listArticles();
    fill(
      this,
      el("p", { class: "help" }, ...withCode(t("annotate.help"))),
      el(
        "form",
        { class: "files", onsubmit: (event) => this.start(event) },
        ...FILES.map((role) => field(role, this.inputs[role])),
        field("article", this.articles),
        field("rater", this.rater),
        field("sample", this.sample),
        el("button", { type: "submit", class: "primary" }, t("annotate.start")),
        this.message,
      ),
    );
  }

  async listArticles() {
    try {
      const jobs = await server.recent();
      fill(
        this.articles,
        el("option", { value: "" }, "—"),
        ...jobs.map(({ id, title }) => el("option", { value: id }, title)),
      );
    } catch (error) {
      this.message.textContent = error.message;
    }
  }

  async start(event) {
    event.preventDefault();
    this.message.textContent = "";
    try {
      const rater = this.rater.value.trim();
      memory.set("rater", rater);
      const asked = { rater: rater || "rater1", sample: Number(this.sample.value), language };
      if (this.articles.value) asked.article = this.articles.value;
      else asked.files = await this.packed();
      this.mark(await server.annotation(asked));
    } catch (error) {
      this.message.textContent = error.message;
    }
  }

  async packed() {
    const { hypothesis, source, reference } = this.inputs;
    const files = { source: source.files[0], reference: reference.files[0] };
    [...hypothesis.files].forEach((file, at) => (files[`hypothesis${at}`] = file));
    const roles = Object.keys(files);
    const packed = await Promise.all(roles.map((role) => pack(files[role])));
    return JSON.stringify(Object.fromEntries(roles.map((role, at) => [role, packed[at]])));
  }

  async mark(page) {
    const { Annotator } = await import(server.address("annotate.js"));
    const sheet = el("div", { class: "sheet" });
    const back = el(
      "button",
      { type: "button", class: "quiet", onclick: () => this.form() },
      t("annotate.others"),
    );
    fill(this, back, sheet);
    this.annotator = new Annotator(sheet, page);
    document.activeElement?.blur();
  }
}
