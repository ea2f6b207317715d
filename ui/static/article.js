// The second view: one article, its rows while they come in, the translator's work, the result.

import { Concordance } from "./concordance.js";
import { el } from "./dom.js";
import { Find } from "./find.js";
import { Inspector } from "./inspector.js";
import * as keys from "./keys.js";
import { Live } from "./live.js";
import { Queue } from "./queue.js";
import { readingView } from "./reading.js";
import { Rows } from "./rows.js";
import { Saver } from "./saver.js";
import { said } from "./refusals.js";
import * as server from "./server.js";
import { TermsPanel } from "./terms.js";
import { Undo } from "./undo.js";
import { number, t, told } from "./words.js";

const FILTERS = ["all", "look", "edited", "commented"];
const DOWNLOADS = ["txt", "md", "html", "docx", "side-html", "side-docx", "tmx", "json"];

export class Article {
  constructor(job) {
    this.job = job;
    this.mode = "rows";
    this.saver = new Saver(job.id, {
      saved: (row) => this.shown(row),
      said: (state, why) => this.saySaved(state, why),
      conflict: (row, english) => this.dispute(row, english),
      gone: () => this.gone(),
      version: (position) => this.rows.row(position).version,
    });
    this.undo = new Undo({
      changed: () => this.countSteps(),
      write: (position, english) => this.put(position, english),
    });
    this.rowHooks = {
      typed: (position, text, before, how) => this.wrote(position, text, before, "edit", how),
      entered: (position) => this.entered(position),
      undo: () => this.step("undo"),
      redo: () => this.step("redo"),
    };
    this.rows = new Rows(job, this.rowHooks);
    this.inspector = new Inspector(job.id, {
      pick: (position, text, made) => {
        this.write(position, text, made);
        this.rows.focus(position);
      },
      text: (position) => this.rows.text(position),
      confirm: (position) => this.confirm(position),
      copy: (position) => this.copyFrench(position),
      undo: (position) => this.takeBack(position),
      again: (position, french) => this.again(position, french),
      restore: (position, version) => this.restore(position, version),
      same: (position) => this.rows.same(position),
      spread: (position) => this.spread(position),
      join: (position) => this.join(position),
      part: (position, french) => this.part(position, french),
      turn: (position, kind) => this.turn(position, kind),
      comments: (position) => this.rows.views[position].comments,
      commented: (position, count) => this.commented(position, count),
    });
    this.commands = new Queue();
    this.concordance = new Concordance({ closed: () => this.rows.focus(this.rows.active ?? 0) });
    this.terms = new TermsPanel({ changed: () => this.markTerms() });
    this.find = new Find(this.rows, (changes) => this.writeAll(changes));
    this.live = new Live(job.id, job.version, {
      changed: (found) => this.changed(found),
      gone: () => this.gone(),
    });
    for (const row of job.rows) {
      const unsaved = this.saver.unsaved(row.position);
      if (unsaved !== undefined) this.rows.show(row, unsaved);
    }
    this.build();
    this.update(job);
    document.title = `${job.title} – Depeche`;
    this.leaving = () => this.saver.leave();
    this.elsewhere = (event) => this.closeMenus(event);
    addEventListener("pagehide", this.leaving);
    addEventListener("click", this.elsewhere);
    addEventListener("keydown", this.elsewhere);
    this.pressed = (event) => this.key(event);
    addEventListener("keydown", this.pressed);
    if (job.status === "running") this.listen();
    this.markTerms();
  }

  build() {
    this.progress = el("progress", { max: "1", value: 0, "aria-label": t("progress.label") });
    this.said = el("span", { class: "said", role: "status" });
    this.saved = el("span", { class: "saved", role: "status" });
    this.title = el("h2", { lang: "fr" }, this.job.title);
    this.all = el(
      "button",
      { type: "button", onclick: () => this.confirmAll() },
      t("article.confirm-all"),
    );
    this.left = el("span", { class: "help left" });
    this.stop = el("button", { type: "button", onclick: () => this.halt() }, t("article.stop"));
    this.go = el("button", { type: "button", onclick: () => this.resume() }, t("article.resume"));
    this.filter = el(
      "select",
      { "aria-label": t("filter.label"), onchange: () => this.rows.filter(this.filter.value) },
      ...FILTERS.map((value) => el("option", { value })),
    );
    this.modes = ["rows", "reading"].map((mode) =>
      el(
        "button",
        { type: "button", "data-mode": mode, onclick: () => this.view(mode) },
        t(`view.${mode}`),
      ),
    );
    this.steps = ["undo", "redo"].map((way) =>
      el(
        "button",
        {
          type: "button",
          class: "step",
          "aria-label": t(`step.${way}`),
          title: `${t(`step.${way}`)} (${t(`keys.${way}`)})`,
          onclick: () => this.step(way),
        },
        way === "undo" ? "↶" : "↷",
      ),
    );
    this.countSteps();
    this.notes = el("p", { class: "message", role: "alert" });
    this.message = el("p", { class: "message", role: "alert" });
    this.why = el("p", { class: "message", role: "alert" });
    this.main = el(
      "div",
      { class: "main", onclick: (event) => this.touched(event) },
      this.rows.element,
      this.inspector.element,
    );
    this.element = el(
      "div",
      { class: "article" },
      el(
        "header",
        { class: "top" },
        el(
          "div",
          { class: "tools" },
          el("a", { href: "#/", class: "back" }, t("article.new")),
          el("a", { href: `#/again/${this.job.id}`, class: "back" }, t("article.again")),
          el("span", { class: "gap" }),
          this.left,
          el(
            "button",
            { type: "button", title: t("keys.find"), onclick: () => this.find.open() },
            t("find.title"),
          ),
          el(
            "button",
            { type: "button", title: t("keys.term"), onclick: () => this.openTerms() },
            t("terms.title"),
          ),
          this.all,
          ...this.steps,
        ),
        this.title,
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
        this.find.element,
        this.concordance.element,
        this.notes,
        this.message,
        this.why,
      ),
      this.main,
    );
    this.rows.filter("all");
    this.count();
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
    return el(
      "details",
      { class: "menu keys" },
      el("summary", { class: "button", "aria-label": t("keys.title") }, "⌨"),
      keys.help(),
    );
  }

  /** On a narrow page what can be done with a row comes up from below, perhaps over the row. */
  touched(event) {
    if (!event.target.closest(".inspector")) this.rows.views[this.rows.active]?.reveal();
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
    await this.tell(() => this.saver.after(() => location.assign(href)));
  }

  listen() {
    this.events?.close();
    this.events = server.events(this.job.id, this.job.version);
    this.events.onmessage = ({ data }) => {
      const { state, rows } = JSON.parse(data);
      this.changed({ state, rows });
      if (state.status === "running") return;
      this.events.close();
      if (this.mode === "reading") this.view("reading"); // now it is whole
    };
    this.events.addEventListener("gone", () => this.events.close());
  }

  /** What was written on the server; rows that are here already are left alone. */
  async changed({ state, rows }) {
    if (state.shape !== this.job.shape) {
      if (this.recutting) return; // by this window
      this.undo.forget(); // its steps are of other rows
      this.rebuild(await server.open(this.job.id));
      return;
    }
    for (const row of rows) if (row.version > this.rows.row(row.position).version) this.show(row);
    this.update(state);
  }

  /** A newer state of rows that this window changed: the others are told. */
  shown(...rows) {
    for (const row of rows) {
      this.saver.goesOn(row);
      this.show(row);
    }
    this.count();
    this.live.tell();
  }

  /** A row as another window left it. */
  changedElsewhere(row) {
    this.show(row);
    this.count();
  }

  show(row) {
    this.rows.show(row, this.saver.unsaved(row.position));
    this.inspector.refresh(row);
  }

  /** The English of a row became another: it is saved, and can be undone. */
  wrote(position, text, before, made, how = null) {
    this.inspector.completions?.replaceChildren(); // they went on from another text
    this.saver.put(position, text, made);
    this.undo.wrote(position, before, text, how);
  }

  /** Write the English of a row as a step of its own. */
  write(position, text, made) {
    const before = this.rows.put(position, text);
    if (before === null || before === text) return;
    this.wrote(position, text, before, made);
  }

  /** Write several rows as one step. */
  writeAll(changes) {
    const before = changes.map(({ position }) => ({ position, text: this.rows.text(position) }));
    const write = (texts) => {
      for (const { position, text } of texts) this.put(position, text);
    };
    write(changes);
    if (!changes.length) return;
    const [{ position }] = changes;
    this.undo.did(
      position,
      () => write(before),
      () => write(changes),
    );
  }

  /** Write the English of a row wherever its French stands again. */
  spread(position) {
    const text = this.rows.text(position);
    this.writeAll(this.rows.same(position).map((other) => ({ position: other, text })));
    this.inspector.refresh(this.rows.row(position));
    this.rows.focus(position);
  }

  /** Which words of the French are terms of the desk. */
  async markTerms() {
    try {
      this.rows.terms(await server.termsIn(this.job.id));
    } catch (error) {
      this.message.textContent = error.message;
    }
  }

  /** The terms, with what is marked on both sides as a new one. */
  openTerms() {
    const marked = getSelection();
    const inFrench = marked.anchorNode?.parentElement?.closest(".french");
    const french = inFrench ? marked.toString().replace(/\s+/g, " ").trim() : "";
    const at = this.rows.active;
    const english = at === null ? "" : this.rows.chosen(at);
    if (at !== null) this.rows.focus(at); // the dialog gives the focus back to it
    this.terms.open(french, english);
  }

  /** Confirm whatever is translated, as one step. */
  async confirmAll() {
    const open = this.rows.rows.filter((row) => row.english !== null && !row.confirmed);
    const looked = open.filter((row) => row.look).length;
    const asked = t("article.confirm-all.sure", {
      count: number(open.length),
      look: number(looked),
    });
    if (!open.length || !confirm(asked)) return;
    const positions = open.map((row) => row.position);
    const mark = async (confirmed) =>
      this.shown(...(await server.confirmAll(this.job.id, positions, confirmed)));
    await this.tell(() =>
      this.perform(
        positions[0],
        () => mark(true),
        () => mark(false),
      ),
    );
  }

  /** Write the English of a row as undo and redo do. */
  put(position, english) {
    if (this.rows.put(position, english) !== null) this.saver.put(position, english);
  }

  async step(way) {
    await this.tell(async () => {
      const position = await this.commands.run(() => this.undo[way]());
      if (position !== null) this.rows.focus(position);
    });
  }

  countSteps() {
    const [undo, redo] = this.steps;
    undo.disabled = !this.undo.past.length;
    redo.disabled = !this.undo.future.length;
  }

  /** A row was changed in another window, and another text written here: the writer chooses. */
  dispute(row, english) {
    this.rows.show(row, english);
    this.rows.views[row.position].dispute(row, (mine) => {
      if (mine) this.saver.insist(row.position);
      else {
        this.saver.drop(row.position);
        this.changedElsewhere(row);
      }
    });
  }

  /** The article was deleted, here or in another window: what was written stays on the page. */
  gone() {
    if (this.element.querySelector(".gone")) return;
    this.live.close();
    this.events?.close();
    const copy = el(
      "button",
      {
        type: "button",
        onclick: async () => {
          const texts = this.rows.views.map((view) => view.english.value);
          await this.tell(() => navigator.clipboard.writeText(texts.join("\n")));
        },
      },
      t("gone.copy"),
    );
    this.element
      .querySelector("header.top")
      .append(el("div", { class: "gone", role: "alert" }, el("p", {}, t("gone.title")), copy));
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
    this.rows.comments(state.comments);
    const show = (fault) => (this.notes.textContent = [fault, ...notes].filter(Boolean).join(" "));
    show(state.error);
    if (state.error) said(state.error).then(show);
    this.count();
  }

  /** The figures above the rows: asked for once for all that changed together. */
  count() {
    const { rows, left } = this.rows;
    this.left.textContent = t("article.left", { words: number(left) });
    this.all.disabled = rows.every((row) => row.confirmed || row.english === null);
    const counts = {
      all: rows.length,
      look: rows.filter((row) => row.look).length,
      edited: rows.filter((row) => row.edited).length,
      commented: this.rows.views.filter((view) => view.comments > 0).length,
    };
    for (const option of this.filter.options) {
      const said = t(`filter.${option.value}`, { count: number(counts[option.value]) });
      if (option.textContent !== said) option.textContent = said; // it may be open
    }
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
      if (error.row) this.changedElsewhere(error.row);
      this.message.textContent = error.message;
    }
  }

  /**
   * Have the server do something, when it has done what was asked for before. It is a step of undo
   * from the moment of its key. `at`: the row that has to be saved before; without it, all.
   */
  perform(position, forth, back, at = null) {
    const safely = (work) => () => this.saver.after(work, at);
    const step = this.undo.did(position, safely(back), safely(forth));
    return this.commands.run(async () => {
      try {
        await this.saver.after(() => forth(step), at);
      } catch (error) {
        this.undo.drop(step);
        throw error;
      }
    });
  }

  entered(position) {
    this.rows.enter(position);
    const { row, kind } = this.rows.views[position];
    this.inspector.show(row, kind);
  }

  async confirm(position, goOn = false) {
    const confirmed = goOn || !this.rows.row(position).confirmed;
    if (goOn) this.rows.focus(this.rows.find(1));
    const mark = async (confirmed) => {
      const { version } = this.rows.row(position);
      this.shown(await server.change(this.job.id, position, { confirmed, version }));
    };
    await this.tell(() =>
      this.perform(
        position,
        () => mark(confirmed),
        () => mark(!confirmed),
        position,
      ),
    );
  }

  copyFrench(position) {
    this.write(position, this.rows.row(position).french, "copied");
    this.rows.focus(position);
  }

  /** Take the edit of a row back: its draft stands again. */
  async takeBack(position) {
    await this.tell(() =>
      this.commands.run(async () => {
        const { draft } = await server.detail(this.job.id, position);
        if (draft !== null) this.write(position, draft, "draft");
      }),
    );
  }

  /** Translate a row again after its French was corrected. */
  async again(position, french) {
    await this.become(position, async () =>
      this.shown(await server.again(this.job.id, position, french)),
    );
    this.markTerms();
  }

  /** Make a row what it was once. */
  async restore(position, version) {
    await this.tell(() => this.become(position, () => this.goTo(position, version)));
    this.rows.focus(position);
  }

  /** A row becomes another on the server: undo and redo change it with what it was. */
  become(position, work) {
    let other = null; // the version of the state that it does not have
    const swap = async (first) => {
      const { version: now } = this.rows.row(position);
      await (first ? work() : this.goTo(position, other));
      other = now;
    };
    return this.perform(position, swap, () => swap(), position);
  }

  async goTo(position, version) {
    const { version: seen } = this.rows.row(position);
    this.shown(await server.restore(this.job.id, position, version, seen));
  }

  /** One row of this one and the next. */
  join(position) {
    if (position + 1 < this.rows.views.length) return this.cut({ do: "join", position });
  }

  /** Two rows of one; `french` is what comes before the cut. */
  part(position, french) {
    const { edited } = this.rows.row(position);
    const english = edited ? this.rows.before(position) || null : null;
    return this.cut({ do: "part", position, french, english });
  }

  /** The block of a row is of another kind. */
  turn(position, kind) {
    return this.cut({ do: "turn", position, kind });
  }

  /** What is marked in a row's French begins the second sentence; else its place is asked for. */
  startPart(position) {
    const { french } = this.rows.views[position];
    const marked = getSelection();
    if (!marked.isCollapsed && french.contains(marked.anchorNode)) {
      const before = document.createRange();
      before.selectNodeContents(french);
      before.setEnd(marked.getRangeAt(0).startContainer, marked.getRangeAt(0).startOffset);
      return this.part(position, before.toString());
    }
    this.inspector.startPart();
  }

  /** A row has so many comments now. */
  commented(position, count) {
    this.job.comments = { ...this.job.comments, [position]: count };
    this.rows.comments(this.job.comments);
    this.count();
    this.live.tell();
  }

  /** Cut the article anew, as one step: undoing it brings the rows back as they were. */
  async cut(order) {
    const forth = (step) => this.recut(step ? order : { do: "redo" }, step);
    await this.tell(() => this.perform(order.position, forth, () => this.recut({ do: "undo" })));
  }

  async recut(order, step) {
    this.recutting = true;
    try {
      const { first, ...job } = await server.cut(this.job.id, { ...order, shape: this.job.shape });
      const moved = this.rebuild(job, first);
      if (step) this.undo.renumber(step, moved);
    } finally {
      this.recutting = false;
    }
    this.live.tell();
  }

  /**
   * The rows anew, where there are others than before; what stays the same keeps the caret and what
   * is not saved. `first`: where to go otherwise. Returns the new positions of the same rows.
   */
  rebuild(job, first = null) {
    const { active, element: old, rows: before } = this.rows;
    const field = document.activeElement;
    const here = field === document.body || this.main.contains(field);
    const caret = old.contains(field) ? [field.selectionStart, field.selectionEnd] : null;
    const moved = moves(before, job.rows);
    this.job = { ...this.job, ...job };
    this.rows = new Rows(job, this.rowHooks);
    this.find.use(this.rows);
    this.rows.filter(old.dataset.filter);
    old.replaceWith(this.rows.element);
    this.inspector.moved(moved);
    this.saver.cut(before, this.rows.rows, moved);
    for (const row of this.rows.rows) this.rows.show(row, this.saver.unsaved(row.position));
    this.update(job);
    this.markTerms();
    if (active === null) return moved;
    const last = this.rows.views.length - 1;
    const to = moved.get(active) ?? Math.min(first ?? active, last);
    if (here) this.rows.focus(to);
    else this.entered(to);
    if (caret && moved.has(active)) this.rows.views[to].english.setSelectionRange(...caret);
    return moved;
  }

  /** Keys work wherever the focus is, but not behind a dialog. One that was closed just now may
   *  still hold the focus for a moment. */
  key(event) {
    const hidden = !this.element.checkVisibility(); // behind another tab of the page
    if (this.mode !== "rows" || hidden || event.target.closest?.("dialog[open]")) return;
    const at = this.rows.active;
    const here = at !== null;
    const tab = event.key === "Tab" && !event.shiftKey && event.target.closest?.(".row");
    if (tab && here && this.inspector.takeCompletion()) {
      event.preventDefault();
      return;
    }
    const [name, given] = keys.command(event) ?? [];
    const actions = {
      next: () => this.rows.focus(this.rows.find(1)),
      previous: () => this.rows.focus(this.rows.find(-1)),
      finding: () => this.rows.focus(this.rows.find(1, (one) => one.look)),
      confirm: () => here && this.confirm(at, true),
      alternative: () => here && this.inspector.pick(given),
      complete: () => here && this.inspector.complete(at, this.rows.before(at)),
      copy: () => here && this.copyFrench(at),
      back: () => here && this.takeBack(at),
      again: () => here && this.inspector.again(),
      join: () => here && this.join(at),
      part: () => here && this.startPart(at),
      inspector: () => here && this.inspector.enter(),
      find: () => this.find.open(),
      concordance: () => this.concordance.open(),
      term: () => this.openTerms(),
      undo: () => this.step("undo"),
      redo: () => this.step("redo"),
    };
    if (!name) return;
    event.preventDefault();
    actions[name]();
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
      try {
        const reading = await this.saver.after(() => server.reading(this.job.id));
        if (this.mode === mode)
          this.main.replaceChildren(readingView(reading, this.job, this.rows.rows));
      } catch (error) {
        if (this.mode === mode) this.view("rows");
        throw error;
      }
    });
  }

  saySaved(state, why = "") {
    this.saved.textContent = t(`saved.${state}`);
    this.saved.classList.toggle("bad", !["saving", "saved"].includes(state));
    this.why.textContent = why;
  }

  close() {
    this.live.close();
    this.events?.close();
    this.terms.element.remove();
    removeEventListener("pagehide", this.leaving);
    removeEventListener("click", this.elsewhere);
    removeEventListener("keydown", this.elsewhere);
    removeEventListener("keydown", this.pressed);
    return this.saver.flush();
  }
}

/** The rows that are the same before and behind what was cut anew: old position -> new one. */
function moves(before, after) {
  const most = Math.min(before.length, after.length);
  const same = (one, other) => before[one].french === after[other].french;
  const moved = new Map();
  let head = 0;
  for (; head < most && same(head, head); head += 1) moved.set(head, head);
  let [one, other] = [before.length - 1, after.length - 1];
  for (; one >= head && other >= head && same(one, other); one -= 1, other -= 1) moved.set(one, other);
  return moved;
}
