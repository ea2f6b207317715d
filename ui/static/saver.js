// Edits on their way to the server: sent a moment after the last key, kept until they arrive.
// What is not yet saved lies in localStorage as well, so that neither a reload nor a server that is
// down for a while loses a word. An edit tells which version of the row it was made from: where the
// row is another by now, the writer chooses, unless it says what was sent from here. While a command
// is at the server edits wait, or one would overtake the other.

import { memory } from "./dom.js";
import { Queue } from "./queue.js";
import * as server from "./server.js";
import { t } from "./words.js";

const QUIET = 400; // milliseconds after the last key
const RETRY = 2000;

/**
 * The edits of an article that the server does not have: position -> {english, made, version, sent},
 * `sent` being what was sent without an answer. Pages of earlier versions kept the English alone.
 * `theirs` is asked for again.
 */
function remembered(key) {
  const found = Object.entries(memory.get(key, {})).map(([position, one]) => [
    position,
    typeof one === "string"
      ? { english: one, sent: [] }
      : { sent: [], ...one, theirs: undefined, refused: false },
  ]);
  return new Map(found);
}

export class Saver {
  /**
   * `saved(row)` gets the server's answer, `said(state, why)` "saving", "saved", "waiting",
   * "refused" or "conflict"; `conflict(row, english)` a row that was changed elsewhere and what
   * was written here; `gone()`: the article is deleted. `version(position)`: what the page shows.
   */
  constructor(id, hooks) {
    this.id = id;
    this.hooks = hooks;
    this.key = `unsaved.${id}`;
    this.waiting = remembered(this.key);
    this.timer = null;
    this.turns = new Queue();
    this.cuts = 0; // of the article, since it was opened
    if (this.waiting.size) this.later(0);
  }

  /** The edit of a row that the server does not have yet. */
  unsaved(position) {
    return this.waiting.get(String(position))?.english;
  }

  put(position, english, made = "edit") {
    const key = String(position);
    const { version = this.hooks.version(position), theirs, sent = [] } = this.waiting.get(key) ?? {};
    this.waiting.set(key, { english, made, version, theirs, sent });
    this.remember();
    this.hooks.said(theirs ? "conflict" : "saving");
    this.later(QUIET);
  }

  /** A command made the row another: what is written in it goes on from there. */
  goesOn(row) {
    const waiting = this.waiting.get(String(row.position));
    if (!waiting || waiting.theirs) return;
    Object.assign(waiting, { version: row.version, sent: [] });
    this.remember();
  }

  /** What was written here takes the place of what stands there by now. */
  insist(position) {
    const waiting = this.waiting.get(String(position));
    if (!waiting?.theirs) return;
    Object.assign(waiting, { version: waiting.theirs.version, theirs: undefined, sent: [] });
    this.remember();
    this.later(0);
  }

  /** Forget what was written here. */
  drop(position) {
    this.waiting.delete(String(position));
    this.remember();
    this.later(0);
  }

  /**
   * The article was cut anew and has `rows` instead of `before`; `moved` are the new positions of
   * those that are the same. What was written in another: the writer chooses where it goes.
   */
  cut(before, rows, moved) {
    this.cuts += 1;
    const old = [...this.waiting].map(([position, waiting]) => [Number(position), waiting]);
    this.waiting.clear();
    const disputed = [];
    for (const [position, waiting] of old) {
      const to = moved.get(position) ?? Math.min(position, rows.length - 1);
      const row = rows[to];
      const other = this.waiting.get(String(to));
      const english = other ? `${other.english}\n${waiting.english}` : waiting.english;
      const same = moved.has(position) && row.english === before[position].english;
      const version = same && waiting.version === before[position].version ? row.version : waiting.version;
      const theirs = moved.has(position) ? waiting.theirs && row : row;
      this.waiting.set(String(to), { ...waiting, english, version, theirs });
      if (theirs) disputed.push([row, english]);
    }
    this.remember();
    if (this.waiting.size) this.later(QUIET);
    for (const [row, english] of disputed) this.hooks.conflict(row, english);
  }

  remember() {
    if (this.waiting.size) memory.set(this.key, Object.fromEntries(this.waiting));
    else memory.remove(this.key);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  /** Send everything that can be sent. */
  flush() {
    clearTimeout(this.timer);
    return this.turns.run(() => this.send());
  }

  /**
   * Send everything, then let `work` ask the server for something, and nothing go in between. An
   * error where what was written, in the row at `position` or in any, is not on the server.
   */
  after(work, position = null) {
    clearTimeout(this.timer);
    return this.turns.run(async () => {
      const sent = await this.send();
      const all = [...this.waiting.values()];
      const open = position === null ? all : all.filter((one) => one === this.waiting.get(String(position)));
      if (!sent || open.some((one) => one.theirs || one.refused)) throw new Error(t("error.unsaved"));
      return work();
    });
  }

  /** The page is left: what is waiting is sent now, though the answers may come to nobody. */
  leave() {
    this.send({ keepalive: true });
  }

  /** Send what is waiting; false where the server could not be asked. */
  async send(options = {}) {
    clearTimeout(this.timer);
    const { cuts } = this;
    for (const [position, waiting] of [...this.waiting]) {
      if (waiting.theirs) continue;
      const { english, made, version } = waiting;
      if (!waiting.sent.includes(english)) waiting.sent.push(english);
      this.remember();
      let answer;
      try {
        answer = await server.change(this.id, position, { english, made, version }, options);
      } catch (error) {
        answer = error;
      }
      if (cuts !== this.cuts) break; // the rows have other numbers by now
      if (!(answer instanceof Error)) this.arrived(position, english, answer);
      else if (!this.failed(position, waiting, answer)) return false;
    }
    this.remember();
    const left = [...this.waiting.values()];
    if (left.some((one) => !one.theirs && !one.refused)) this.later(QUIET);
    if (left.some((one) => one.theirs)) this.hooks.said("conflict");
    else if (!left.some((one) => one.refused)) this.hooks.said(left.length ? "saving" : "saved");
    return true;
  }

  /** The server has what was sent; what was typed on meanwhile is still to go. */
  arrived(position, english, row) {
    const now = this.waiting.get(position);
    if (now?.english === english) this.waiting.delete(position);
    else if (now) Object.assign(now, { version: row.version, sent: [] });
    this.hooks.saved(row);
  }

  /** Nothing that was written is dropped, whatever the reason; false where another try may do. */
  failed(position, waiting, error) {
    const now = this.waiting.get(position) ?? waiting;
    if (error.status === 409 && error.row) {
      this.late(position, now, error.row);
      return true;
    }
    if (error.status === 404) this.hooks.gone();
    now.refused = error.status >= 400 && error.status < 500 && error.status !== 429;
    if (!now.refused) this.later(RETRY);
    this.hooks.said(now.refused ? "refused" : "waiting", error.message);
    return now.refused;
  }

  /** The row is another by now: what was sent from here, or what somebody else wrote. */
  late(position, now, row) {
    if (now.sent.includes(row.english)) {
      this.arrived(position, row.english, row);
      return;
    }
    now.theirs = row;
    this.hooks.conflict(row, now.english);
  }
}
