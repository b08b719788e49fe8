// Shows what a section looks like while it is typed, keeps what is typed, and tells of others who are at it. Without
// JavaScript the buttons do the first two. Markup: form[data-section-editor] in templates/reports/edit_section.html;
// both addresses answer JSON: html or problems; kept and news, and on GET csrf_token and editor.
const PREVIEW_PAUSE = 400;
const KEEP_PAUSE = 2_000;
const NEWS_EVERY = 20_000;
const SIGNED_OUT = 'You are no longer signed in, so what you type is not being kept. It stays on this page: sign in '
  + 'again in another window, and keeping it goes on.';
const SOMEBODY_ELSE = 'Somebody else is signed in now, so what you type is not being kept. Copy it before you leave.';
const OUT_OF_REACH = 'The service cannot be reached, so what you type is not being kept. It stays on this page.';

export function startSectionEditors() {
  for (const form of document.querySelectorAll('form[data-section-editor]')) {
    new SectionEditor(form).start();
  }
}

class SectionEditor {
  constructor(form) {
    this.form = form;
    this.preview = document.querySelector('[data-editor-preview]');
    this.problems = document.querySelector('[data-editor-problems]');
    this.news = document.querySelector('[data-editor-news]');
    this.kept = document.querySelector('[data-editor-kept]');
    this.typed = 0; // how often something was typed, and how much of that is kept
    this.keptOf = 0;
    this.keeping = false;
    this.left = false;
  }

  start() {
    this.form.addEventListener('input', () => this.changed());
    this.form.addEventListener('submit', () => this.leave());
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        window.location.reload();
      }
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') {
        this.keep();
      }
    });
    setInterval(() => this.ask(), NEWS_EVERY);
  }

  changed() {
    this.typed += 1;
    this.kept.textContent = '';
    clearTimeout(this.previewTimer);
    this.previewTimer = setTimeout(() => this.draw(), PREVIEW_PAUSE);
    this.keepTimer ??= setTimeout(() => this.keep(), KEEP_PAUSE);
  }

  // What is sent by the form's own buttons must not be kept again behind it.
  leave() {
    this.left = true;
    clearTimeout(this.previewTimer);
    clearTimeout(this.keepTimer);
    this.drawing?.abort();
    this.sending?.abort();
  }

  async draw() {
    this.drawing?.abort();
    const drawing = new AbortController();
    this.drawing = drawing;
    const answer = await send(this.form.dataset.previewHref, { body: new FormData(this.form), signal: drawing.signal });
    if (drawing.signal.aborted) {
      return;
    }
    if (answer.json?.html !== undefined) {
      this.preview.innerHTML = answer.json.html;
    }
    // Without an answer, the attempt to keep the text says why.
    say(this.problems, answer.json?.problems ?? []);
  }

  async keep() {
    clearTimeout(this.keepTimer);
    this.keepTimer = undefined;
    if (this.left || this.keeping || this.keptOf === this.typed) {
      return;
    }
    this.keeping = true;
    this.sending = new AbortController();
    const now = this.typed;
    const body = new FormData(this.form);
    const answer = await send(this.form.dataset.draftHref, { body, signal: this.sending.signal });
    this.keeping = false;
    if (this.left) {
      return;
    }
    if (answer.ok) {
      this.keptOf = now;
      this.kept.textContent = this.typed === now ? answer.json.kept : '';
      say(this.news, answer.json.news);
    } else {
      this.kept.textContent = 'Not kept';
      say(this.news, [reason(answer)]);
    }
    if (this.typed !== now) {
      this.keepTimer ??= setTimeout(() => this.keep(), KEEP_PAUSE);
    }
  }

  async ask() {
    if (this.left || document.visibilityState === 'hidden') {
      return;
    }
    const version = this.form.elements.namedItem('version').value;
    const answer = await send(`${this.form.dataset.draftHref}?${new URLSearchParams({ version })}`);
    if (this.left) {
      return;
    }
    if (!answer.ok) {
      say(this.news, [reason(answer)]);
    } else if (String(answer.json.editor) !== this.form.dataset.sectionEditor) {
      say(this.news, [SOMEBODY_ELSE]);
    } else {
      this.form.elements.namedItem('csrf_token').value = answer.json.csrf_token;
      say(this.news, answer.json.news);
      await this.keep();
    }
  }
}

async function send(href, { body, signal } = {}) {
  try {
    // A page to sign in is no answer, so it is not gone to.
    const method = body ? 'POST' : 'GET';
    const answer = await fetch(href, { method, body, signal, headers: { Accept: 'application/json' }, redirect: 'manual' });
    const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
    return {
      ok: answer.ok,
      signedOut: answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 400,
      json: isJson ? await answer.json() : null,
    };
  } catch {
    return { ok: false, signedOut: false, json: null };
  }
}

function reason(answer) {
  return answer.signedOut ? SIGNED_OUT : answer.json?.message ?? OUT_OF_REACH;
}

// Said again only when it changes, so that a screen reader is not made to repeat itself.
function say(place, texts) {
  const said = [...place.children].map((paragraph) => paragraph.textContent);
  if (said.join('\n') === texts.join('\n')) {
    return;
  }
  place.replaceChildren(...texts.map((text) => Object.assign(document.createElement('p'), { textContent: text })));
}
