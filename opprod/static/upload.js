// Sends the files of a form one by one, two at a time, and shows how far each has come. Without JavaScript the form
// sends them all at once. Markup: form[data-upload] with a file input, a submit button and the data- limits; on the
// page [data-documents], which is fetched anew when all are sent. The address answers JSON: message or refused.
const AT_ONCE = 2;
const MEGABYTE = 1024 * 1024;

export function startUploads() {
  for (const form of document.querySelectorAll('form[data-upload]')) {
    new Uploads(form).start();
  }
}

class Uploads {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector('input[type="file"]');
    this.largest = Number(form.dataset.uploadLargest);
    this.most = Number(form.dataset.uploadMost);
    this.all = [];
    this.waiting = [];
    this.going = new Set();
  }

  start() {
    this.list = Object.assign(document.createElement('ul'), { className: 'nhsuk-list app-uploads' });
    this.status = Object.assign(document.createElement('p'), { className: 'nhsuk-body' });
    this.status.setAttribute('role', 'status');
    this.form.after(this.status, this.list);
    this.form.addEventListener('submit', (event) => this.submit(event));
    window.addEventListener('beforeunload', (event) => {
      if (this.isBusy) {
        event.preventDefault();
      }
    });
  }

  get isBusy() {
    return this.waiting.length > 0 || this.going.size > 0;
  }

  // A form without a file is sent as it is: the page then says that one must be chosen.
  submit(event) {
    const files = [...this.input.files];
    if (!files.length) {
      return;
    }
    event.preventDefault();
    if (files.length > this.most) {
      this.say(`Choose ${this.most} files or fewer; you chose ${files.length}.`);
      return;
    }
    if (!this.isBusy) {
      this.list.replaceChildren();
      this.all = [];
    }
    const uploads = files.map((file) => new Upload(file, this));
    this.all.push(...uploads);
    this.list.append(...uploads.map((upload) => upload.row));
    this.form.reset();
    const isTooLarge = (upload) => upload.file.size > this.largest;
    uploads.filter((upload) => !isTooLarge(upload)).forEach((upload) => this.queue(upload));
    this.next();
    for (const upload of uploads.filter(isTooLarge)) {
      upload.end(`is larger than ${this.largest / MEGABYTE} MB. Attach a smaller file`, { mayRetry: false });
    }
  }

  queue(upload) {
    upload.wait();
    this.waiting.push(upload);
  }

  retry(upload) {
    this.queue(upload);
    this.next();
  }

  next() {
    while (this.waiting.length && this.going.size < AT_ONCE) {
      const upload = this.waiting.shift();
      this.going.add(upload);
      upload.send();
    }
  }

  finished(upload) {
    this.waiting = this.waiting.filter((waiting) => waiting !== upload);
    this.going.delete(upload);
    this.next();
    if (this.isBusy) {
      const left = this.waiting.length + this.going.size;
      this.say(`${this.all.length - left} of ${this.all.length} files are done.`);
    } else {
      this.report();
    }
  }

  async report() {
    const missing = this.all.filter((upload) => !upload.attached).map((upload) => upload.file.name);
    const attached = this.all.length - missing.length;
    const done = attached === 1 ? '1 document is attached.' : `${attached || 'No'} documents are attached.`;
    this.say(missing.length ? `${done} Not attached: ${missing.join(', ')}.` : done);
    if (attached) {
      await this.refresh();
    }
  }

  async refresh() {
    const held = document.querySelector('[data-documents]');
    try {
      const answer = await fetch(window.location.pathname, { headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      held.replaceChildren(...page.querySelector('[data-documents]').children);
    } catch {
      this.say(`${this.status.textContent} Open this page again to see the list.`);
    }
  }

  say(text) {
    this.status.textContent = text;
  }
}

class Upload {
  constructor(file, uploads) {
    this.file = file;
    this.uploads = uploads;
    this.attached = false;
    this.reason = '';
    this.row = Object.assign(document.createElement('li'), { className: 'app-uploads__file' });
    this.row.tabIndex = -1;
    this.name = Object.assign(document.createElement('span'), { className: 'app-uploads__name', textContent: file.name });
    this.state = Object.assign(document.createElement('span'), { className: 'app-uploads__state' });
    this.bar = Object.assign(document.createElement('progress'), { className: 'app-progress__bar', max: 100 });
    this.bar.setAttribute('aria-label', `How much of ${file.name} is sent`);
    this.button = Object.assign(document.createElement('button'), { type: 'button', className: 'app-link-button' });
    this.row.append(this.name, this.bar, this.state, this.button);
  }

  wait() {
    this.row.classList.remove('app-uploads__file--refused');
    this.show('Waiting', 0);
    this.offer('Cancel', () => this.cancel());
  }

  send() {
    const body = new FormData(this.uploads.form);
    body.delete(this.uploads.input.name);
    body.append(this.uploads.input.name, this.file);
    this.request = new XMLHttpRequest();
    this.request.open('POST', this.uploads.form.action);
    this.request.setRequestHeader('Accept', 'application/json');
    this.request.upload.addEventListener('progress', (event) => this.progress(event));
    this.request.addEventListener('load', () => this.answered());
    this.request.addEventListener('error', () => this.end('could not be sent: the service cannot be reached'));
    this.request.addEventListener('abort', () => this.end('was cancelled'));
    this.show('0% sent', 0);
    this.request.send(body);
  }

  cancel() {
    if (this.request) {
      this.request.abort();
    } else {
      this.end('was cancelled');
    }
  }

  progress(event) {
    const percent = Math.floor((event.loaded / event.total) * 100);
    this.show(percent < 100 ? `${percent}% sent` : 'Sent. It is being checked', percent);
  }

  answered() {
    const { status, response } = this.request;
    if (status === 201) {
      this.attached = true;
      this.end('');
    } else if (status === 400 || status === 401) {
      this.end('is not attached: your time signed in has ended. Open this page again and attach it from there', {
        mayRetry: false,
      });
    } else {
      this.refused(status, response);
    }
  }

  refused(status, response) {
    let told = {};
    try {
      told = JSON.parse(response);
    } catch {
      // Whatever stands between the browser and the service may answer with a page of its own.
    }
    if (told.refused?.length) {
      [this.reason] = told.refused;
      this.end('', { mayRetry: false });
    } else {
      this.end(`is not attached. ${told.message ?? 'Something has gone wrong.'}`, { mayRetry: status >= 500 });
    }
  }

  end(why, { mayRetry = true } = {}) {
    this.request = null;
    this.reason ||= why && `${this.file.name} ${why}`;
    this.bar.hidden = true;
    this.state.textContent = this.attached ? 'Attached' : this.reason;
    this.name.hidden = !this.attached;
    this.row.classList.toggle('app-uploads__file--refused', !this.attached);
    if (!this.attached && mayRetry) {
      this.offer('Try again', () => this.uploads.retry(this));
    } else {
      if (document.activeElement === this.button) {
        this.row.focus();
      }
      this.button.hidden = true;
    }
    this.uploads.finished(this);
  }

  show(text, percent) {
    this.reason = '';
    this.name.hidden = false;
    this.bar.hidden = false;
    this.bar.value = percent;
    this.state.textContent = text;
  }

  offer(text, act) {
    this.button.replaceChildren(text, this.hiddenName());
    this.button.hidden = false;
    this.button.onclick = act;
  }

  hiddenName() {
    return Object.assign(document.createElement('span'), {
      className: 'nhsuk-u-visually-hidden', textContent: ` ${this.file.name}`,
    });
  }
}
