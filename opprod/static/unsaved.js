// Asks before a page is left with changes that were not sent. A form opts in by data-unsaved-guard; the value
// "changed" says that it came back from the server with changes still to save.
export function watchForms() {
  const unsaved = new Set();
  for (const form of document.querySelectorAll('form[data-unsaved-guard]')) {
    if (form.dataset.unsavedGuard === 'changed') {
      unsaved.add(form);
    }
    form.addEventListener('input', () => unsaved.add(form));
    form.addEventListener('change', () => unsaved.add(form));
    form.addEventListener('submit', () => unsaved.delete(form));
  }
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size) {
      event.preventDefault();
    }
  });
}
