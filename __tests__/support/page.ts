import { type ParserError, parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { htmlReport } from '../../src/report/html/page.ts';
import type { Report } from '../../src/report/report.ts';
import { viewed } from './reports.ts';

export type Element = Tree.Element;

/** What a page has, as a browser reads it: its elements, and what the parser complains of. */
export interface Page {
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
  all(name: string): Element[];
}

/** A page as a browser reads it. */
export function read(html: string): Page {
  const errors: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }: ParserError) => errors.push(`${code} at ${startLine}:${startCol}`),
  });
  const elements: Element[] = [];
  const walk = (node: Tree.Node) => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(document);
  return { errors, elements, all: (name: string) => elements.filter(({ tagName }) => tagName === name) };
}

/** The page of a report, read by somebody whose runner GitHub hosts. */
export const page = (report: Report): Page => read(htmlReport(viewed(report, { place: 'github-hosted' })));

export const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
export const hasClass = (element: Element, name: string) => attribute(element, 'class')?.split(' ').includes(name);

/** The text of an element, whether or not it is shown. */
export function text(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(text).join('') : '';
}

/** The elements of this name that are inside another, in their order. */
export function within(root: Element, name: string): Element[] {
  const found: Element[] = [];
  for (const child of root.childNodes) {
    if (!('tagName' in child)) continue;
    if (child.tagName === name) found.push(child);
    found.push(...within(child, name));
  }
  return found;
}

export function isWithin(element: Element, ancestor: Element): boolean {
  for (let node: Tree.ParentNode | null = element; node; node = 'parentNode' in node ? node.parentNode : null) {
    if (node === ancestor) return true;
  }
  return false;
}

/** What folds a code, and what folds a target. */
export const codesOf = ({ all }: Pick<Page, 'all'>) => all('details').filter((one) => hasClass(one, 'code'));
export const targetsOf = ({ all }: Pick<Page, 'all'>) => all('details').filter((one) => hasClass(one, 'target'));
