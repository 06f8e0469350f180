// Points of a return: show the paragraph a point is about in the text that is being mended.

const text = document.getElementById("id_text");

for (const button of document.querySelectorAll("[data-find]")) {
  button.hidden = !text;
  button.addEventListener("click", () => {
    const at = text.value.indexOf(button.dataset.find);
    if (at < 0) {
      button.textContent = "这一段已经改动";
      return;
    }
    text.focus();
    text.setSelectionRange(at, at + button.dataset.find.length);
    // A text field does not scroll to its selection by itself.
    const share = at / Math.max(1, text.value.length);
    text.scrollTop = share * text.scrollHeight - text.clientHeight / 3;
  });
}
