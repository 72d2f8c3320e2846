import { type ParserError, parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { htmlReport } from '../../src/report/html/page.ts';
import { trends } from '../../src/report/html/trend.ts';
import type { Report } from '../../src/report/report.ts';

/** A page as a browser reads it: its elements, and what the parser complains of. */
export function read(html: string) {
  const errors: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }: ParserError) => errors.push(`${code} at ${startLine}:${startCol}`),
  });
  const elements: Tree.Element[] = [];
  const walk = (node: Tree.Node) => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(document);
  return { errors, elements, all: (name: string) => elements.filter(({ tagName }) => tagName === name) };
}

/** The value of an attribute of an element, if it has it. */
export const attribute = (element: Tree.Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
export const hasClass = (element: Tree.Element, name: string) => attribute(element, 'class')?.split(' ').includes(name);

/** The text in an element, in the order of the source. */
export function text(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(text).join('') : '';
}

/** The page of a report, read. */
export const page = (report: Report) => read(htmlReport(report, 'github-hosted', trends));
/** The elements that show a target each. */
export const targetsOf = ({ all }: ReturnType<typeof read>) => all('details').filter((one) => hasClass(one, 'target'));

/** The elements of a name below another. */
export function within(root: Tree.Element, name: string): Tree.Element[] {
  const found: Tree.Element[] = [];
  for (const child of root.childNodes) {
    if (!('tagName' in child)) continue;
    if (child.tagName === name) found.push(child);
    found.push(...within(child, name));
  }
  return found;
}

export function isWithin(element: Tree.Element, ancestor: Tree.Element): boolean {
  for (let node: Tree.ParentNode | null = element; node; node = 'parentNode' in node ? node.parentNode : null) {
    if (node === ancestor) return true;
  }
  return false;
}
