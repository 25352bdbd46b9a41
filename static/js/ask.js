// The QR code in the room, on a phone that opened the letter before: one press goes on with it.

const known = document.getElementById('known');
let base;
try {
  base = localStorage.getItem(`flipside.link.${known.dataset.code}`);
} catch {
  base = null;
}
if (/^\/i\/[\w-]+$/.test(base ?? '')) {
  known.querySelector('a').href = `${base}/questions#ask`;
  known.hidden = false;
  document.getElementById('sign-in').removeAttribute('data-kind');
}
