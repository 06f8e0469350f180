// Saves a form in the background: soon after the last keystroke, and while typing goes on.

const PAUSE = 1500; // after the last keystroke
const LONGEST = 7000; // while typing goes on without a pause
const RETRY = 8000; // when the server could not be reached, or the person must sign in again

/** The value of the token as the cookie has it now: signing in again in another tab changes it. */
export function csrfToken(form) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  const field = form.elements.csrfmiddlewaretoken;
  if (cookie) field.value = decodeURIComponent(cookie.slice("csrftoken=".length));
  return field.value;
}

/** Send the form's words to `address`; `leaving` lets the request outlive its page. */
async function send(form, address, leaving, version, extra) {
  const token = csrfToken(form);
  const body = new FormData(form);
  for (const field of form.querySelectorAll("input[type=file]")) body.delete(field.name); // only a button sends files
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  body.set("version", version);
  return fetch(address, {
    method: "POST",
    body,
    keepalive: leaving,
    headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": token },
  });
}

export class Saver {
  /** `told` has: saved(answer), refused(answer), conflict(answer), signedOut(), unreachable(). */
  constructor(form, told) {
    this.form = form;
    this.told = told;
    this.stopped = false;
    this.waiting = 0; // requests under way or in line
    this.tail = Promise.resolve(null);
    this.changed = false;
    this.since = 0;
    this.timer = 0;
  }

  /** Something was typed. */
  touch() {
    this.changed = true;
    this.since ||= Date.now();
    this.plan(Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now())));
  }

  plan(wait) {
    window.clearTimeout(this.timer);
    if (!this.stopped) this.timer = window.setTimeout(() => this.save(), wait);
  }

  /** Nothing more is sent by itself until `resume`. */
  stop() {
    this.stopped = true;
    window.clearTimeout(this.timer);
  }

  resume() {
    this.stopped = false;
    if (this.changed) this.plan(0);
  }

  /** Save now if there is something to save. */
  async save({ leaving = false } = {}) {
    window.clearTimeout(this.timer);
    if (this.stopped || !this.changed) return;
    if (leaving) await this.post(this.form.dataset.autosave, true);
    else if (!this.waiting) await this.exchange(this.form.dataset.autosave);
  }

  /** Post the form, and `extra` fields, to `address` after what is under way; resolves to the answer if it was saved. */
  exchange(address, extra = {}) {
    this.waiting += 1;
    this.tail = this.tail.then(() => this.post(address, false, extra)).finally(() => (this.waiting -= 1));
    return this.tail;
  }

  async post(address, leaving, extra = {}) {
    this.changed = false;
    this.since = 0;
    let answer = null;
    try {
      // A page that closes cannot wait for the save under way, which will have counted one on.
      const version = Number(this.form.elements.version.value) + (leaving && this.waiting ? 1 : 0);
      answer = await this.hear(await send(this.form, address, leaving, version, extra));
    } catch {
      this.again();
      this.told.unreachable();
    }
    if (this.changed && answer) this.plan(PAUSE);
    return answer;
  }

  /** Nothing was saved: keep it as changed and try again later. */
  again() {
    this.changed = true;
    this.since ||= Date.now();
    this.plan(RETRY);
  }

  async hear(response) {
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    if (response.status === 401 || response.redirected || (response.status === 403 && !isJson)) {
      this.again();
      this.told.signedOut();
      return null;
    }
    if (!isJson) {
      this.again();
      this.told.unreachable();
      return null;
    }
    const answer = await response.json();
    if (response.ok) {
      this.form.elements.version.value = answer.version;
      this.told.saved(answer);
      return answer;
    }
    this.changed = true;
    if (answer.stale) {
      this.stop();
      this.told.conflict(answer);
    } else {
      this.told.refused(answer);
    }
    return null;
  }
}
