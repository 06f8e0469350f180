// 来稿处理 and editing entries: the length meter, and a warning before typed words are left behind.

/** Count characters of the form's fields, blanks aside, and show them in its meter. */
function measure(form) {
  const meter = form.querySelector("[data-length-meter]");
  if (!meter) return;
  const fields = form.querySelectorAll("[data-count]");
  const length = Array.from(fields).reduce((sum, field) => sum + Array.from(field.value.replace(/\s/g, "")).length, 0);
  meter.querySelector("progress").value = length;
  meter.querySelector("[data-length-text]").textContent = `${length}字`;
}

document.addEventListener("input", (event) => {
  const { form } = event.target; // also of fields that stand elsewhere on the page
  if (!form) return;
  if (event.target.matches("[data-count]")) measure(form);
  if (form.matches("[data-leave-warning]")) form.dataset.changed = "1";
});

document.addEventListener("submit", (event) => delete event.target.dataset.changed);

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});
