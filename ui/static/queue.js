// One thing after the other: work that must not overtake what was begun before it.

export class Queue {
  constructor() {
    this.last = Promise.resolve();
  }

  /** Do `work` when all that was given before is done, well or not; what it returns. */
  run(work) {
    const done = this.last.then(work);
    this.last = done.catch(() => null);
    return done;
  }
}
