// Small helpers. Text goes into the page as text nodes and values only: never as markup.

/** An element: `el("p", { class: "note", lang: "fr" }, "text", child)`; null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  return fill(made, ...children);
}

/** Put children into an element, in place of those that it has; null ones are left out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** localStorage that does without where the browser refuses it. */
export const memory = {
  get(key, otherwise = null) {
    try {
      const found = localStorage.getItem(`depeche.${key}`);
      return found === null ? otherwise : JSON.parse(found);
    } catch {
      return otherwise; // switched off, or written by something else
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`depeche.${key}`, JSON.stringify(value));
    } catch {
      // switched off or full: the server has the edits, only conveniences are forgotten
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(`depeche.${key}`);
    } catch {
      // as above
    }
  },
};
