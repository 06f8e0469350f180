// The list of units of a call: tells how many are ticked.
for (const form of document.querySelectorAll("form[data-targets]")) {
  const place = form.querySelector("[data-count]");
  const count = () => {
    place.textContent = form.querySelectorAll("input[name=keep]:checked").length;
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
}
