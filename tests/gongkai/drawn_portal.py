"""A finance bureau's portal whose column is drawn by a script: rows from a JSON file, further pages by a click. Under
/app/ the home page and the articles are drawn as well."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

ROWS_A_PAGE = 12
_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{0}</title></head><body>'
_HOME = '<div class="nav"><a href="/">首页</a><a href="/czsz/">财政收支</a><a href="/gs/">通知公告</a></div>'
_COLUMN = """<h2>财政收支</h2><ul id="rows" class="list"></ul><div class="pagination"><span id="at"></span>
<a class="prev" href="javascript:;">上一页</a> <a class="next" id="next" href="javascript:;">下一页</a></div>
<script>
let page = 1;
async function draw() {
  const all = await (await fetch('/data/rows.json')).json();
  const last = Math.ceil(all.length / 12), shown = all.slice((page - 1) * 12, page * 12);
  document.getElementById('rows').innerHTML = shown.map(
    r => `<li><a href="${location.pathname}${r.id}.html">${r.title}</a><span>${r.date}</span></li>`).join('');
  document.getElementById('at').textContent = `第 ${page} 页`;
  document.getElementById('next').className = page < last ? 'next' : 'next disabled';
}
document.getElementById('next').onclick = event => {
  if (!event.target.className.includes('disabled')) { page++; draw(); }
};
draw();
</script>"""

_DRAWN_HOME = f"<div id=app></div><script>document.getElementById('app').innerHTML = '{_HOME}'</script>".replace(
    'href="/czsz/', 'href="/app/czsz/'
)
_DRAWN_ARTICLE = """<div id="app"></div><script>
fetch('/data/articles.json').then(answer => answer.json()).then(all => {
  document.getElementById('app').innerHTML = all[location.pathname.split('/').pop()];
});
</script>"""


def rows() -> list[dict[str, str]]:
    """Thirty months up to 2017-06, newest first; each published on the 20th of the month after."""
    found = []
    for back in range(30):
        months = 2017 * 12 + 5 - back
        year, month = divmod(months, 12)
        after_year, after = divmod(months + 1, 12)
        title = f"临江市{year}年{month + 1}月一般公共预算执行情况"
        found.append({"id": f"{1000 - back}", "title": title, "date": f"{after_year}-{after + 1:02}-20"})
    return found


class _Portal(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        kind, text = "text/html; charset=utf-8", ""
        if path == "/":
            text = _HEAD.format("临江市财政局") + _HOME
        elif path == "/app/":
            text = _HEAD.format("临江市财政局") + _DRAWN_HOME
        elif path.startswith("/app/czsz/") and path.endswith(".html"):
            text = _HEAD.format("") + _DRAWN_ARTICLE
        elif path == "/data/articles.json":
            kind, text = "application/json", json.dumps({f"{row['id']}.html": _article(row) for row in rows()})
        elif path in ("/czsz/", "/app/czsz/"):
            text = _HEAD.format("财政收支") + _COLUMN
        elif path == "/data/rows.json":
            kind, text = "application/json", json.dumps(rows(), ensure_ascii=False)
        else:
            text = next(
                (_HEAD.format(row["title"]) + _article(row) for row in rows() if path == f"/czsz/{row['id']}.html"), ""
            )
        body = text.encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


def _article(row: dict[str, str]) -> str:
    text = "全市一般公共预算收入完成三亿元，同比增长百分之五；支出完成四亿元，同比增长百分之六。" * 3
    return f"<h1>{row['title']}</h1><p>发布日期：{row['date']}</p><div><p>{text}</p></div>"


@contextmanager
def drawn_portal() -> Iterator[str]:
    """The portal's address while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
