// The QR code in the room, on a phone that opened its invitation before: it goes on to its own ask box at once.

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
  location.replace(`${base}/questions#ask`);
}
