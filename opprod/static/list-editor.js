// Adds, moves and removes the rows of a list without a page load. The same buttons post the form where there is
// no JavaScript; opprod/web/rows.py then does the same. Markup: templates/components/rows.html.
import { initAll } from './vendor/nhsuk-frontend.min.js';

const ACTION = /^(?:[^:]+:)?(add|up|down|remove)-(\w+)$/;
const NUMBERED = ['id', 'name', 'for', 'aria-describedby', 'aria-controls', 'aria-labelledby', 'data-aria-controls'];

export function startListEditors() {
  for (const root of document.querySelectorAll('[data-list-editor]')) {
    new ListEditor(root).start();
  }
}

class ListEditor {
  constructor(root) {
    this.root = root;
    this.rows = root.querySelector('[data-list-rows]');
    this.status = root.querySelector('[data-list-status]');
    this.adders = root.querySelector('[data-list-add]');
    this.most = Number(root.dataset.listMax);
    this.rowName = root.dataset.listRowName;
    const prefix = root.dataset.listEditor.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    this.numbered = new RegExp(`(^|\\s|#)(${prefix}-)(\\d+|__\\w+__)(?=-|\\s|$)`, 'g');
  }

  start() {
    this.root.addEventListener('click', (event) => {
      const button = event.target.closest('button[name="action"]');
      const [, verb, what] = (button && ACTION.exec(button.value)) || [];
      if (verb && this[verb](button.closest('[data-list-row]') ?? what, button)) {
        event.preventDefault();
      }
    });
    this.renumber();
  }

  add(kind) {
    const template = [...this.root.querySelectorAll('template[data-list-template]')]
      .find((candidate) => candidate.dataset.listTemplate === kind);
    if (!template) {
      return false;
    }
    const row = template.content.cloneNode(true).querySelector('[data-list-row]');
    this.rows.append(row);
    this.changed(`${this.rowName} ${this.rows.children.length} added.`);
    initAll(row);
    row.querySelector('input:not([type="hidden"]), textarea, select')?.focus();
    return true;
  }

  up(row, button) {
    row.previousElementSibling?.before(row);
    return this.moved(row, button);
  }

  down(row, button) {
    row.nextElementSibling?.after(row);
    return this.moved(row, button);
  }

  moved(row, button) {
    this.changed(`Moved. It is now ${this.rowName.toLowerCase()} ${this.place(row)} of ${this.rows.children.length}.`);
    const next = button.hidden ? row.querySelector('button[name="action"]:not([hidden])') : button;
    next.focus();
    return true;
  }

  remove(row) {
    const [place, after] = [this.place(row), row.nextElementSibling];
    const neighbour = after ?? row.previousElementSibling;
    row.remove();
    this.changed(`${this.rowName} ${place} removed.`);
    this.offerUndo(() => {
      this.rows.insertBefore(row, after?.parentElement === this.rows ? after : null);
      this.changed(`${this.rowName} ${this.place(row)} put back.`);
      row.focus();
    });
    (neighbour ?? this.root).focus();
    return true;
  }

  offerUndo(undo) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'app-link-button';
    button.textContent = 'Undo';
    button.addEventListener('click', undo);
    this.status.append(' ', button);
  }

  place(row) {
    return [...this.rows.children].indexOf(row) + 1;
  }

  changed(message) {
    this.status.textContent = message;
    this.renumber();
    this.root.dispatchEvent(new Event('change', { bubbles: true }));
  }

  // Radio buttons of two rows share a name for a moment, and the browser then unticks one: tick them again after.
  renumber() {
    const ticked = this.rows.querySelectorAll('input[type="radio"]:checked');
    const places = new Map();
    [...this.rows.children].forEach((row, index) => this.number(row, index, places));
    for (const radio of ticked) {
      radio.checked = true;
    }
    this.pointErrors(places);
    this.adders.hidden = this.rows.children.length >= this.most;
  }

  number(row, index, places) {
    for (const element of [row, ...row.querySelectorAll('*')]) {
      for (const attribute of NUMBERED) {
        const value = element.getAttribute(attribute);
        if (value) {
          element.setAttribute(attribute, value.replace(this.numbered, (_, before, prefix, old) => {
            places.set(old, index);
            return `${before}${prefix}${index}`;
          }));
        }
      }
    }
    for (const place of row.querySelectorAll('[data-list-number]')) {
      place.textContent = index + 1;
    }
    this.numberButtons(row, index);
  }

  numberButtons(row, index) {
    for (const button of row.querySelectorAll('button[name="action"]')) {
      button.value = button.value.replace(/-\w+$/, `-${index}`);
      button.hidden = (/\bup-/.test(button.value) && index === 0)
        || (/\bdown-/.test(button.value) && index === this.rows.children.length - 1);
    }
  }

  pointErrors(places) {
    for (const link of document.querySelectorAll('.nhsuk-error-summary a')) {
      link.setAttribute('href', link.getAttribute('href').replace(this.numbered, (whole, before, prefix, old) => (
        places.has(old) ? `${before}${prefix}${places.get(old)}` : whole
      )));
    }
  }
}
