// Marking errors, on the page of `depeche eval annotate` and in the desk. What is marked stays in
// the browser until it is saved as a file.

const SEVERITIES = { m: "Minor", j: "Major", c: "Critical" };

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const key = (name) => el("kbd", {}, name);

function tokens(text) {
  return [...text.matchAll(/\S+\s*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    text: match[0],
  }));
}

export class Annotator {
  /** `page` is what `eval.annotate.page_of` gives; it is built inside of `root`. */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.done = this.restored(page.key); // item number -> [{start, end, category, severity}]
    this.scores = this.restored(`${page.key}-scores`); // item number -> 0 to 100
    this.item = 0;
    this.category = 0;
    this.choose(0, 0);
    this.build();
    this.keys = {
      ArrowLeft: (event) => this.step(-1, event.shiftKey),
      ArrowRight: (event) => this.step(1, event.shiftKey),
      Backspace: () => this.takeBack(),
      Enter: () => this.move(1),
      p: () => this.move(-1),
      s: () => this.score.focus(),
    };
    for (const [letter, severity] of Object.entries(SEVERITIES)) {
      this.keys[letter] = () => this.mark(severity);
    }
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    this.show();
  }

  close() {
    document.removeEventListener("keydown", this.pressed);
    this.root.replaceChildren();
  }

  restored(name) {
    try {
      return JSON.parse(localStorage.getItem(name)) || {};
    } catch {
      return {}; // a private window, or written by something else
    }
  }

  keep() {
    try {
      localStorage.setItem(this.page.key, JSON.stringify(this.done));
      localStorage.setItem(`${this.page.key}-scores`, JSON.stringify(this.scores));
    } catch {
      // a private window: what is marked is still on the page
    }
  }

  build() {
    const { words, categories } = this.page;
    const label = (text) => el("p", { class: "small" }, text);
    this.place = el("p", { class: "small", role: "status", id: "place" });
    this.bar = el("progress", { "aria-label": words.progress });
    this.source = el("p", { class: "text", id: "source", lang: "fr" });
    this.target = el("p", { class: "text", id: "target", lang: "en" });
    this.reference = el("p", { lang: "en", id: "reference" });
    this.compared = el(
      "details",
      {},
      el("summary", { class: "small" }, words.reference),
      this.reference,
    );
    this.marks = el("ol", { id: "marks", "aria-label": words.marks });
    this.kinds = categories.map((name, at) =>
      el(
        "button",
        { type: "button", "data-category": name, onclick: () => this.take(at) },
        key(String(at + 1)),
        ` ${this.called(name)}`,
      ),
    );
    this.score = el("input", {
      ...{ type: "range", id: "score", min: 0, max: 100 },
      oninput: () => this.rate(Number(this.score.value)),
      onkeydown: (event) => this.leave(event),
    });
    this.rated = el("output", { for: "score", id: "rated" });
    this.saveScores = el(
      "button",
      { type: "button", id: "save-scores", onclick: () => this.save("scores", this.ratings()) },
      words.saveScores,
    );
    const severities = Object.entries(SEVERITIES).map(([letter, severity]) =>
      el(
        "button",
        { type: "button", class: severity.toLowerCase(), onclick: () => this.mark(severity) },
        key(letter),
        ` ${words[severity]}`,
      ),
    );
    const group = (name, ...buttons) =>
      el("div", { class: "buttons", role: "group", "aria-label": name }, ...buttons);
    this.root.replaceChildren(
      this.place,
      this.bar,
      label(words.french),
      this.source,
      label(words.english),
      this.target,
      this.compared,
      label(words.keys),
      group(words.category, ...this.kinds),
      group(words.severity, ...severities),
      this.marks,
      el(
        "p",
        { class: "buttons" },
        el("label", { for: "score" }, key("s"), ` ${words.score}`),
        this.score,
        this.rated,
      ),
      group(
        words.actions,
        el("button", { type: "button", onclick: () => this.move(-1) }, words.previous),
        el("button", { type: "button", onclick: () => this.move(1) }, words.next),
        el("button", { type: "button", id: "save", onclick: () => this.save("errors", this.table()) }, words.save),
        this.saveScores,
      ),
    );
  }

  get one() {
    return this.page.items[this.item];
  }

  get found() {
    return this.done[this.item] ?? [];
  }

  /** A category as the reader's language has it. */
  called(category) {
    return this.page.words[category] ?? category;
  }

  choose(first, last) {
    this.first = first;
    this.last = last;
  }

  get chosen() {
    return [Math.min(this.first, this.last), Math.max(this.first, this.last)];
  }

  show() {
    const { items, words } = this.page;
    const { source, target, reference } = this.one;
    this.source.textContent = source;
    this.reference.textContent = reference;
    this.compared.hidden = !reference;
    this.target.replaceChildren(...tokens(target).map((piece, at) => this.word(piece, at)));
    this.marks.replaceChildren(
      ...this.found.map(({ start, end, category, severity }) =>
        el("li", {}, `${target.slice(start, end)}: ${this.called(category)}, ${words[severity]}`),
      ),
    );
    this.kinds.forEach((button, at) =>
      button.setAttribute("aria-pressed", String(at === this.category)),
    );
    const score = this.scores[this.item];
    this.score.value = score ?? 50;
    this.rated.textContent = score ?? words.unscored;
    this.score.setAttribute("aria-valuetext", score ?? words.unscored);
    this.saveScores.disabled = !Object.keys(this.scores).length;
    const done = Object.keys(this.done).length;
    const values = { at: this.item + 1, all: items.length, done };
    this.place.textContent = words.place.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    this.bar.max = items.length;
    this.bar.value = done;
  }

  word(piece, at) {
    const mark = this.found.find((m) => m.start < piece.end && piece.start < m.end);
    const [from, to] = this.chosen;
    const classes = [mark?.severity.toLowerCase(), from <= at && at <= to ? "chosen" : null];
    const onclick = (event) => {
      this.choose(event.shiftKey ? this.first : at, at);
      this.show();
    };
    return el("span", { class: classes.filter(Boolean).join(" "), onclick }, piece.text);
  }

  take(category) {
    this.category = category;
    this.show();
  }

  mark(severity) {
    const pieces = tokens(this.one.target);
    if (!pieces.length) return;
    const [from, to] = this.chosen;
    const category = this.page.categories[this.category];
    (this.done[this.item] ??= []).push({
      start: pieces[from].start,
      end: pieces[to].end,
      category,
      severity,
    });
    this.keep();
    this.show();
  }

  /** The score of a segment as a whole (Kocmi et al. 2024: error span annotation). */
  rate(score) {
    this.scores[this.item] = score;
    this.done[this.item] ??= [];
    this.keep();
    this.show();
  }

  /** Enter and Escape leave the score; Enter goes on. */
  leave(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    this.score.blur();
    if (event.key === "Enter") this.move(1);
    event.stopPropagation();
  }

  takeBack() {
    this.done[this.item]?.pop();
    this.keep();
    this.show();
  }

  move(step) {
    if (step > 0) this.done[this.item] ??= []; // seen, and without an error
    this.item = Math.min(Math.max(this.item + step, 0), this.page.items.length - 1);
    this.choose(0, 0);
    this.keep();
    this.show();
  }

  step(by, extended) {
    const most = Math.max(tokens(this.one.target).length - 1, 0);
    const last = Math.min(Math.max(this.last + by, 0), most);
    this.choose(extended ? this.first : last, last);
    this.show();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "Enter" && event.target.closest("button, summary, a")) return;
    if (!this.root.checkVisibility()) return; // another tab of the desk
    const number = "123456789".indexOf(event.key);
    if (number >= 0 && number < this.page.categories.length) this.take(number);
    else if (Object.hasOwn(this.keys, event.key)) this.keys[event.key](event);
    else return;
    event.preventDefault();
  }

  /** WMT's TSV: a line for each mark, or one that says that there is none. */
  table() {
    const { columns, rater, none, marks } = this.page;
    const [open, close] = marks;
    const lines = [columns];
    for (const [at, found] of Object.entries(this.done)) {
      const { system, doc, seg_id: segment, source, target } = this.page.items[at];
      const row = (shown, category, severity) =>
        lines.push([system, doc, doc, segment, rater, source, shown, category, severity]);
      if (!found.length) row(target, none, none);
      for (const { start, end, category, severity } of found) {
        const parts = [target.slice(0, start), target.slice(start, end), target.slice(end)];
        row(`${parts[0]}${open}${parts[1]}${close}${parts[2]}`, category, severity);
      }
    }
    return lines;
  }

  /** ESA's table: a line for each score, with the marked spans, whose places are in code points. */
  ratings() {
    const { score_columns: columns, rater } = this.page;
    const lines = [columns];
    for (const [at, score] of Object.entries(this.scores)) {
      const { system, doc, seg_id: segment, source, target } = this.page.items[at];
      const place = (end) => [...target.slice(0, end)].length;
      const spans = (this.done[at] ?? []).map(({ start, end, category, severity }) => ({
        start_i: place(start),
        end_i: place(end),
        severity: severity.toLowerCase(),
        error_type: category,
      }));
      const name = `${doc}:${segment}`;
      lines.push([system, name, rater, score, JSON.stringify(spans), source, target]);
    }
    return lines;
  }

  save(name, lines) {
    const type = "text/tab-separated-values";
    const clean = (cell) => String(cell).replace(/[\t\r\n]+/g, " ");
    const text = lines.map((line) => `${line.map(clean).join("\t")}\n`).join("");
    const href = URL.createObjectURL(new Blob([text], { type }));
    el("a", { href, download: `${name}-${this.page.rater}.tsv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
}
