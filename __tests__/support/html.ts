import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What a browser makes of HTML: the elements with their attributes, and the text in the order in which it is shown. */
export function seen(html: string): { elements: string[]; text: string } {
  const elements: string[] = [];
  let text = '';
  const look = (node: Node) => {
    if (node.nodeName === '#text') text += (node as DefaultTreeAdapterTypes.TextNode).value;
    else if ('tagName' in node) {
      elements.push([node.tagName, ...node.attrs.map(({ name, value }) => `${name}=${value}`)].join(' '));
      node.childNodes.forEach(look);
    } else elements.push(node.nodeName);
  };
  parseFragment(html).childNodes.forEach(look);
  return { elements, text };
}
