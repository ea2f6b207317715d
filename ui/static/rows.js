// The rows: French at the left, English at the right, one row a sentence, grouped by block.
// Off-screen blocks are skipped by the browser (content-visibility), so that a long document
// stays as quick as a short one.

import { el, fill } from "./dom.js";
import { countWords, t, told } from "./words.js";

/** The sentences of a finding, next to its mark; outside of the blocks, which clip what they hold. */
const tip = {
  element: el("div", { class: "tip", "aria-hidden": "true" }),

  show(mark, said) {
    const { right, top, bottom } = mark.getBoundingClientRect();
    fill(this.element, ...said.map((text) => el("p", {}, text)));
    document.body.append(this.element);
    const { style, offsetHeight } = this.element;
    const below = bottom + 4 + offsetHeight < innerHeight;
    style.top = `${below ? bottom + 4 : top - 4 - offsetHeight}px`;
    style.right = `${Math.max(8, document.documentElement.clientWidth - right)}px`;
  },

  hide() {
    this.element.remove();
  },
};

/** How something is typed on: what is pasted, dropped or put right by the browser stands alone. */
const typed = (inputType) => /^(?:insert(?=Text|Composition)|delete(?=Content))/.exec(inputType)?.[0] ?? null;

/** One row's elements and its last state; it never replaces what the translator is typing. */
class RowView {
  constructor(row, kind, hooks) {
    this.row = row;
    const number = row.position + 1;
    this.french = el("div", { class: "french", lang: row.language === "en" ? "en" : "fr" });
    this.english = el("textarea", {
      lang: "en",
      rows: "1",
      "aria-label": t("row.label", { number }),
      spellcheck: "true",
    });
    this.grow = el("div", { class: "grow" }, this.english);
    this.marks = el("div", { class: "marks" });
    this.element = el(
      "div",
      { class: "row", role: "group", "aria-label": t("row.group", { number }) },
      this.french,
      this.grow,
      this.marks,
    );
    this.kind = kind;
    this.words = 0; // of the French
    this.comments = 0;
    this.pattern = null; // what is looked for
    this.before = ""; // what the text area held before the last event
    this.english.addEventListener("beforeinput", (event) => {
      const steps = { historyUndo: "undo", historyRedo: "redo" };
      if (!(event.inputType in steps)) return;
      event.preventDefault(); // the editor's own, which knows what was done to rows as well
      hooks[steps[event.inputType]]();
    });
    this.english.addEventListener("input", ({ inputType }) => {
      this.fit();
      const { before } = this;
      this.before = this.english.value;
      hooks.typed(row.position, this.english.value, before, typed(inputType));
    });
    this.english.addEventListener("focus", () => hooks.entered(row.position));
    this.element.addEventListener("click", (event) => {
      if (event.target !== this.english && !getSelection().toString()) this.english.focus();
    });
    this.show(row);
  }

  /** The text area takes the height of its text: the grid cell holds the same text unseen. */
  fit() {
    this.grow.dataset.text = `${this.english.value}\u200b`;
    if (this.pattern) this.hits(this.pattern);
  }

  /** Scroll to the row; where it is higher than the page shows, to its English. */
  reveal() {
    this.element.scrollIntoView({ block: "nearest" });
    this.grow.scrollIntoView({ block: "nearest" });
  }

  put(english) {
    if (this.english.value !== english) this.english.value = english;
    this.before = english;
    this.fit();
  }

  /** Mark what `pattern` (global) finds in the English; null: nothing. */
  hits(pattern) {
    this.pattern = pattern;
    const { value } = this.english;
    const ends = pattern ? [...value.matchAll(pattern)].map(({ 0: words, index }) => [index, words]) : [];
    this.found?.remove();
    this.found = null;
    if (!ends.length) return;
    let last = 0;
    const nodes = ends.flatMap(([index, words]) => {
      const between = value.slice(last, index);
      last = index + words.length;
      return [between, el("mark", {}, words)];
    });
    this.found = el("div", { class: "hits", "aria-hidden": "true" }, ...nodes, value.slice(last));
    this.grow.prepend(this.found); // behind the field
  }

  /** Mark the terms of the French: stretches of it, each with its English or none. */
  terms(stretches) {
    fill(
      this.french,
      ...stretches.map(([text, english]) =>
        english ? el("span", { class: "term", title: english }, text) : text,
      ),
    );
  }

  /** The row was changed elsewhere: both are shown, `choose(mine)` is told which one stays. */
  dispute(theirs, choose) {
    const button = (name, mine) =>
      el(
        "button",
        {
          type: "button",
          onclick: () => {
            this.settle();
            choose(mine);
            this.english.focus();
          },
        },
        t(name),
      );
    this.settle();
    this.disputed = el(
      "div",
      { class: "disputed", role: "group", "aria-label": t("conflict.title") },
      el("p", {}, el("strong", {}, t("conflict.title"))),
      el("p", { lang: "en", class: "theirs" }, theirs.english),
      el("div", { class: "actions" }, button("conflict.mine", true), button("conflict.theirs", false)),
    );
    this.element.append(this.disputed);
  }

  settle() {
    this.disputed?.remove();
    this.disputed = null;
  }

  /** Show a newer state; `unsaved` is what was typed and is not stored yet. */
  show(row, unsaved) {
    this.row = row;
    if (this.french.textContent !== row.french) {
      this.french.textContent = row.french;
      this.words = countWords(row.french);
    }
    const waiting = row.english === null;
    const english = unsaved ?? row.english ?? "";
    this.english.readOnly = waiting;
    this.put(english);
    const classes = this.element.classList;
    classes.toggle("waiting", waiting);
    classes.toggle("kept", row.origin === "kept");
    classes.toggle("edited", row.edited);
    classes.toggle("confirmed", row.confirmed);
    classes.toggle("look", row.look);
    this.marks.replaceChildren(...this.marksOf(row));
  }

  /** How many comments the row has. */
  comment(count) {
    if (count === this.comments) return;
    this.comments = count;
    this.element.classList.toggle("commented", count > 0);
    this.marks.replaceChildren(...this.marksOf(this.row));
  }

  marksOf(row) {
    if (row.english === null) return [];
    const marks = [];
    if (row.confirmed) marks.push(el("span", { class: "mark good" }, t("mark.confirmed")));
    else if (row.edited) marks.push(el("span", { class: "mark" }, t("mark.edited")));
    else if (row.origin === "kept") marks.push(el("span", { class: "mark" }, kept(row, this.kind)));
    else if (row.origin === "memory") marks.push(fromMemory(row));
    else if (row.confidence)
      marks.push(el("span", { class: `mark ${row.confidence}` }, t(`confidence.${row.confidence}`)));
    const fuzzy = row.match && row.origin !== "memory" && !row.confirmed && !row.edited;
    if (fuzzy) marks.push(el("span", { class: "mark" }, t("mark.fuzzy", { score: row.match })));
    if (row.quotation) marks.push(quotation());
    if (this.comments) marks.push(el("span", { class: "mark" }, t("comments.count", { count: this.comments })));
    if (row.findings.length && !row.confirmed) marks.push(findings(row));
    return marks;
  }
}

function fromMemory(row) {
  return el("span", { class: "mark good" }, t("mark.memory", { score: row.match }));
}

/** Why a row has no translation of the model. */
export function kept(row, kind) {
  if (row.notation) return t("mark.notation");
  if (kind === "furniture" && row.language === "fr") return t("mark.furniture");
  return t(row.language === "en" ? "mark.english" : "mark.kept");
}

function quotation() {
  const name = t("mark.quotation");
  return el("span", { class: "mark quote", role: "img", "aria-label": name, title: name }, "“ ”");
}

function findings(row) {
  const grave = row.findings.some((finding) => finding.severity === "error");
  const said = row.findings.map((one) => `${t(`check.${one.check}`)}: ${told(one)}`);
  return el(
    "span",
    {
      class: `mark finding ${grave ? "error" : "warning"}`,
      role: "img",
      "aria-label": said.join("; "),
      tabindex: "0",
      onmouseenter: (event) => tip.show(event.currentTarget, said),
      onfocus: (event) => tip.show(event.currentTarget, said),
      onmouseleave: () => tip.hide(),
      onblur: () => tip.hide(),
    },
    t(grave ? "mark.error" : "mark.warning"),
  );
}

/** The list of rows; `hooks`: typed(position, text, before, how), entered(position), undo(), redo(). */
export class Rows {
  constructor(job, hooks) {
    this.hooks = hooks;
    this.views = [];
    this.element = el("div", { class: "rows" }, this.header());
    const rows = job.rows[Symbol.iterator]();
    let before = "paragraph";
    for (const block of job.blocks) {
      const name = t(`kind.${block.kind}`);
      const section = el("div", { class: `block ${block.kind}`, role: "group", "aria-label": name });
      if (block.kind !== before && block.kind !== "paragraph") {
        section.append(el("div", { class: "kind" }, name)); // said once for a run of the same kind
      }
      before = block.kind;
      let letters = 0;
      for (let count = 0; count < block.rows; count += 1) {
        const row = rows.next().value;
        const view = new RowView(row, block.kind, hooks);
        letters += row.french.length;
        this.views.push(view);
        section.append(view.element);
      }
      // about how high the block will be: 46 letters a line, 25 pixels each, and its paddings
      const height = Math.ceil(letters / 46) * 25 + 22 * block.rows + 8;
      section.style.setProperty("--height", `${height}px`);
      this.element.append(section);
    }
    this.element.append(el("p", { class: "nothing help" }, t("filter.nothing")));
    this.active = null;
  }

  header() {
    return el(
      "div",
      { class: "row header", "aria-hidden": "true" },
      el("div", {}, t("rows.french")),
      el("div", {}, t("rows.english")),
      el("div", {}),
    );
  }

  get rows() {
    return this.views.map((view) => view.row);
  }

  row(position) {
    return this.views[position].row;
  }

  /** Words of the French that nobody has confirmed. */
  get left() {
    return this.views.reduce((sum, { row, words }) => sum + (row.confirmed ? 0 : words), 0);
  }

  show(row, unsaved) {
    this.views[row.position]?.show(row, unsaved);
  }

  /** How many comments the rows have, by position. */
  comments(counts) {
    this.views.forEach((view, position) => view.comment(counts[position] ?? 0));
  }

  /** Mark the terms of the French, by position; those of other rows are none any more. */
  terms(found) {
    this.views.forEach((view, position) => {
      const marked = view.french.childElementCount > 0;
      if (found[position]) view.terms(found[position]);
      else if (marked) view.terms([[view.row.french, ""]]);
    });
  }

  /** The English of a row before its caret, or before what is marked in it. */
  before(position) {
    const { value, selectionStart } = this.views[position].english;
    return value.slice(0, selectionStart);
  }

  /** What is marked in a row's English, in its field or not. */
  chosen(position) {
    const { english } = this.views[position];
    english.blur(); // or Chromium tells of none while the French is marked
    const { value, selectionStart, selectionEnd } = english;
    return value.slice(selectionStart, selectionEnd).trim();
  }

  /** The other rows that say the same in French and not in English. */
  same(position) {
    const { french } = this.row(position);
    const english = this.text(position);
    const others = this.views.filter(
      ({ row }) => row.position !== position && row.french === french && row.english !== null,
    );
    return others
      .map(({ row }) => row.position)
      .filter((other) => this.text(other) !== english);
  }

  /** What stands at the right of a row now, saved or not. */
  text(position) {
    return this.views[position].english.value;
  }

  /** Put a text at the right of a row; what was there, or null where nothing can be written. */
  put(position, text) {
    const view = this.views[position];
    if (!view || view.english.readOnly) return null;
    const before = view.english.value;
    view.put(text);
    return before;
  }

  enter(position) {
    this.views[this.active]?.element.classList.remove("active");
    this.active = position;
    this.views[position]?.element.classList.add("active");
  }

  focus(position) {
    const view = this.views[position];
    if (!view) return;
    view.english.focus({ preventScroll: true });
    view.reveal();
  }

  /** Make a row the active one, and leave the focus where it is. */
  go(position) {
    this.hooks.entered(position);
    this.views[position].reveal();
  }

  /** The next row, from the active one, that `wanted` and is not filtered out; wraps around. */
  find(step, wanted = () => true) {
    const count = this.views.length;
    const from = this.active ?? (step > 0 ? -1 : count);
    for (let tried = 1; tried <= count; tried += 1) {
      const position = (from + step * tried + 2 * count) % count;
      const view = this.views[position];
      if (wanted(view.row) && this.visible(view.row)) return position;
    }
    return null;
  }

  filter(name) {
    this.element.dataset.filter = name;
  }

  visible(row) {
    const { filter = "all" } = this.element.dataset;
    if (filter === "commented") return this.views[row.position].comments > 0;
    return filter === "all" || (filter === "look" ? row.look : row.edited);
  }
}
