/// <reference lib="dom" />

/**
 * What the page does beyond being read: filters, copies, opens. Its source is embedded in the page, so it may use nothing
 * from outside of itself. The page is complete without it.
 */
export function behave(): void {
  const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T | null;
  const targets = [...document.querySelectorAll<HTMLDetailsElement>('details.target')];
  const announcement = byId('announcement');

  function filterBy(form: HTMLFormElement): void {
    // Read once, at the first use: a report of many targets has a lot of text.
    let texts: string[] | undefined;
    const textOf = (target: HTMLElement) =>
      // What can be read, and not the names of a timeline's parts.
      [...target.querySelectorAll('h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd')]
        .map((part) => part.textContent)
        .join(' ')
        .toLowerCase();

    /** A list of choices may not be there. */
    function isChosen(data: FormData, name: string, values: readonly string[]): boolean {
      const chosen = String(data.get(name) || '');
      return chosen === '' || values.includes(chosen);
    }

    function filter(): void {
      const data = new FormData(form);
      const statuses = data.getAll('status');
      const words = String(data.get('text')).toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length > 0) texts ??= targets.map(textOf);
      const isWanted = (target: HTMLElement, i: number) => {
        const { status = '', codes = '' } = target.dataset;
        const known = codes.split(' ');
        return (
          (statuses.length === 0 || statuses.includes(status)) &&
          isChosen(data, 'code', known) &&
          isChosen(data, 'fault', known) &&
          isChosen(data, 'from', known) &&
          words.every((word) => texts?.[i]?.includes(word))
        );
      };
      let shown = 0;
      for (const [i, target] of targets.entries()) {
        const wanted = isWanted(target, i);
        if (target.hidden === wanted) target.hidden = !wanted;
        if (wanted) shown++;
      }
      sayShown(shown);
    }

    function sayShown(shown: number): void {
      const count = byId('shown');
      const all = `${targets.length} ${targets.length === 1 ? 'target' : 'targets'}`;
      if (count) count.textContent = shown === targets.length ? all : `${shown} of ${all}`;
      const nothing = byId('nothing');
      if (nothing) nothing.hidden = shown > 0;
    }

    const openAll = (open: boolean) => {
      for (const target of targets) if (!target.hidden) target.open = open;
    };
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    // The form has its old values until the event is over.
    form.addEventListener('reset', () => setTimeout(filter));
    byId('open-all')?.addEventListener('click', () => openAll(true));
    byId('close-all')?.addEventListener('click', () => openAll(false));
    const search = byId('search');
    if (search) search.hidden = false;
    // A browser that comes back to the page fills the form in again.
    filter();
  }

  function copyButton(commands: HTMLElement): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    const text = [...commands.querySelectorAll('code')].map((line) => (line.textContent ?? '').trimEnd()).join('\n');
    const say = (words: string) => {
      button.textContent = words;
      if (announcement) announcement.textContent = words;
      setTimeout(() => {
        button.textContent = 'Copy';
        if (announcement) announcement.textContent = '';
      }, 2_000);
    };
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        say('Copied');
      } catch {
        getSelection()?.selectAllChildren(commands);
        say('Selected');
      }
    });
    const box = document.createElement('div');
    box.className = 'copyable';
    commands.replaceWith(box);
    box.append(commands, button);
  }

  /** A link into something folded opens it, and lets nothing hide it. */
  function openAddressed(): void {
    const addressed = byId(location.hash.slice(1));
    if (!addressed?.matches('details.target, details.code')) return;
    if (addressed.hidden) byId<HTMLFormElement>('filters')?.reset();
    addressed.hidden = false;
    (addressed as HTMLDetailsElement).open = true;
    addressed.scrollIntoView();
    addressed.querySelector('summary')?.focus({ preventScroll: true });
  }

  const form = byId<HTMLFormElement>('filters');
  if (form) filterBy(form);
  for (const commands of document.querySelectorAll<HTMLElement>('pre.commands')) copyButton(commands);
  addEventListener('hashchange', openAddressed);
  openAddressed();
}
