"""The small scripts that run inside a page: is it still drawing, where is its next page, what does it show?

They trust nothing that a page may have changed for good: each result is checked and each call is bounded in time.
"""

from typing import Final

# Resolves when no element came or went for `quiet` ms, at the latest after `limit` ms. Attributes and texts do not
# count: clocks and running banners never rest.
QUIET: Final = """([quiet, limit]) => new Promise(resolve => {
  let timer;
  const done = () => { observer.disconnect(); clearTimeout(timer); clearTimeout(end); resolve(true); };
  const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, quiet); });
  const end = setTimeout(done, limit);
  timer = setTimeout(done, quiet);
  observer.observe(document, {childList: true, subtree: true});
})"""

# What the list shows: the texts and addresses of links, list entries and cells, as one number.
SIGNATURE: Final = """() => {
  let sum = 0, seen = 0;
  for (const node of document.querySelectorAll('a, li, td')) {
    if (++seen > 5000) break;
    const text = (node.href || '') + (node.textContent || '').slice(0, 200);
    for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  }
  return sum;
}"""

# Clicks the pager's next page. Answers 'clicked', 'disabled' (a next page that cannot be clicked) or 'none'.
CLICK_NEXT: Final = r"""() => {
  const WORDS = /^(下一?页|后一?页|下一頁|next( page)?)[ >›»]*$/i, SIGNS = /^(>|›|»|>>|→)$/;
  const MORE = /^(点击)?(加载|显示|查看)更多(信息|内容|数据)?(\.\.\.|…)?$/;
  const NAMED = /(^|[\s_-])(next|nextpage|btn-next|page-next)($|[\s_-])|laypage-next|pagination-next/i;
  const PAGER = /page|pagin|fenye|pager/i, SLIDES = /swiper|slick|carousel|banner|slide|calendar|datepicker/i;
  const OFF = /(^|[\s_-])(disabled?|is-disabled|forbid|unclick|no-?drop|nomore)($|[\s_-])|-disabled/i;
  const named = node => `${node.getAttribute('class') || ''} ${node.id || ''}`;
  const within = (node, words) => { for (let e = node, i = 0; e && i < 6; e = e.parentElement, i++)
    if (words.test(named(e))) return true; return false; };
  const visible = node => node.checkVisibility ? node.checkVisibility({checkVisibilityCSS: true}) : !!node.offsetParent;
  const off = node => [node, node.parentElement].some(e => e && e.tagName !== 'BODY' && (e.disabled === true
    || e.getAttribute('aria-disabled') === 'true' || OFF.test(e.getAttribute('class') || '')));
  const rank = node => {
    const shown = node.tagName === 'INPUT' ? node.value : node.textContent;
    const text = (shown || '').replace(/\s+/g, ' ').trim();
    if (text.length > 12) return 0;
    const said = `${node.getAttribute('aria-label') || ''}|${node.title || ''}`;
    if (WORDS.test(text) || node.rel === 'next' || said.split('|').some(s => WORDS.test(s.trim()))) return 4;
    if (NAMED.test(named(node)) && within(node, PAGER)) return 3;
    if (SIGNS.test(text) && within(node.parentElement, PAGER)) return 2;
    return MORE.test(text) && !(node.href || '').startsWith('http') ? 1 : 0;
  };
  const found = [...document.querySelectorAll('a, button, input[type=button], li, span, div, i, em')].slice(0, 20000)
    .filter(node => node.childElementCount <= 2).map(node => [rank(node), node])
    .filter(([score, node]) => score && visible(node) && !within(node, SLIDES));
  if (!found.length) return 'none';
  const best = Math.max(...found.map(([score]) => score));
  const inner = found.filter(([score]) => score === best).map(([, node]) => node);
  // Of a button in an entry in a bar, the innermost is clicked: what it is in hears it too.
  const leaves = inner.filter(node => !inner.some(other => other !== node && node.contains(other)));
  const usable = leaves.filter(node => !off(node));
  if (!usable.length) return 'disabled';
  usable[usable.length - 1].click();
  return 'clicked';
}"""

# Marks notices that the page keeps ready but does not show (暂无数据 in a hidden box), so that readers of the archived
# page, who see no style sheets, do not take them for said.
HIDE_UNSAID: Final = r"""() => {
  const NOTICE = /暂无|没有|未找到|未查|无数据|no data|no record/i;
  for (const node of document.querySelectorAll('p, div, li, td, span, dd, h3, h4, b, center, font')) {
    const text = node.childElementCount <= 4 ? (node.textContent || '').trim() : '';
    if (text.length >= 2 && text.length <= 60 && NOTICE.test(text) && node.checkVisibility
        && !node.checkVisibility({checkVisibilityCSS: true})) node.setAttribute('hidden', '');
  }
}"""

SIZE: Final = "() => document.documentElement ? document.documentElement.outerHTML.length : 0"
HEIGHT: Final = "() => Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0)"
