// What the tests ask of a page from inside it: `inPage` in every window they open.
globalThis.inPage = {
  /** Nothing stays folded away; menus lie over each other, so one stands for all. */
  unfold() {
    for (const details of document.querySelectorAll('details')) details.open = !details.matches('.menu');
    const menu = document.querySelector('details.menu');
    if (menu) menu.open = true;
  },

  /** Waits until colours and sizes are those of now; gives the height of the page. */
  async settle() {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    for (const animation of document.getAnimations()) animation.finish();
    return Math.min(12_000, document.documentElement.scrollHeight);
  },

  /** What axe finds, a line each. */
  async axe(runOnly) {
    const { violations } = await globalThis.axe.run(document, {
      runOnly,
      resultTypes: ['violations'],
      preload: false,
    });
    const line = (id, { target, html, any, all }) =>
      `${id} ${target.join(' ')} ${html.slice(0, 140)} ${(any[0] ?? all[0])?.message ?? ''}`;
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => line(id, node)));
  },

  /** What makes the page wider than the window, the innermost last. */
  sideways() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isOver = (one) => one.getBoundingClientRect().right > clientWidth + 1;
    const over = [...document.body.querySelectorAll('*')].filter(isOver);
    return [`${scrollWidth} px wide`, ...over.slice(-3).map((one) => one.outerHTML.slice(0, 160))];
  },

  /** Which components stand inside which: pages that have the same look the same. */
  traits() {
    const nameOf = (one) => [one.tagName, ...one.classList, one.dataset.kind ?? ''].join('.');
    const all = [...document.querySelectorAll('body *')].filter((one) => !one.closest('svg'));
    return [...new Set(all.map((one) => `${nameOf(one.parentElement)}>${nameOf(one)}`))];
  },

  /** Where the focus is, as a person would say it. */
  focus() {
    const one = document.activeElement;
    if (!one || one === document.body) return '';
    return (one.getAttribute('aria-label') ?? one.textContent).replace(/\s+/g, ' ').trim() || one.id;
  },

  /** Whether the place where the focus is can be seen: a ring, a line or a shadow. */
  focusIsVisible() {
    const style = getComputedStyle(document.activeElement);
    const hasRing = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    return hasRing || style.boxShadow !== 'none';
  },
};

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
  globalThis.reportViolation(`${violatedDirective} ${blockedURI} ${sourceFile}`);
});
