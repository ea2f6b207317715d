// The second view: one article, its rows while they come in, the translator's work, the result.

import { el } from "./dom.js";
import { Inspector } from "./inspector.js";
import { readingView } from "./reading.js";
import { Rows } from "./rows.js";
import { Saver } from "./saver.js";
import * as server from "./server.js";
import { number, t, told } from "./words.js";

const DOWNLOADS = ["txt", "md", "html", "docx", "side-html", "side-docx", "tmx", "json"];

export class Article {
  constructor(job) {
    this.job = job;
    this.mode = "rows";
    this.saver = new Saver(job.id, {
      saved: (row) => this.shown(row),
      said: (state, why) => this.saySaved(state, why),
    });
    this.rows = new Rows(job, {
      typed: (position, text) => this.saver.put(position, text),
      entered: (position) => this.entered(position),
    });
    this.inspector = new Inspector(job.id, {
      pick: (position, text) => this.rows.write(position, text),
      confirm: (position) => this.confirm(position),
      copy: (position) => this.copyFrench(position),
      undo: (position) => this.undo(position),
      flush: () => this.saver.flush(),
      shown: (row) => this.shown(row, true),
    });
    for (const row of job.rows) {
      const unsaved = this.saver.unsaved(row.position);
      if (unsaved !== undefined) this.rows.show(row, unsaved);
    }
    this.build();
    this.update(job);
    document.title = `${job.title} – Depeche`;
    this.leaving = () => this.saver.flush({ keepalive: true });
    this.elsewhere = (event) => this.closeMenus(event);
    addEventListener("pagehide", this.leaving);
    addEventListener("click", this.elsewhere);
    addEventListener("keydown", this.elsewhere);
    this.element.addEventListener("keydown", (event) => this.key(event));
    if (job.status === "running") this.listen();
  }

  build() {
    this.progress = el("progress", { max: "1", value: 0, "aria-label": t("progress.label") });
    this.said = el("span", { class: "said", role: "status" });
    this.saved = el("span", { class: "saved", role: "status" });
    this.stop = el("button", { type: "button", onclick: () => this.halt() }, t("article.stop"));
    this.go = el("button", { type: "button", onclick: () => this.resume() }, t("article.resume"));
    this.filter = el("select", {
      "aria-label": t("filter.label"),
      onchange: () => this.rows.filter(this.filter.value),
    });
    this.modes = ["rows", "reading"].map((mode) =>
      el(
        "button",
        { type: "button", "data-mode": mode, onclick: () => this.view(mode) },
        t(`view.${mode}`),
      ),
    );
    this.message = el("p", { class: "message", role: "alert" });
    this.main = el("div", { class: "main" }, this.rows.element, this.inspector.element);
    this.element = el(
      "div",
      { class: "article" },
      el(
        "header",
        { class: "top" },
        el("a", { href: "#/", class: "back" }, t("article.new")),
        el("h2", { lang: "fr" }, this.job.title),
        el(
          "div",
          { class: "bar" },
          el("div", { class: "modes", role: "group", "aria-label": t("view.label") }, ...this.modes),
          this.filter,
          el("span", { class: "track" }, this.progress, this.said),
          this.stop,
          this.go,
          el("span", { class: "gap" }),
          this.saved,
          this.downloads(),
          this.help(),
        ),
        this.message,
      ),
      this.main,
    );
    this.rows.filter("all");
    this.countFilters();
    this.view("rows");
  }

  downloads() {
    const menu = el("details", { class: "menu" }, el("summary", { class: "button" }, t("download")));
    menu.append(
      el(
        "ul",
        {},
        ...[...(this.job.ending ? ["native"] : []), ...DOWNLOADS].map((format) =>
          el(
            "li",
            {},
            el(
              "a",
              {
                href: server.download(this.job.id, format),
                download: true,
                onclick: (event) => this.download(event, menu),
              },
              t(`download.${format}`, { ending: this.job.ending }),
            ),
          ),
        ),
      ),
    );
    return menu;
  }

  help() {
    const keys = ["next", "previous", "confirm", "finding", "copy", "undo", "again"];
    return el(
      "details",
      { class: "menu keys" },
      el("summary", { class: "button", "aria-label": t("keys.title") }, "⌨"),
      el(
        "dl",
        {},
        ...keys.flatMap((key) => [
          el("dt", {}, el("kbd", {}, t(`keys.${key}`))),
          el("dd", {}, t(`keys.${key}.does`)),
        ]),
      ),
    );
  }

  /** Escape, or a click that is not in it, closes a menu. */
  closeMenus(event) {
    for (const menu of this.element.querySelectorAll(".menu[open]")) {
      const inside = event.type === "click" && menu.contains(event.target);
      if (!inside && (event.type === "click" || event.key === "Escape")) menu.open = false;
    }
  }

  /** Edits go first, so that the file is what stands on the page. */
  async download(event, menu) {
    event.preventDefault();
    const { href } = event.currentTarget;
    menu.open = false;
    if (!(await this.saver.flush())) return;
    location.assign(href);
  }

  listen() {
    this.events?.close();
    this.events = server.events(this.job.id, this.job.version);
    this.events.onmessage = ({ data }) => {
      const { state, rows } = JSON.parse(data);
      for (const row of rows) this.shown(row);
      this.update(state);
      if (state.status === "running") return;
      this.events.close();
      if (this.mode === "reading") this.view("reading"); // now it is whole
    };
    this.events.addEventListener("gone", () => this.events.close());
  }

  shown(row, force = false) {
    this.rows.show(row, force ? undefined : this.saver.unsaved(row.position));
    this.inspector.refresh(row);
    this.countFilters();
  }

  update(state) {
    this.job = { ...this.job, ...state };
    const rows = this.rows.rows;
    const done = rows.filter((row) => row.english !== null).length;
    const running = state.status === "running";
    this.progress.value = rows.length ? done / rows.length : 1;
    this.progress.classList.toggle("done", !running);
    this.said.textContent = t(`progress.${state.status}`, {
      done: number(done),
      total: number(rows.length),
      seconds: number(Math.round(state.seconds * 10) / 10),
    });
    this.stop.hidden = !running;
    this.go.hidden = running || done === rows.length;
    const notes = (state.notes ?? []).map(told);
    this.message.textContent = [state.error, ...notes].filter(Boolean).join(" ");
    this.countFilters();
  }

  countFilters() {
    const rows = this.rows.rows;
    const counts = {
      all: rows.length,
      look: rows.filter((row) => row.look).length,
      edited: rows.filter((row) => row.edited).length,
    };
    const chosen = this.filter.value || "all";
    this.filter.replaceChildren(
      ...Object.entries(counts).map(([name, count]) =>
        el(
          "option",
          { value: name, selected: name === chosen },
          t(`filter.${name}`, { count: number(count) }),
        ),
      ),
    );
  }

  async halt() {
    this.stop.disabled = true;
    await this.tell(async () => this.update(await server.stop(this.job.id)));
    this.stop.disabled = false;
  }

  async resume() {
    await this.tell(async () => {
      this.update(await server.resume(this.job.id));
      this.listen();
    });
  }

  async tell(work) {
    try {
      this.message.textContent = "";
      await work();
    } catch (error) {
      this.message.textContent = error.message;
    }
  }

  entered(position) {
    this.rows.enter(position);
    const { row, kind } = this.rows.views[position];
    this.inspector.show(row, kind);
  }

  async confirm(position, goOn = false) {
    const confirmed = goOn || !this.rows.rows[position].confirmed;
    if (goOn) this.rows.focus(this.rows.find(1));
    await this.tell(async () => {
      await this.saver.flush();
      this.shown(await server.change(this.job.id, position, { confirmed }));
    });
  }

  copyFrench(position) {
    this.rows.write(position, this.rows.rows[position].french);
    this.rows.focus(position);
  }

  async undo(position) {
    await this.tell(async () => {
      await this.saver.flush();
      this.shown(await server.change(this.job.id, position, { english: null }));
    });
  }

  key(event) {
    const at = this.rows.active;
    const row = at === null ? null : this.rows.rows[at];
    const combined = event.altKey && !event.ctrlKey && !event.metaKey;
    const actions = {
      ArrowDown: () => this.rows.focus(this.rows.find(1)),
      ArrowUp: () => this.rows.focus(this.rows.find(-1)),
      KeyN: () => this.rows.focus(this.rows.find(1, (one) => one.look)),
      KeyC: () => row && this.copyFrench(at),
      KeyZ: () => row && this.undo(at),
      KeyR: () => row && this.inspector.again(),
    };
    let action = combined ? actions[event.code] : null;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && row) {
      action = () => this.confirm(at, true);
    }
    if (!action || this.mode !== "rows") return;
    event.preventDefault();
    action();
  }

  async view(mode) {
    this.mode = mode;
    for (const button of this.modes) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
    this.filter.disabled = mode !== "rows";
    if (mode === "rows") {
      this.main.replaceChildren(this.rows.element, this.inspector.element);
      return;
    }
    await this.tell(async () => {
      await this.saver.flush();
      const reading = await server.reading(this.job.id);
      this.main.replaceChildren(readingView(reading, this.job, this.rows.rows));
    });
  }

  saySaved(state, why = "") {
    this.saved.textContent = t(`saved.${state}`);
    this.saved.title = why;
    this.saved.classList.toggle("bad", state === "waiting");
  }

  close() {
    this.events?.close();
    removeEventListener("pagehide", this.leaving);
    removeEventListener("click", this.elsewhere);
    removeEventListener("keydown", this.elsewhere);
    this.saver.flush();
  }
}
