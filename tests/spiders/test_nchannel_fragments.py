"""An n-channel page that lost its component marks is read all the same."""

from spiders.document import Document
from spiders.platforms.nchannel import NChannel


def test_a_page_without_components_is_read() -> None:
    rows = "".join(
        f'<li><a href="/n1/c{n}/content.html">通知{n}</a><span>2017-05-{n:02d}</span></li>' for n in range(1, 13)
    )
    source = f'<ul purl="/n1/index_26"><b purl="/n1/index_27"></b>{rows}</ul><script>var maxPageNum = 5;</script>'
    page = NChannel().read_list(Document.from_bytes(source.encode(), "http://127.0.0.1/n1/index.html"))
    assert len(page.items) == 12
