// Keeps a form whose button has data-prevent-double-click from being sent again while the first is on its way.
const PATIENCE = 20_000;

export function guardSubmits() {
  const sent = new Map();
  document.addEventListener('submit', (event) => {
    if (!event.submitter?.hasAttribute('data-prevent-double-click')) {
      return;
    }
    if (Date.now() - (sent.get(event.target) ?? -Infinity) < PATIENCE) {
      event.preventDefault();
    } else {
      sent.set(event.target, Date.now());
    }
  });
  window.addEventListener('pageshow', () => sent.clear());
}
