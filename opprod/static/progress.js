// Follows work done in the background, by asking data-poll-href for JSON: state ("running", "done" or "failed"),
// percent, text, and location, where to go when it is done. Markup: components/content.html, progress().
const FIRST_WAIT = 500;
const LONGEST_WAIT = 4_000;
const TRIES = 5;

export function startProgress() {
  for (const root of document.querySelectorAll('[data-poll-href]')) {
    follow(root);
  }
}

async function follow(root) {
  const text = root.querySelector('[data-poll-text]');
  let failures = 0;
  for (let wait = FIRST_WAIT; failures < TRIES; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    const news = await ask(root.dataset.pollHref);
    failures = news ? 0 : failures + 1;
    if (news) {
      show(root, news);
    }
    if (news?.location && news.state !== 'running') {
      go(news.location);
      return;
    }
    if (news?.state === 'failed') {
      return;
    }
  }
  text.textContent = 'The service cannot be reached. Open this page again to see how far it has come.';
}

async function ask(href) {
  try {
    const answer = await fetch(href, { headers: { Accept: 'application/json' } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function show(root, news) {
  root.querySelector('progress').value = news.percent;
  const text = root.querySelector('[data-poll-text]');
  // Said again only when it changes, so that a screen reader is not made to repeat itself.
  if (text.textContent !== news.text) {
    text.textContent = news.text;
  }
}

function go(location) {
  const target = new URL(location, window.location.href);
  if (target.origin === window.location.origin) {
    window.location.assign(target);
  }
}
