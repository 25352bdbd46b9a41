// Questions that the tests ask of a page from inside it: `inPage` in every window they open.
globalThis.inPage = {
  /** Nothing stays folded away; menus lie over each other and over the row below, so the last stands for all. */
  unfold() {
    for (const details of document.querySelectorAll('details')) details.open = !details.matches('.menu');
    const menu = [...document.querySelectorAll('details.menu')].at(-1);
    if (menu) menu.open = true;
  },

  /** Waits until colours and sizes are those of now; gives the height of the page, and whether anything stays put as one scrolls. */
  async settle(width, scheme) {
    const isSo = () => innerWidth === width && matchMedia(`(prefers-color-scheme: ${scheme})`).matches;
    do await new Promise(requestAnimationFrame);
    while (!isSo());
    for (const animation of document.getAnimations()) animation.finish();
    // A colour that is inherited passes on from parent to child, one transition after the other.
    const isOver = ({ playState, timeline }) =>
      playState === 'finished' || !(timeline instanceof DocumentTimeline);
    const running = () => document.getAnimations().filter((one) => !isOver(one));
    for (let some = running(); some.length > 0; some = running()) for (const one of some) one.finish();
    const places = [...document.querySelectorAll('body *')].map((one) => getComputedStyle(one).position);
    const sticks = places.some((position) => position === 'fixed' || position === 'sticky');
    return { height: Math.min(12_000, document.documentElement.scrollHeight), sticks };
  },

  /** Lists what axe finds, a line each: on the page, and in its last menu, which may lie over what stands below it. */
  async axe(runOnly) {
    const options = { runOnly, resultTypes: ['violations'], preload: false };
    const menu = [...document.querySelectorAll('details.menu[open]')].at(-1);
    const inMenu = menu ? (await globalThis.axe.run(menu, options)).violations : [];
    if (menu) menu.open = false;
    const violations = [...(await globalThis.axe.run(document, options)).violations, ...inMenu];
    if (menu) menu.open = true;
    const line = (id, { target, html, any, all }) =>
      `${id} ${target.join(' ')} ${html.slice(0, 140)} ${(any[0] ?? all[0])?.message ?? ''}`;
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => line(id, node)));
  },

  /** Lists what makes the page wider than the window, the innermost last. */
  sideways() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isOver = (one) => one.getBoundingClientRect().right > clientWidth + 1;
    const over = [...document.body.querySelectorAll('*')].filter(isOver);
    return [`${scrollWidth} px wide`, ...over.slice(-3).map((one) => one.outerHTML.slice(0, 160))];
  },

  /** Lists fields and buttons that lie over one another in a form, which no finger can tell apart. */
  overlaps() {
    const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const isPlaced = (one) => shown(one) && !one.closest('.vh, [class~="choice"], .menu > :not(summary)');
    const sticks = (one) =>
      one && (/fixed|sticky/.test(getComputedStyle(one).position) || sticks(one.parentElement));
    const found = [];
    for (const form of document.querySelectorAll('main form')) {
      const boxes = [...form.querySelectorAll('.input, button.btn, a.btn')]
        .filter((one) => isPlaced(one) && !sticks(one))
        .map((one) => ({ one, box: one.getBoundingClientRect() }));
      const lies = (a, b) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      boxes.forEach(({ one, box }, at) => {
        const over = boxes.slice(at + 1).find((other) => lies(box, other.box));
        if (over) found.push(`${one.outerHTML.slice(0, 80)} lies over ${over.one.outerHTML.slice(0, 80)}`);
      });
    }
    return found.slice(0, 3);
  },

  /** Lists fields of one row that do not stand level, though nothing below them differs. */
  uneven() {
    const rows = document.querySelectorAll('main :is(.fields, .two)');
    return [...rows].flatMap((row) => {
      const fields = [...row.querySelectorAll(':scope > .field > :is(input, select).input')];
      const boxes = fields.map((one) => one.getBoundingClientRect()).filter(({ height }) => height > 0);
      const isUneven = boxes.some((a) =>
        boxes.some((b) => a.top < b.bottom && b.top < a.bottom && Math.abs(a.bottom - b.bottom) > 2),
      );
      return isUneven ? [row.textContent.replace(/\s+/g, ' ').trim().slice(0, 80)] : [];
    });
  },

  /** Gives how far below the bars with tabs the title begins; nothing where it is on felt or not shown. */
  titleTop() {
    const bar = [...document.querySelectorAll('.topbar:has(.tabs)')].at(-1);
    const title = document.querySelector('main > h1, main > p + h1, main .page-head h1, main > .sec-head h1');
    if (!bar || !title || title.closest('.felt') || title.closest('.vh') || title.matches('.vh')) return null;
    // The tabs of an event's own pages stand between the bar and the title.
    if ([...document.querySelectorAll('nav.sub')].some((tabs) => !tabs.closest('main'))) return null;
    const isFirst = [...document.querySelector('main').children]
      .slice(0, 2)
      .some((one) => one.contains(title));
    const above = title.previousElementSibling;
    if (above && !above.matches('p:has(> a:only-child)')) return null;
    const way = above ? 'below the way up' : 'below the bar';
    const top = title.getBoundingClientRect().top - bar.getBoundingClientRect().bottom;
    return isFirst ? `${way}: ${Math.round(top)} px` : null;
  },

  /** Lists which components are inside which: pages that have the same look the same. */
  traits() {
    const nameOf = (one) => [one.tagName, ...one.classList, one.dataset.kind ?? ''].join('.');
    const all = [...document.querySelectorAll('body *')].filter((one) => !one.closest('svg'));
    return [...new Set(all.map((one) => `${nameOf(one.parentElement)}>${nameOf(one)}`))];
  },

  /** Says where the focus is, as a person would say it. */
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
