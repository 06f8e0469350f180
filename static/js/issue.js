// The board of an issue: drag an entry or a waiting report to its place. What is dropped is posted by the
// same form that works with the keyboard; the server answers with the board as it then stands.
import { tell } from "./portal.js";

let dragged = null;

/** The entry of `shelf` before which something dropped at height `y` would stand; none means at the end. */
function entryBelow(shelf, y) {
  const entries = Array.from(shelf.querySelectorAll("[data-entry]")).filter((entry) => entry !== dragged);
  return entries.find((entry) => {
    const box = entry.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
}

function clearMarks() {
  for (const marked of document.querySelectorAll(".drop-before, .drop-end")) marked.classList.remove("drop-before", "drop-end");
}

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.(".entry-grip");
  if (!grip) return;
  dragged = grip.closest("[data-entry]");
  dragged.classList.add("dragging");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 10, 10);
});

document.addEventListener("dragover", (event) => {
  const shelf = dragged && event.target.closest?.("[data-section]");
  clearMarks();
  if (!shelf) return;
  event.preventDefault();
  const below = entryBelow(shelf, event.clientY);
  if (below) below.classList.add("drop-before");
  else shelf.classList.add("drop-end");
});

document.addEventListener("drop", (event) => {
  const shelf = dragged && event.target.closest?.("[data-section]");
  if (!shelf) return;
  event.preventDefault();
  const entries = Array.from(shelf.querySelectorAll("[data-entry]")).filter((entry) => entry !== dragged);
  const below = entryBelow(shelf, event.clientY);
  const form = document.querySelector(dragged.dataset.move);
  form.elements.section.value = shelf.dataset.section;
  form.elements.position.value = below ? entries.indexOf(below) : entries.length;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragging");
  dragged = null;
  clearMarks();
});

// The board is drawn anew after each move: words being typed in an open entry would be lost with it.
document.addEventListener("htmx:confirm", (event) => {
  if (event.target.matches("[data-board]") && document.querySelector("form[data-changed]")) {
    event.preventDefault();
    tell("有一条正在编辑，还没有保存。请先保存或取消，再做这一步。", "warning");
  }
});
