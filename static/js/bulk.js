// Ticking rows of a list: all of the page at once, how many are ticked, and no empty bulk act.
import { tell } from "./portal.js";

const all = document.querySelector("[data-tick-all]");
const boxes = () => Array.from(document.querySelectorAll('input[type="checkbox"][name="report"]'));
const counter = document.querySelector("[data-ticked]");

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  if (counter) counter.textContent = ticked ? `已选${ticked}篇` : "先在上面勾选稿件";
  if (all) {
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  return ticked;
}

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
}

document.addEventListener("change", (event) => {
  if (event.target.matches('input[name="report"]')) count();
});

// Before the page asks for confirmation or counts a sending: nothing is sent where nothing is ticked.
document.addEventListener(
  "submit",
  (event) => {
    const everything = event.target.querySelector('input[name="all"]');
    const ours = boxes().some((box) => box.form === event.target);
    if (ours && !everything?.checked && !count()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      tell("没有选中稿件。请先勾选，再选择要做的事。", "warning");
    }
  },
  { capture: true },
);

count();
