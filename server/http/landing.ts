/**
 * The page on which a browser lands when a provider sends it back. A redirect would still be the other site's errand, on which a
 * strict cookie stays at home; this page is ours, and what it asks for next is our own.
 */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** `next`: an address of ours (`safeNext`). It needs no script, and a press where even that little does not happen by itself. */
export const landing = (next: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${escaped(next)}"><title>晴空 Qingkong</title>
<style>body{background:#10141c;color:#e8ecf2;font:1.125rem/1.5 sans-serif;display:grid;place-items:center;min-height:100vh;margin:0}a{color:inherit}</style></head>
<body><p><a href="${escaped(next)}">已登录，继续 · <span lang="en">Signed in, continue</span></a></p></body></html>
`;
