// Edits on their way to the server: sent a moment after the last key, kept until they arrive.
// What is not yet saved lies in localStorage as well, so that neither a reload nor a server that is
// down for a while loses a word. An edit tells which version of the row it was made from: where the
// row is another by now, the writer chooses.

import { memory } from "./dom.js";
import * as server from "./server.js";

const QUIET = 400; // milliseconds after the last key
const RETRY = 2000;

/**
 * The edits of an article that the server does not have: position -> {english, made, version}. Pages
 * of earlier versions kept the English alone. `theirs` is asked for again.
 */
function remembered(key) {
  const found = Object.entries(memory.get(key, {})).map(([position, one]) => [
    position,
    typeof one === "string" ? { english: one } : { ...one, theirs: undefined },
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
    this.sending = null;
    if (this.waiting.size) this.later(0);
  }

  /** The edit of a row that the server does not have yet. */
  unsaved(position) {
    return this.waiting.get(String(position))?.english;
  }

  put(position, english, made = "edit") {
    const key = String(position);
    const { version = this.hooks.version(position), theirs } = this.waiting.get(key) ?? {};
    this.waiting.set(key, { english, made, version, theirs });
    this.remember();
    this.hooks.said(theirs ? "conflict" : "saving");
    this.later(QUIET);
  }

  /** What was written here takes the place of what stands there by now. */
  insist(position) {
    const waiting = this.waiting.get(String(position));
    if (!waiting?.theirs) return;
    waiting.version = waiting.theirs.version;
    delete waiting.theirs;
    this.remember();
    this.later(0);
  }

  /** Forget what was written here. */
  drop(position) {
    this.waiting.delete(String(position));
    this.remember();
    this.later(0);
  }

  remember() {
    if (this.waiting.size) memory.set(this.key, Object.fromEntries(this.waiting));
    else memory.remove(this.key);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  /** Send everything; true when the server has it all. */
  async flush(options = {}) {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    this.sending = this.send(options);
    const done = await this.sending;
    this.sending = null;
    return done;
  }

  async send(options) {
    let state = "saved";
    for (const [position, waiting] of [...this.waiting]) {
      if (waiting.theirs) {
        state = "conflict";
        continue;
      }
      const { english, made, version } = waiting;
      try {
        const row = await server.change(this.id, position, { english, made, version }, options);
        const now = this.waiting.get(position);
        if (now === waiting) this.waiting.delete(position);
        else if (now) now.version = row.version; // typed on meanwhile
        this.hooks.saved(row);
      } catch (error) {
        state = this.failed(position, waiting, error);
        this.remember();
        if (state !== "conflict") return false;
      }
    }
    this.remember();
    if ([...this.waiting.values()].some((one) => !one.theirs)) {
      state = "saving";
      this.later(QUIET);
    }
    this.hooks.said(state);
    return this.waiting.size === 0;
  }

  /** Nothing that was written is dropped, whatever the reason. */
  failed(position, waiting, error) {
    if (error.status === 409 && error.row) {
      const now = this.waiting.get(position) ?? waiting;
      now.theirs = error.row;
      this.hooks.conflict(error.row, now.english);
      return "conflict";
    }
    if (error.status === 404) this.hooks.gone();
    const refused = error.status >= 400 && error.status < 500 && error.status !== 429;
    if (!refused) this.later(RETRY);
    const state = refused ? "refused" : "waiting";
    this.hooks.said(state, error.message);
    return state;
  }
}
