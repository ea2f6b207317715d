// What can be done with the active sentence: its findings, the beam's alternatives, the French.

import { marked } from "./differences.js";
import { el, fill, memory } from "./dom.js";
import { kept } from "./rows.js";
import * as server from "./server.js";
import { moment, t, told } from "./words.js";

/** What a block of an article can be. */
const KINDS = [
  ...["title", "byline", "heading", "paragraph", "list_item", "caption", "cell", "entry"],
  ...["verse", "dialogue", "furniture"],
];

export class Inspector {
  /**
   * `hooks`: text(position), pick(position, text, made), confirm(position), copy(position),
   * undo(position), again(position, french), restore(position, version), same(position),
   * spread(position), join(position), part(position, french), turn(position, kind),
   * comments(position), how many; commented(position, count).
   */
  constructor(id, hooks) {
    this.id = id;
    this.hooks = hooks;
    this.position = null;
    this.key = `begun.${id}`;
    this.begun = memory.get(this.key, {}); // position -> {french, comment}: written, not sent
    this.element = el("aside", { class: "inspector", "aria-label": t("inspector.title") });
    this.empty();
  }

  empty() {
    this.position = this.shapes = null;
    this.element.replaceChildren(el("p", { class: "help" }, t("inspector.empty")));
  }

  /** What was begun in a field, of which nobody else knows yet; an empty one is forgotten. */
  keep(position, field, text) {
    this.begun[position] = { ...this.begun[position], [field]: text || undefined };
    this.remember();
  }

  remember() {
    const kept = Object.entries(this.begun).filter(([, one]) => one.french || one.comment);
    this.begun = Object.fromEntries(kept);
    if (kept.length) memory.set(this.key, this.begun);
    else memory.remove(this.key);
  }

  /** Rows have other numbers: what was begun goes along; what has no row any more stays where it is. */
  moved(moved) {
    const begun = Object.entries(this.begun);
    this.begun = Object.fromEntries(begun.map(([at, one]) => [moved.get(Number(at)) ?? at, one]));
    this.remember();
    this.empty();
  }

  /** Show a row; its alternatives are asked for and come a moment later. */
  async show(row, kind) {
    const fresh = this.position !== row.position;
    this.position = row.position;
    this.kind = kind;
    if (fresh) this.paint(row);
    else this.head(row);
    if (!fresh && this.source.value === this.french) this.source.value = row.french;
    this.french = row.french;
    if (!fresh) this.place.value = row.french;
    if (!fresh && this.past.open) this.listHistory(row.position);
    if (row.english === null) return;
    try {
      const detail = await server.detail(this.id, row.position);
      if (this.position !== row.position) return;
      this.alternatives(detail);
      this.remembered(detail);
    } catch (error) {
      this.say(error.message);
    }
  }

  /** The row changed on the server: its marks, not what is being written. */
  refresh(row) {
    if (this.position === row.position) this.show(row, this.kind);
  }

  paint(row) {
    this.top = el("div");
    this.others = el("div", { class: "others" });
    this.matches = el("div", { class: "matches" });
    this.completions = el("div", { class: "completions" });
    this.message = el("p", { class: "message", role: "alert" });
    const { french = row.french } = this.begun[row.position] ?? {};
    const begun = () => this.source.value !== this.french && this.source.value;
    this.source = el("textarea", {
      id: "french",
      lang: "fr",
      rows: "3",
      value: french,
      oninput: () => this.keep(row.position, "french", begun()),
    });
    this.againButton = el(
      "button",
      { type: "button", onclick: () => this.again() },
      t("inspector.again"),
    );
    this.element.replaceChildren(
      this.top,
      this.completions,
      this.matches,
      this.others,
      el(
        "details",
        { open: true },
        el("summary", {}, t("inspector.french")),
        el("label", { for: "french", class: "help" }, t("inspector.french.help")),
        this.source,
        this.againButton,
      ),
      this.noted(row),
      this.shape(row),
      this.history(row),
      this.message,
    );
    this.head(row);
  }

  /** Comments on the row: those that are there, and a new one. */
  noted(row) {
    const at = row.position;
    const list = el("ol", { class: "history" });
    const text = el("textarea", {
      id: "comment",
      rows: "2",
      maxlength: 2000,
      value: this.begun[at]?.comment ?? "",
      oninput: () => this.keep(at, "comment", text.value),
    });
    const show = (found) => {
      fill(
        list,
        ...found.map((one) =>
          el(
            "li",
            {},
            el("p", { class: "help" }, [one.who, moment(one.at)].filter(Boolean).join(" · ")),
            one.text,
            " ",
            el(
              "button",
              {
                type: "button",
                class: "small",
                "aria-label": `${t("comments.remove")}: ${one.text}`,
                onclick: () => ask(server.removeComment(this.id, at, one.id)),
              },
              t("comments.remove"),
            ),
          ),
        ),
      );
      this.hooks.commented(at, found.length);
    };
    const ask = async (answer) => {
      try {
        show(await answer);
        this.say("");
        return true;
      } catch (error) {
        this.say(error.message);
        return false;
      }
    };
    const add = async () => {
      const { value } = text;
      if (!value.trim() || !(await ask(server.comment(this.id, at, value)))) return;
      if (text.value === value) text.value = ""; // nothing was written meanwhile
      this.keep(at, "comment", text.value);
    };
    const opened = (event) => event.currentTarget.open && ask(server.comments(this.id, at));
    this.notes = el(
      "details",
      { class: "comments", ontoggle: opened, open: this.hooks.comments(at) > 0 || text.value !== "" },
      el("summary", {}, t("comments.title")),
      list,
      el("label", { for: "comment", class: "help" }, t("comments.help")),
      text,
      el("button", { type: "button", onclick: add }, t("comments.add")),
    );
    return this.notes;
  }

  /** The row joined with the next or parted, its block of another kind. */
  shape(row) {
    const at = row.position;
    this.place = el("textarea", { id: "place", lang: "fr", rows: "3", value: row.french });
    this.place.addEventListener("beforeinput", (event) => event.preventDefault()); // a caret only
    this.place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.partHere(at);
    });
    const kind = el(
      "select",
      { id: "kind", onchange: () => this.hooks.turn(at, kind.value) },
      ...KINDS.map((name) =>
        el("option", { value: name, selected: name === this.kind }, t(`kind.${name}`)),
      ),
    );
    const button = (name, keys, work) =>
      el("button", { type: "button", title: keys, onclick: work }, t(name));
    this.shapes = el(
      "details",
      { class: "shape" },
      el("summary", {}, t("shape.title")),
      el("p", {}, el("label", { for: "kind" }, t("shape.kind")), " ", kind),
      button("shape.join", "Alt+J", () => this.hooks.join(at)),
      el("p", {}, el("label", { for: "place", class: "help" }, t("shape.part.help")), this.place),
      button("shape.part", "Alt+E", () => this.partHere(at)),
    );
    return this.shapes;
  }

  /** Ask where the sentence is to be parted. */
  startPart() {
    if (!this.shapes) return;
    this.shapes.open = true;
    this.place.focus();
    this.place.setSelectionRange(0, 0);
  }

  partHere(position) {
    return this.hooks.part(position, this.place.value.slice(0, this.place.selectionStart));
  }

  /** What the row was before, asked for when it is opened; each state can be had again. */
  history(row) {
    this.states = el("ol", { class: "history" });
    this.past = el(
      "details",
      { ontoggle: (event) => event.currentTarget.open && this.listHistory(row.position) },
      el("summary", {}, t("history.title")),
      this.states,
    );
    return this.past;
  }

  async listHistory(position) {
    const list = this.states;
    try {
      const states = await server.history(this.id, position);
      fill(list, ...states.map((state) => this.state(position, state)));
      if (!states.length) fill(list, el("li", { class: "help" }, t("history.none")));
    } catch (error) {
      this.say(error.message);
    }
  }

  state(position, { version, made, at, who, english }) {
    return el(
      "li",
      {},
      el("p", { class: "help" }, [t(`made.${made}`), who, moment(at)].filter(Boolean).join(" · ")),
      el(
        "button",
        {
          type: "button",
          class: "alternative",
          lang: "en",
          onclick: () => this.hooks.restore(position, version),
        },
        english,
      ),
    );
  }

  head(row) {
    const { confirm, copy, undo } = this.hooks;
    const at = row.position;
    const button = (name, work, keys, shown = true) =>
      shown
        ? el("button", { type: "button", onclick: () => work(at), title: keys }, t(name))
        : null;
    fill(
      this.top,
      el("h3", {}, t("inspector.sentence", { number: at + 1 })),
      el("p", { class: "help" }, this.facts(row)),
      row.findings.length
        ? el(
            "ul",
            { class: "findings" },
            ...row.findings.map((one) =>
              el(
                "li",
                { class: one.severity },
                el("strong", {}, `${t(`check.${one.check}`)}: `),
                told(one),
              ),
            ),
          )
        : null,
      el(
        "div",
        { class: "actions" },
        button(row.confirmed ? "inspector.unconfirm" : "inspector.confirm", confirm, "Ctrl+Enter"),
        button("inspector.copy", copy, "Alt+C"),
        button("inspector.undo", undo, "Alt+Z", row.edited),
      ),
      this.repeated(row),
    );
  }

  /** The same French stands elsewhere with other English: this one is offered for all. */
  repeated(row) {
    const count = this.hooks.same(row.position).length;
    if (!count || !(row.edited || row.confirmed)) return null;
    const spread = () => this.hooks.spread(row.position);
    return el(
      "button",
      { type: "button", class: "repeated", onclick: spread },
      t("inspector.repeated", { count }),
    );
  }

  /** What the memories have for the sentence, but what stands in its row. */
  remembered({ position, french, english, matches }) {
    const others = matches.filter((match) => match.english !== english);
    if (!others.length) {
      this.matches.replaceChildren();
      return;
    }
    const item = (match) =>
      el(
        "li",
        {},
        el(
          "p",
          { class: "help" },
          [t("inspector.match", { score: match.score }), match.origin].filter(Boolean).join(" · "),
        ),
        el("p", { class: "help", lang: "fr" }, ...marked(match.french, french)),
        el(
          "button",
          {
            type: "button",
            class: "alternative",
            lang: "en",
            onclick: () => this.hooks.pick(position, match.english, "memory"),
          },
          ...marked(match.english, english),
        ),
      );
    fill(this.matches, el("h4", {}, t("inspector.matches")), el("ol", {}, ...others.map(item)));
  }

  facts(row) {
    const facts = [t(`kind.${this.kind}`), t(`language.${row.language}`)];
    if (row.quotation) facts.push(t("mark.quotation"));
    if (row.origin === "kept") facts.push(kept(row, this.kind));
    else if (row.confidence) facts.push(t(`confidence.long.${row.confidence}`));
    if (row.origin === "pieces") facts.push(t("inspector.pieces"));
    if (row.origin === "memory") facts.push(t("inspector.memory"));
    return facts.join(" · ");
  }

  /** Take what the memory or the beam offers, by its number, from 1 on. */
  pick(wanted) {
    const places = ":is(.completions, .matches, .others)";
    this.element.querySelectorAll(`${places} .alternative`)[wanted - 1]?.click();
  }

  /** Other words for what follows `prefix` in the English of the row. */
  async complete(position, prefix) {
    this.say(t("inspector.working"));
    try {
      const before = this.hooks.text(position);
      const found = await server.complete(this.id, position, prefix);
      if (this.position !== position) return;
      const now = this.hooks.text(position);
      if (now !== before) return this.say(""); // it goes on from another text by now
      const others = found.filter((text) => text !== now);
      const pick = (text) => {
        this.completions.replaceChildren();
        this.hooks.pick(position, text, "alternative");
      };
      fill(this.completions, el("h4", {}, t("inspector.completions")), offers(others, now, pick));
      this.say(others.length ? "" : t("inspector.completions.none"));
    } catch (error) {
      this.say(error.message);
    }
  }

  /** Take the first completion; false where none is offered. */
  takeCompletion() {
    const first = this.completions?.querySelector(".alternative");
    first?.click();
    return Boolean(first);
  }

  /** Put the focus on the first thing that can be done here. */
  enter() {
    this.element.querySelector("button, textarea")?.focus();
  }

  alternatives(detail) {
    const others = detail.edited ? [detail.draft, ...detail.alternatives] : detail.alternatives;
    const now = this.hooks.text(detail.position);
    if (!others.length) {
      this.others.replaceChildren();
      return;
    }
    const pick = (text) => this.hooks.pick(detail.position, text, "alternative");
    fill(this.others, el("h4", {}, t("inspector.alternatives")), offers(others, now, pick));
  }

  async again() {
    const position = this.position;
    this.againButton.disabled = true;
    this.say(t("inspector.working"));
    try {
      await this.hooks.again(position, this.source.value);
      this.keep(position, "french", "");
      this.say("");
    } catch (error) {
      this.say(error.message);
    } finally {
      this.againButton.disabled = false;
    }
  }

  say(text) {
    if (this.message) this.message.textContent = text;
  }
}

/** Sentences to pick from; what they have that `now` has not is marked. */
const offers = (texts, now, pick) =>
  el(
    "ol",
    {},
    ...texts.map((text) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "alternative", lang: "en", onclick: () => pick(text) },
          ...marked(text, now),
        ),
      ),
    ),
  );
