// The evaluation's files: they travel as values of the call, packed, and nothing keeps them.

import { el } from "./dom.js";
import { t } from "./words.js";

const ROLES = ["hypothesis", "reference", "source"];
const gzip = (blob) => new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();

/** The bytes of a blob in base64. */
function encoded(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** A file as the server's `uploads` reads it; null where there is none. */
export async function pack(file) {
  if (!file) return null;
  const packed = file.name.endsWith(".gz") ? file : await gzip(file);
  return { name: file.name, data: await encoded(packed) };
}

/** Three file inputs; `packed()` is what the server's `uploads` reads. */
export class Files extends HTMLElement {
  connectedCallback() {
    this.classList.add("desk", "files");
    this.inputs = ROLES.map((role) => el("input", { type: "file", id: `file-${role}` }));
    this.replaceChildren(
      ...ROLES.map((role, at) =>
        el("p", {}, el("label", { for: `file-${role}` }, t(`evaluate.${role}`)), this.inputs[at]),
      ),
    );
  }

  async packed() {
    const files = await Promise.all(this.inputs.map((input) => pack(input.files[0])));
    return JSON.stringify(Object.fromEntries(ROLES.map((role, at) => [role, files[at]])));
  }
}

/** A button that downloads the report in `data-page`, gzip in base64. */
export class Report extends HTMLElement {
  connectedCallback() {
    this.classList.add("desk", "report");
    this.replaceChildren(
      el("button", { type: "button", onclick: () => this.download() }, t("evaluate.report")),
    );
  }

  async download() {
    const bytes = Uint8Array.from(atob(this.dataset.page), (letter) => letter.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const address = URL.createObjectURL(await new Response(plain).blob());
    el("a", { href: address, download: "evaluation.html" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}
