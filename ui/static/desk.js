// The desk's custom elements; Gradio puts them into its page.

import { Annotate } from "./annotate.js";
import { Article } from "./article.js";
import { compose } from "./compose.js";
import { el } from "./dom.js";
import { Files, Report } from "./files.js";
import * as server from "./server.js";
import { settingsPanel } from "./settings.js";
import { language, speak, t } from "./words.js";

let known = null;
const info = () => (known ??= server.info());

class Masthead extends HTMLElement {
  connectedCallback() {
    const theme = el("button", { type: "button", class: "quiet", onclick: () => this.turn() });
    this.theme = theme;
    this.replaceChildren(
      el("h1", {}, "Depeche"),
      el("p", { class: "tagline" }, t("tagline")),
      el(
        "nav",
        { "aria-label": t("masthead.label") },
        el(
          "button",
          { type: "button", class: "quiet", onclick: () => this.settings() },
          t("settings.title"),
        ),
        theme,
        el(
          "button",
          {
            type: "button",
            class: "quiet",
            lang: language === "fr" ? "en" : "fr",
            onclick: () => speak(language === "fr" ? "en" : "fr"),
          },
          language === "fr" ? "English" : "Français",
        ),
      ),
    );
    this.dress(document.documentElement.dataset.theme ?? "light");
  }

  async settings() {
    this.panel ??= settingsPanel(await info());
    if (!this.panel.element.isConnected) document.body.append(this.panel.element);
    this.panel.show();
  }

  turn() {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem("depeche.theme", theme);
    this.dress(theme);
  }

  dress(theme) {
    document.documentElement.dataset.theme = theme;
    document.body.classList.toggle("dark", theme === "dark"); // Gradio's own mark
    this.theme.textContent = t(theme === "dark" ? "theme.light" : "theme.dark");
  }
}

class DeskElement extends HTMLElement {
  connectedCallback() {
    this.classList.add("desk");
    this.route();
    this.moved = () => this.route();
    addEventListener("hashchange", this.moved);
    this.dropped = (event) => this.drop(event);
    addEventListener("dragover", this.dropped);
    addEventListener("drop", this.dropped);
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.moved);
    removeEventListener("dragover", this.dropped);
    removeEventListener("drop", this.dropped);
    this.article?.close();
  }

  /** Files dropped anywhere are articles, and never what the browser goes to. */
  drop(event) {
    if (!event.dataTransfer.types.includes("Files") || event.target.matches?.("[type=file]")) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (event.type === "drop" && files.length && this.checkVisibility()) this.take?.(files);
  }

  async route() {
    const [, view, id] = /^#\/(article|again)\/([\w-]+)$/.exec(location.hash) ?? [];
    const asked = (this.asked = (this.asked ?? 0) + 1);
    if (view === "article" && id === this.article?.job.id) return;
    const left = this.article;
    this.article = null;
    await left?.close();
    const late = () => asked !== this.asked; // the reader went elsewhere meanwhile
    try {
      if (view === "article") {
        const job = await server.open(id);
        if (!late()) this.open(job);
        return;
      }
      const found = await info();
      const previous = id ? { id, ...(await server.source(id)) } : null;
      if (!late()) this.compose(found, previous);
    } catch (error) {
      if (late()) return;
      this.replaceChildren(
        el("p", { class: "message", role: "alert" }, error.message),
        el("a", { href: "#/" }, t("article.new")),
      );
    }
  }

  /** `previous`: an article that is taken up again. */
  compose(found, previous) {
    document.title = "Depeche";
    const form = compose(found, { opened: (job) => this.open(job), previous });
    this.take = form.take;
    this.replaceChildren(form.element);
  }

  open(job) {
    this.article = new Article(job);
    this.take = null;
    this.replaceChildren(this.article.element);
    if (location.hash !== `#/article/${job.id}`) location.hash = `#/article/${job.id}`;
    this.querySelector("h2").scrollIntoView({ block: "nearest" });
  }
}

customElements.define("depeche-masthead", Masthead);
customElements.define("depeche-desk", DeskElement);
customElements.define("depeche-files", Files);
customElements.define("depeche-report", Report);
customElements.define("depeche-annotate", Annotate);
