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
    this.busy = Promise.resolve();
  }

  /** Something was done that `back` takes away and `forth` does again. */
  did(position, back, forth) {
    this.push({ position, back, forth });
  }

  /** A row's English became another; typing that goes on belongs to the same step. */
  wrote(position, before, after, { typing = false } = {}) {
    const now = performance.now();
    const last = this.past.at(-1);
    if (typing && last?.typing && last.position === position && now - last.when < BURST) {
      last.after = after;
      last.when = now;
      this.future = [];
      return;
    }
    const step = { position, typing, when: now, after };
    step.back = () => this.write(position, before);
    step.forth = () => this.write(position, step.after);
    this.push(step);
  }

  push(step) {
    this.past.push(step);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    this.changed();
  }

  undo() {
    return this.move(this.past, this.future, "back");
  }

  redo() {
    return this.move(this.future, this.past, "forth");
  }

  /** One after the other: the next step waits until the server has done the last one. */
  move(from, to, way) {
    this.busy = this.busy.then(async () => {
      const step = from.pop();
      if (!step) return null;
      step.typing = false;
      try {
        await step[way]();
        to.push(step);
      } finally {
        this.changed();
      }
      return step.position;
    });
    const done = this.busy;
    this.busy = this.busy.catch(() => null);
    return done;
  }
}
