// Undo and redo for the whole editor: what was typed, and what was done to rows, in one order.

const BURST = 1000; // milliseconds: what is typed on after a longer pause is a step of its own
const MOST = 1000;

/** A step is {position, back, forth}: two functions that return when it is done. */
export class Undo {
  /** `hooks`: changed(), after each step; write(position, text) puts a row's English back. */
  constructor({ changed, write }) {
    this.changed = changed;
    this.write = write;
    this.past = [];
    this.future = [];
  }

  /** Something is being done that `back` takes away and `forth` does again. */
  did(position, back, forth) {
    return this.push({ position, back, forth });
  }

  /** A step that could not be done after all. */
  drop(step) {
    this.past = this.past.filter((one) => one !== step);
    this.changed();
  }

  /**
   * A row's English became another. `typing`: how, where it was typed; what goes on in the same way
   * belongs to the same step.
   */
  wrote(position, before, after, typing = null) {
    const now = performance.now();
    const last = this.past.at(-1);
    const same = typing && last?.typing === typing && last.position === position;
    if (same && now - last.when < BURST) {
      last.after = after;
      last.when = now;
      this.future = [];
      this.changed();
      return;
    }
    const step = { position, typing, when: now, after };
    step.back = () => this.write(step.position, before);
    step.forth = () => this.write(step.position, step.after);
    this.push(step);
  }

  push(step) {
    this.past.push(step);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    this.changed();
    return step;
  }

  /** No step can be undone any more. */
  forget() {
    this.past = [];
    this.future = [];
    this.changed();
  }

  /** Rows have other numbers: what was typed since `step` goes to those of `moved`. */
  renumber(step, moved) {
    for (const one of this.past.slice(this.past.indexOf(step) + 1))
      one.position = moved.get(one.position) ?? one.position;
  }

  /** Undo a step; its position, or null where there is none. */
  undo() {
    return this.move("past", "future", "back");
  }

  redo() {
    return this.move("future", "past", "forth");
  }

  /** A step that failed stays, unless the server refused it. */
  async move(from, to, way) {
    const step = this[from].pop();
    if (!step) return null;
    step.typing = null;
    const { future } = this;
    try {
      await step[way]();
      const overtaken = to === "future" && this.future !== future; // by what was done meanwhile
      if (!overtaken) this[to].push(step);
    } catch (error) {
      if (!error.status) this[from].push(step);
      throw error;
    } finally {
      this.changed();
    }
    return step.position;
  }
}
