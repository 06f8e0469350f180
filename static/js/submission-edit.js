// The page on which a report is written: saving in the background, reading activities off the text, rows.

import { Saver, csrfToken } from "./submission-save.js";
import { addRow, offerUnits, removeRow, replaceRows, showHints } from "./submission-rows.js";

const PASTED = 40; // shorter pastes are corrections, not a report
const form = document.getElementById("report");
const { title, text } = form.elements;
const state = document.querySelector("[data-state]");
const said = document.querySelector("[data-said]");
const conflict = document.getElementById("conflict");
const intake = document.getElementById("intake");
const wordFile = form.elements.word;
const adder = form.querySelector("[data-add]");

function tellState(sentence, kind = "secondary") {
  state.className = `save-state text-${kind}`;
  state.textContent = sentence;
}

function tellSaid(sentences, more = false) {
  said.replaceChildren(
    ...(more ? said.children : []),
    ...sentences.map((sentence) => {
      const box = document.createElement("div");
      box.className = "alert alert-info text-body";
      box.textContent = sentence;
      return box;
    }),
  );
}

const saver = new Saver(form, {
  saved(answer) {
    clearOldAnswers("danger");
    tellState(answer.saved);
    showHints(answer.hints);
    form.querySelector("[data-odd]").textContent = answer.odd;
  },
  refused(answer) {
    clearOldAnswers("success");
    tellState(`没有保存：${answer.message}您写的内容仍在页面上。`, "danger");
  },
  conflict(answer) {
    clearOldAnswers("success");
    conflict.innerHTML = answer.conflict;
    conflict.dataset.version = answer.version;
    conflict.scrollIntoView({ block: "start" });
    tellState("没有保存：这份稿件刚刚在别处被保存过，请看页面上方的两份文字。", "danger");
  },
  signedOut() {
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "在新窗口登录";
    tellState("没有保存：登录已过期。您写的内容仍在页面上，请", "danger");
    state.append(link, "，登录后这里会自动继续保存。");
  },
  unreachable() {
    tellState("没有保存：连接不上系统，正在重试。您写的内容仍在页面上。", "danger");
  },
});

function tellWord(sentence) {
  form.querySelector("[data-word-problem]").textContent = sentence;
}

function countLetters() {
  const place = form.querySelector("[data-length]");
  const length = Array.from((title.value + text.value).replace(/\s/g, "")).length;
  const { least, most } = place.dataset;
  const told = length < Number(least) ? "，比通常的短" : length > Number(most) ? "，比通常的长" : "，长短合适";
  place.textContent = length ? `现有${length}字${told}。` : "";
}

/** What the server said about an earlier attempt (`kind`) is no longer true once another one has been answered. */
function clearOldAnswers(kind) {
  document.querySelectorAll(`#messages .alert-${kind}, #report > .alert-${kind}`).forEach((box) => box.remove());
  if (kind !== "danger") return;
  for (const field of [title, text]) {
    field.classList.remove("is-invalid");
    field.parentElement.querySelectorAll(":scope > .invalid-feedback").forEach((error) => error.remove());
  }
}

async function recognise(address = form.dataset.recognise, extra = {}) {
  const before = { title: title.value, text: text.value };
  const typedRows = rowValues();
  const answer = await saver.exchange(address, extra);
  if (!answer) return;
  if (answer.intake) intake.innerHTML = answer.intake;
  // What was typed while the server was reading stays as typed.
  if (title.value === before.title) title.value = answer.title;
  if (text.value.replace(/\r\n/g, "\n") === before.text.replace(/\r\n/g, "\n") && text.value !== answer.text) {
    text.value = answer.text;
  }
  if (rowValues() === typedRows) {
    replaceRows(answer.rows);
    tellSaid(answer.said);
  } else {
    tellSaid(["识别时您正在修改活动，没有改动各项。请再点一次“识别活动”。"]);
    saver.touch();
  }
  countLetters();
}

/** What stands in the rows, to be compared. */
function rowValues() {
  const fields = document.querySelectorAll("#rows input, #rows select");
  return JSON.stringify(Array.from(fields, (field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
}

form.addEventListener("input", (event) => {
  saver.touch();
  if (event.target === title || event.target === text) countLetters();
  if (event.target.getAttribute("list") === "unit-names") offerUnits(event.target);
});
form.addEventListener("change", () => saver.touch());
form.addEventListener("focusout", () => saver.save());
form.addEventListener("focusin", (event) => {
  if (event.target.getAttribute("list") === "unit-names") offerUnits(event.target);
});
text.addEventListener("paste", (event) => {
  const pasted = (event.clipboardData?.getData("text") ?? "").replace(/\r\n?/g, "\n");
  if (pasted.length < PASTED) return;
  const start = Array.from(text.value.slice(0, text.selectionStart)).length;
  const place = { pasted_from: start, pasted_to: start + Array.from(pasted).length };
  const withPictures = /<img\b|<v:imagedata/i.test(event.clipboardData.getData("text/html"));
  window.setTimeout(async () => {
    await recognise(form.dataset.tidy, place);
    if (withPictures) tellSaid(["粘贴的内容里有图片，图片没有带过来。请用上面的“读入 Word”，或在下面的附件里添加。"], true);
  });
});
form.addEventListener("keydown", (event) => {
  // Enter in a one-line field would press a button of the form.
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])") && !event.isComposing) {
    event.preventDefault();
  }
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button === adder) {
    event.preventDefault();
    addRow();
  } else if (button.matches("[data-remove]")) {
    event.preventDefault();
    removeRow(button.closest("[data-row]"), adder);
    saver.touch();
  } else if (button.matches("[data-recognise-now]")) {
    event.preventDefault();
    recognise();
  } else if (button.matches("[data-tidy-now]")) {
    event.preventDefault();
    recognise(form.dataset.tidy);
  } else if (button.matches("[data-read-word]") && !wordFile.files.length) {
    event.preventDefault();
    tellWord("还没有选择文件，请先选择。");
    wordFile.focus();
  }
});
wordFile.addEventListener("change", () => {
  const most = Number(wordFile.dataset.mostMegabytes);
  const large = wordFile.files[0]?.size > most * 1e6;
  tellWord(large ? `“${wordFile.files[0].name}”超过 ${most} MB，没有选入。请在 Word 中压缩图片后再选。` : "");
  if (large) wordFile.value = "";
});
conflict.addEventListener("click", (event) => {
  if (event.target.closest("[data-keep-mine]") && conflict.dataset.version) {
    event.preventDefault();
    form.elements.version.value = conflict.dataset.version;
    conflict.replaceChildren();
    saver.changed = true;
    saver.resume();
  } else if (event.target.closest("[data-take-theirs]")) {
    saver.stop();
  }
});
form.addEventListener("submit", (event) => {
  if (saver.waiting) {
    // A save is under way and will count the version on; sent now, the form would conflict with it.
    event.preventDefault();
    event.stopPropagation();
    saver.tail.finally(() => form.requestSubmit(event.submitter));
    return;
  }
  csrfToken(form);
  saver.stop(); // the form itself brings everything along
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saver.save({ leaving: true });
  else if (saver.changed) saver.save();
});
window.addEventListener("pagehide", () => saver.save({ leaving: true }));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) saver.resume();
});

countLetters();
if (conflict.childElementCount) saver.stop();
