import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** A job summary as GitHub shows it: its Markdown as HTML, in a style that is close to GitHub's. */
export function summaryPage(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Summary</title><style>${STYLE}</style>
<section><h1>mail summary</h1><article>${html}</article></section></html>`;
}

const STYLE = `
body { margin: 0; padding: 20px 24px; background: #f6f8fa; color: #1f2328;
  font: 14px/1.5 'Liberation Sans', Helvetica, Arial, 'Noto Color Emoji', sans-serif; }
section { background: #fff; border: 1px solid #d1d9e0; border-radius: 6px; }
h1 { font-size: 14px; margin: 0; padding: 12px 24px; border-bottom: 1px solid #d1d9e0; }
article { padding: 8px 24px 24px; }
h2 { font-size: 21px; margin: 16px 0 12px; padding-bottom: 6px; border-bottom: 1px solid #d1d9e0b3; }
h3 { font-size: 17px; margin: 20px 0 10px; }
h4 { font-size: 14px; margin: 18px 0 8px; }
p, ul, ol, pre, table, blockquote, details { margin: 0 0 12px; }
ul, ol { padding-left: 28px; }
table { border-collapse: collapse; }
th, td { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left; }
tr:nth-child(2n) { background: #f6f8fa; }
code, pre { font-family: 'Liberation Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 12px; }
code { background: #818b981f; border-radius: 6px; padding: 2px 5px; }
pre { background: #f6f8fa; border-radius: 6px; padding: 12px; overflow: hidden; line-height: 1.45; }
pre code { background: none; padding: 0; }
blockquote { color: #59636e; border-left: 4px solid #d1d9e0; padding: 0 14px; margin-left: 0; }
a { color: #0969da; text-decoration: none; }
`;
